"""How long readers wait while an import runs: a steady rate of requests, without it and beside it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from app.database import make_engine
from scripts.benchmarks.corpus import SEED
from scripts.benchmarks.ingest import EDGE, SCRIPT, corpus, remove
from scripts.benchmarks.load import Measured, request, run
from scripts.benchmarks.paced import paced
from scripts.benchmarks.questions import LIST, MOST, questions
from scripts.benchmarks.server import application

NOT_ASKED = {"tagged", "bare"}
"""Routes of the benchmark alone."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What became of the requests of some seconds; milliseconds from when each was due."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    longest_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """`rate` requests a second, all answered with a 200: alone, and beside an import of so many articles.

    `ratio` is that of the second p99 over the first.
    """

    articles: int
    rate: float
    alone: Waits
    beside: Waits
    ratio: float

    def document(self) -> dict[str, Any]:
        return asdict(self)


def measure(number: int, rate: float, folder: Path, seconds: float = 10.0) -> Figures:
    """Ask a server of a database with some articles, then import more into it.

    Raises LoadError, ServerError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"beside_{number}.db"
    remove(database)
    with importing(corpus(folder, min(number, EDGE), SEED + 1), database):
        pass
    url = f"sqlite:///{database}"
    paths = _mixture(url)
    with application(url, LIST) as server:
        until = perf_counter() + seconds
        alone = run(paced(server.port, _requests(paths), rate, lambda: perf_counter() > until))
        with importing(corpus(folder, number, SEED), database) as process:
            beside = run(paced(server.port, _requests(paths), rate, lambda: process.poll() is not None))
    remove(database)
    figures = [_waits(alone), _waits(beside)]
    return Figures(number, rate, *figures, figures[1].p99_ms / figures[0].p99_ms)


@contextmanager
def importing(source: Path, database: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The script's import while the block runs, and to its end. Raises RuntimeError where it fails."""
    command = [sys.executable, SCRIPT, source, "--quiet", "--database", f"sqlite:///{database}"]
    with subprocess.Popen(command) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        if process.wait():
            raise RuntimeError(f"the import ended with {process.returncode}")


def _mixture(url: str) -> Sequence[str]:
    """Addresses of all routes, as many of each, in no order; some things are asked for far more often."""
    engine, random = make_engine(url), Random(SEED)
    asked = {name: paths for name, paths in questions(engine).items() if name not in NOT_ASKED}
    engine.dispose()
    mixed = [paths[int(len(paths) * random.random() ** 3)] for paths in asked.values() for _ in range(MOST)]
    random.shuffle(mixed)
    return mixed


def _requests(paths: Sequence[str]) -> Iterator[bytes]:
    return cycle([request(path) for path in paths])


def _waits(measured: Measured) -> Waits:
    return Waits(
        len(measured.latencies),
        measured.seconds,
        measured.percentile(0.5),
        measured.percentile(0.99),
        1000 * max(measured.latencies),
    )


def table(figures: Figures) -> Iterator[str]:
    """The figures as lines for a terminal."""
    yield f"{figures.rate:.0f} requests a second for all kinds of things, every one answered"
    yield f"{'':32}{'requests':>10}{'seconds':>10}{'p50 ms':>10}{'p99 ms':>10}{'longest':>10}"
    names = ("nothing else", f"an import of {figures.articles:,} articles")
    for name, each in zip(names, (figures.alone, figures.beside), strict=True):
        yield (
            f"{name:32}{each.requests:10,}{each.seconds:10.1f}{each.p50_ms:10.1f}{each.p99_ms:10.1f}"
            f"{each.longest_ms:10.1f}"
        )
