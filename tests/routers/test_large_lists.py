"""What is read otherwise where there is very much of it, shown with little by lowering the bounds."""

from itertools import product
from typing import Any

import pytest

from app.queries import postings, selection
from app.queries.memory import Memory
from tests.builders import Library
from tests.web import TestClient

TEXTS = ("建设西部科学城", "科城学院", "建议科学城加快建设", "学城科", "陈放建议", "科学之城")
WORDS = ("科", "学城", "科学城", "建 城", "西部科学城", "无")


@pytest.fixture
def world(library: Library) -> None:
    with library.at_once():
        days = ("2020-10-22", None, "2019-01-01")
        for number, (text, day) in enumerate(product(TEXTS, days)):
            article = library.article(day, source=("重庆日报", "四川日报")[number % 2])
            themes = ["5g"] if number % 3 else ["5g", "funding"]
            library.proposal(article, [], themes, ["510100"] if number % 2 else ["500000"], text=text)


def everything(client: TestClient, **filters: str) -> tuple[list[int], dict[str, Any]]:
    """The ids of all pages of a list, and its first page."""
    answer = client.get("/api/v1/proposals", params={**filters, "limit": "4"}).json()
    first, ids = answer, [item["id"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        ids += [item["id"] for item in answer["items"]]
    return ids, first


@pytest.mark.parametrize("sort", ["-date", "date", "relevance"])
@pytest.mark.parametrize(
    "filters", [{}, {"region": "四川"}, {"theme": "funding", "source": "重庆日报"}], ids=str
)
@pytest.mark.usefixtures("world")
def test_words_that_lead_find_what_reading_each_row_finds(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str], sort: str
) -> None:
    for word in WORDS:
        by_row = everything(client, q=word, sort=sort, facets="theme,region", **filters)
        monkeypatch.setattr(selection, "FEW", 0)
        client.app.state.memory = Memory(24_000_000)  # type: ignore[attr-defined]  # or it would only be recalled
        led = everything(client, q=word, sort=sort, facets="theme,region", **filters)
        assert (led[0], led[1]["total"], led[1]["facets"]) == (
            by_row[0],
            by_row[1]["total"],
            by_row[1]["facets"],
        )
        assert led[1]["total"] == len(led[0])
        monkeypatch.undo()


@pytest.mark.usefixtures("world")
def test_what_takes_long_to_count_is_counted_so_far(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "MOST_COUNTED", 3)
    ids, first = everything(client, theme="5g", region="四川", since="2018-01-01", facets="region")
    assert (first["total"], first["total_capped"], len(ids)) == (3, True, 6)
    assert [each["count"] for each in first["facets"]["region"]] == [6, 6, 6]


@pytest.mark.parametrize(
    ("filters", "total"),
    [({}, 18), ({"theme": "5g"}, 18), ({"theme": "funding", "region": "四川"}, 3), ({"year": "1999"}, 0)],
    ids=str,
)
@pytest.mark.usefixtures("world")
def test_numbers_that_are_kept_are_exact(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str], total: int
) -> None:
    monkeypatch.setattr(postings, "MOST_COUNTED", 1)
    first = everything(client, **filters)[1]
    assert (first["total"], first["total_capped"]) == (total, False)
