"""Nothing can stall the server: what is too long, too slow or too much is refused, and others go on."""

import asyncio
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import Request
from sqlalchemy import Connection, text

from app.database import make_engine, migrate, within
from app.errors import TooSlowError
from app.main import create_app
from app.queries.reader import Reader
from app.settings import Settings
from tests.builders import Library
from tests.databases import ONLY_SQLITE
from tests.promises.asked import pass_by
from tests.promises.started import PATIENCE, Started, started
from tests.routers.conftest import client, database_url, library, settings
from tests.web import TestClient

__all__ = ["client", "database_url", "library", "settings"]

API = "/api/v1"
ENDLESS = """WITH RECURSIVE n(x) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT x + 1 FROM n WHERE x < {})
SELECT max(x) FROM n"""


def count_to(connection: Connection, number: int) -> int:
    """Takes the database as long as one likes: a million some tenths of a second."""
    return int(connection.scalar(text(ENDLESS.format(number))) or 0)


def count_for_ever(connection: Connection) -> int:
    return count_to(connection, 10**15)


def problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"urn:jianyan:problem:{slug}"
    return body


# --- slow statements


@pytest.fixture
def reader(settings: Settings) -> Iterator[Reader]:
    engine = make_engine(settings.database_url)
    is_file = engine.dialect.name == "sqlite"
    reader = Reader(engine, at_once=is_file, limit=partial(within, seconds=PATIENCE))
    yield reader
    reader.close()
    engine.dispose()


def checked_out(reader: Reader) -> int:
    """Connections in use, but for the one the reader keeps."""
    return int(reader.engine.pool.checkedout()) - (reader._own is not None)  # type: ignore[attr-defined]


@contextmanager
def seconds_for_a_question(reader: Reader, seconds: float) -> Iterator[None]:
    """The limit while the block lasts. What is quick is asked after it: a machine may stand still so long."""
    usual, reader.limit = reader.limit, partial(within, seconds=seconds)
    yield
    reader.limit = usual


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.long)])
def test_a_statement_that_takes_too_long_is_stopped_and_its_connection_asked_again(
    reader: Reader, rounds: int
) -> None:
    for _ in range(rounds):
        with seconds_for_a_question(reader, 0.2):
            with pytest.raises(TooSlowError, match=r"more than 0\.2 seconds .* ask for less"):
                asyncio.run(reader.answer(count_for_ever))
            with reader.engine.connect() as connection, pytest.raises(TooSlowError), reader.limit(connection):
                count_for_ever(connection)
        with reader.engine.connect() as connection:  # the same one, without a limit of its own left
            assert count_to(connection, 1_000_000) == 1_000_000
        assert asyncio.run(reader.answer(count_to, 10)) == 10
        assert checked_out(reader) == 0


def test_other_errors_of_a_question_stay_what_they_are(reader: Reader) -> None:
    with pytest.raises(ValueError, match="mine"):
        reader.ask(lambda connection: [count_to(connection, 10), int("mine")])


@pytest.mark.parametrize("rounds", [30, pytest.param(200, marks=pytest.mark.long)])
def test_more_slow_questions_than_there_are_threads_leave_all_of_them_free(
    client: TestClient, settings: Settings, rounds: int
) -> None:
    async def slow(request: Request) -> int:
        return int(await request.app.state.reader.answer(count_for_ever))

    client.app.get("/slow")(slow)
    with seconds_for_a_question(client.app.state.reader, 0.05), ThreadPoolExecutor(rounds) as pool:
        answers = list(pool.map(client.get, repeat("/slow", rounds)))
    for answer in answers:
        assert "0.05 seconds" in problem(answer, 503, "too-slow")["detail"]
    assert client.get(f"{API}/themes").status_code == 200
    assert checked_out(client.app.state.reader) == 0


@ONLY_SQLITE
def test_the_server_says_that_it_lives_while_all_threads_wait(client: TestClient) -> None:
    end, waiting = threading.Event(), threading.Semaphore(0)

    def wait() -> None:
        waiting.release()
        assert end.wait(PATIENCE), "somebody waited for this thread"

    client.app.get("/waiting")(wait)
    with ThreadPoolExecutor(60) as pool:
        answers = pool.map(client.get, repeat("/waiting", 60))
        for _ in range(40):  # as many threads as there are
            assert waiting.acquire(timeout=PATIENCE)
        for path in ("/healthz", f"{API}/", f"{API}/themes"):
            assert client.get(path).status_code == 200
        assert not end.is_set()
        end.set()
        assert {answer.status_code for answer in answers} == {200}


def test_a_list_that_takes_too_long_is_told_to_ask_for_less(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.queries.resource.Resource.count", lambda _, at, __: (count_for_ever(at), False))
    with seconds_for_a_question(client.app.state.reader, 0.05):
        assert "filters" in problem(client.get(f"{API}/themes"), 503, "too-slow")["detail"]
    monkeypatch.undo()
    assert client.get(f"{API}/themes").status_code == 200


def test_the_database_has_its_time_for_each_part_of_a_file_and_the_client_none_of_it(
    reader: Reader,
) -> None:
    def parts(connection: Connection) -> Iterator[int]:
        yield count_to(connection, 10)
        yield count_to(connection, 20)
        yield count_for_ever(connection)

    stream = reader.stream(parts)
    with seconds_for_a_question(reader, 1):
        assert next(stream) == 10
        time.sleep(1.2)  # the client takes longer than the database may
        assert next(stream) == 20
        with pytest.raises(TooSlowError):
            next(stream)
    assert checked_out(reader) == 0
    assert reader.streams._value == 4


@pytest.mark.parametrize("address", [f"{API}/themes?format=csv", f"{API}/export.zip"])
def test_a_file_whose_first_part_takes_too_long_is_a_problem_and_no_file(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def find_all(_: object, connection: Connection, *__: object) -> Iterator[int]:
        yield count_for_ever(connection)

    client.app.state.reader.limit = partial(within, seconds=0.05)
    monkeypatch.setattr("app.queries.resource.Resource.find_all", find_all)
    monkeypatch.setattr("app.queries.whole.find_all", lambda connection: find_all(None, connection))
    problem(client.get(address), 503, "too-slow")
    assert checked_out(client.app.state.reader) == 0


# --- files at once


@ONLY_SQLITE
def test_one_file_more_than_may_be_written_at_once_is_refused_with_a_time_to_wait(
    settings: Settings, library: Library
) -> None:
    with TestClient(create_app(settings.model_copy(update={"exports": 2}))) as client:
        reader = client.app.state.reader
        open_ones = [reader.stream(lambda connection: iter("ab")) for _ in range(2)]
        assert [next(each) for each in open_ones] == ["a", "a"]
        answer = client.get(f"{API}/themes?format=csv")
        problem(answer, 503, "busy")
        assert answer.headers["retry-after"] == "60"
        open_ones[0].close()
        assert client.get(f"{API}/themes?format=csv").status_code == 200


# --- addresses and bodies


@ONLY_SQLITE
def test_an_address_that_is_too_long_is_refused_before_it_is_looked_at(
    client: TestClient, settings: Settings
) -> None:
    path = f"{API}/proposals?q="
    room = settings.url_bytes - len(path)
    assert client.get(path + "a" * room).status_code == 422  # which is the list's own word
    for method, address in (("GET", path + "a" * (room + 1)), ("POST", "/" + "a" * settings.url_bytes)):
        body = problem(client.request(method, address), 414, "http")
        assert "16000 bytes" in body["detail"]


@ONLY_SQLITE
def test_a_hundred_names_of_ten_characters_fit_into_an_address(client: TestClient) -> None:
    names = [f"贵州省黔东南州第{number:02}" for number in range(100)]
    address = f"{API}/proposals?" + "&".join(f"speaker={quote(name)}" for name in names)
    assert client.get(address).json()["total"] == 0


# --- requests a minute


@pytest.fixture
def limited(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """With a limit of six requests a minute, of which none comes back by itself: the clock stands still."""
    pass_by(monkeypatch, 0)
    with TestClient(create_app(settings.model_copy(update={"requests_a_minute": 6}))) as client:
        yield client


@ONLY_SQLITE
def test_who_asks_too_often_is_told_when_to_ask_again_and_then_answered(
    limited: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [limited.get(f"{API}/themes").status_code for _ in range(6)] == [200] * 6
    for method, path in (("GET", f"{API}/themes"), ("POST", f"{API}/articles"), ("GET", "/docs")):
        answer = limited.request(method, path)
        problem(answer, 429, "too-many")
        assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert (limited.head("/docs").status_code, limited.head("/docs").content) == (429, b"")
    pass_by(monkeypatch, 10)
    assert [limited.get(f"{API}/themes").status_code for _ in range(2)] == [200, 429]


@ONLY_SQLITE
def test_who_watches_the_server_and_other_clients_are_not_counted_together(limited: TestClient) -> None:
    for _ in range(20):
        assert limited.get("/healthz").status_code == limited.get("/readyz").status_code == 200
    while limited.get(f"{API}/themes").status_code == 200:
        pass
    other = TestClient(limited.app, client=("203.0.113.9", 1))
    assert other.get(f"{API}/themes").status_code == 200


@ONLY_SQLITE
def test_without_the_setting_requests_are_not_counted(client: TestClient) -> None:
    assert {client.get("/docs").status_code for _ in range(200)} == {200}


# --- slow clients, over sockets


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp("limits")
    with started(folder, head_seconds=2, body_seconds=2, part_seconds=2, body_bytes=100_000) as server:
        yield server


def trickle(connection: socket.socket, data: Iterator[bytes]) -> bytes:
    """Send the data bit by bit until the server has cut the connection; what it answered before."""
    answer, started_at = b"", time.monotonic()
    connection.settimeout(0.05)
    while time.monotonic() < started_at + PATIENCE:
        with suppress(TimeoutError, ConnectionError):  # what it answered before it cut is still to be read
            connection.sendall(next(data, b""))
        try:
            received = connection.recv(65_536)
        except TimeoutError:
            continue
        except ConnectionError:
            return answer
        answer += received
        if not received:
            return answer
    raise AssertionError(f"the server still waits, after {answer!r}")


def head_of(method: str, path: str, **headers: object) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: test"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def statuses(answer: bytes) -> list[int]:
    return [int(part.split(b" ", 1)[0]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def post_of(server: Started, **headers: object) -> bytes:
    json_type = "application/json"
    return head_of("POST", f"{API}/articles", X_API_Key=server.key, Content_Type=json_type, **headers)


SLOW: dict[str, tuple[Callable[[Started], tuple[bytes, bytes]], list[int]]] = {
    "a head": (lambda _: (b"GET / HTTP/1.1\r\nX-Slow: ", b"a"), [408]),
    "an address": (lambda _: (b"GET /", b"a"), [408]),
    "nothing but ends of lines": (lambda _: (b"", b"\r\n"), [408]),
    "a body": (lambda server: (post_of(server, Content_Length=90_000) + b'{"text": "', b"a"), [408]),
    "a body in chunks": (
        lambda server: (post_of(server, Transfer_Encoding="chunked"), b"1\r\na\r\n"),
        [408],
    ),
    "a body that nobody reads": (lambda _: (head_of("GET", "/healthz", Content_Length=9_000), b"a"), [200]),
    "a body after it was refused": (
        lambda _: (head_of("POST", f"{API}/articles", Content_Length=9_000), b"a"),
        [401],
    ),
    "the second of two heads": (lambda _: (head_of("GET", "/healthz") + b"GET /he", b"a"), [200, 408]),
    "ends of lines after an answer": (lambda _: (head_of("GET", "/healthz"), b"\r\n"), [200]),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_client_that_sends_a_byte_now_and_then_is_cut_off(server: Started, what: str) -> None:
    make, expected = SLOW[what]
    begun, then = make(server)
    with server.connect() as connection:
        connection.sendall(begun)
        answer = trickle(connection, repeat(then))
    assert statuses(answer) == expected
    if 408 in expected:
        assert b"application/problem+json" in answer
        assert b"seconds" in answer


def test_a_connection_on_which_nothing_comes_is_closed_without_a_word(server: Started) -> None:
    with server.connect() as connection:
        assert connection.recv(1) == b""


ENDLESS_HEADS: dict[str, tuple[Callable[[Started], tuple[bytes, bytes]], list[int]]] = {
    "address": (lambda _: (b"GET /", b"a" * 50_000), [414]),
    "header": (lambda _: (b"GET / HTTP/1.1\r\nX-Long: ", b"a" * 50_000), [431]),
    "number of headers": (lambda _: (b"GET / HTTP/1.1\r\n", b"a: b\r\n" * 9_000), [431]),
    "number of empty lines": (lambda _: (b"", b"\r\n" * 25_000), [431]),
    "trailers of a body": (
        lambda server: (post_of(server, Transfer_Encoding="chunked") + b"0\r\n", b"a: b\r\n" * 9_000),
        [],
    ),
    "extension of a chunk": (
        lambda server: (post_of(server, Transfer_Encoding="chunked") + b"1;", b"a" * 50_000),
        [],
    ),
    "body in chunks": (
        lambda server: (post_of(server, Transfer_Encoding="chunked"), b"c350\r\n" + b"a" * 50_000 + b"\r\n"),
        [413],
    ),
}


@pytest.mark.parametrize("what", ENDLESS_HEADS)
def test_what_has_no_end_is_cut_off_however_fast_it_comes(server: Started, what: str) -> None:
    make, expected = ENDLESS_HEADS[what]
    begun, then = make(server)
    with server.connect() as connection:
        connection.sendall(begun)
        answer = trickle(connection, repeat(then))
    assert statuses(answer) == expected


def test_an_address_of_a_megabyte_is_answered_and_the_next_request_too(server: Started) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: test\r\n\r\n")
        answer = trickle(connection, repeat(b""))
    assert statuses(answer) == [414]
    problem = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (problem["status"], problem["type"]) == (414, "urn:jianyan:problem:http")
    assert server.ask("GET", "/healthz")[0].status == 200


def test_a_client_that_takes_nothing_is_cut_off(server: Started) -> None:
    _, page = server.ask("GET", "/openapi.json")
    times = 2_000
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", server.port))
        asked = repeat(head_of("GET", "/openapi.json"), times)
        with pytest.raises(ConnectionError):
            send_for_ever(connection, asked)
    assert len(page) * times > 100_000_000  # more than systems hold for a client


def send_for_ever(connection: socket.socket, data: Iterator[bytes]) -> None:
    """Read nothing. Raises ConnectionError when the server has cut the connection."""
    connection.settimeout(0.05)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(TimeoutError):
            connection.sendall(next(data, b"\r\n"))
        time.sleep(0.005)


@pytest.mark.parametrize("rounds", [200, pytest.param(900, marks=pytest.mark.long)])
def test_others_are_answered_while_many_send_slowly(server: Started, rounds: int) -> None:
    slow = []
    for number in range(rounds):
        slow.append(server.connect())
        slow[-1].sendall((b"GET / HT", post_of(server, Content_Length=9_000) + b"{")[number % 2])
    for _ in range(20):
        assert server.ask("GET", f"{API}/themes")[0].status == 200
    for connection in slow:
        received = b""
        while part := connection.recv(65_536):
            received += part
        assert statuses(received) == [408]
        connection.close()
    assert server.ask("GET", f"{API}/themes")[0].status == 200


def test_a_client_that_keeps_its_connection_and_asks_in_time_keeps_it(server: Started) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.connect()
    local = connection.sock.getsockname()
    until = time.monotonic() + 3  # longer in all than a head may take
    while time.monotonic() < until:
        time.sleep(0.2)  # and far shorter each time, as we may be held up
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b'{"status":"ok"}'
        assert connection.sock.getsockname() == local
    connection.close()


def test_a_body_of_the_longest_length_that_comes_at_once_is_read(server: Started) -> None:
    headers = {"X-API-Key": server.key, "Content-Type": "application/json"}
    for size, status in ((100_000, 422), (100_001, 413)):  # the first for what it says
        answer, body = server.ask("POST", f"{API}/articles", b" " * (size - 2) + b"{}", headers)
        assert (answer.status, json.loads(body)["status"]) == (status, status)


# --- settings


def test_the_settings_reach_what_they_are_about(tmp_path: Path) -> None:
    numbers = {"query_seconds": 3, "exports": 2, "part_seconds": 7, "export_seconds": 70, "fetch_seconds": 5}
    numbers |= {"fetch_bytes": 5_000, "memory_bytes": 1_000, "failed_keys_a_minute": 3}
    given = Settings(data_dir=tmp_path, **numbers)  # type: ignore[arg-type]
    migrate(given.database_url)
    with TestClient(create_app(given)) as client:
        state = client.app.state
        assert state.reader.limit.keywords == {"seconds": 3}
        assert state.reader.streams._value == 2
        assert (state.patience.part, state.patience.whole) == (7, 70)
        assert (state.writer.terms.seconds, state.writer.terms.most_bytes) == (5, 5_000)
        assert state.memory._most_bytes == 1_000
        assert state.guard.failures.a_minute == 3
