"""Databases for tests, one after another and each its own, on SQLite or on PostgreSQL."""

import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from app.database import make_engine
from tests import snapshots
from tests.snapshots import Snapshot

ONLY_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""For tests of what only SQLite does, and of what is the same whichever database is asked."""

Fill = Callable[[Engine], object]
"""Makes an empty database into what a test begins with."""


class Databases(Protocol):
    """Where databases come from; all that it made go when the test ends."""

    kind: str

    def empty(self) -> str:
        """The URL of a new database with nothing in it."""

    def filled(self, fill: Fill) -> str:
        """The URL of a new one as `fill` leaves it, which is called once a session for each kind."""

    def clear(self) -> None:
        """Remove all but what is kept to be copied."""


@dataclass
class SqliteDatabases:
    folder: Path
    kind: str = "sqlite"
    _templates: dict[Fill, Path] = field(default_factory=dict)
    _made: list[Path] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def empty(self) -> str:
        self._made.append(self._new_path())
        return _of_file(self._made[-1])

    def filled(self, fill: Fill) -> str:
        if fill not in self._templates:
            path = self._new_path()
            _fill(_of_file(path), fill)
            self._templates[fill] = path
        url = self.empty()
        shutil.copy(self._templates[fill], self._made[-1])
        return url

    def clear(self) -> None:
        while self._made:
            shutil.rmtree(self._made.pop().parent)

    def _new_path(self) -> Path:
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        return folder / "jianyan.db"


@dataclass
class PostgresqlDatabases:
    """On the server of a URL, whose user may make databases."""

    server: str
    kind: str = "postgresql"
    _templates: dict[Fill, str] = field(default_factory=dict)
    _snapshots: dict[Fill, Snapshot] = field(default_factory=dict)
    _idle: defaultdict[Fill, list[tuple[str, Snapshot]]] = field(default_factory=lambda: defaultdict(list))
    _lent: list[tuple[Fill, str, Snapshot]] = field(default_factory=list)
    _empty: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # As a database cannot be made in a transaction.
        self._engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with self._engine.connect() as connection:
            version = connection.scalar(text("SELECT current_setting('server_version_num')::int"))
        # What was the only way before PostgreSQL 15, and is the faster one for databases as small as these.
        self._strategy = "STRATEGY file_copy" if version >= 150000 else ""

    def empty(self) -> str:
        self._empty.append(self._make("template0"))
        return self._empty[-1]

    def filled(self, fill: Fill) -> str:
        if fill not in self._templates:
            url = self._make("template0")
            _fill(url, fill)
            self._templates[fill] = url
            self._snapshots[fill] = snapshots.take(url)
        idle = self._idle[fill]
        url, snapshot = idle.pop() if idle else (self._copied(fill), self._snapshots[fill])
        self._lent.append((fill, url, snapshot))
        return url

    def clear(self) -> None:
        """Remove all but what is kept to be copied, and what can be lent again as it was."""
        while self._lent:
            fill, url, former = self._lent.pop()
            if snapshot := snapshots.put_back(url, former):
                self._idle[fill].append((url, snapshot))
            else:
                self._drop(url)
        while self._empty:
            self._drop(self._empty.pop())

    def close(self) -> None:
        """Remove everything."""
        self.clear()
        idle = (url for url, _ in chain(*self._idle.values()))
        for url in chain(self._templates.values(), idle):
            self._drop(url)
        self._engine.dispose()

    def _copied(self, fill: Fill) -> str:
        return self._make(str(make_url(self._templates[fill]).database))

    def _make(self, template: str) -> str:
        name = f"jianyan_test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} {self._strategy}")
        return self._engine.url.set(database=name).render_as_string(hide_password=False)

    def _drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


def _of_file(path: Path) -> str:
    return f"sqlite:///{path}"


def _fill(url: str, fill: Fill) -> None:
    engine = make_engine(url)
    fill(engine)
    engine.dispose()
