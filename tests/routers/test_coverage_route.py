from datetime import UTC, datetime
from typing import Any

import pytest

from app.vocabulary import Outcome
from tests.builders import Library
from tests.web import CountSql, TestClient

URL = "/api/v1/coverage"
BEGAN = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
ENDED = datetime(2024, 5, 1, 8, 5, tzinfo=UTC)


def coverage(client: TestClient) -> dict[str, Any]:
    answer = client.get(URL)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_an_empty_database_covers_nothing_and_says_so(client: TestClient) -> None:
    body = coverage(client)
    assert (body["articles"], body["sources"], body["months"], body["regions"]) == (0, [], [], [])
    assert (body["extractors"], body["last_import"]) == ([], None)
    assert [(theme["code"], theme["proposals"]) for theme in body["themes"]] == [
        ("5g", 0),
        ("automotive", 0),
        ("funding", 0),
    ]


def test_articles_are_counted_by_source_month_and_extractor_with_those_that_tell_none(
    client: TestClient, library: Library
) -> None:
    library.article("2020-10-22", source="四川日报")
    library.article("2020-10-01")
    library.article("2019-02-28", extractor_version="2")
    library.article(None, source=None)
    library.article(None, source=None)
    library.article(None, source=None)
    body = coverage(client)
    assert body["articles"] == 6
    assert body["sources"] == [
        {"source": "重庆日报", "articles": 2},
        {"source": "四川日报", "articles": 1},
        {"source": None, "articles": 3},
    ]
    assert body["months"] == [
        {"month": "2019-02", "articles": 1},
        {"month": "2020-10", "articles": 2},
        {"month": None, "articles": 3},
    ]
    assert body["extractors"] == [{"version": "1", "articles": 5}, {"version": "2", "articles": 1}]


def test_themes_and_regions_count_what_their_filters_find(client: TestClient, library: Library) -> None:
    article = library.article()
    library.proposal(article, themes=["5g", "funding"], regions=["510100", "500000"])
    library.proposal(article, themes=["5g"], regions=["500000"])
    library.proposal(article)
    body = coverage(client)
    assert body["themes"][0] == {
        "code": "5g",
        "name_zh": "5G与信息通信",
        "name_en": "5G and telecommunications",
        "proposals": 2,
    }
    assert body["regions"][1] == {"code": "chengyu", "name": "成渝地区", "level": "bloc", "proposals": 2}
    assert [each["code"] for each in body["regions"]] == ["500000", "chengyu", "510000", "510100"]
    for name in ("theme", "region"):
        for each in body[f"{name}s"]:
            found = client.get("/api/v1/proposals", params={name: each["code"]}).json()["total"]
            assert each["proposals"] == found, each


def test_the_last_import_is_told_with_what_failed_and_why(client: TestClient, library: Library) -> None:
    library.imported(("/old/gone.md", Outcome.FAILED, "is empty"))
    run = library.imported(
        ("/srv/secret/a.md", Outcome.NEW, None),
        ("/srv/secret/b.md", Outcome.NEW, None),
        ("/srv/secret/空.md", Outcome.FAILED, "is empty; an article needs words"),
        started_at=BEGAN,
        finished_at=ENDED,
        sources=["/srv/secret"],
    )
    body = coverage(client)["last_import"]
    assert body == {
        "id": run,
        "started_at": "2024-05-01T08:00:00Z",
        "finished_at": "2024-05-01T08:05:00Z",
        "extractor_version": "7",
        "counts": {"new": 2, "unchanged": 0, "replaced": 0, "failed": 1},
        "sources": ["secret"],
        "stopped_after": None,
        "failures": [{"source": "空.md", "reason": "is empty; an article needs words"}],
    }


def test_an_import_that_still_runs_is_counted_so_far(client: TestClient, library: Library) -> None:
    library.imported(("a.md", Outcome.UNCHANGED, None), finished_at=None, is_counted=False)
    body = coverage(client)["last_import"]
    assert (body["finished_at"], body["counts"]["unchanged"]) == (None, 1)


def test_of_many_failures_the_first_are_told_and_all_are_counted(
    client: TestClient, library: Library
) -> None:
    library.imported(*((f"{n}.md", Outcome.FAILED, "is empty") for n in range(101)))
    body = coverage(client)["last_import"]
    assert body["counts"]["failed"] == 101
    assert [each["source"] for each in body["failures"]] == [f"{n}.md" for n in range(100)]


@pytest.mark.parametrize(("imported", "statements"), [(False, 6), (True, 9)])
def test_it_costs_the_same_statements_however_much_there_is(
    client: TestClient, library: Library, counted_sql: CountSql, imported: bool, statements: int
) -> None:
    for n in range(5):
        library.proposal(library.article(source=f"{n}报"), themes=["5g"], regions=["510100"])
    if imported:
        library.imported(("a.md", Outcome.NEW, None), ("b.md", Outcome.FAILED, "is empty"))
    with counted_sql() as sql:
        coverage(client)
    assert len(sql) == statements, "\n\n".join(sql)
