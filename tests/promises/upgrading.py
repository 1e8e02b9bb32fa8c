"""Databases as each released version left them: its own schema, and rows in every table of it.

The rows are those that this version stores of the same articles; no column was ever given up or renamed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, insert, inspect, select, text
from sqlmodel import Session, SQLModel

import app.tables  # noqa: F401  fills the metadata
from app.database import PYPROJECT, for_writing
from app.start import prepare
from app.store import postings
from app.store.keys import add_key
from app.store.merges import merge
from app.tables import ImportSource

Rows = dict[str, list[tuple[Any, ...]]]
"""By the names of their tables; each in the order of its table's columns, by name."""

MADE = {"posting", "posting_list", "posting_pair", "article_band", "proposal_band"}
"""Tables of what is made of the others, and is made anew where another version made it."""

_LISTS = "SELECT id, of, facet, value, count FROM posting_list"
_MADE = (
    f"SELECT of, facet, value, count, key FROM posting JOIN ({_LISTS}) AS list ON list_id = id",
    "SELECT a.facet, a.value, b.facet, b.value, p.count FROM posting_pair AS p "
    f"JOIN ({_LISTS}) AS a ON one = a.id JOIN ({_LISTS}) AS b ON other = b.id",
    "SELECT article_id, band FROM article_band",
    "SELECT proposal_id, band FROM proposal_band",
)

VERSIONED_POSTINGS = {"0006": "1", "0007": "2"}
"""Which postings the versions from there on make; see `app.store.postings.VERSION`."""

TWO_PEOPLE = """
SELECT min(one.actor_id), min(other.actor_id) FROM actor_mention one, actor_mention other
WHERE one.article_id = 1 AND other.article_id = 2
    AND EXISTS (SELECT 1 FROM actor WHERE id = one.actor_id AND kind = 'person')
    AND EXISTS (SELECT 1 FROM actor WHERE id = other.actor_id AND kind = 'person')
"""


def config(engine: Engine) -> Config:
    return Config(toml_file=PYPROJECT, attributes={"engine": engine})


@cache
def revisions() -> Sequence[str]:
    """All, the first one first."""
    scripts = ScriptDirectory.from_config(Config(toml_file=PYPROJECT))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def fill(engine: Engine) -> None:
    """Store something in every table, as its users would."""
    prepare(engine)
    with Session(for_writing(engine)) as session:
        one, other = session.connection().execute(text(TWO_PEOPLE)).one()
        merge(session, other, one)
        add_key(session, "newsroom")
        session.add(ImportSource(name="news/a.txt", validators={"size": "120"}))
        session.connection().execute(
            text(
                "UPDATE article SET url = 'https://example.com/1', page_sha256 = :hash, same_text_as = NULL"
            ),
            {"hash": "0" * 64},
        )
        session.commit()


def rows_of(engine: Engine) -> Rows:
    """All rows of the tables that have models, sorted."""
    found = {}
    with engine.connect() as connection:
        for name, table in tables_of(engine).items():
            columns = [table.c[key] for key in sorted(table.c.keys())]
            found[name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return found


def made_of(engine: Engine) -> list[list[tuple[Any, ...]]]:
    """All rows of what is made of others; lists by what they are lists of, as their numbers mean nothing."""
    with engine.connect() as connection:
        return [sorted(map(tuple, connection.execute(text(each))), key=repr) for each in _MADE]


def tables_of(engine: Engine) -> Mapping[str, Table]:
    """As they are in the database, with the types of the models where those know better."""
    metadata = MetaData()
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) & SQLModel.metadata.tables.keys()
        metadata.reflect(connection, only=sorted(names))
    return {table.name: table for table in metadata.sorted_tables if table.name in names}


def columns_of(engine: Engine) -> dict[str, list[str]]:
    return {name: sorted(table.c.keys()) for name, table in tables_of(engine).items()}


def make(engine: Engine, revision: str, source: Engine) -> None:
    """Bring an empty database to what that version would have left, had it stored what the source holds."""
    command.upgrade(config(engine), revision)
    stored = {
        name: [dict(zip(sorted(table.c.keys()), row, strict=True)) for row in rows]
        for (name, table), rows in zip(tables_of(source).items(), rows_of(source).values(), strict=True)
    }
    with for_writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        for name, table in tables_of(engine).items():
            connection.execute(table.delete())
            there = [row for row in stored[name] if "merged_into" in table.c or not row.get("merged_into")]
            rows = [{column.name: row[column.name] for column in table.c} for row in there]
            if rows:
                connection.execute(insert(table), in_order(rows))
    note_what_was_made(engine, revision)


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that point to others of their table after these."""
    pointers = ("merged_into", "duplicate_of", "same_text_as")
    return sorted(rows, key=lambda row: any(row.get(pointer) for pointer in pointers))


def note_what_was_made(engine: Engine, revision: str) -> None:
    """Which postings and bands that version made: the oldest made none."""
    versions = [made for first, made in VERSIONED_POSTINGS.items() if first <= revision]
    with Session(for_writing(engine)) as session:
        connection = session.connection()
        if revision >= "0004":
            connection.execute(text("DELETE FROM data_version WHERE part NOT IN ('data', 'imports')"))
        if versions[-1:] == [postings.VERSION]:
            postings.make_anew(session)  # with the pieces of texts, which cannot be copied
        elif versions:
            connection.execute(
                text("INSERT INTO data_version VALUES ('postings', :made)"), {"made": versions[-1]}
            )
        if revision >= "0008":
            connection.execute(text("INSERT INTO data_version VALUES ('bands', '1')"))
        session.commit()
