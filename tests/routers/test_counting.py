"""Counts: each is the total of the list with that filter added."""

from itertools import product
from typing import Any

import pytest

from app.vocabulary import Kind
from tests.builders import Library
from tests.databases import ONLY_SQLITE
from tests.web import TestClient

FACETS = ["theme", "region", "speaker", "institution", "kind", "year", "source"]
FILTERS: list[dict[str, object]] = [
    {},
    {"theme": "5g"},
    {"region": "四川"},
    {"speaker": "陈放"},
    {"kind": "plan", "min_confidence": 0.5},
    {"q": "基金"},
    {"speaker_region": "重庆", "since": "2020-01-01"},
]


@pytest.fixture(autouse=True)
def world(library: Library) -> None:
    """Proposals of two people of one name, a body and a party, over three years and two papers."""
    with library.at_once():
        first = library.article("2020-10-22")
        second = library.article("2021-05-28", source="四川日报")
        third = library.article(None, source=None)
        chen, namesake = library.person("陈放"), library.person("陈放")
        cppcc = library.institution("四川省政协", region="510000")
        bureau = library.institution("重庆市科技局", region="500000")
        party = library.party("两江新区", "500000")
        library.position(first, chen, cppcc, "副主席")
        library.position(first, chen, cppcc, "党组成员")
        library.position(second, namesake, bureau, "局长")
        library.proposal(first, [chen], ["funding", "5g"], ["510100", "500000"], text="建议设立基金。")
        library.proposal(first, [chen, bureau], ["5g"], ["510100"], kind=Kind.PLAN, confidence=0.4)
        library.proposal(first, [bureau], ["automotive"], ["500000"], kind=Kind.PLAN)
        library.proposal(second, [namesake], ["5g", "funding"], ["110105"], text="基金要用好，基金要公开。")
        library.proposal(second, [party, bureau], [], ["chengyu"], kind=Kind.AGREEMENT)
        library.proposal(third, [], ["5g"], [])


def proposals(client: TestClient, **filters: object) -> dict[str, Any]:
    answer = client.get("/api/v1/proposals", params=filters)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(client: TestClient, **filters: object) -> set[int]:
    return {item["id"] for item in proposals(client, limit=200, **filters)["items"]}


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_each_count_is_the_total_of_the_list_with_that_filter_added(
    client: TestClient, filters: dict[str, object]
) -> None:
    facets = proposals(client, facets=",".join(FACETS), **filters)["facets"]
    assert list(facets) == FACETS
    met = ids(client, **filters)
    for facet, values in facets.items():
        for value in values:
            having = ids(client, **{facet: value["value"]})
            assert value["count"] == len(met & having) > 0, (facet, value)


def test_a_filter_that_is_not_used_yet_can_be_added_as_it_stands(client: TestClient) -> None:
    facets = proposals(client, facets=FACETS, q="基金")["facets"]
    for facet, values in facets.items():
        for value in values:
            assert proposals(client, q="基金", **{facet: value["value"]})["total"] == value["count"]


def test_all_values_that_the_found_have_are_counted(client: TestClient) -> None:
    facets = proposals(client, facets="theme,year,source,kind")["facets"]
    assert [(each["value"], each["count"]) for each in facets["theme"]] == [
        ("5g", 4),
        ("funding", 2),
        ("automotive", 1),
    ]
    assert {each["value"]: each["count"] for each in facets["year"]} == {"2020": 3, "2021": 2}
    assert {each["label"]: each["count"] for each in facets["kind"]} == {"建议": 3, "计划": 2, "协议": 1}
    assert {each["value"] for each in facets["source"]} == {"重庆日报", "四川日报"}


def test_a_region_counts_for_all_around_it(client: TestClient) -> None:
    counts = {each["label"]: each["count"] for each in proposals(client, facets="region")["facets"]["region"]}
    assert counts["四川省"] == counts["成都市"] == 2
    assert counts["成渝地区"] == 4


def test_facets_that_were_not_asked_for_are_null_and_unknown_ones_refused(client: TestClient) -> None:
    assert proposals(client)["facets"] is None
    answer = client.get("/api/v1/proposals?facets=theme,thme")
    assert answer.status_code == 422
    assert "theme" in answer.json()["errors"][0]["nearest"]


@pytest.mark.parametrize(
    ("path", "facets"), [("metrics", "theme,region,unit,year,source"), ("articles", "source,year")]
)
def test_other_lists_are_counted_likewise(
    client: TestClient, library: Library, path: str, facets: str
) -> None:
    article = library.article("2019-01-01", source="文汇报")
    library.metric(article, ["funding"], ["510100"], unit="元")
    library.metric(article, ["5g"], ["500000"], unit="公里")
    counted = client.get(f"/api/v1/{path}", params={"facets": facets}).json()["facets"]
    assert list(counted) == facets.split(",")
    for facet, values in counted.items():
        assert values
        for value in values:
            total = client.get(f"/api/v1/{path}", params={facet: value["value"]}).json()["total"]
            assert total == value["count"], (facet, value)


@ONLY_SQLITE
@pytest.mark.parametrize(("rows", "columns"), list(product(FACETS, FACETS)))
def test_a_cell_is_the_total_with_both_filters(client: TestClient, rows: str, columns: str) -> None:
    answer = client.get("/api/v1/stats/matrix", params={"rows": rows, "columns": columns})
    if rows == columns:
        assert answer.status_code == 422
        return
    matrix = answer.json()
    assert len(matrix["cells"]) == len(matrix["rows"]) > 0
    for row, line in zip(matrix["rows"], matrix["cells"], strict=True):
        for column, count in zip(matrix["columns"], line, strict=True):
            both = proposals(client, **{rows: row["value"], columns: column["value"]})["total"]
            assert count == both, (row, column)


def test_a_timeline_adds_up_to_the_total(client: TestClient) -> None:
    for filters in FILTERS:
        total = proposals(client, **filters)["total"]
        for interval in ("month", "year"):
            answer = client.get("/api/v1/stats/timeline", params={"interval": interval, **filters}).json()
            assert sum(each["count"] for each in answer["periods"]) + answer["undated"] == total


def test_a_timeline_has_months_or_years_the_oldest_first(client: TestClient) -> None:
    months = client.get("/api/v1/stats/timeline").json()["periods"]
    assert months == [{"period": "2020-10", "count": 3}, {"period": "2021-05", "count": 2}]
    years = client.get("/api/v1/stats/timeline?interval=year&theme=5g").json()
    assert years == {
        "periods": [{"period": "2020", "count": 2}, {"period": "2021", "count": 1}],
        "undated": 1,
    }


def test_a_name_that_two_people_have_is_said_with_both(client: TestClient) -> None:
    (shared,) = proposals(client, speaker=["陈放", "重庆市科技局"])["ambiguous"]
    assert (shared["parameter"], shared["value"]) == ("speaker", "陈放")
    first, second = shared["candidates"]
    assert first["positions"] == [
        {"institution": "四川省政协", "title": "副主席"},
        {"institution": "四川省政协", "title": "党组成员"},
    ]
    assert second["positions"] == [{"institution": "重庆市科技局", "title": "局长"}]
    both = ids(client, speaker=first["id"]) | ids(client, speaker=second["id"])
    assert both == ids(client, speaker="陈放")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        pytest.param({"theme": ["5g", "funding"]}, 4, id="themes are OR"),
        pytest.param({"theme": ["5g", "funding"], "theme_op": "and"}, 2, id="or AND"),
        pytest.param({"region": ["成都", "重庆"]}, 3, id="regions are OR"),
        pytest.param({"region": ["成都", "重庆"], "region_op": "and"}, 1, id="or AND, regions"),
        pytest.param({"speaker_region": "四川"}, 2, id="where a speaker holds a post"),
        pytest.param({"speaker_region": "重庆"}, 4, id="where a speaker is"),
        pytest.param({"min_confidence": 0.5}, 5, id="sure enough"),
        pytest.param({"year": [2020, 2021]}, 5, id="years"),
        pytest.param({"source": "四川日报"}, 2, id="a paper"),
    ],
)
def test_filters_leave_what_they_say(client: TestClient, filters: dict[str, object], count: int) -> None:
    assert proposals(client, **filters)["total"] == count


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        pytest.param({"value_min": "20亿"}, ["2000亿元"], id="万 and 亿 are understood"),
        pytest.param({"value_max": "3万"}, ["86公里"], id="at most"),
        pytest.param({"about": "基"}, ["2000亿元"], id="a part of what is measured"),
        pytest.param({"about": "亿"}, [], id="not the figure itself"),
        pytest.param({"speaker": "郝康理"}, ["2000亿元"], id="of whose proposal"),
        pytest.param({"q": "2000亿"}, ["2000亿元"], id="words in the figure"),
        pytest.param({"theme": ["funding", "5g"], "theme_op": "and"}, ["2000亿元"], id="all themes"),
    ],
)
def test_metrics_are_filtered(
    client: TestClient, library: Library, filters: dict[str, object], texts: list[str]
) -> None:
    article = library.article()
    proposal = library.proposal(article, [library.person("郝康理")])
    library.metric(
        article, ["funding", "5g"], text="2000亿元", value=2e11, about="基金", proposal_id=proposal
    )
    library.metric(article, ["5g"], text="86公里", value=86, unit="公里", about="线路")
    items = client.get("/api/v1/metrics", params=filters).json()["items"]
    assert [item["text"] for item in items] == texts


def test_people_and_institutions_are_filtered_by_what_they_speak_on(client: TestClient) -> None:
    people = client.get("/api/v1/people?theme=funding").json()["items"]
    assert [person["name"] for person in people] == ["陈放", "陈放"]
    bodies = client.get("/api/v1/institutions?theme=汽车产业").json()["items"]
    assert [body["name"] for body in bodies] == ["重庆市科技局"]
