"""The databases that scripts work on."""

from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from app.database import make_engine, migrate
from app.errors import DatabaseError
from app.sqlite_file import path_of
from app.store.searchable import make_searchable
from app.store.seeds import load_seeds


def ready_engine(url: str) -> Engine:
    """The engine of a database that is migrated and has the reference seeds. Raises DatabaseError."""
    engine = make_engine(url)
    migrate(engine)
    load_seeds(engine)
    make_searchable(engine)
    return engine


def require_there(url: str) -> None:
    """Raise DatabaseError for an SQLite file that does not exist: opening it would make it."""
    path = sqlite_file(url)
    if path is not None and not path.is_file():
        raise DatabaseError(f"database {path} does not exist; name another, or import articles first")


def sqlite_file(url: str) -> Path | None:
    """The file an SQLite URL names; None for other databases, and for what is no URL."""
    try:
        parts = make_url(url)
    except ArgumentError:
        return None
    return path_of(parts) if parts.get_backend_name() == "sqlite" else None
