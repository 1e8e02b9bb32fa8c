"""HEAD, compression and CORS: what every read has, whatever its route."""

import gzip
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.builders import Library
from tests.web import TestClient

PROPOSALS = "/api/v1/proposals"
PAGE = {"Origin": "https://example.org"}


@pytest.mark.parametrize(
    "path",
    [
        PROPOSALS,
        "/api/v1/",
        "/api/v1/themes/5g",
        "/api/v1/themes/6g",
        "/healthz",
        "/readyz",
        "/docs",
        "/none",
    ],
)
def test_head_answers_what_get_does_without_its_body(client: TestClient, path: str) -> None:
    got, asked = client.get(path), client.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    changing = {"x-request-id"}
    assert {name: value for name, value in asked.headers.items() if name not in changing} == {
        name: value for name, value in got.headers.items() if name not in changing
    }
    assert int(asked.headers["content-length"]) > 0


def test_head_knows_what_the_client_has(client: TestClient) -> None:
    tag = client.head(PROPOSALS).headers["etag"]
    assert client.head(PROPOSALS, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("version", ["2.3", "2.4"])  # how a server tells that the client has left
@pytest.mark.parametrize(
    ("method", "headers"), [("HEAD", {}), ("GET", {"If-None-Match": "*"})], ids=["HEAD", "a known answer"]
)
def test_a_stream_ends_where_its_body_is_not_wanted(
    client: TestClient, version: str, method: str, headers: dict[str, str]
) -> None:
    made = []

    def lines() -> Iterator[bytes]:
        for number in range(100_000):
            made.append(number)
            yield b"line\n"

    assert isinstance(client.app, FastAPI)
    path = "/api/v1/stream"
    client.app.get(path)(lambda: StreamingResponse(lines(), media_type="text/plain"))
    with TestClient(as_served(client.app, version)) as other:
        answer = other.request(method, path, headers=headers)
    assert (answer.status_code, answer.content) == (304 if headers else 200, b"")
    assert len(made) < 1000


def as_served(app: ASGIApp, version: str) -> ASGIApp:
    """The application as a server of that ASGI version calls it."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "asgi": {"version": "3.0", "spec_version": version}}, receive, send)

    return call


def test_long_answers_are_compressed_for_who_takes_it(client: TestClient, library: Library) -> None:
    for _ in range(10):
        library.article()
    with client.stream("GET", "/api/v1/articles", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert {"Accept", "Accept-Encoding"} <= set(packed.headers["vary"].split(", "))
    plain = client.get("/api/v1/articles", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content


def test_pages_of_any_origin_may_read_and_see_the_headers(client: TestClient) -> None:
    answer = client.get(PROPOSALS, headers=PAGE)
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert set(exposed) == {"ETag", "Link", "Content-Disposition", "Retry-After", "X-Request-ID"}


@pytest.mark.parametrize("path", [f"{PROPOSALS}?them=5g", "/none"])
def test_pages_may_read_errors_too(client: TestClient, path: str) -> None:
    assert client.get(path, headers=PAGE).headers["access-control-allow-origin"] == "*"


def test_a_browser_is_told_that_reads_are_open_and_nothing_else(client: TestClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
    answer = client.options(PROPOSALS, headers={**PAGE, **asked})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    allowed = answer.headers["access-control-allow-headers"]
    assert "If-None-Match" in allowed
    assert "api-key" not in allowed.lower()


def test_answers_to_writes_are_not_for_other_origins(client: TestClient) -> None:
    assert "access-control-allow-origin" not in client.post(PROPOSALS, headers=PAGE).headers
