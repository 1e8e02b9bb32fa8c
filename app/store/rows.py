"""Rows that the database numbers."""

from typing import Protocol

from sqlmodel import Session


class Numbered(Protocol):
    """A row of a table whose id the database gives."""

    id: int | None


def insert_row(session: Session, row: Numbered) -> int:
    """Send the row to the database; its id."""
    session.add(row)
    session.flush()
    assert row.id is not None, "the database numbers it"
    return row.id
