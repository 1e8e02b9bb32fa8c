"""Keeps the pieces of search texts that searches look up; see `app.language.grams`."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlmodel import Session

from app.language.grams import pieces
from app.tables.postings import PIECES, Listed

# FTS5 without content must be told what it forgets.
_SQL = {
    "sqlite": {
        "put in": "INSERT INTO {table} (rowid, pieces) VALUES (:key, :pieces)",
        "take out": "INSERT INTO {table} ({table}, rowid, pieces) VALUES ('delete', :key, :pieces)",
        "clear": "INSERT INTO {table} ({table}) VALUES ('delete-all')",
    },
    "postgresql": {
        "put in": "INSERT INTO {table} (key, pieces) VALUES (:key, CAST(:pieces AS tsvector))",
        "take out": "DELETE FROM {table} WHERE key = :key",
        "clear": "DELETE FROM {table}",
    },
}


def put_in(session: Session, of: Listed, texts: Mapping[int, str]) -> None:
    """Make search texts findable, each by the key of its row."""
    _run(session, "put in", of, texts)


def take_out(session: Session, of: Listed, texts: Mapping[int, str]) -> None:
    """Forget search texts, which must be those that were put in."""
    _run(session, "take out", of, texts)


def clear(session: Session) -> None:
    """Forget all."""
    for of in PIECES:
        session.execute(text(_statement(session, "clear", of)))


def _run(session: Session, action: str, of: Listed, texts: Mapping[int, str]) -> None:
    if texts:
        rows = [{"key": key, "pieces": " ".join(sorted(pieces(each)))} for key, each in texts.items()]
        session.connection().execute(text(_statement(session, action, of)), rows)


def _statement(session: Session, action: str, of: Listed) -> str:
    return _SQL[session.get_bind().dialect.name][action].format(table=PIECES[of].name)
