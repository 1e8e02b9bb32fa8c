"""The way to the database for who asks over HTTP: at once where it answers at once, else in a thread."""

from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import BoundedSemaphore
from typing import Any, Concatenate, ParamSpec, TypeVar

from anyio.to_thread import run_sync
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from app.errors import BusyError
from app.queries import lists, versions
from app.queries.lists import Key, Lister, Plan
from app.queries.memory import Memory
from app.queries.page import Page, Paging
from app.queries.rows import Direct, Item
from app.queries.versions import Versions

P = ParamSpec("P")
T = TypeVar("T")
Q = TypeVar("Q", bound=Paging)

MOST_STREAMS = 4
"""Streams open at once: whoever reads one slowly keeps its connection, and the pool has 15 of them."""

AT_ONCE = 100
"""Thousands of steps of SQLite's machine, some 5 ms, for which a question may hold up all other requests
before it is asked again in a thread."""


@dataclass
class Reader:
    """Asks questions of a database; each gets one transaction of its own.

    `at_once` says that it answers without a network in between: then questions are first asked where they
    come up, as most are answered sooner than a thread is found for them.
    """

    engine: Engine
    at_once: bool = False
    memory: Memory = field(default_factory=Memory)
    streams: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_STREAMS))
    _own: Connection | None = None

    def ask(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function answers on a connection that is given back when it returns; blocks."""
        with self.engine.connect() as connection:
            return question(connection, *args, **kwargs)

    async def answer(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the function answers, others not being held up. It may be called twice."""
        if self.at_once:
            try:
                with self._hurried() as connection:
                    return question(connection, *args, **kwargs)
            except _TooSlowError:
                pass
        return await run_sync(lambda: self.ask(question, *args, **kwargs))

    async def page(
        self, lister: Lister[Q], query: Q, render: Callable[[Item], bytes], version: str | None
    ) -> Page[bytes]:
        """The page of a list that a query asks for, its items rendered. Raises what is wrong with the query.

        What is remembered of this version of the data is not made again.
        """
        asked = lister.name, query.model_dump_json(exclude={"limit", "cursor", "format"})
        if self.at_once and version is not None:
            page = self._recall_page(lister, query, asked, version)
            if page is not None:
                return page
        return await self.answer(self._read_page, lister, query, asked, render, version)

    def _recall_page(self, lister: Lister[Q], query: Q, asked: Hashable, version: str) -> Page[bytes] | None:
        """The page if only its keys are to be read, else None."""
        plan: Plan | None = self.memory.recall(version, asked)
        if plan is None or not plan.is_prepared:
            return None

        def read(connection: Direct) -> tuple[Sequence[Key], str | None] | None:
            return lister.keys(connection, plan, query) if _version(connection) == version else None

        if (found := self._directly(read)) is None:
            return None
        keys, cursor = found
        items = [self.memory.recall(version, (lister.name, plan.words, key)) for key in keys]
        return None if None in items else lists.page_of(plan, items, cursor)

    def _read_page(
        self,
        connection: Connection,
        lister: Lister[Q],
        query: Q,
        asked: Hashable,
        render: Callable[[Item], bytes],
        version: str | None,
    ) -> Page[bytes]:
        recalled = self._recalled(connection, version)
        if (plan := recalled.find(asked)) is None:
            plan = recalled.keep(asked, lister.plan(connection, query))
        keys, cursor = lister.keys(connection, plan, query)
        kind = lister.name, plan.words
        rendered = {key: recalled.find((*kind, key)) for key in keys}
        missing = [key for key, item in rendered.items() if item is None]
        for key, item in zip(missing, lister.items(connection, plan, missing), strict=True):
            rendered[key] = recalled.keep((*kind, key), render(item))
        return lists.page_of(plan, [rendered[key] for key in keys], cursor)

    async def remembered(
        self, key: Hashable, make: Callable[[Connection], bytes], version: str | None
    ) -> bytes:
        """What the function makes, or made before of this version of the data."""
        if version is not None and (known := self.memory.recall(version, key)) is not None:
            found: bytes = known
            return found
        return await self.answer(self._make, key, make, version)

    def _make(
        self, connection: Connection, key: Hashable, make: Callable[[Connection], bytes], version: str | None
    ) -> bytes:
        made: bytes = self._recalled(connection, version).keep(key, make(connection))
        return made

    def _recalled(self, connection: Connection, version: str | None) -> "_Recalled":
        """What is remembered of that version, if the transaction sees it."""
        return _Recalled(self.memory, version if version == _version(connection) else None)

    async def versions(self) -> Versions:
        """The version of each part of the data."""
        if self.at_once and (found := self._directly(versions.find)):
            return found
        return await self.answer(versions.find)

    def stream(
        self,
        question: Callable[Concatenate[Connection, P], Iterator[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Generator[T]:
        """What the function yields, one by one, in one transaction.

        The connection is taken with the first and given back after the last, or when the generator is
        closed. Raises BusyError with the first while too many others are open.
        """
        if not self.streams.acquire(blocking=False):
            raise BusyError("too many files are being written; try again in a minute")
        try:
            with self.engine.connect() as connection:
                yield from question(connection, *args, **kwargs)
        finally:
            self.streams.release()

    def close(self) -> None:
        """Give back the connection that questions are asked on at once."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def _directly(self, question: Callable[[Direct], T]) -> T | None:
        """What the function answers in a transaction on the driver itself; None where that fails.

        The failure is left to who asks again, by whom it is told in SQLAlchemy's words.
        """
        direct = Direct(self._driver())
        try:
            direct.exec_driver_sql("BEGIN")
            try:
                return question(direct)
            finally:
                direct.exec_driver_sql("ROLLBACK")
        except self.engine.dialect.dbapi.Error:  # type: ignore[union-attr]  # it has one, being connected
            return None

    def _driver(self) -> Any:
        if self._own is None:
            self._own = self.engine.connect()
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
            if "interrupted" in str(error.orig):
                raise _TooSlowError from error
            raise
        finally:
            driver.set_progress_handler(None, 0)


class _TooSlowError(Exception):
    """The steps that may be answered at once are used up."""


@dataclass(frozen=True, slots=True)
class _Recalled:
    """The memory of one version; of None nothing is remembered, nor kept."""

    memory: Memory
    version: str | None

    def find(self, key: Hashable) -> Any:
        return None if self.version is None else self.memory.recall(self.version, key)

    def keep(self, key: Hashable, thing: Any) -> Any:
        if self.version is not None:
            self.memory.keep(self.version, key, thing, len(thing) if isinstance(thing, bytes) else 2000)
        return thing


def _version(connection: Connection | Direct) -> str:
    return versions.find(connection)["data"]
