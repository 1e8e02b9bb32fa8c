"""Promise: bytes that no client would send are refused or cut off, and the server answers on."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.database import make_engine
from tests.promises.asked import fill, new_key
from tests.test_served import Server, served

GET = b"GET %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n%s\r\n"
POST = b"POST /api/v1/articles HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-API-Key: %s\r\n%s\r\n%s"
LIST = b"/api/v1/proposals?limit=1"
JSON = b"Content-Type: application/json\r\n"


@dataclass(frozen=True, slots=True)
class Known:
    """The server, where it listens, and a key for it."""

    server: Server
    port: int
    key: bytes


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder: Path = tmp_path_factory.mktemp("bytes")
    url = f"sqlite:///{folder}/jianyan.db"
    engine = make_engine(url)
    fill(engine)
    engine.dispose()
    key = new_key(url)
    with served(folder) as server:
        yield Known(server, server.socket.port, key.encode())


def sent(known: Known, request: bytes, is_whole: bool = True) -> bytes:
    """All that comes back for these bytes; b"" where the connection is just cut.

    What is not whole is ended by hanging up, as the server would wait for the rest.
    """
    with socket.create_connection(("127.0.0.1", known.port), timeout=120) as connection:
        parts = []
        with suppress(OSError):  # it may have answered and hung up before all was sent
            connection.sendall(request)
            if not is_whole:
                connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def status_of(answer: bytes) -> int | None:
    """The status, None where nothing was answered."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else None


def assert_it_answers_on(known: Known) -> None:
    """And has noted no fault of its own."""
    assert status_of(sent(known, GET % (LIST, b""))) == 200
    lines = known.server.lines()
    assert [line for line in lines if "traceback" in line or line["level"] == "ERROR"] == []


PATHS = {
    "NUL": b"/api/v1/people/\x00",
    "NUL, escaped": b"/api/v1/people/%00",
    "an invalid escape": b"/api/v1/people/%zz",
    "half an escape": b"/api/v1/people/%",
    "a surrogate": b"/api/v1/people/%ED%A0%80",
    "no UTF-8, escaped": b"/api/v1/regions/%FF%FE",
    "no UTF-8": b"/api/v1/regions/\xff\xfe",
    "UTF-8, not escaped": "/api/v1/regions/四川".encode(),
    "an id of 5,000 digits": b"/api/v1/people/" + b"9" * 5000,
    "a negative id": b"/api/v1/people/-1",
    "a slash, escaped": b"/api/v1/articles/1%2Fcitation",
    "up and out": b"/api/v1/../../../../etc/passwd",
    "up and out, escaped": b"/api/v1/%2e%2e/%2e%2e/etc/passwd",
    "two slashes": b"//api/v1//proposals",
    "another host": b"http://example.invalid/api/v1/proposals",
    "no slash": b"api/v1/proposals",
    "a star": b"*",
    "nothing": b"",
    "a query of nothing": b"/api/v1/proposals?&&&=&=&;;;",
    "a query with NUL": b"/api/v1/proposals?q=\x00",
    "a query with no UTF-8": b"/api/v1/proposals?q=\xff\xfe",
    "a query with surrogates": b"/api/v1/proposals?q=%ED%A0%80",
    "a name with surrogates": b"/api/v1/proposals?%ED%A0%80=1",
    "a query with a line break": b"/api/v1/proposals?q=%0d%0aSet-Cookie:%20a=b",
    "a query of a megabyte": b"/api/v1/proposals?q=" + b"a" * 1_000_000,
    "a query of ten megabytes": b"/api/v1/proposals?q=" + b"a" * 10_000_000,
    "ten megabytes of parameters": b"/api/v1/proposals?" + b"article=1&" * 1_000_000,
    "ten megabytes of names": b"/api/v1/proposals?" + b"".join(b"x%d=&" % n for n in range(1_000_000)),
    "a path of ten megabytes": b"/api/v1/" + b"a" * 10_000_000,
    "a part": b"/api/v1/proposals#part",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_an_odd_address_is_answered(known: Known, path: bytes) -> None:
    answer = sent(known, GET % (path, b""))
    assert status_of(answer) in (200, 307, 400, 404, 414, 422), answer[:500]
    assert b"Set-Cookie" not in answer.partition(b"\r\n\r\n")[0]
    assert_it_answers_on(known)


HEADERS = {
    "a header of a megabyte": b"X-Odd: " + b"a" * 1_000_000 + b"\r\n",
    "a request id of a megabyte": b"X-Request-ID: " + b"a" * 1_000_000 + b"\r\n",
    "a key of a megabyte": b"X-API-Key: " + b"a" * 1_000_000 + b"\r\n",
    "a tag of a megabyte": b'If-None-Match: "' + b"a" * 1_000_000 + b"\r\n",
    "tags without end": b"If-None-Match: " + b'W/"a",' * 20_000 + b"\r\n",
    "any tag": b"If-None-Match: *\r\n",
    "10,000 headers": b"".join(b"X-%d: 1\r\n" % number for number in range(10_000)),
    "no UTF-8": b"Accept: \xff\xfe\r\nX-Request-ID: \xff\r\nUser-Agent: \xff\r\n",
    "NUL": b"Accept: a\x00b\r\n",
    "no colon": b"Accept\r\n",
    "no name": b": a\r\n",
    "a folded line": b"Accept: a\r\n b\r\n",
    "an Accept of commas": b"Accept: " + b",;q=" * 20_000 + b"\r\n",
    "an Accept of odd numbers": b"Accept: */*;q=\xb2, text/csv;q=99, application/json;q=-1\r\n",
    "an encoding of odd numbers": b"Accept-Encoding: gzip;q=x, br;q=, *;q=\xb2\r\n",
    "an Origin": b"Origin: null\r\nAccess-Control-Request-Method: \xff\r\n",
    "a second Host": b"Host: a b\r\n",
    "a Host of a megabyte": b"Host: " + b"a" * 1_000_000 + b"\r\n",
    "a Host of brackets": b"Host: [::1\r\n",
    "a Host of bytes": b"Host: \xff\r\n",
    "a Range": b"Range: bytes=9-1,-1,x\r\n",
    "an Upgrade": b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n",
    "an Upgrade to HTTP/2": b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n",
    "an Expect": b"Expect: 200-ok\r\n",
    "a length of a body that a read does not have": b"Content-Length: 99999999999\r\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_an_odd_header_is_answered(known: Known, header: bytes) -> None:
    answer = sent(known, GET % (LIST, header))
    assert status_of(answer) in (200, 304, 400, 404, 422, 431), answer[:500]
    assert_it_answers_on(known)


METHODS = [
    b"TRACE",
    b"CONNECT",
    b"PUT",
    b"PATCH",
    b"PROPFIND",
    b"QUERY",
    b"get",
    b"FOO",
    b"\xff",
    b"",
    b"A" * 5000,
]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: repr(method[:9]))
@pytest.mark.parametrize("path", [LIST, b"h:443", b"/healthz"])
def test_an_odd_method_is_refused(known: Known, method: bytes, path: bytes) -> None:
    answer = sent(known, b"%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" % (method, path))
    assert status_of(answer) in (400, 404, 405), answer[:500]
    assert_it_answers_on(known)


TEXT = b'{"text": "a"}'
CHUNKED = b"Transfer-Encoding: chunked\r\n"
SENT = {
    "no length": (JSON, TEXT),
    "a length too short": (JSON + b"Content-Length: 3\r\n", TEXT),
    "a length below zero": (JSON + b"Content-Length: -1\r\n", TEXT),
    "a length that is none": (JSON + b"Content-Length: 1_3\r\n", TEXT),
    "a length of other digits": (JSON + "Content-Length: １３\r\n".encode(), TEXT),
    "a length of 5,000 digits": (JSON + b"Content-Length: " + b"9" * 5000 + b"\r\n", TEXT),
    "two lengths": (JSON + b"Content-Length: 13\r\nContent-Length: 14\r\n", TEXT),
    "a length of all memory": (JSON + b"Content-Length: 99999999999\r\n", TEXT),
    "a length beside chunks": (JSON + CHUNKED + b"Content-Length: 3\r\n", b"d\r\n" + TEXT + b"\r\n0\r\n\r\n"),
    "chunks of no size": (JSON + CHUNKED, b"zz\r\n" + TEXT),
    "a chunk below zero": (JSON + CHUNKED, b"-1\r\n" + TEXT),
    "a chunk of all memory": (JSON + CHUNKED, b"ffffffffffffffffff\r\n" + TEXT),
    "ten megabytes in chunks": (JSON + CHUNKED, b"10000\r\n%s\r\n" % (b" " * 65536) * 160 + b"0\r\n\r\n"),
    "ten megabytes": (JSON + b"Content-Length: 10000000\r\n", b" " * 10_000_000),
    "another coding": (JSON + b"Transfer-Encoding: gzip\r\n", TEXT),
    "compressed": (JSON + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n", b"\x1f\x8b\x08\x00"),
    "100,000 brackets": (JSON + b"Content-Length: 100000\r\n", b"[" * 100_000),
    "waiting to be asked": (JSON + b"Expect: 100-continue\r\nContent-Length: 2\r\n", b"{}"),
    "a second request inside": (JSON + b"Content-Length: 2\r\n", b"{}" + GET % (LIST, b"")),
}
"""Headers and body of what is no article."""
CUT = {
    "a length too long": (JSON + b"Content-Length: 99\r\n", TEXT),
    "chunks cut off": (JSON + CHUNKED, b"ff\r\n" + TEXT),
}


@pytest.mark.parametrize(("headers", "body"), SENT.values(), ids=SENT)
def test_an_odd_body_is_refused(known: Known, headers: bytes, body: bytes) -> None:
    answer = sent(known, POST % (known.key, headers, body))
    assert status_of(answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")) in (400, 413, 422), answer[:500]
    assert_it_answers_on(known)


@pytest.mark.parametrize(("headers", "body"), CUT.values(), ids=CUT)
def test_who_hangs_up_within_a_body_leaves_nothing_behind(known: Known, headers: bytes, body: bytes) -> None:
    assert sent(known, POST % (known.key, headers, body), is_whole=False) == b""
    assert_it_answers_on(known)


NO_REQUESTS = {
    "nothing": b"",
    "a line break": b"\r\n",
    "a megabyte of nothing": b"\0" * 1_000_000,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 512,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /healthz\r\n",
    "HTTP/9": b"GET /healthz HTTP/9.9\r\n\r\n",
    "half a request": b"GET /healthz HTTP/1.1\r\nHo",
    "line feeds alone": b"GET /healthz HTTP/1.1\nHost: h\nConnection: close\n\n",
}


@pytest.mark.parametrize("request_", NO_REQUESTS.values(), ids=NO_REQUESTS)
def test_what_is_no_request_is_refused_or_cut_off(known: Known, request_: bytes) -> None:
    answer = sent(known, request_, is_whole=False)
    assert status_of(answer) in (None, 200, 400, 404, 426, 505), answer[:500]
    assert_it_answers_on(known)
