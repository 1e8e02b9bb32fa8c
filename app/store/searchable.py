"""Fills what searches, lists and imports go through in databases that an older version wrote."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, Table, bindparam, inspect, select, update
from sqlmodel import Session, SQLModel

from app.database import for_writing
from app.store import claiming, duplicates, postings
from app.tables import ActorAlias, Article, Metric, Proposal
from app.tables.actors import pinyin_of
from app.tables.columns import searched

CHUNK = 1000
"""Rows held in memory at once."""

Row = dict[str, Any]

_FILLED: dict[type[SQLModel], Callable[[Row], Row]] = {
    Proposal: lambda row: {"search_text": searched(row["text"])},
    Metric: lambda row: {"search_text": searched(row["about"], row["text"])},
    Article: lambda row: {"search_text": searched(row["title"], row["text"])},
    ActorAlias: lambda row: {"search_text": searched(row["alias"]), "pinyin": pinyin_of(row["alias"])},
}


def make_searchable(engine: Engine) -> None:
    """Fill empty search columns, and make postings, claims, bands and links that are missing."""
    is_changed = False
    for model, filled in _FILLED.items():
        table: Table = inspect(model).local_table
        while _fill_some(engine, table, filled):
            is_changed = True
    with Session(engine) as session:
        is_changed = is_changed or not postings.are_made(session)
    if is_changed:
        with Session(for_writing(engine)) as session:
            postings.make_anew(session)
            session.commit()
    with Session(engine) as session:
        is_claimed = claiming.are_claimed(session)
    if not is_claimed:
        with Session(for_writing(engine)) as session:
            claiming.claim_all(session)
            session.commit()
    with Session(engine) as session:
        is_linked = duplicates.are_linked(session)
    if not is_linked:
        with Session(for_writing(engine)) as session:
            duplicates.link_all(session)
            session.commit()


def _fill_some(engine: Engine, table: Table, filled: Callable[[Row], Row]) -> bool:
    """Whether there were rows to fill."""
    keys = list(table.primary_key)
    with Session(engine) as session:
        empty = select(table).where(table.c.search_text == "").limit(CHUNK)
        rows = [dict(row) for row in session.execute(empty).mappings()]
    if not rows:
        return False
    change = update(table).where(*(key == bindparam(f"at_{key.name}") for key in keys))
    with Session(for_writing(engine)) as session:
        values = [filled(row) | {f"at_{key.name}": row[key.name] for key in keys} for row in rows]
        session.connection().execute(change, values)
        session.commit()
    return True
