"""A server as a process of its own, started and stopped."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from app.settings import REPOSITORY

PATIENCE = 120.0
"""Seconds a server may take to come up."""

LOG_LEVEL = "JIANYAN_LOG_LEVEL"


class ServerError(Exception):
    """A server that does not come up."""


@dataclass(frozen=True, slots=True)
class Server:
    """`first_answer` is the seconds from the start of the process to its first answer."""

    port: int
    pid: int
    first_answer: float

    def memory(self) -> float:
        """Megabytes the process holds now."""
        status = Path(f"/proc/{self.pid}/status")
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        else:
            line = "rss: " + subprocess.check_output(["ps", "-o", "rss=", "-p", str(self.pid)], text=True)
        return int(line.split()[1]) * 1024 / 1_000_000


def log_level() -> str:
    """WARNING, so that no time goes into a line for each request, unless the environment says otherwise."""
    return os.environ.get(LOG_LEVEL) or "WARNING"


@contextmanager
def application(database_url: str, first: str) -> Iterator[Server]:
    """One worker of the application on the database; it is up when it has answered the address `first`."""
    command = [sys.executable, "-m", "uvicorn", "--factory", "scripts.benchmarks.served:create"]
    environ = {
        **os.environ,
        "JIANYAN_DATABASE_URL": database_url,
        LOG_LEVEL: log_level(),
        "PYTHONPATH": str(REPOSITORY),
    }
    with started([*command, "--no-access-log", "--log-level", "warning"], first, environ) as server:
        yield server


@contextmanager
def started(command: Sequence[str], first: str, environ: dict[str, str] | None = None) -> Iterator[Server]:
    """The command with a free port as `--port`. Raises ServerError with what it wrote where it ends early."""
    with held_port() as port, tempfile.TemporaryFile() as log:
        begun = perf_counter()
        process = subprocess.Popen([*command, "--port", str(port)], env=environ, stdout=log, stderr=log)
        try:
            _await_answer(process, port, first)
            yield Server(port, process.pid, perf_counter() - begun)
        except ServerError as error:
            log.seek(0)
            raise ServerError(f"{error}: {log.read().decode(errors='replace')[-2000:]}") from None
        finally:
            process.kill()  # a download would hold up one that is only asked to stop
            process.wait()


def _await_answer(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            status, body = get(port, path)
        except ConnectionRefusedError:
            time.sleep(0.01)
            continue
        if status != 200:
            raise ServerError(f"{path} answered {status}: {body.decode(errors='replace')}")
        return
    raise ServerError("the server did not come up")


def get(port: int, path: str) -> tuple[int, bytes]:
    """The status and the body that the server on this machine answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def put(port: int, path: str, body: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        connection.request("PUT", path, body)
        connection.getresponse().read()


@contextmanager
def held_port() -> Iterator[int]:
    """A free port for a server that must be told one: while the block lasts, the system gives it to nobody.

    It is held where nobody listens. Linux lets who names it listen all the same; elsewhere it is let go.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
        if sys.platform != "linux":
            held.close()
        yield port
