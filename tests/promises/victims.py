"""Processes that are there to be killed: the scripts and the server, begun in a tenth of a second each.

Run as a script, this file loads the extraction once and forks for each order it reads, a JSON object a line.
It answers with the fork's process id, and with how it ended once it has: its exit code, or less than 0 for a
signal. A fork is all that the order names, but for the loading, and scripts take their database for ready. It
can kill itself at a chosen point of its way through the database, of which a random moment meets few.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Order:
    """What a fork does: a script's or module's `main`, told on files of that name with .out and .err.

    With `die_at` it kills itself at that point: before a statement, before a commit or after one. The number
    of those it passed is left in the file with .points by one that came to its end. With `rest_after` it
    rests after so many commits, for as long as the file with .resting is there, which it makes.
    """

    what: str
    arguments: Sequence[str]
    told: str
    environ: Mapping[str, str] = field(default_factory=dict)
    batch: int = 100
    die_at: int | None = None
    rest_after: int | None = None

    @property
    def resting(self) -> Path:
        return Path(f"{self.told}.resting")


@dataclass
class Victim:
    """A fork at work; it is a process group of its own."""

    pid: int
    order: Order
    _forking: "subprocess.Popen[str]"

    def await_rest(self) -> None:
        """Until it rests where it is to; it goes on once the file is gone."""
        deadline = time.monotonic() + 120
        while not self.order.resting.exists():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.01)

    def kill(self) -> None:
        """Nothing if it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> int:
        """Wait for its end: its exit code, or less than 0 for a signal."""
        assert self._forking.stdout is not None
        return int(self._forking.stdout.readline())

    def lines(self) -> list[dict[str, Any]]:
        """What it told of articles so far, in whole lines."""
        text = Path(f"{self.order.told}.out").read_text("utf-8")
        return [json.loads(line) for line in text.split("\n")[:-1] if line.startswith("{")]

    def said(self) -> str:
        return Path(f"{self.order.told}.err").read_text("utf-8")

    def points(self) -> int:
        return int(Path(f"{self.order.told}.points").read_text())


class Victims:
    """Forks one after the other from a process that has the extraction loaded, with `data` as its folder."""

    def __init__(self, data: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "JIANYAN_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> "Victims":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(timeout=60)

    def begin(self, order: Order) -> Victim:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for name in ("out", "err"):
            Path(f"{order.told}.{name}").write_text("")  # what one of the same name told before is not its
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return Victim(int(self._process.stdout.readline()), order, self._process)

    def run(self, order: Order) -> Victim:
        """One that is left alone: it has come to its end, and all was well."""
        victim = self.begin(order)
        assert victim.ended() == 0, victim.said()
        return victim


# --- as a script


def _serve_orders() -> None:
    _load()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            _be(order)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _load() -> None:
    """Import all that the forks need, and hand the extraction to those that would load it."""
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    import ingest
    import reextract

    from app.database import make_engine
    from app.ingest import preparing
    from app.settings import Settings

    extract = preparing.load_extract(Settings().data_dir)
    preparing.load_extract = lambda cache: extract
    ingest.ready_engine = reextract.ready_engine = make_engine
    gc.freeze()


def _be(order: Order) -> None:
    """Never returns."""
    code = 1
    try:
        os.setsid()
        for number, name in ((1, "out"), (2, "err")):
            file = os.open(f"{order.told}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, number)
        os.environ.update(order.environ)
        with _points(order) as passed:
            code = _do(order)
        Path(f"{order.told}.points").write_text(str(passed[0]))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@contextmanager
def _points(order: Order) -> Iterator[list[int]]:
    """Counts the points that are passed, and kills this process at the chosen one."""
    from sqlalchemy import Engine
    from sqlalchemy.event import listen
    from sqlmodel import Session

    passed, commits = [0], count(1)

    def point(*_: object) -> None:
        passed[0] += 1
        if passed[0] == order.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def rest(*_: object) -> None:
        if next(commits) == order.rest_after:
            order.resting.touch()
            while order.resting.exists():
                time.sleep(0.01)

    listen(Engine, "before_cursor_execute", point)
    listen(Engine, "commit", point)
    listen(Session, "after_commit", point)
    listen(Session, "after_commit", rest)
    yield passed


def _do(order: Order) -> int:
    import traceback

    from app.ingest import preparing

    preparing.NUMBER = order.batch
    try:
        if order.what == "serve":
            from app.start import main

            main(*order.arguments[:1], *map(int, order.arguments[1:]))
            return 0
        if order.what == "prepare":
            from app.database import make_engine
            from app.start import prepare

            prepare(make_engine(order.arguments[0]))
            return 0
        __import__(order.what).cli(order.arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    return 1


if __name__ == "__main__":
    _serve_orders()
