"""The way to the database for who asks over HTTP: at once where it answers at once, else in a thread."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from threading import BoundedSemaphore
from typing import Any, Concatenate, ParamSpec, TypeVar

from anyio.to_thread import run_sync
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from app.errors import BusyError
from app.queries import versions
from app.queries.shared import Shared
from app.queries.versions import Versions

P = ParamSpec("P")
T = TypeVar("T")

Limit = Callable[[Connection], AbstractContextManager[None]]
"""Stops what a connection is asked meanwhile when it takes too long."""

AT_ONCE = 200
"""Thousands of steps of SQLite's machine, some 5 ms, for which a question may hold up all other requests
before it is asked again in a thread."""


@dataclass
class Reader:
    """Asks questions of a database; each gets one transaction of its own.

    `at_once` says that it answers without a network in between: then questions are first asked where they
    come up, as most are answered sooner than a thread is found for them. `is_current` tells whether a
    connection that was kept is still one to the database. `limit` is to how long they may take, and `streams`
    are those that may be open at once: whoever reads one slowly keeps its connection.
    """

    engine: Engine
    at_once: bool = False
    is_current: Callable[[Connection], bool] = lambda connection: True
    limit: Limit = lambda connection: nullcontext()
    streams: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(4))
    _own: Connection | None = None
    _versions: Shared[Versions] = field(init=False)

    def __post_init__(self) -> None:
        self._versions = Shared(lambda: self.answer(versions.find))

    def ask(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function answers on a connection that is given back when it returns; blocks.

        Raises TooSlowError.
        """
        with self.engine.connect() as connection, self.limit(connection):
            return question(connection, *args, **kwargs)

    async def answer(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the function answers, others not being held up; it may be called twice.

        Raises TooSlowError.
        """
        if self.at_once:
            try:
                with self._hurried() as connection:
                    return question(connection, *args, **kwargs)
            except _TooSlowError:
                pass
        return await run_sync(lambda: self.ask(question, *args, **kwargs))

    async def versions(self) -> Versions:
        """The version of each part of the data."""
        if self.at_once and (found := self._find_versions_directly()):
            return found
        return await self._versions.get()

    def stream(
        self,
        question: Callable[Concatenate[Connection, P], Iterator[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Generator[T]:
        """What the function yields, one by one, in one transaction.

        The connection is taken with the first and given back after the last, or when the generator is
        closed. The limit is to how long each takes, not to what happens between them. Raises BusyError with
        the first while too many others are open, and TooSlowError.
        """
        if not self.streams.acquire(blocking=False):
            raise BusyError("too many files are being written; try again in a minute")
        try:
            with self.engine.connect() as connection:
                parts = iter(question(connection, *args, **kwargs))
                while (part := self._next(connection, parts)) is not None:
                    yield part[0]
        finally:
            self.streams.release()

    def close(self) -> None:
        """Close the connection that questions are asked on at once."""
        if self._own is not None:
            self._own.invalidate()  # it is set up otherwise than those of the pool
            self._own.close()
            self._own = None

    def _next(self, connection: Connection, parts: Iterator[T]) -> tuple[T] | None:
        """The next part, None after the last."""
        with self.limit(connection):
            return next(zip(parts), None)

    def _find_versions_directly(self) -> Versions | None:
        """The versions, asked of the driver itself, as every request does so; None where that fails.

        The failure is left to who asks again, by whom it is told in SQLAlchemy's words.
        """
        try:
            return dict(self._driver().execute(versions.STATEMENT).fetchall())
        except self.engine.dialect.dbapi.Error:  # type: ignore[union-attr]  # it has one, being connected
            self.close()  # what it holds of the file may be wrong
            return None

    def _driver(self) -> Any:
        if self._own is not None and (self._own.invalidated or not self.is_current(self._own)):
            self.close()
        if self._own is None:
            self._own = self.engine.connect()
            driver: Any = self._own.connection.driver_connection
            # The upper pages of all indexes stay in it; only here, as there are many other connections.
            driver.execute("PRAGMA cache_size = -16000")
            driver.execute("PRAGMA busy_timeout = 0")  # who waits for a lock does so in a thread
        return self._own.connection.driver_connection

    @contextmanager
    def _hurried(self) -> Iterator[Connection]:
        """A transaction that is broken off when its steps are used up. Raises _TooSlowError then."""
        driver = self._driver()
        assert self._own is not None, "it was just connected"
        steps = count(1)
        driver.set_progress_handler(lambda: next(steps) > AT_ONCE, 1000)
        try:
            with self._own.begin() as transaction:
                yield self._own
                transaction.rollback()
        except OperationalError as error:
            if any(reason in str(error.orig) for reason in ("interrupted", "locked")):
                raise _TooSlowError from error
            raise
        finally:
            if not self._own.invalidated:  # which closed it
                driver.set_progress_handler(None, 0)


class _TooSlowError(Exception):
    """The steps that may be answered at once are used up, or there is a lock to be waited for."""
