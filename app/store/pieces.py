"""Keeps the pieces of proposals' texts that searches look up; see `app.language.grams`."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlmodel import Session

from app.language.grams import pieces

# FTS5 without content must be told what it forgets.
_SQL = {
    "sqlite": {
        "put in": "INSERT INTO proposal_pieces (rowid, pieces) VALUES (:key, :pieces)",
        "take out": "INSERT INTO proposal_pieces (proposal_pieces, rowid, pieces) "
        "VALUES ('delete', :key, :pieces)",
        "clear": "INSERT INTO proposal_pieces (proposal_pieces) VALUES ('delete-all')",
    },
    "postgresql": {
        "put in": "INSERT INTO proposal_pieces (key, pieces) VALUES (:key, CAST(:pieces AS tsvector))",
        "take out": "DELETE FROM proposal_pieces WHERE key = :key",
        "clear": "DELETE FROM proposal_pieces",
    },
}


def put_in(session: Session, texts: Mapping[int, str]) -> None:
    """Make search texts findable, each by its proposal's key."""
    _run(session, "put in", texts)


def take_out(session: Session, texts: Mapping[int, str]) -> None:
    """Forget search texts, which must be those that were put in."""
    _run(session, "take out", texts)


def clear(session: Session) -> None:
    """Forget all."""
    session.execute(text(_statement(session, "clear")))


def _run(session: Session, action: str, texts: Mapping[int, str]) -> None:
    if texts:
        rows = [{"key": key, "pieces": " ".join(sorted(pieces(each)))} for key, each in texts.items()]
        session.connection().execute(text(_statement(session, action)), rows)


def _statement(session: Session, action: str) -> str:
    return _SQL[session.get_bind().dialect.name][action]
