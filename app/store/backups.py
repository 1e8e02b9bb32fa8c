"""Copies of a SQLite database, made while others write, and whether one is sound."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from app.errors import DatabaseError

PAGES = 1000
"""Copied at a time, after each of which Ctrl-C is heard."""

_COUNTED = {
    "articles": "FROM article",
    "proposals": "FROM proposal",
    "people": "FROM actor WHERE kind = 'person' AND merged_into IS NULL",
    "institutions": "FROM actor WHERE kind = 'institution' AND merged_into IS NULL",
    "metrics": "FROM metric",
}


def copy_to(engine: Engine, file: Path) -> None:
    """Write what the database holds at this moment into one file, which takes the place of one of that name.

    The file has its name once it is whole and on the disk. Raises DatabaseError.
    """
    try:
        with _unfinished(file) as part:
            _copy(engine, part)
            _flush(part)
            part.replace(file)
        _flush(file.parent)
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatabaseError(
            f"backup {file} cannot be written ({reason}); check that its folder is there, may be written and "
            "has room for the whole database"
        ) from error


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """A file in a hidden folder beside the one that is to be, gone with it unless it was renamed."""
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
        yield Path(folder) / file.name


def _copy(engine: Engine, part: Path) -> None:
    target = sqlite3.connect(part, isolation_level=None)
    try:
        # Nobody wants what is left of it if this is killed: it is flushed once, at its end.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        with engine.connect() as connection:
            # From here on this connection sees one state, whoever writes: the copy never begins again.
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
            source = connection.connection.driver_connection
            source.backup(target, pages=PAGES, progress=lambda *_: None)  # type: ignore[union-attr]
        target.execute("PRAGMA journal_mode = DELETE")  # the copy said WAL, which is more than one file
    finally:
        target.close()


def _flush(path: Path) -> None:
    """Have the system put it on the disk: a file, or what names a folder has."""
    if path.is_dir() and os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def damage(connection: Connection) -> Iterator[str]:
    """What SQLite finds wrong with its file, whatever is in it."""
    for (told,) in connection.execute(text("PRAGMA integrity_check")):
        if told != "ok":
            yield str(told)


def dangling(connection: Connection) -> Iterator[str]:
    """References to nothing, in a database of any version."""
    for table, row, referred, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{table} {row or ''}: there is no such {referred}"


def count(connection: Connection) -> dict[str, int]:
    """How much a database of this version holds: articles, proposals, people, institutions, metrics."""
    return {
        name: connection.execute(text(f"SELECT count(*) {rows}")).scalar_one()
        for name, rows in _COUNTED.items()
    }
