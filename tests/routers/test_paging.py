from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.builders import Library
from tests.web import TestClient

PROPOSALS, ARTICLES = "/api/v1/proposals", "/api/v1/articles"
DAYS = ["2020-10-22", None, "2021-05-28", "2020-10-22", None, "2019-01-01"]


def pages(client: TestClient, url: str) -> Iterator[dict[str, Any]]:
    """All pages from this address on, each asked for when the one before has been looked at."""
    following: str | None = url
    for _ in range(100):  # a cursor that leads back would go round for ever
        if following is None:
            return
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page
        following = page["next"]
    pytest.fail("the pages do not end")


def walked(client: TestClient, url: str, key: str = "id") -> list[Any]:
    return [item[key] for page in pages(client, url) for item in page["items"]]


def test_proposals_stand_newest_first_and_undated_ones_last(client: TestClient, library: Library) -> None:
    ids = [library.proposal(library.article(day)) for day in DAYS]
    expected = [ids[n] for n in (2, 3, 0, 5, 4, 1)]
    assert walked(client, PROPOSALS) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_of_any_size_hold_every_item_once(client: TestClient, library: Library, limit: int) -> None:
    for day in DAYS:
        library.proposal(library.article(day))
    whole = walked(client, PROPOSALS)
    assert len(whole) == len(DAYS)
    assert walked(client, f"{PROPOSALS}?limit={limit}") == whole


@pytest.mark.parametrize("url", [PROPOSALS, ARTICLES])
@pytest.mark.parametrize("day", ["2030-01-01", "2020-10-22", "2000-01-01", None])
def test_rows_inserted_between_pages_make_no_gap_and_no_repeat(
    client: TestClient, library: Library, url: str, day: str | None
) -> None:
    for each in DAYS:
        library.proposal(library.article(each))
    at_the_start = walked(client, url)
    seen = []
    for page in pages(client, f"{url}?limit=1"):
        seen += [item["id"] for item in page["items"]]
        if len(seen) < 10:
            library.proposal(library.article(day))
    assert len(seen) == len(set(seen))
    assert [each for each in seen if each in at_the_start] == at_the_start


def people(library: Library) -> None:
    for name in ("王芳", "王芳", "陈放", "Li, “X”"):
        library.person(name)


def institutions(library: Library) -> None:
    for name in ("甲", "乙", "甲"):
        library.institution(name)


def metrics(library: Library) -> None:
    article = library.article()
    for _ in range(3):
        library.metric(article)


def imports(library: Library) -> None:
    for _ in range(3):
        library.imported()


@pytest.mark.parametrize(
    ("url", "key", "fill"),
    [
        ("/api/v1/people", "id", people),
        ("/api/v1/institutions", "id", institutions),
        ("/api/v1/metrics", "id", metrics),
        ("/api/v1/themes", "code", None),
        ("/api/v1/regions", "code", None),
        ("/api/v1/imports", "id", imports),
    ],
)
def test_every_other_list_is_walked_whole_too(
    client: TestClient, library: Library, url: str, key: str, fill: Callable[[Library], None] | None
) -> None:
    if fill:
        fill(library)
    whole = walked(client, url, key)
    assert len(whole) == len(set(whole)) >= 3
    assert walked(client, f"{url}?limit=1", key) == whole


def test_the_next_address_keeps_all_filters(client: TestClient, library: Library) -> None:
    article = library.article()
    for theme in ("5g", "funding", "5g", "automotive"):
        library.proposal(article, themes=[theme], regions=["510100"])
    first = client.get(f"{PROPOSALS}?theme=资金&theme=5g&region=四川&limit=2").json()
    assert first["total"] == 3
    second = client.get(first["next"]).json()
    assert (len(second["items"]), second["total"], second["next"]) == (1, 3, None)


def test_a_list_without_items_is_an_empty_page(client: TestClient) -> None:
    assert client.get(PROPOSALS).json() == {
        "items": [],
        "total": 0,
        "next": None,
        "total_capped": False,
        "ambiguous": [],
        "facets": None,
    }


def test_a_page_that_ends_the_list_exactly_has_no_next(client: TestClient, library: Library) -> None:
    for _ in range(2):
        library.proposal(library.article())
    assert client.get(f"{PROPOSALS}?limit=2").json()["next"] is None


def test_twenty_items_make_a_page_unless_told(client: TestClient, library: Library) -> None:
    article = library.article()
    for _ in range(21):
        library.metric(article)
    assert len(client.get("/api/v1/metrics").json()["items"]) == 20
    assert len(client.get("/api/v1/metrics?limit=200").json()["items"]) == 21


def test_the_next_page_is_linked_in_the_header_too(client: TestClient, library: Library) -> None:
    for _ in range(2):
        library.proposal(library.article())
    first = client.get(f"{PROPOSALS}?limit=1")
    assert first.links["next"]["url"] == first.json()["next"]
    assert "Link" not in client.get(first.json()["next"]).headers
