"""Jianyan started as scripts/serve starts it, to be asked over sockets: a real process, address and log."""

import http.client
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing, make_engine
from app.settings import REPOSITORY
from app.store.keys import add_key
from tests.builders import Library
from tests.conftest import seed

PATIENCE = 60
"""Seconds after which a test gives up what never comes."""

FILES = 128
"""Files and connections that a server may have open when it begins."""


@dataclass(frozen=True)
class Started:
    """A server that runs; `key` allows writing, and `folder` holds its log and its database."""

    port: int
    key: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """An answer on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)


@contextmanager
def started(folder: Path, **settings: object) -> Iterator[Started]:
    """A server on a database in the folder, with the reference rows and without articles."""
    engine = make_engine(f"sqlite:///{folder}/jianyan.db")
    key = _fill(engine)
    engine.dispose()
    given = {f"JIANYAN_{name.upper()}": str(value) for name, value in settings.items()}
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "JIANYAN_DATA_DIR": str(folder), **given}
    command = [sys.executable, "-P", "-m", "app.start", "127.0.0.1", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=_scant
        )
    assert process.stdout is not None
    try:
        found = re.search(r":(\d+)/docs", process.stdout.readline())
        assert found, (folder / "log").read_text("utf-8")
        yield Started(int(found[1]), key, folder)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _scant() -> None:
    """Give the server fewer files than it may take, as shells do."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def _fill(engine: Engine) -> str:
    seed(engine)
    Library(engine).imported()  # so that the start imports no examples
    with Session(for_writing(engine)) as session:
        key = add_key(session, "newsroom")
        session.commit()
    return key
