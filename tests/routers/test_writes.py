"""Writes over HTTP, on a database with the real reference rows and with our own extraction."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.event import listen
from sqlmodel import Session, select

from app.database import for_writing
from app.extraction.findings import Extraction
from app.extraction.pipeline import Extractor
from app.main import create_app
from app.settings import Settings
from app.store.keys import add_key, revoke_key
from app.tables import ImportOutcome, ImportRun
from app.vocabulary import Outcome
from tests.builders import Library
from tests.conftest import seed
from tests.databases import ONLY_SQLITE, Databases
from tests.store.drafts import Draft
from tests.web import TestClient

ARTICLES, PEOPLE = "/api/v1/articles", "/api/v1/people"
TEXT = "四川省政协委员陈放建议,两地拿出不少于2000亿元,加快建设西部科学城。\n"
WRITES = [
    ("POST", ARTICLES, {"text": TEXT}),
    ("DELETE", f"{ARTICLES}/1", None),
    ("POST", f"{PEOPLE}/1/merge", {"into": 2}),
    ("POST", f"{PEOPLE}/1/split", None),
]


@pytest.fixture
def database_url(databases: Databases) -> str:
    """Here with the real themes and regions, which what is found refers to."""
    return databases.filled(seed)


@pytest.fixture
def keyless(settings: Settings, extractor: Extractor) -> Iterator[TestClient]:
    """Sends no key, and there is none."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        client.app.state.writer.loaded = extractor.extract
        yield client


@pytest.fixture
def key(library: Library) -> str:
    with Session(for_writing(library.engine)) as session:
        key = add_key(session, "newsroom")
        session.commit()
        return key


@pytest.fixture
def client(keyless: TestClient, key: str) -> TestClient:
    """Sends a key that works."""
    keyless.headers["X-API-Key"] = key
    return keyless


def problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"urn:jianyan:problem:{slug}"
    return body


def post(client: TestClient, **article: object) -> Any:
    return client.post(ARTICLES, json=article)


def total(client: TestClient, url: str) -> int:
    return int(client.get(url).json()["total"])


@pytest.mark.parametrize(("method", "url", "body"), WRITES)
def test_without_any_key_nobody_writes_and_is_told_how_to_make_one(
    keyless: TestClient, method: str, url: str, body: object
) -> None:
    for headers in ({}, {"X-API-Key": "guessed"}):
        answer = keyless.request(method, url, json=body, headers=headers)
        assert "scripts/keys.py add NAME" in problem(answer, 403, "no-key")["detail"]


@pytest.mark.parametrize(("method", "url", "body"), WRITES)
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": ""}, {"X-API-Key": "wrong"}, {"X-API-Key": "é"}])
def test_a_write_without_a_key_that_works_is_refused_with_a_challenge(
    keyless: TestClient, key: str, method: str, url: str, body: object, headers: dict[str, str]
) -> None:
    raw = {name: value.encode() for name, value in headers.items()}
    answer = keyless.request(method, url, json=body, headers=raw)
    assert "X-API-Key" in problem(answer, 401, "unauthorized")["detail"] or headers
    assert answer.headers["www-authenticate"] == "APIKey"


def test_a_revoked_key_works_no_longer_and_another_one_does(client: TestClient, library: Library) -> None:
    with Session(for_writing(library.engine)) as session:
        other = add_key(session, "desk")
        revoke_key(session, "newsroom")
        session.commit()
    problem(post(client, text=TEXT), 401, "unauthorized")
    client.headers["X-API-Key"] = other
    assert post(client, text=TEXT).status_code == 201


def test_reading_needs_no_key(keyless: TestClient, key: str) -> None:
    assert keyless.get(ARTICLES).status_code == 200


def test_an_article_is_stored_and_answered_with_what_was_found(client: TestClient) -> None:
    answer = post(client, text=TEXT, title="远程协商", published_on="2020-10-22", bylines=["戴娟"])
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert answer.headers["location"].endswith(f"{ARTICLES}/{body['id']}")
    assert (body["outcome"], body["title"], body["bylines"]) == ("new", "远程协商", ["戴娟"])
    (proposal,) = body["proposals"]
    assert "".join(TEXT[start:end] for start, end in proposal["spans"]) == proposal["text"]
    assert proposal["speakers"] == [{"name": "陈放", "kind": "person"}]
    assert body["people"] == [{"name": "陈放", "positions": [{"institution": "四川省政协", "title": "委员"}]}]
    assert [(each["text"], each["value"]) for each in body["metrics"]] == [("2000亿元", 2e11)]
    stored = client.get(answer.headers["location"]).json()
    assert (stored["text"], stored["published_on"], stored["counts"]) == (TEXT, "2020-10-22", body["counts"])
    (read,) = client.get("/api/v1/proposals", params={"speaker": "陈放"}).json()["items"]
    assert (read["text"], read["themes"]) == (proposal["text"], proposal["themes"])


def test_a_text_that_is_there_is_left_as_it_is(client: TestClient) -> None:
    first = post(client, text=TEXT, title="远程协商").json()
    again = post(client, text=TEXT, title="另一个标题")
    assert again.status_code == 200
    assert "location" not in again.headers
    assert again.json() == {**first, "outcome": "unchanged"}


def test_front_matter_is_read_and_what_is_said_beside_the_text_wins(client: TestClient) -> None:
    text = f"---\ntitle: 甲\nsource: 重庆日报\n---\n{TEXT}"
    body = post(client, text=text, title="乙").json()
    assert (body["title"], body["source"]) == ("乙", "重庆日报")


def test_a_dry_run_answers_what_would_be_found_and_stores_nothing(
    client: TestClient, library: Library
) -> None:
    rehearsed = client.post(f"{ARTICLES}?dry_run=true", json={"text": TEXT, "title": "甲"})
    assert rehearsed.status_code == 200
    assert total(client, ARTICLES) == total(client, PEOPLE) == 0
    with Session(library.engine) as session:
        assert session.exec(select(ImportRun)).all() == []
    stored = post(client, text=TEXT, title="甲").json()
    assert rehearsed.json() == {**stored, "id": None, "outcome": None}


def test_an_import_is_noted_as_a_run_under_who_sent_it(client: TestClient, library: Library) -> None:
    article = post(client, text=TEXT).json()["id"]
    post(client, text=TEXT, url="https://example.org/1")
    with Session(library.engine) as session:
        outcomes = session.exec(select(ImportOutcome).order_by(ImportOutcome.id)).all()
        runs = session.exec(select(ImportRun).order_by(ImportRun.id)).all()
    assert [(each.source, each.outcome, each.article_id) for each in outcomes] == [
        ("text sent by newsroom", Outcome.NEW, article),
        ("https://example.org/1", Outcome.UNCHANGED, article),
    ]
    assert [run.counts for run in runs] == [{"new": 1}, {"unchanged": 1}]
    assert all(run.finished_at for run in runs)


def test_eight_posts_of_one_text_at_once_make_one_article(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(client, text=TEXT), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert total(client, ARTICLES) == total(client, "/api/v1/proposals") == total(client, PEOPLE) == 1


def test_posts_of_many_texts_at_once_find_what_each_finds_alone(client: TestClient) -> None:
    texts = [
        f"{name}省政协委员陈放建议,拿出{n}亿元建设科学城。"
        for n in (2, 30)
        for name in ("四川", "广东", "福建")
    ]
    alone = [client.post(f"{ARTICLES}?dry_run=true", json={"text": text}).json() for text in texts]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: post(client, text=text), texts))
    assert [answer.status_code for answer in together] == [201] * 6
    assert [answer.json()["proposals"] for answer in together] == [each["proposals"] for each in alone]
    assert all(each["proposals"] for each in alone)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("。。。", "an article needs words", id="no words"),
        pytest.param("建议\u0000加快", "is binary", id="NUL"),
        pytest.param("建议\u0001加快", "control characters", id="control character"),
        pytest.param("---\ntitle: [\n---\n建议", "front matter is not valid YAML", id="front matter"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(client: TestClient, text: str, reason: str) -> None:
    assert reason in problem(post(client, text=text), 422, "refused")["detail"]
    assert total(client, ARTICLES) == 0


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_article_whose_findings_do_not_stand_in_it_is_refused(
    client: TestClient, library: Library, dry_run: bool
) -> None:
    def altering(text: str) -> Extraction:
        return Draft(text.replace("陈放", "吴刚陈放")).person("陈放").extraction

    client.app.state.writer.loaded = altering
    answer = client.post(ARTICLES, params={"dry_run": dry_run}, json={"text": TEXT})
    assert "person 陈放" in problem(answer, 422, "refused")["detail"]
    with Session(library.engine) as session:
        noted = session.exec(select(ImportOutcome.outcome)).all()
    assert noted == ([] if dry_run else [Outcome.FAILED])


def test_a_fault_of_the_extraction_is_told_without_its_text(client: TestClient) -> None:
    def faulty(text: str) -> Extraction:
        raise LookupError(f"secret {text}")

    client.app.state.writer.loaded = faulty
    assert "secret" not in str(problem(post(client, text=TEXT), 500, "internal"))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(b"{}", "body", id="neither text nor address"),
        pytest.param(b"[]", "body", id="no object"),
        pytest.param(b"", "body", id="nothing"),
        pytest.param(b'{"text"', "body", id="no JSON"),
        pytest.param(b'{"text": ""}', "text", id="empty text"),
        pytest.param(b'{"text": 5}', "text", id="text that is none"),
        pytest.param(b'{"text": "\\ud800"}', "text", id="lone surrogate"),
        pytest.param(b'{"text": "a", "titel": "b"}', "titel", id="unknown field"),
        pytest.param(b'{"text": "a", "title": "b\\u0000"}', "title", id="NUL"),
        pytest.param(b'{"text": "a", "published_on": 86400}', "published_on", id="seconds"),
        pytest.param(b'{"text": "a", "published_on": "22.10.2020"}', "published_on", id="date"),
        pytest.param(b'{"text": "a", "published_on": "2020-W43-4"}', "published_on", id="a day of a week"),
        pytest.param(b'{"text": "a", "url": "javascript:alert(1)"}', "url", id="another scheme"),
        pytest.param(b'{"url": "file:///etc/passwd"}', "url", id="a file"),
        pytest.param(b'{"text": "a", "bylines": ["b\\nc"]}', "bylines", id="byline of two lines"),
    ],
)
def test_a_malformed_body_is_refused_by_the_field(client: TestClient, body: bytes, field: str) -> None:
    answer = client.post(ARTICLES, content=body, headers={"Content-Type": "application/json"})
    errors = problem(answer, 422, "invalid")["errors"]
    assert [error["field"] for error in errors] == [field]


@pytest.mark.parametrize(
    "body",
    [b'{"text": "\xff"}', b"[" * 100_000, b'{"into": ' + b"9" * 5000 + b"}"],
    ids=["bytes", "deep", "long"],
)
def test_a_body_that_cannot_be_read_is_refused_with_the_way_out(client: TestClient, body: bytes) -> None:
    answer = client.post(ARTICLES, content=body, headers={"Content-Type": "application/json"})
    assert "send one JSON object, in UTF-8" in problem(answer, 400, "http")["detail"]


def test_a_body_beyond_all_articles_is_refused_whether_its_length_is_said_or_not(client: TestClient) -> None:
    body = b" " * 4_000_001
    for content in (body, iter([body[:9], body[9:]])):
        answer = client.post(ARTICLES, content=content, headers={"Content-Type": "application/json"})
        assert "longer than 4000000 bytes" in problem(answer, 413, "http")["detail"]


def test_a_parameter_that_a_write_does_not_have_is_refused(client: TestClient) -> None:
    answer = client.post(f"{ARTICLES}?dryrun=true", json={"text": TEXT})
    assert "did you mean dry_run" in problem(answer, 422, "invalid")["detail"]


def test_a_deleted_article_is_gone_with_whom_only_it_names(client: TestClient) -> None:
    kept = post(client, text="广东省政协委员吴刚建议加快建设科学城。").json()["id"]
    gone = post(client, text=TEXT).json()["id"]
    answer = client.delete(f"{ARTICLES}/{gone}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert [item["id"] for item in client.get(ARTICLES).json()["items"]] == [kept]
    assert [item["name"] for item in client.get(PEOPLE).json()["items"]] == ["吴刚"]
    assert (
        f"no article with id {gone}"
        in problem(client.delete(f"{ARTICLES}/{gone}"), 404, "not-found")["detail"]
    )


def two_of_a_name(client: TestClient) -> tuple[int, int]:
    for place in ("四川", "广东"):
        assert post(client, text=f"{place}省政协委员陈放建议加快建设{place}科学城。").status_code == 201
    first, second = sorted(item["id"] for item in client.get(PEOPLE).json()["items"])
    return first, second


def test_merged_people_are_one_and_the_old_id_leads_there(client: TestClient) -> None:
    kept, old = two_of_a_name(client)
    answer = client.post(f"{PEOPLE}/{old}/merge", json={"into": kept})
    assert answer.status_code == 200, answer.text
    assert answer.json()["counts"] == {"proposals": 2, "articles": 2}
    assert {post["institution"] for post in answer.json()["positions"]} == {"四川省政协", "广东省政协"}
    moved = client.get(f"{PEOPLE}/{old}", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"].endswith(f"{PEOPLE}/{kept}")
    assert moved.headers["cache-control"] == "no-store"
    assert client.get(f"{PEOPLE}/{old}").json() == answer.json()
    assert [item["id"] for item in client.get(PEOPLE).json()["items"]] == [kept]
    for speaker in (kept, old, "陈放"):
        assert total(client, f"/api/v1/proposals?speaker={speaker}") == 2


def test_a_split_gives_back_what_was_there_before(client: TestClient) -> None:
    kept, old = two_of_a_name(client)
    before = [client.get(f"{PEOPLE}/{each}").json() for each in (kept, old)]
    client.post(f"{PEOPLE}/{old}/merge", json={"into": kept})
    answer = client.post(f"{PEOPLE}/{old}/split")
    assert (answer.status_code, answer.json()) == (200, before[1])
    assert [client.get(f"{PEOPLE}/{each}").json() for each in (kept, old)] == before


def test_a_merge_that_cannot_be_is_refused(client: TestClient) -> None:
    kept, old = two_of_a_name(client)
    merge, split = f"{PEOPLE}/{old}/merge", f"{PEOPLE}/{old}/split"
    problem(client.post(merge, json={"into": 999}), 404, "not-found")
    problem(client.post(f"{PEOPLE}/999/split"), 404, "not-found")
    problem(client.post(merge, json={"into": old}), 409, "conflict")
    problem(client.post(split), 409, "conflict")
    client.post(merge, json={"into": kept})
    problem(client.post(merge, json={"into": kept}), 409, "conflict")
    for body in ({}, {"into": True}, {"into": str(kept)}, {"into": 2.5}, {"into": 2**63}):
        problem(client.post(merge, json=body), 422, "invalid")


def test_a_get_where_only_post_works_is_told_so(client: TestClient) -> None:
    answer = client.get(f"{PEOPLE}/1/merge")
    assert "use POST" in problem(answer, 405, "not-allowed")["detail"]


def test_a_server_loads_the_extraction_at_its_first_write_only() -> None:
    program = "import sys, app.main; sys.exit('app.extraction.pipeline' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_the_first_write_loads_our_own_extraction(settings: Settings, key: str) -> None:
    with TestClient(create_app(settings), headers={"X-API-Key": key}) as client:
        assert client.get(ARTICLES).status_code == 200
        assert client.app.state.writer.loaded is None
        assert post(client, text=TEXT).json()["counts"]["proposals"] == 1


class Pages(BaseHTTPRequestHandler):
    """A picture at /picture, and an article at every other path."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/plain")
        self.end_headers()
        self.wfile.write(TEXT.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_article_is_fetched_by_its_address_where_that_is_allowed(client: TestClient, site: str) -> None:
    client.app.state.writer.terms = replace(client.app.state.writer.terms, allow_private=True)
    answer = post(client, url=f"{site}/1", title="甲")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["url"], body["title"], body["counts"]["proposals"]) == (f"{site}/1", "甲", 1)
    assert post(client, text=TEXT).json()["id"] == body["id"]
    unsupported = problem(post(client, url=f"{site}/picture"), 415, "unsupported")
    assert "post the article's text instead" in unsupported["detail"]


def test_nothing_is_fetched_from_this_machine_unless_a_setting_allows_it(
    client: TestClient, site: str
) -> None:
    assert "private network" in problem(post(client, url=f"{site}/1"), 422, "refused")["detail"]


def test_the_setting_reaches_the_writer(settings: Settings) -> None:
    for allowed in (False, True):
        with TestClient(create_app(settings.model_copy(update={"fetch_private": allowed}))) as client:
            assert client.app.state.writer.terms.allow_private is allowed


@ONLY_SQLITE  # whose pragma makes it short; PostgreSQL's writers wait in tests/test_postgresql.py
def test_a_write_while_another_process_writes_on_is_told_to_try_again(
    client: TestClient, library: Library
) -> None:
    listen(
        client.app.state.writer.engine,
        "begin",
        lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 1"),
        insert=True,  # before the BEGIN that waits
    )
    with for_writing(library.engine).connect() as other, other.begin():
        answer = client.delete(f"{ARTICLES}/1")
    assert "try again" in problem(answer, 503, "unavailable")["detail"]
