from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from app.vocabulary import AttributionForm, Kind
from tests.builders import Library
from tests.web import CountSql, TestClient

URL = "/api/v1/proposals"


@dataclass
class World:
    """Two articles: in the first 陈放 and a body speak, in the second a namesake of his and a party."""

    first: int
    second: int
    chen: int
    namesake: int
    cppcc: int
    bureau: int
    by_chen: int
    by_bureau: int
    by_namesake: int
    by_party: int


@pytest.fixture
def world(library: Library) -> World:
    with library.at_once():
        first, second = library.article("2020-10-22"), library.article("2021-05-28", source="四川日报")
        chen, namesake = library.person("陈放"), library.person("陈放", "老陈")
        cppcc = library.institution("四川省政协", "省政协", region="510000")
        national = library.institution("全国政协")
        bureau = library.institution("重庆市科技局", region="500000")
        party = library.party("两江新区", "500000")
        library.position(first, chen, national, "常委")
        library.position(first, chen, cppcc, "副主席")
        library.position(second, chen, bureau, "顾问")
        library.position(second, namesake, bureau, "局长")
        return World(
            first,
            second,
            chen,
            namesake,
            cppcc,
            bureau,
            by_chen=library.proposal(first, [chen], ["funding", "5g"], ["510100"], text="建议设立基金。"),
            by_bureau=library.proposal(first, [bureau], ["automotive"], ["500000"], kind=Kind.PLAN),
            by_namesake=library.proposal(second, [namesake], ["5g"], ["110105"]),
            by_party=library.proposal(second, [party, bureau], [], ["chengyu"], kind=Kind.AGREEMENT),
        )


def ids(client: TestClient, **filters: object) -> set[int]:
    """The ids of all proposals the filters leave."""
    answer = client.get(URL, params=filters)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["total"] == len(found["items"])
    return {item["id"] for item in found["items"]}


def named(world: World, names: Iterable[str]) -> set[int]:
    return {getattr(world, f"by_{name}") for name in names}


def test_a_proposal_is_answered_with_speakers_tags_evidence_and_article(
    client: TestClient, world: World, library: Library
) -> None:
    again = library.proposal(
        world.second, duplicate_of=world.by_chen, form=AttributionForm.PRONOUN, confidence=0.5
    )
    assert client.get(f"{URL}/{world.by_chen}").json() == {
        "id": world.by_chen,
        "kind": "recommendation",
        "text": "建议设立基金。",
        "spans": [[0, 2], [5, 8]],
        "speakers": [
            {
                "id": world.chen,
                "kind": "person",
                "name": "陈放",
                "positions": [
                    {"institution": "全国政协", "title": "常委"},
                    {"institution": "四川省政协", "title": "副主席"},
                ],
            }
        ],
        "themes": ["5g", "funding"],
        "regions": [{"code": "510100", "name": "成都市"}],
        "article": {
            "id": world.first,
            "title": "政协委员建言",
            "source": "重庆日报",
            "published_on": "2020-10-22",
        },
        "rule": "speech-verb",
        "form": "explicit",
        "confidence": 0.9,
        "duplicate_of": None,
        "context": None,
        "metrics": None,
        "reports": None,
    }
    repeated = client.get(f"{URL}/{again}").json()
    assert repeated["duplicate_of"] == world.by_chen
    assert (repeated["form"], repeated["confidence"], repeated["speakers"]) == ("pronoun", 0.5, [])


def test_a_list_shows_each_proposal_as_its_detail_does(client: TestClient, world: World) -> None:
    parts = {"context": None, "metrics": None, "reports": None}
    for item in client.get(URL).json()["items"]:
        assert item.pop("snippet") is None
        assert client.get(f"{URL}/{item['id']}").json() == item | parts


def test_speakers_stand_in_the_order_of_the_article_and_without_posts_of_others(
    client: TestClient, world: World
) -> None:
    party, bureau = client.get(f"{URL}/{world.by_party}").json()["speakers"]
    assert (party["kind"], party["name"], party["positions"]) == ("region", "两江新区", [])
    assert (bureau["kind"], bureau["id"], bureau["positions"]) == ("institution", world.bureau, [])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["chen", "bureau", "namesake", "party"], id="none"),
        pytest.param({"speaker": "陈放"}, ["chen", "namesake"], id="a name two people share"),
        pytest.param({"speaker": "老陈"}, ["namesake"], id="an alias"),
        pytest.param({"speaker": "四川省政协 陈放"}, ["chen"], id="body and name"),
        pytest.param({"speaker": "省政协　陈放"}, ["chen"], id="alias of the body, ideographic blank"),
        pytest.param({"speaker": "重庆市科技局"}, ["bureau", "party"], id="a body"),
        pytest.param({"speaker": "两江新区"}, ["party"], id="a party"),
        pytest.param({"speaker": ["老陈", "两江新区"]}, ["namesake", "party"], id="two speakers are OR"),
        pytest.param({"speaker": "无名氏"}, [], id="a speaker nobody has heard of"),
        pytest.param({"speaker": "陈"}, [], id="a part of a name"),
        pytest.param({"institution": "四川省政协"}, ["chen"], id="a speaker's institution"),
        pytest.param({"institution": "省政协"}, ["chen"], id="the institution's alias"),
        pytest.param({"institution": "重庆市科技局"}, ["bureau", "namesake", "party"], id="posts then only"),
        pytest.param({"institution": "无此机构"}, [], id="an institution nobody has heard of"),
        pytest.param({"theme": "5g"}, ["chen", "namesake"], id="theme code"),
        pytest.param({"theme": "5G"}, ["chen", "namesake"], id="theme code in capitals"),
        pytest.param({"theme": "汽车产业"}, ["bureau"], id="theme in Chinese"),
        pytest.param({"theme": "automotive INDUSTRY"}, ["bureau"], id="theme in English"),
        pytest.param({"theme": "资金"}, ["chen"], id="theme alias"),
        pytest.param({"theme": ["funding", "automotive"]}, ["chen", "bureau"], id="two themes are OR"),
        pytest.param({"region": "四川"}, ["chen"], id="region alias, with what lies in it"),
        pytest.param({"region": "510000"}, ["chen"], id="region code"),
        pytest.param({"region": "成渝地区"}, ["chen", "bureau", "party"], id="bloc"),
        pytest.param({"region": "CHENGYU"}, ["chen", "bureau", "party"], id="slug in capitals"),
        pytest.param({"region": "重庆市"}, ["bureau"], id="a bloc lies in none of its members"),
        pytest.param({"region": "朝阳区"}, ["namesake"], id="a name two regions share"),
        pytest.param({"region": ["成都", "重庆"]}, ["chen", "bureau"], id="two regions are OR"),
        pytest.param({"kind": "plan"}, ["bureau"], id="kind"),
        pytest.param({"kind": ["plan", "agreement"]}, ["bureau", "party"], id="two kinds are OR"),
        pytest.param({"since": "2021-05-28"}, ["namesake", "party"], id="since that day"),
        pytest.param({"until": "2020-10-22"}, ["chen", "bureau"], id="until that day"),
        pytest.param({"since": "2020-10-23", "until": "2021-05-27"}, [], id="between"),
        pytest.param({"theme": "5g", "speaker": "老陈"}, ["namesake"], id="filters combine"),
        pytest.param({"theme": "5g", "region": "四川", "kind": "plan"}, [], id="three combine to none"),
    ],
)
def test_filters_leave_what_meets_them(
    client: TestClient, world: World, filters: dict[str, object], expected: list[str]
) -> None:
    assert ids(client, **filters) == named(world, expected)


def test_filters_take_ids(client: TestClient, world: World) -> None:
    assert ids(client, speaker=world.chen) == {world.by_chen}
    assert ids(client, speaker=[world.chen, world.namesake]) == named(world, ["chen", "namesake"])
    assert ids(client, institution=world.cppcc) == {world.by_chen}
    assert ids(client, article=world.second) == named(world, ["namesake", "party"])
    assert ids(client, article=[world.first, 999]) == named(world, ["chen", "bureau"])


def test_proposals_without_a_date_are_in_no_range_of_dates(client: TestClient, library: Library) -> None:
    undated = library.proposal(library.article(None))
    assert ids(client) == {undated}
    assert ids(client, since="1900-01-01") == set()
    assert ids(client, until="2999-01-01") == set()


@pytest.mark.parametrize(
    ("filters", "statements"),
    [
        pytest.param({}, 5, id="list with its number, keys, rows, speakers, tags"),
        pytest.param({"theme": "5g"}, 6, id="and the theme's code"),
        pytest.param({"region": "四川"}, 6, id="and the region's code"),
        pytest.param(
            {"speaker": "四川省政协 陈放", "institution": "省政协"},
            13,
            id="and the ids of four names, who of one is at the other, a count, whether names are shared",
        ),
        pytest.param({"since": "2022-01-01"}, 3, id="an empty page needs a count and no parts"),
    ],
)
def test_a_list_costs_the_same_statements_however_long_it_is(
    client: TestClient,
    library: Library,
    world: World,
    counted_sql: CountSql,
    filters: dict[str, str],
    statements: int,
) -> None:
    for _ in range(5):
        library.proposal(world.first, [world.chen], ["5g"], ["510100"])
    with counted_sql() as sql:
        client.get(URL, params=filters)
    assert len(sql) == statements, "\n\n".join(sql)


def test_a_detail_costs_three_statements(client: TestClient, world: World, counted_sql: CountSql) -> None:
    with counted_sql() as sql:
        client.get(f"{URL}/{world.by_chen}")
    assert len(sql) == 3, "\n\n".join(sql)
