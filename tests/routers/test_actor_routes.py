from dataclasses import dataclass

import pytest

from tests.builders import Library
from tests.web import CountSql, TestClient

PEOPLE, INSTITUTIONS = "/api/v1/people", "/api/v1/institutions"


@dataclass
class World:
    """陈放 is named in two articles and promoted in the second; 郑磊 holds a post in 重庆."""

    first: int
    second: int
    chen: int
    zheng: int
    cppcc: int
    bureau: int


@pytest.fixture
def world(library: Library) -> World:
    with library.at_once():
        first, second = library.article("2020-10-22"), library.article("2021-05-28", title="联席会议")
        chen, zheng = library.person("陈放", "Chen Fang"), library.person("郑磊")
        cppcc = library.institution("四川省政协", "省政协", region="510000")
        bureau = library.institution("重庆市科技局", region="500000")
        library.institution("50%联盟")
        library.position(first, chen, cppcc, "委员")
        library.position(second, chen, cppcc, "副主席")
        library.position(second, zheng, bureau, "局长")
        for article in (first, second):
            library.mention(article, chen, "陈放")
        library.mention(second, cppcc, "省政协")
        library.proposal(first, [chen])
        library.proposal(second, [chen, bureau])
        return World(first, second, chen, zheng, cppcc, bureau)


def names(client: TestClient, url: str, **filters: object) -> list[str]:
    answer = client.get(url, params=filters)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["items"])
    return [item["name"] for item in answer.json()["items"]]


def reference(article: int, title: str, day: str) -> dict[str, object]:
    return {"id": article, "title": title, "source": "重庆日报", "published_on": day}


def seen(day: str) -> dict[str, object]:
    return {"first_seen": day, "last_seen": day, "statements": 1}


def test_a_person_is_answered_with_their_posts_the_one_stated_last_first(
    client: TestClient, world: World
) -> None:
    earlier = reference(world.first, "政协委员建言", "2020-10-22")
    later = reference(world.second, "联席会议", "2021-05-28")
    post = {"institution": "四川省政协", "institution_id": world.cppcc, "spans": [[0, 2], [5, 8]]}
    assert client.get(f"{PEOPLE}/{world.chen}").json() == {
        "id": world.chen,
        "name": "陈放",
        "aliases": ["Chen Fang"],
        "positions": [
            {**post, "title": "副主席", "article": later, **seen("2021-05-28")},
            {**post, "title": "委员", "article": earlier, **seen("2020-10-22")},
        ],
        "counts": {"proposals": 2, "articles": 2},
        "themes": [],
        "proposals": None,
        "mentions": None,
        "statements": None,
    }


def test_an_institution_is_answered_with_names_region_and_counts(client: TestClient, world: World) -> None:
    assert client.get(f"{INSTITUTIONS}/{world.cppcc}").json() == {
        "id": world.cppcc,
        "name": "四川省政协",
        "aliases": ["省政协"],
        "region": {"code": "510000", "name": "四川省"},
        "counts": {"proposals": 0, "people": 1, "articles": 1},
        "people": None,
        "proposals": None,
        "mentions": None,
    }


@pytest.mark.parametrize(
    ("url", "more"),
    [
        (PEOPLE, {"themes", "proposals", "mentions", "statements"}),
        (INSTITUTIONS, {"people", "proposals", "mentions"}),
    ],
)
def test_a_list_shows_all_but_the_larger_parts_of_a_detail(
    client: TestClient, world: World, url: str, more: set[str]
) -> None:
    items = client.get(url).json()["items"]
    assert len(items) > 1
    for item in items:
        assert item.pop("snippet") is None
        detail = client.get(f"{url}/{item['id']}").json()
        assert {name: detail[name] for name in detail.keys() - more} == item


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["郑磊", "陈放"], id="none"),
        pytest.param({"name": "陈"}, ["陈放"], id="part of a name"),
        pytest.param({"name": "chen"}, ["陈放"], id="part of an alias, in other case"),
        pytest.param({"name": ["陈", "郑"]}, ["郑磊", "陈放"], id="two names are OR"),
        pytest.param({"name": "无名氏"}, [], id="a name nobody has"),
        pytest.param({"name": "%"}, [], id="a sign that means anything to LIKE"),
        pytest.param({"region": "四川"}, ["陈放"], id="region of the institution"),
        pytest.param({"region": "川渝"}, ["郑磊", "陈放"], id="a bloc around both"),
        pytest.param({"region": "成都"}, [], id="a region below"),
        pytest.param({"region": "重庆", "name": "陈"}, [], id="filters combine"),
        pytest.param({"institution": "省政协"}, ["陈放"], id="an institution's alias"),
        pytest.param({"institution": ["四川省政协", "重庆市科技局"]}, ["郑磊", "陈放"], id="two are OR"),
        pytest.param({"institution": "无此机构"}, [], id="an institution nobody has heard of"),
    ],
)
def test_people_are_filtered(
    client: TestClient, world: World, filters: dict[str, object], expected: list[str]
) -> None:
    assert names(client, PEOPLE, **filters) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["50%联盟", "四川省政协", "重庆市科技局"], id="none"),
        pytest.param({"name": "省政协"}, ["四川省政协"], id="alias"),
        pytest.param({"name": "0%联"}, ["50%联盟"], id="a percent sign means itself"),
        pytest.param({"name": ["科技", "政协"]}, ["四川省政协", "重庆市科技局"], id="two names are OR"),
        pytest.param({"region": "500000"}, ["重庆市科技局"], id="region"),
        pytest.param({"region": "成渝"}, ["四川省政协", "重庆市科技局"], id="a bloc around both"),
        pytest.param({"region": "重庆", "name": "政协"}, [], id="filters combine"),
    ],
)
def test_institutions_are_filtered(
    client: TestClient, world: World, filters: dict[str, object], expected: list[str]
) -> None:
    assert names(client, INSTITUTIONS, **filters) == expected


def test_a_name_in_full_width_characters_finds_the_one_in_half_width(
    client: TestClient, library: Library
) -> None:
    library.institution("西部(重庆)科学城党工委")
    assert names(client, INSTITUTIONS, name="西部（重庆）") == ["西部(重庆)科学城党工委"]


def test_a_person_is_no_institution_and_the_other_way_round(client: TestClient, world: World) -> None:
    assert client.get(f"{PEOPLE}/{world.cppcc}").status_code == 404
    assert client.get(f"{INSTITUTIONS}/{world.chen}").status_code == 404


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        pytest.param(PEOPLE, 5, id="people: total, keys, rows, aliases, positions"),
        pytest.param(f"{PEOPLE}?region=四川", 6, id="and the region's code"),
        pytest.param(f"{INSTITUTIONS}?name=政协", 4, id="institutions: total, keys, rows, aliases"),
        pytest.param(f"{PEOPLE}/1", 4, id="person: row, aliases, positions, themes"),
        pytest.param(f"{INSTITUTIONS}/3", 2, id="institution: row, aliases"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, world: World, counted_sql: CountSql, url: str, statements: int
) -> None:
    with counted_sql() as sql:
        assert client.get(url).status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)
