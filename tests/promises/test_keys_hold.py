"""Nobody writes who may not, keys are nowhere to be found, and guessing them is slow."""

import asyncio
import base64
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlmodel import Session, SQLModel

from app.database import for_writing
from app.extraction.pipeline import Extractor
from app.logs import JsonLines
from app.main import create_app
from app.queries import keys
from app.routers.clients import Buckets
from app.settings import Settings
from app.store.keys import PREFIX, add_key, revoke_key
from tests.builders import Library
from tests.conftest import seed
from tests.databases import ONLY_SQLITE, Databases
from tests.promises.asked import pass_by
from tests.promises.started import Started, started
from tests.routers.conftest import client, counted_sql, library, settings
from tests.web import CountSql, TestClient

__all__ = ["client", "counted_sql", "library", "settings"]

READS = {"GET", "HEAD", "OPTIONS"}
TEXT = "贵州省人大代表石晓岚建议,加快建设算力枢纽。\n"
ONE, OTHER = 101, 102
"""Stand for two people who can be merged."""
ALLOWED: dict[str, tuple[dict[str, int], dict[str, object] | None]] = {
    "add_article": ({}, {"text": TEXT}),
    "merge_person": ({"person_id": ONE}, {"into": OTHER}),
    "split_person": ({"person_id": ONE}, None),
    "delete_article": ({"article_id": 1}, None),
}
"""How each route that writes is asked for something that can be done, in an order in which it can."""


@pytest.fixture
def database_url(databases: Databases) -> str:
    """With the real themes and regions, and nothing else."""
    return databases.filled(seed)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands still for those who guess, so that no try comes back by itself while a slow machine asks."""
    pass_by(monkeypatch, 0)


@pytest.fixture
def held(library: Library) -> dict[str, str]:
    """A key that works, one that was revoked and one that was never made, by what they are."""
    with Session(for_writing(library.engine)) as session:
        right, revoked = add_key(session, "newsroom"), add_key(session, "intern")
        revoke_key(session, "intern")
        session.commit()
    return {"right": right, "revoked": revoked, "wrong": f"{PREFIX}{'x' * 43}"}


def routes_of(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    """Method, path and name of whatever the application answers at, included routers' too."""
    unseen = list(app.routes)
    for route in unseen:
        if hasattr(route, "effective_candidates"):
            unseen += route.effective_candidates()
            continue
        for method in sorted(getattr(route, "methods", None) or ()):
            yield method, str(route.path), str(route.name)  # type: ignore[attr-defined]


def example_of(client: TestClient, path: str) -> tuple[str, dict[str, str]]:
    """The path with the ids of its examples, and the parameters that it cannot do without."""
    described = client.get("/openapi.json").json()["paths"].get(path, {}).get("get", {})
    required = {"q": "建议", "rows": "theme", "columns": "kind"}
    names = {each["name"] for each in described.get("parameters", []) if each["required"]}
    filled = path.replace("{code}", "520000" if "regions" in path else "5g")
    for name in ("proposal", "person", "institution", "metric", "article", "import"):
        filled = filled.replace(f"{{{name}_id}}", "1")
    return filled, {name: value for name, value in required.items() if name in names}


def refusals(client: TestClient, headers: dict[str, str]) -> dict[tuple[str, str], int]:
    """What every route that is no read answers, asked with nothing but these headers."""
    # Each anew, as failures are counted.
    client.app.state.guard.failures = Buckets(1_000)
    return {
        (method, path): client.request(method, example_of(client, path)[0], headers=headers).status_code
        for method, path, _ in routes_of(client.app)
        if method not in READS
    }


@ONLY_SQLITE
def test_every_address_of_the_schema_is_tried(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    addresses = {(method.upper(), path) for path, each in described.items() for method in each}
    assert addresses <= {(method, path) for method, path, _ in routes_of(client.app)}


@pytest.mark.parametrize("held_key", ["none", "wrong", "revoked"])
def test_every_write_is_refused_without_a_key_that_works(
    client: TestClient, held: dict[str, str], held_key: str
) -> None:
    headers = {} if held_key == "none" else {"X-API-Key": held[held_key]}
    statuses = refusals(client, headers)
    assert len(statuses) >= len(ALLOWED)
    assert set(statuses.values()) == {401}, statuses


@ONLY_SQLITE
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": f"{PREFIX}{'x' * 43}"}])
def test_every_write_is_refused_while_there_is_no_key(client: TestClient, headers: dict[str, str]) -> None:
    assert set(refusals(client, headers).values()) == {403}


@ONLY_SQLITE
def test_a_write_that_was_left_open_would_be_found(client: TestClient, held: dict[str, str]) -> None:
    client.app.post("/api/v1/left-open")(lambda: "written")
    assert refusals(client, {})["POST", "/api/v1/left-open"] == 200


def two_people(client: TestClient, key: str) -> list[int]:
    """The ids of two people of articles of their own."""
    for name, place in (("石晓岚", "武汉市"), ("石小岚", "南昌市")):
        text = f"{place}政协委员{name}建议,加快建设跨省实验室。"
        added = client.post("/api/v1/articles", json={"text": text}, headers={"X-API-Key": key})
        assert added.status_code == 201, added.text
    return [each["id"] for each in client.get("/api/v1/people").json()["items"]]


def test_every_write_is_done_with_a_key_that_works(
    client: TestClient, held: dict[str, str], extractor: Extractor
) -> None:
    client.app.state.writer.loaded = extractor.extract
    people = dict(zip((ONE, OTHER), two_people(client, held["right"]), strict=True))
    writes = {name: (method, path) for method, path, name in routes_of(client.app) if method not in READS}
    assert writes.keys() == ALLOWED.keys(), "say how the new write is asked"
    for name, (ids, body) in ALLOWED.items():
        method, path = writes[name]
        address = path.format(**{key: people.get(id, id) for key, id in ids.items()})
        sent = body and {key: people.get(value, value) for key, value in body.items()}
        answer = client.request(method, address, json=sent, headers={"X-API-Key": held["right"]})
        assert 200 <= answer.status_code < 300, (name, answer.text)


@ONLY_SQLITE
def test_every_read_answers_the_same_whatever_key_comes_with_it(
    client: TestClient, library: Library, held: dict[str, str]
) -> None:
    library.mention(library.article(text=TEXT), library.person("石晓岚"), "石晓岚")
    reads = [path for method, path, _ in routes_of(client.app) if method == "GET"]
    for path in reads:
        filled, parameters = example_of(client, path)
        headers = [{}, *({"X-API-Key": key} for key in held.values())]
        answers = [client.get(filled, params=parameters, headers=each) for each in headers]
        assert len({each.status_code for each in answers}) == 1, path
        assert answers[0].status_code < 500, path
        if path not in ("/internal/metrics", "/api/v1/export.zip"):  # which tell of the time that goes by
            assert len({each.content for each in answers}) == 1, path


@ONLY_SQLITE
def test_a_write_is_refused_before_its_body_is_read(client: TestClient, held: dict[str, str]) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was asked for")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"x-api-key", held["wrong"].encode()), (b"content-length", b"3000000")]
    scope = {"type": "http", "method": "POST", "path": "/api/v1/articles", "raw_path": b"/api/v1/articles"}
    scope |= {"query_string": b"", "headers": headers, "client": ("192.0.2.1", 1), "scheme": "http"}
    scope |= {"server": ("127.0.0.1", 80), "root_path": "", "http_version": "1.1"}
    asyncio.run(client.app(scope, receive, send))
    assert sent[0]["status"] == 401


# --- comparison


@ONLY_SQLITE
def test_each_stored_key_is_compared_whole_whichever_it_is(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(for_writing(library.engine)) as session:
        made = [add_key(session, f"desk {number}") for number in range(5)]
        session.commit()
    compared: list[tuple[str, str]] = []
    real = keys.compare_digest

    def note(stored: str, given: str) -> bool:
        compared.append((stored, given))
        return real(stored, given)

    monkeypatch.setattr(keys, "compare_digest", note)
    for key in (made[0], made[-1], made[0][:-1], made[0] + "x", "", "é", "x" * 5_000):
        compared.clear()
        client.post("/api/v1/articles", headers={"X-API-Key": key.encode()})
        # By digests of one length, so that not even the length of a key is told by the time it takes.
        assert [len(part) for pair in compared for part in pair] == [64] * 10


# --- guessing


def guess(client: TestClient, number: int) -> httpx.Response:
    headers = {"X-API-Key": f"{PREFIX}{number:043}"}
    return client.post("/api/v1/articles", content=b"{", headers=headers)


def of(client: TestClient, address: str) -> TestClient:
    """Another client of the same application."""
    return TestClient(client.app, client=(address, 50_000), raise_server_exceptions=False)


@ONLY_SQLITE
def test_who_guesses_is_told_to_wait_and_costs_no_statement_meanwhile(
    client: TestClient, held: dict[str, str], counted_sql: CountSql
) -> None:
    assert [guess(client, number).status_code for number in range(10)] == [401] * 10
    with counted_sql() as statements:
        answer = guess(client, 10)
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:jianyan:problem:too-many")
    assert answer.headers["content-type"] == "application/problem+json"
    assert 1 <= int(answer.headers["retry-after"]) <= 6
    assert statements == []


@ONLY_SQLITE
def test_who_comes_without_a_key_counts_too(client: TestClient, held: dict[str, str]) -> None:
    statuses = [client.delete("/api/v1/articles/1").status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2


@pytest.mark.parametrize("rounds", [100, pytest.param(2_000, marks=pytest.mark.long)])
def test_of_many_guesses_at_once_no_more_are_looked_at(
    client: TestClient, held: dict[str, str], rounds: int
) -> None:
    async def guess_all() -> list[int]:
        transport = httpx.ASGITransport(client.app, client=("198.51.100.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as guesser:
            keys = [f"{PREFIX}{number:043}" for number in range(rounds)]
            asked = (guesser.post("/api/v1/articles", headers={"X-API-Key": key}) for key in keys)
            return [answer.status_code for answer in await asyncio.gather(*asked)]

    assert client.portal is not None
    statuses = client.portal.call(guess_all)
    assert statuses.count(401) == 10
    assert set(statuses) == {401, 429}


@ONLY_SQLITE
def test_guesses_of_one_client_keep_no_other_from_writing(client: TestClient, held: dict[str, str]) -> None:
    for number in range(12):
        guess(client, number)
    answer = of(client, "203.0.113.9").delete("/api/v1/articles/9", headers={"X-API-Key": held["right"]})
    assert answer.status_code == 404
    assert guess(client, 13).status_code == 429


@ONLY_SQLITE
def test_a_key_that_worked_goes_on_working_beside_guesses_from_its_address(
    client: TestClient, held: dict[str, str]
) -> None:
    right = {"X-API-Key": held["right"]}
    assert client.delete("/api/v1/articles/9", headers=right).status_code == 404
    for number in range(12):
        guess(client, number)
    assert client.delete("/api/v1/articles/9", headers=right).status_code == 404


@ONLY_SQLITE
def test_a_key_that_was_not_seen_yet_waits_like_a_guess_and_then_works(
    client: TestClient, held: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {"X-API-Key": held["right"]}
    for number in range(10):
        guess(client, number)
    refused = client.delete("/api/v1/articles/9", headers=right)
    assert refused.status_code == 429
    pass_by(monkeypatch, float(refused.headers["retry-after"]))
    assert client.delete("/api/v1/articles/9", headers=right).status_code == 404


@ONLY_SQLITE
def test_a_key_that_is_revoked_after_it_worked_is_refused_and_then_counts(
    client: TestClient, library: Library, held: dict[str, str]
) -> None:
    right = {"X-API-Key": held["right"]}
    client.delete("/api/v1/articles/9", headers=right)
    with Session(for_writing(library.engine)) as session:
        revoke_key(session, "newsroom")
        add_key(session, "desk")
        session.commit()
    statuses = [client.delete("/api/v1/articles/9", headers=right).status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2


@ONLY_SQLITE
def test_a_network_of_ipv6_is_one_client_and_its_neighbour_another(
    client: TestClient, held: dict[str, str]
) -> None:
    statuses = [guess(of(client, f"2001:db8:1:2::{number:x}"), number).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert guess(of(client, "2001:db8:1:3::1"), 1).status_code == 401


# --- logs and the database


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp("keys")
    with started(folder, log_level="DEBUG", failed_keys_a_minute=1_000, fetch_private="true") as server:
        yield server


def ways_to_send(key: str) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
    """Method, path, body and headers of every request with a key in it, right or by mistake."""
    articles, json_type = "/api/v1/articles", {"Content-Type": "application/json"}
    password = base64.b64encode(f"newsroom:{key}".encode()).decode()
    yield "POST", articles, b"no JSON", {"X-API-Key": key, **json_type}
    yield "POST", articles, json.dumps({"txt": key}).encode(), {"X-API-Key": key, **json_type}
    for name in ("api_key", "X-API-Key", key):
        yield "GET", f"{articles}?{name}={key}", None, {}
        yield "POST", f"{articles}?{name}={key}", b"{}", json_type
    yield "GET", f"{articles}?key={key.replace('_', '%5F', 1)}", None, {}
    yield "GET", f"{articles}/{key}", None, {}
    yield "GET", f"/{key}", None, {}
    yield "GET", f"{articles}?q={key}&format=csv", None, {}
    yield "DELETE", f"{articles}/{key}", None, {"X-API-Key": key}
    yield "POST", articles, None, {"Authorization": f"Basic {password}"}
    yield "POST", articles, None, {"Authorization": f"Bearer {key}"}
    for name in ("X-Request-ID", "Cookie", "Referer", "User-Agent", "If-None-Match", "Accept", "Origin"):
        yield "GET", articles, None, {name: key}
    for address in (f"http://newsroom:{key}@127.0.0.1:9/a", f"http://127.0.0.1:9/a?key={key}"):
        yield "POST", articles, json.dumps({"url": address}).encode(), {"X-API-Key": key, **json_type}


def traces_of(key: str, data: bytes) -> list[bytes]:
    """In which form a key stands in some bytes, whole or but for its last letters."""
    secret = key.removeprefix(PREFIX)
    encoded = [base64.b64encode(f"newsroom:{key}".encode()), base64.b64encode(key.encode())]
    forms = [secret.encode(), secret[:20].encode(), secret[-20:].encode(), *encoded]
    forms += [secret.encode("utf-16-le"), secret.encode().hex().encode()]
    return [form for form in forms if form in data]


def test_no_key_gets_into_the_log_or_the_database_whichever_way_it_is_sent(server: Started) -> None:
    wrong = f"{PREFIX}{'Ab3-x_' * 7}Q"
    for key in (server.key, wrong):
        for method, path, body, headers in ways_to_send(key):
            answer, _ = server.ask(method, path, body, headers)
            assert answer.status < 500, (method, path)
    write = json.dumps({"text": TEXT}).encode()
    headers = {"X-API-Key": server.key, "Content-Type": "application/json"}
    assert server.ask("POST", "/api/v1/articles", write, headers)[0].status == 201
    files = [file for file in server.folder.rglob("*") if file.is_file()]
    assert {"log", "jianyan.db"} <= {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        assert traces_of(server.key, data) == traces_of(wrong, data) == [], file.name
    assert server.log.count("jianyan_***") > 10


def test_no_key_is_in_a_column_of_any_table(
    client: TestClient, library: Library, held: dict[str, str], extractor: Extractor
) -> None:
    client.app.state.writer.loaded = extractor.extract
    for key in held.values():
        client.post("/api/v1/articles", json={"text": TEXT}, headers={"X-API-Key": key})
    with library.engine.connect() as connection:
        rows = [str(connection.execute(table.select()).all()) for table in SQLModel.metadata.sorted_tables]
    assert any("石晓岚" in each for each in rows)
    for key in held.values():
        assert not any(key.removeprefix(PREFIX)[:16] in each for each in rows)


def test_a_traceback_in_the_log_holds_no_key_of_the_failing_request() -> None:
    key = f"{PREFIX}{'Ab3-x_' * 7}Q"
    shortened = f"input_value='{key[:25]}...{key[-24:]}'"
    for message in (key, repr({"key": key}), f"{shortened}, input_type=str", f"?k={key.replace('_', '%5f')}"):
        try:
            raise ValueError(message)
        except ValueError:
            record = logging.LogRecord("a", logging.ERROR, "b", 1, "%s", (message,), sys.exc_info())
        line = JsonLines().format(record)
        assert "Traceback" in json.loads(line)["traceback"]
        assert traces_of(key, line.encode()) == []


def test_what_is_no_key_stays_in_the_log() -> None:
    for name in ("jianyan_prod", "/srv/jianyan/data/jianyan.db", "urn:jianyan:problem:invalid"):
        line = JsonLines().format(logging.LogRecord("a", logging.INFO, "b", 1, name, (), None))
        assert json.loads(line)["message"] == name


def test_the_settings_of_the_tests_are_those_of_a_start(settings: Settings, tmp_path: Path) -> None:
    assert settings.failed_keys_a_minute == Settings(data_dir=tmp_path).failed_keys_a_minute == 10
    assert isinstance(create_app(settings), FastAPI)
