"""The file of an SQLite database: its folder made, and noticed when it goes or another takes its place.

SQLite itself would go on with a file that was removed, and would make an empty one in its place.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import DatabaseError

Identity = tuple[int, int]

_WATCH = "sqlite_file"
"""Where a connection keeps who watches its file, and the file's identity when it was opened."""


def path_of(url: URL) -> Path | None:
    """The file; None for a database in memory, and for one that a file: URI opens in its own way."""
    name = url.database
    return None if not name or name == ":memory:" or name.startswith("file:") else Path(name)


def make_folder(path: Path) -> None:
    """Raises DatabaseError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"database folder {path.parent} cannot be made: {error.strerror}") from error


def watch(engine: Engine, path: Path) -> None:
    """Have the engine open the file anew when another took its place, and refuse one that went.

    What it refuses is a DatabaseError.
    """
    watcher = _Watcher(path)
    event.listen(engine, "do_connect", watcher.require_whole)
    event.listen(engine, "connect", watcher.note)
    event.listen(engine, "checkout", watcher.require_current)


def is_current(connection: Connection) -> bool:
    """Whether the connection still reads the file that stands at its path."""
    known = connection.info.get(_WATCH)
    return known is None or known[0].identity() == known[1]


@dataclass
class _Watcher:
    path: Path
    was_there: bool = False

    def identity(self) -> Identity | None:
        """By what a file is known whatever its name; None where there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def require_whole(self, _dialect: Dialect, _entry: ConnectionPoolEntry, *_how: Any) -> None:
        if self.was_there and self.identity() is None:
            raise DatabaseError(
                f"database {self.path} is no longer there; put it back, or restore a copy of it"
            )
        log = self.path.with_name(f"{self.path.name}-wal")
        if _size(log) and not _size(self.path):  # SQLite would remove the log and begin afresh
            raise DatabaseError(
                f"database {self.path} is empty, and {log.name} beside it is not; "
                "restore a copy of it, or remove both to begin afresh"
            )

    def note(self, _connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        self.was_there = True
        entry.info[_WATCH] = (self, self.identity())

    def require_current(self, _connection: DBAPIConnection, entry: ConnectionPoolEntry, _fairy: Any) -> None:
        if entry.info[_WATCH][1] != self.identity():
            raise InvalidatePoolError("another file took its place")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
