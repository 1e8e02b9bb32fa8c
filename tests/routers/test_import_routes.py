from datetime import UTC, datetime
from typing import Any

import pytest

from app.vocabulary import Outcome
from tests.builders import Library
from tests.web import CountSql, TestClient

URL = "/api/v1/imports"
BEGAN = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
ENDED = datetime(2024, 5, 1, 8, 5, tzinfo=UTC)
MIXED = (
    ("/srv/news/2023/a.md", Outcome.NEW, None),
    ("/srv/news/2023/b.md", Outcome.FAILED, "cannot read '/srv/news/2023/b.md'; give a file with text"),
    ("https://me:secret@example.org/c.html", Outcome.UNCHANGED, None),
    ("/srv/news/2023/d.md", Outcome.FAILED, "is empty"),
)
COUNTS = {"new": 1, "unchanged": 1, "replaced": 0, "failed": 2}


def get(client: TestClient, url: str, **filters: object) -> dict[str, Any]:
    answer = client.get(url, params=filters)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def names(client: TestClient, run: int, **filters: object) -> list[str]:
    return [item["source"] for item in get(client, f"{URL}/{run}/outcomes", **filters)["items"]]


def test_imports_stand_newest_first_with_what_was_to_be_imported_and_what_became_of_it(
    client: TestClient, library: Library
) -> None:
    sources = ["/srv/news/2023/", "https://me:secret@example.org/feed"]
    first = library.imported(*MIXED, started_at=BEGAN, finished_at=ENDED, sources=sources)
    second = library.imported(stopped_after="/srv/news/z.md")
    body = get(client, URL)
    assert [item["id"] for item in body["items"]] == [second, first]
    assert (body["total"], body["next"]) == (2, None)
    assert body["items"][0]["stopped_after"] == "z.md"
    assert body["items"][1] == {
        "id": first,
        "started_at": "2024-05-01T08:00:00Z",
        "finished_at": "2024-05-01T08:05:00Z",
        "extractor_version": "7",
        "counts": COUNTS,
        "sources": ["2023", "https://example.org/feed"],
        "stopped_after": None,
    }


def test_an_import_tells_what_failed_and_why(client: TestClient, library: Library) -> None:
    library.imported(("other.md", Outcome.FAILED, "is empty"))
    run = library.imported(*MIXED)
    (item, _) = get(client, URL)["items"]
    assert get(client, f"{URL}/{run}") == {
        **item,
        "failures": [
            {"source": "b.md", "reason": "cannot read 'b.md'; give a file with text"},
            {"source": "d.md", "reason": "is empty"},
        ],
    }


def test_of_many_failures_the_first_are_told_and_all_are_counted_and_listed(
    client: TestClient, library: Library
) -> None:
    run = library.imported(*((f"{n}.md", Outcome.FAILED, None) for n in range(101)))
    body = get(client, f"{URL}/{run}")
    assert body["counts"]["failed"] == 101
    assert body["failures"] == [{"source": f"{n}.md", "reason": ""} for n in range(100)]
    assert len(names(client, run, limit=200, outcome="failed")) == 101


@pytest.mark.parametrize("address", [URL, f"{URL}/1", "/api/v1/coverage"])
def test_no_answer_tells_where_files_lie_on_the_server_or_a_password(
    client: TestClient, library: Library, address: str
) -> None:
    library.imported(*MIXED, sources=["/srv/news", "C:\\srv\\news"], stopped_after="/srv/news/2023/d.md")
    for url in (address, f"{URL}/1/outcomes", f"{URL}?format=csv", f"{URL}?format=ndjson"):
        text = client.get(url).text
        assert "srv" not in text
        assert "secret" not in text


def test_an_import_that_still_runs_is_counted_so_far(client: TestClient, library: Library) -> None:
    library.imported(("old.md", Outcome.NEW, None), is_counted=False)
    run = library.imported(*MIXED, finished_at=None, is_counted=False)
    item = get(client, URL)["items"][0]
    assert (item["id"], item["finished_at"], item["counts"]) == (run, None, COUNTS)
    assert get(client, f"{URL}/{run}")["counts"] == COUNTS
    assert get(client, f"{URL}/{run}/outcomes", outcome="failed")["total"] == 2


def test_what_was_imported_since_is_in_the_answer(client: TestClient, library: Library) -> None:
    assert get(client, URL)["items"] == []
    run = library.imported()
    assert [item["id"] for item in get(client, URL)["items"]] == [run]
    assert client.get(f"{URL}/{run + 1}").status_code == 404
    assert get(client, f"{URL}/{library.imported()}")["id"] == run + 1


def test_outcomes_tell_of_each_source_what_became_of_it_in_the_order_of_the_import(
    client: TestClient, library: Library
) -> None:
    article = library.article()
    library.imported(("other.md", Outcome.NEW, None))
    run = library.imported(*MIXED, article=article)
    body = get(client, f"{URL}/{run}/outcomes")
    assert (body["total"], body["total_capped"], body["next"]) == (4, False, None)
    assert [(item["source"], item["outcome"]) for item in body["items"]] == [
        ("a.md", "new"),
        ("b.md", "failed"),
        ("https://example.org/c.html", "unchanged"),
        ("d.md", "failed"),
    ]
    new, failed = body["items"][:2]
    assert new == {
        "id": new["id"],
        "source": "a.md",
        "outcome": "new",
        "article_id": article,
        "reason": None,
        "seconds": 0.5,
    }
    assert (failed["article_id"], failed["reason"]) == (None, "cannot read 'b.md'; give a file with text")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        pytest.param("failed", ["b.md", "d.md"], id="failed"),
        pytest.param(["new", "failed"], ["a.md", "b.md", "d.md"], id="two are OR"),
        pytest.param(["new", "new"], ["a.md"], id="one twice is one"),
        pytest.param("replaced", [], id="none"),
    ],
)
def test_outcomes_are_filtered(
    client: TestClient, library: Library, outcome: object, expected: list[str]
) -> None:
    run = library.imported(*MIXED)
    assert names(client, run, outcome=outcome) == expected
    assert get(client, f"{URL}/{run}/outcomes", outcome=outcome)["total"] == len(expected)


def test_outcomes_are_walked_page_by_page_while_the_import_goes_on(
    client: TestClient, library: Library
) -> None:
    run = library.imported(*MIXED, finished_at=None, is_counted=False)
    first = get(client, f"{URL}/{run}/outcomes", limit=1, outcome="failed")
    library.imported(("other.md", Outcome.FAILED, "is empty"))
    library.outcome(run, "e.md", Outcome.NEW)
    library.outcome(run, "f.md", Outcome.FAILED, "is empty")
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    shown = [item["source"] for page in (first, second, third) for item in page["items"]]
    assert (shown, second["total"], third["next"]) == (["b.md", "d.md", "f.md"], 3, None)


def test_an_unknown_outcome_is_refused_with_the_nearest(client: TestClient, library: Library) -> None:
    answer = client.get(f"{URL}/{library.imported()}/outcomes?outcome=fail")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["nearest"] == ["failed"]


@pytest.mark.parametrize("path", ["9", "9/outcomes"])
def test_an_import_that_is_none_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(f"{URL}/{path}")
    assert (answer.status_code, answer.json()["detail"]) == (404, "no import with id 9")


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        pytest.param("", 3, id="imports: keys, rows, total"),
        pytest.param("/1", 3, id="import: row, failures' keys and rows"),
        pytest.param("/2", 4, id="and what it has come to so far"),
        pytest.param("/1/outcomes", 3, id="outcomes: import, keys, rows"),
        pytest.param("/1/outcomes?outcome=failed", 3, id="outcomes of a kind"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, library: Library, counted_sql: CountSql, path: str, statements: int
) -> None:
    library.imported(*MIXED)
    if path == "/2":
        library.imported(*MIXED, finished_at=None, is_counted=False)
    with counted_sql() as sql:
        assert client.get(f"{URL}{path}").status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)
