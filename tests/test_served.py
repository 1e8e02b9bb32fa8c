"""The server as it is started, asked over a socket: what uvicorn adds and leaves out is only seen here."""

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.database import make_engine, migrate
from app.settings import REPOSITORY
from tests.builders import Library, add_places_and_themes

REGIONS = "/api/v1/regions?limit=200"
PATIENCE = 120
"""Seconds after which a test gives up what never comes."""


@dataclass
class Server:
    socket: http.client.HTTPConnection
    log: Path

    def ask(self, method: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """On the one connection that is kept: a body too many would stand where the next answer begins."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.socket.request(method, path, headers=names)
        answer = self.socket.getresponse()
        return answer, answer.read()

    def lines(self) -> list[dict[str, object]]:
        """Of the log, but for one that is being written."""
        return [json.loads(line) for line in self.log.read_bytes().split(b"\n")[:-1]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    engine = make_engine(f"sqlite:///{folder}/jianyan.db")
    migrate(engine)
    add_places_and_themes(Library(engine))
    engine.dispose()
    with served(folder) as server:
        yield server


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "uvicorn", "app.asgi:app", "--port", "0"]
    environ = {**os.environ, "JIANYAN_DATA_DIR": str(folder), "PYTHONPATH": str(REPOSITORY)}
    log = folder / "log"
    with log.open("w") as stderr:
        process = subprocess.Popen(command, cwd=folder, env=environ, stderr=stderr, stdout=subprocess.DEVNULL)
    try:
        yield Server(connected(port_told_in(log)), log)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def port_told_in(file: Path) -> int:
    """Where a server listens, by what it says there once it does. One chosen ahead might be taken by then."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)\D", file.read_text("utf-8")):
            return int(found[1])
        time.sleep(0.05)
    raise AssertionError(f"the server does not come up: {file.read_text('utf-8')}")


def connected(port: int) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.connect()
    return connection


def test_a_long_answer_comes_compressed(server: Server) -> None:
    packed, body = server.ask("GET", REGIONS, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    _, plain = server.ask("GET", REGIONS)
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain)


def test_head_has_the_headers_of_get_and_no_body(server: Server) -> None:
    for encoding in ("identity", "gzip"):
        got, body = server.ask("GET", REGIONS, Accept_Encoding=encoding)
        asked, nothing = server.ask("HEAD", REGIONS, Accept_Encoding=encoding)
        assert (asked.status, nothing) == (200, b"")
        assert asked.headers["Content-Length"] == str(len(body))
        assert asked.headers["ETag"] == got.headers["ETag"]
        assert asked.headers.get("Content-Encoding") == got.headers.get("Content-Encoding")


def test_a_known_answer_is_not_sent_again(server: Server) -> None:
    tag = server.ask("GET", REGIONS, Accept_Encoding="gzip")[0].headers["ETag"]
    for method in ("GET", "HEAD"):
        again, nothing = server.ask(method, REGIONS, If_None_Match=tag)
        assert (again.status, nothing) == (304, b"")
        assert again.headers["ETag"] == tag
    assert server.ask("GET", REGIONS)[0].status == 200


def test_every_line_of_the_log_is_json_and_every_request_has_one(server: Server) -> None:
    server.ask("GET", "/api/v1/themes/6g", X_Request_ID="over-a-socket")
    server.ask("GET", "/healthz")  # a line is written after its answer, and on one connection before the next
    mine = [line for line in server.lines() if line["request_id"] == "over-a-socket"]
    assert [(line["logger"], line["status"]) for line in mine] == [("jianyan.access", 404)]
    assert "uvicorn.access" not in {line["logger"] for line in server.lines()}
