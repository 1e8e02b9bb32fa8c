"""The rows of a PostgreSQL database, put back after a test: sooner done than making another database.

Only tables that were written are, as most tests leave the thousands of reference rows alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import psycopg
from sqlalchemy import make_url

_SCHEMA = """
SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT attrelid::regclass::text || attname || atttypid || attnotnull || attisdropped AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT conrelid::regclass::text || conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
) AS parts
"""
"""A digest of all tables, indexes and constraints."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_PATIENCE = "SET LOCAL lock_timeout = '2s'"

# Transactions are numbered upwards: a row written since has a higher number, and one that went is missed.
_MARK = "SELECT '{0}', count(*), max(xmin::text::bigint) FROM {0}"

Marks = dict[str, tuple[object, ...]]
"""By table how many rows it has and the last transaction that wrote one: others once a row was written."""


@dataclass(frozen=True)
class Snapshot:
    """A schema's digest, the rows of each table as COPY writes them, and where the sequences are.

    The `marks` are those of the tables as long as they hold these rows.
    """

    schema: str
    rows: dict[str, bytes]
    sequences: dict[str, int | None]
    marks: Marks


def take(url: str) -> Snapshot:
    """What a database holds."""
    with _connect(url) as connection:
        tables = [name for (name,) in connection.execute(_TABLES)]
        rows = {name: _copy_out(connection, name) for name in tables}
        sequences = dict(connection.execute(_SEQUENCES).fetchall())
        return Snapshot(_schema(connection), rows, sequences, _marks(connection, tables))


def put_back(url: str, snapshot: Snapshot) -> Snapshot | None:
    """The database holds again what the snapshot says, which now has other marks; None where it cannot, as
    where the schema is another now."""
    try:
        with _connect(url) as connection:
            connection.execute(_PATIENCE)
            if _schema(connection) != snapshot.schema:
                return None
            marks = _marks(connection, snapshot.rows)
            written = [name for name in snapshot.rows if marks[name] != snapshot.marks[name]]
            _rewrite(connection, {name: snapshot.rows[name] for name in written})
            for name, last in snapshot.sequences.items():
                connection.execute("SELECT setval(%s, %s, %s)", (name, last or 1, last is not None))
            return replace(snapshot, marks=marks | _marks(connection, written))
    except psycopg.Error:  # held by someone, or not to be changed so
        return None


def _rewrite(connection: "psycopg.Connection[tuple[object, ...]]", tables: dict[str, bytes]) -> None:
    # So that rows may go and come in any order.
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(";".join(f"DELETE FROM {name}" for name in tables))
    for name, rows in tables.items():
        if rows:
            _copy_in(connection, name, rows)


def _marks(connection: "psycopg.Connection[tuple[object, ...]]", tables: Iterable[str]) -> Marks:
    query = " UNION ALL ".join(map(_MARK.format, tables))
    return {str(name): tuple(mark) for name, *mark in connection.execute(query)} if query else {}


def _connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain)


def _schema(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    row = connection.execute(_SCHEMA).fetchone()
    return str(row and row[0])


def _copy_out(connection: "psycopg.Connection[tuple[object, ...]]", table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:  # type: ignore[arg-type]
        return b"".join(copy)


def _copy_in(connection: "psycopg.Connection[tuple[object, ...]]", table: str, rows: bytes) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:  # type: ignore[arg-type]
        copy.write(rows)
