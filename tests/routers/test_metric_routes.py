from dataclasses import dataclass

import pytest

from tests.builders import Library
from tests.web import CountSql, TestClient

URL = "/api/v1/metrics"


@dataclass
class World:
    """Three metrics: 30亿元 in a proposal, three to four tenths, and 12公里 in another article."""

    first: int
    second: int
    proposal: int
    money: int
    share: int
    road: int


@pytest.fixture
def world(library: Library) -> World:
    with library.at_once():
        first, second = library.article(), library.article()
        proposal = library.proposal(first)
        return World(
            first,
            second,
            proposal,
            money=library.metric(first, ["funding"], ["510100"], proposal_id=proposal),
            share=library.metric(first, ["automotive"], ["500000"], value=30.0, value_max=40.0, unit="%"),
            road=library.metric(second, value=12.0, unit="公里", qualifier=None),
        )


def test_a_metric_is_answered_with_its_evidence_and_its_sentence(client: TestClient, world: World) -> None:
    assert client.get(f"{URL}/{world.money}").json() == {
        "id": world.money,
        "text": "约30亿元",
        "value": 3e9,
        "value_max": None,
        "unit": "元",
        "qualifier": "about",
        "about": "投资",
        "span": [4, 9],
        "rule": "number-unit",
        "proposal": world.proposal,
        "themes": ["funding"],
        "regions": [{"code": "510100", "name": "成都市"}],
        "article": {
            "id": world.first,
            "title": "政协委员建言",
            "source": "重庆日报",
            "published_on": "2020-10-22",
        },
    }


def test_a_metric_outside_of_proposals_says_so(client: TestClient, world: World) -> None:
    road = client.get(f"{URL}/{world.road}").json()
    assert (road["proposal"], road["qualifier"], road["themes"], road["regions"]) == (None, None, [], [])


def test_a_list_shows_each_metric_as_its_detail_does(client: TestClient, world: World) -> None:
    for item in client.get(URL).json()["items"]:
        assert item.pop("snippet") is None
        assert client.get(f"{URL}/{item['id']}").json() == item


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["money", "share", "road"], id="none"),
        pytest.param({"theme": "资金"}, ["money"], id="theme alias"),
        pytest.param({"theme": ["funding", "automotive"]}, ["money", "share"], id="two themes are OR"),
        pytest.param({"region": "四川"}, ["money"], id="region with what lies in it"),
        pytest.param({"region": "成渝"}, ["money", "share"], id="bloc"),
        pytest.param({"unit": "公里"}, ["road"], id="unit"),
        pytest.param({"unit": ["%", "元"]}, ["money", "share"], id="two units are OR"),
        pytest.param({"value_min": 35}, ["money", "share"], id="a range's upper end reaches the minimum"),
        pytest.param({"value_min": 41}, ["money"], id="a range's upper end is below the minimum"),
        pytest.param({"value_max": 30}, ["share", "road"], id="a range's lower end keeps the maximum"),
        pytest.param({"value_max": 29.5}, ["road"], id="a range's lower end is above the maximum"),
        pytest.param({"value_min": 12, "value_max": 12}, ["road"], id="both ends are included"),
        pytest.param({"value_min": "1e9", "value_max": "1e+16"}, ["money"], id="as programs write numbers"),
        pytest.param({"region": "成渝", "unit": "%"}, ["share"], id="filters combine"),
    ],
)
def test_filters_leave_what_meets_them(
    client: TestClient, world: World, filters: dict[str, object], expected: list[str]
) -> None:
    items = client.get(URL, params=filters).json()["items"]
    assert [item["id"] for item in items] == [getattr(world, name) for name in expected]


def test_metrics_are_filtered_by_article(client: TestClient, world: World) -> None:
    items = client.get(URL, params={"article": world.second}).json()["items"]
    assert [item["id"] for item in items] == [world.road]


def test_metrics_are_filtered_by_proposal(client: TestClient, library: Library) -> None:
    article = library.article()
    proposal = library.proposal(article)
    inside = library.metric(article, proposal_id=proposal)
    library.metric(article)
    items = client.get(URL, params={"proposal": proposal}).json()["items"]
    assert [item["id"] for item in items] == [inside]


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        pytest.param(URL, 4, id="list with its number, keys, rows, tags"),
        pytest.param(f"{URL}?theme=资金&region=四川", 8, id="and the codes and lists of both, and a count"),
        pytest.param(f"{URL}/1", 2, id="row, tags"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, world: World, counted_sql: CountSql, url: str, statements: int
) -> None:
    with counted_sql() as sql:
        assert client.get(url).status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)
