"""What answers cost that are not remembered: routes called in this process, the driver's cursors timed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from time import perf_counter
from typing import Any

import httpx
from sqlalchemy import Dialect, Engine, event

from app.main import create_app
from app.queries.memory import Memory
from app.settings import Settings

SAMPLE = 100
"""Requests of each route, if there is time for them."""


class Clock:
    """Adds up the seconds spent in the driver, by whichever thread."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, cursor: type[Any]) -> type[Any]:
        """The class of cursors with its statements and the fetching of their rows timed."""
        clock = self

        class Timed(cursor):  # type: ignore[misc]
            pass

        def wrap(name: str) -> Any:
            method = getattr(cursor, name)

            def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
                started = perf_counter()
                try:
                    return method(self, *args, **kwargs)
                finally:
                    clock.seconds += perf_counter() - started

            return wrapped

        for name in ("execute", "fetchone", "fetchmany", "fetchall"):
            setattr(Timed, name, wrap(name))
        return Timed


@contextmanager
def timing() -> Iterator[Clock]:
    """A clock for all statements of engines that connect meanwhile."""
    clock = Clock()

    def connect(dialect: Dialect, _record: object, _args: list[Any], parameters: dict[str, Any]) -> None:
        parameters.update(_with_cursors(dialect, clock))

    event.listen(Engine, "do_connect", connect)
    try:
        yield clock
    finally:
        event.remove(Engine, "do_connect", connect)


def _with_cursors(dialect: Dialect, clock: Clock) -> dict[str, Any]:
    """The parameter of the driver by which connections make timed cursors."""
    if dialect.name != "sqlite":
        import psycopg

        return {"cursor_factory": clock.timed(psycopg.Cursor)}
    import sqlite3

    timed = clock.timed(sqlite3.Cursor)

    class Connection(sqlite3.Connection):
        def cursor(self, _factory: Any = None) -> Any:
            return super().cursor(timed)

    return {"factory": Connection}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of an answer, and of the SQL in it, the medians of some requests, one at a time.

    The first is without network, but with the client's part.
    """

    first_ms: float = 0.0
    sql_ms: float = 0.0


async def costs(url: str, asked: dict[str, Sequence[str]], seconds: float) -> dict[str, Cost]:
    """What each route costs whoever asks it for something first."""
    with timing() as clock:
        app = create_app(Settings(database_url=url, log_level="WARNING"))
        async with app.router.lifespan_context(app):
            app.state.memory = Memory(0)  # so that every time is the first
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return {name: await _median(clock, client, paths, seconds) for name, paths in asked.items()}


async def _median(clock: Clock, client: httpx.AsyncClient, paths: Sequence[str], seconds: float) -> Cost:
    # Not the first of all: what is made with it is there for all others.
    (await client.get(paths[0])).raise_for_status()
    until = perf_counter() + seconds
    times: list[tuple[float, float]] = []
    for path in islice(cycle(paths), 1, None):
        started, before = perf_counter(), clock.seconds
        (await client.get(path)).raise_for_status()
        times.append((1000 * (perf_counter() - started), 1000 * (clock.seconds - before)))
        if len(times) == SAMPLE or perf_counter() > until:
            break
    firsts, of_sql = zip(*times, strict=True)
    return Cost(median(firsts), median(of_sql))
