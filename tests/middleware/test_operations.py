"""What who runs the server sees of it: figures, request ids, logs and readiness."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from app.logs import JsonLines
from app.main import create_app
from app.settings import Settings
from tests.builders import Library
from tests.web import TestClient

FIGURES = "/internal/metrics"


class Lines(logging.Handler):
    """Keeps what is logged, as it would stand in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    def of(self, logger: str) -> list[dict[str, object]]:
        lines = [json.loads(line) for line in self.written]
        return [line for line in lines if line["logger"] == logger]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, logger = Lines(), logging.getLogger("jianyan")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(before)


def break_articles(library: Library) -> None:
    library.article()
    with library.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE article SET bylines = 'no JSON'")


@pytest.mark.parametrize(
    "given", ["7b1c", "00-4bf92f3577b34da6a3ce929d0e0e4736-01", "a" * 128, "job:7/step=2"]
)
def test_a_sane_request_id_is_kept(client: TestClient, given: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "a" * 129, '"}{"', "<script>", "-rf"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    answered = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", answered)


def test_requests_without_an_id_get_one_each(client: TestClient) -> None:
    ids = {client.get("/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


def test_every_request_is_one_line_of_the_log(client: TestClient, lines: Lines) -> None:
    answer = client.head("/api/v1/themes/6g?x=四川\u2028", headers={"X-Request-ID": "mine"})
    (line,) = lines.of("jianyan.access")
    assert len(lines.written[0].splitlines()) == 1
    assert line["request_id"] == "mine"
    assert (line["method"], line["path"]) == ("HEAD", "/api/v1/themes/6g")
    assert str(line["query"]).startswith("x=%E5%9B%9B%E5%B7%9D")
    assert (line["status"], line["bytes"], line["complete"]) == (answer.status_code, 0, True)
    assert isinstance(line["seconds"], float)
    assert line["level"] == "INFO"


def test_the_log_tells_the_beginning_of_an_address_that_is_longer_than_any(
    client: TestClient, lines: Lines
) -> None:
    assert client.get(f"/{'a' * 9_000}?q={'b' * 9_000}").status_code == 414
    (line,) = lines.of("jianyan.access")
    assert [len(str(line[name])) for name in ("path", "query")] == [4_000, 4_000]
    assert len(lines.written[0]) < 13_000


def test_a_failure_is_logged_in_one_line_with_its_traceback(
    client: TestClient, library: Library, lines: Lines
) -> None:
    break_articles(library)
    answer = client.get("/api/v1/articles", headers={"X-Request-ID": "mine", "Origin": "https://example.org"})
    assert answer.status_code == 500
    (line,) = lines.of("jianyan.errors")
    assert (line["level"], line["request_id"]) == ("ERROR", "mine")
    assert "Traceback (most recent call last)" in str(line["traceback"])
    assert "JSONDecodeError" in str(line["message"])
    assert answer.headers["x-request-id"] == "mine"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_failure_is_answered_and_not_thrown_at_the_server(settings: Settings, library: Library) -> None:
    break_articles(library)
    with TestClient(create_app(settings), raise_server_exceptions=True) as client:
        assert client.get("/api/v1/articles").status_code == 500


def test_a_stream_that_fails_is_cut_and_logged(client: TestClient, lines: Lines) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise ValueError("no more")

    assert isinstance(client.app, FastAPI)
    client.app.get("/broken")(lambda: StreamingResponse(broken()))
    client.get("/broken")
    (line,) = lines.of("jianyan.errors")
    assert line["message"] == "ValueError: no more"
    assert lines.of("jianyan.access")[0]["complete"] is False


def test_what_the_client_did_wrong_is_no_failure(client: TestClient, lines: Lines) -> None:
    client.get("/api/v1/themes/6g")
    client.get("/api/v1/themes?them=1")
    assert lines.of("jianyan.errors") == []


def test_requests_are_counted_by_route_and_not_by_address(client: TestClient) -> None:
    for path in ("/api/v1/themes/5g", "/api/v1/themes/6g", "/none/1", "/none/2"):
        client.get(path)
    client.head("/api/v1/themes/5g")
    figures = client.get(FIGURES).text
    assert 'http_requests_total{handler="/api/v1/themes/{code}",method="GET",status="200"} 1.0' in figures
    assert 'http_requests_total{handler="/api/v1/themes/{code}",method="GET",status="404"} 1.0' in figures
    assert 'http_requests_total{handler="/api/v1/themes/{code}",method="HEAD",status="200"} 1.0' in figures
    assert 'http_requests_total{handler="none",method="GET",status="404"} 2.0' in figures
    assert "/none" not in figures
    assert "themes/5g" not in figures


def test_known_answers_and_failures_are_counted_as_such(client: TestClient, library: Library) -> None:
    tag = client.get("/api/v1/articles").headers["etag"]
    client.get("/api/v1/articles", headers={"If-None-Match": tag})
    break_articles(library)
    client.get("/api/v1/articles")
    figures = client.get(FIGURES).text
    for status in ("200", "304", "500"):
        assert f'{{handler="/api/v1/articles",method="GET",status="{status}"}} 1.0' in figures


def test_the_figures_are_not_in_the_schema_and_do_not_count_themselves(client: TestClient) -> None:
    client.get(FIGURES)
    assert FIGURES not in client.get(FIGURES).text
    assert FIGURES not in client.get("/openapi.json").json()["paths"]
    assert "process_resident_memory_bytes" in client.get(FIGURES).text


def test_two_applications_count_for_themselves(client: TestClient, settings: Settings) -> None:
    client.get("/healthz")
    with TestClient(create_app(settings)) as other:
        assert "/healthz" not in other.get(FIGURES).text


def test_the_server_is_ready_when_the_data_can_be_read(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("UPDATE alembic_version SET version_num = '0000'", id="migrated by another version"),
        pytest.param("DROP TABLE alembic_version", id="never migrated"),
        pytest.param("DROP TABLE article", id="unreadable"),
    ],
)
def test_the_server_is_not_ready_but_healthy(
    client: TestClient, library: Library, lines: Lines, fault: str
) -> None:
    with library.engine.connect() as connection:
        connection.connection.cursor().executescript(f"PRAGMA foreign_keys = OFF; {fault}")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:jianyan:problem:unavailable"
    assert "jianyan.db" not in answer.text
    assert len(lines.of("jianyan.errors")) == 1
    assert client.get("/healthz").status_code == 200
