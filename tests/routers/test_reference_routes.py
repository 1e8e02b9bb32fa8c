import pytest

from tests.builders import Library
from tests.web import CountSql, TestClient

THEMES, REGIONS = "/api/v1/themes", "/api/v1/regions"

CHENGYU = {"code": "chengyu", "name": "成渝地区", "level": "bloc"}
SICHUAN = {"code": "510000", "name": "四川省", "level": "province"}
CHENGDU = {"code": "510100", "name": "成都市", "level": "prefecture"}
CHONGQING = {"code": "500000", "name": "重庆市", "level": "province"}


def codes(client: TestClient, **filters: object) -> list[str]:
    return [item["code"] for item in client.get(REGIONS, params=filters).json()["items"]]


def test_themes_stand_in_their_own_order_with_the_names_one_may_filter_by(client: TestClient) -> None:
    themes = client.get(THEMES).json()["items"]
    assert [theme["code"] for theme in themes] == ["5g", "automotive", "funding"]
    assert themes[0] == {
        "code": "5g",
        "name_zh": "5G与信息通信",
        "name_en": "5G and telecommunications",
        "aliases": ["5G通信", "telecom"],
    }


def test_a_theme_counts_what_its_filter_finds(client: TestClient, library: Library) -> None:
    article = library.article()
    for themes in (["5g"], ["5g", "funding"], []):
        library.proposal(article, themes=themes)
    library.metric(article, ["5g"])
    theme = client.get(f"{THEMES}/5g").json()
    assert theme["counts"] == {"proposals": 2, "metrics": 1}
    assert theme["counts"]["proposals"] == client.get("/api/v1/proposals?theme=5g").json()["total"]


def test_a_region_is_answered_with_what_lies_around_it_and_in_it(
    client: TestClient, library: Library
) -> None:
    article = library.article()
    for regions in (["510100"], ["510000", "510100"], ["500000"]):
        library.proposal(article, regions=regions)
    library.metric(article, [], ["510100"])
    library.institution("四川省政协", region="510000")
    assert client.get(f"{REGIONS}/510000").json() == {
        **SICHUAN,
        "aliases": ["四川", "川"],
        "parents": [CHENGYU],
        "ancestors": [CHENGYU],
        "children": [CHENGDU],
        "counts": {"proposals": 2, "metrics": 1, "institutions": 1},
    }
    assert client.get("/api/v1/proposals?region=510000").json()["total"] == 2


def test_the_ancestors_of_a_region_stand_nearest_first(client: TestClient) -> None:
    chengdu = client.get(f"{REGIONS}/510100").json()
    assert (chengdu["parents"], chengdu["ancestors"]) == ([SICHUAN], [SICHUAN, CHENGYU])
    assert client.get(f"{REGIONS}/chengyu").json()["children"] == [CHONGQING, SICHUAN]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["110105", "220104", "500000", "510000", "510100", "chengyu"], id="none"),
        pytest.param({"level": "province"}, ["500000", "510000"], id="level"),
        pytest.param({"level": ["bloc", "prefecture"]}, ["510100", "chengyu"], id="two levels are OR"),
        pytest.param({"parent": "川渝"}, ["500000", "510000"], id="what lies directly in it"),
        pytest.param({"parent": "510100"}, [], id="nothing lies in it"),
        pytest.param({"name": "朝阳"}, ["110105", "220104"], id="part of a name"),
        pytest.param({"name": "渝"}, ["500000", "chengyu"], id="part of an alias"),
        pytest.param({"name": "渝", "level": "bloc"}, ["chengyu"], id="filters combine"),
    ],
)
def test_regions_are_filtered(client: TestClient, filters: dict[str, object], expected: list[str]) -> None:
    assert codes(client, **filters) == expected


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        pytest.param(THEMES, 4, id="themes: total, keys, rows, aliases"),
        pytest.param(f"{THEMES}/5g", 3, id="theme: row, aliases, counts"),
        pytest.param(REGIONS, 4, id="regions: total, keys, rows, parents"),
        pytest.param(f"{REGIONS}?parent=四川", 5, id="and the parent's code"),
        pytest.param(f"{REGIONS}/510000", 6, id="region: row, parents, aliases, ancestors, children, counts"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, counted_sql: CountSql, url: str, statements: int
) -> None:
    with counted_sql() as sql:
        assert client.get(url).status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)
