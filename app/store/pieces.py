"""Keeps the pieces of search texts that searches look up; see `app.language.grams`."""

from collections.abc import Mapping

from sqlmodel import Session

from app.language.grams import pieces
from app.store.rows import execute_all
from app.tables.postings import PIECES, Listed

# FTS5 without content must be told what it forgets.
_SQL = {
    "sqlite": {
        "put in": "INSERT INTO {table} (rowid, pieces) VALUES (?, ?)",
        "take out": "INSERT INTO {table} ({table}, rowid, pieces) VALUES ('delete', ?, ?)",
        "clear": "INSERT INTO {table} ({table}) VALUES ('delete-all')",
    },
    "postgresql": {
        "put in": "INSERT INTO {table} (key, pieces) VALUES (?, CAST(? AS tsvector))",
        "take out": "DELETE FROM {table} WHERE key = ? AND CAST(? AS text) IS NOT NULL",
        "clear": "DELETE FROM {table}",
    },
}


def joined(text: str) -> str:
    """The pieces of a search text as its row has them."""
    return " ".join(sorted(pieces(text)))


def put_in(session: Session, of: Listed, texts: Mapping[int, str]) -> None:
    """Make search texts findable: their `joined` pieces by the keys of their rows."""
    execute_all(session.connection(), _statement(session, "put in", of), sorted(texts.items()))


def take_out(session: Session, of: Listed, texts: Mapping[int, str]) -> None:
    """Forget search texts, whose `joined` pieces must be those that were put in."""
    execute_all(session.connection(), _statement(session, "take out", of), sorted(texts.items()))


def clear(session: Session) -> None:
    """Forget all."""
    for of in PIECES:
        session.connection().exec_driver_sql(_statement(session, "clear", of))


def _statement(session: Session, action: str, of: Listed) -> str:
    return _SQL[session.get_bind().dialect.name][action].format(table=PIECES[of].name)
