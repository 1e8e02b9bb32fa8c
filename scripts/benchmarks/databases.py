"""Where synthetic databases are kept: one for each number of proposals, made once."""

import sys
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from app.database import for_writing, make_engine, migrate
from app.lexicon import SEEDS
from app.settings import REPOSITORY
from app.start import prepare
from app.store.postings import make_anew
from app.store.rows import values_of
from app.store.seeds import load_seeds
from scripts.benchmarks.bulk import fill
from scripts.benchmarks.synthetic import batches

MADE_OF = (
    *sorted((REPOSITORY / "migrations" / "versions").glob("*.py")),
    *sorted(path for path in SEEDS.rglob("*") if path.is_file()),
    *(REPOSITORY / "app" / "store" / f"{name}.py" for name in ("postings", "pairs", "pieces", "days")),
    *(REPOSITORY / "app" / name for name in ("tables/postings.py", "language/grams.py")),
)
"""The files that decide what is in a database, beside the rows that are written."""

SAMPLE = 200
"""Proposals by which rows are told from those of another version."""


def database(proposals: int, place: str) -> str:
    """The URL of a database with that many proposals, made where there is none yet.

    `place` is a folder for SQLite files, or a PostgreSQL URL whose role may create databases: they are
    made beside the one it names, which is left alone. Raises DatabaseError.
    """
    name = f"jianyan_bench_{proposals}_{version()}"
    if "://" in place:
        return _on_server(name, place, proposals)
    path = Path(place).resolve() / f"{name}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_file(path, proposals)
    return f"sqlite:///{path}"


def version() -> str:
    """Eight digits that change with the schema, the seeds and the rows, so that another database is made."""
    digest = sha256()
    for path in MADE_OF:
        digest.update(path.read_bytes())
    for batch in batches(SAMPLE):
        for table, _, values in values_of(sqlite.dialect(), batch):
            digest.update(repr((table, *values)).encode())
    return digest.hexdigest()[:8]


def build(engine: Engine, proposals: int) -> None:
    """Fill an empty database: schema, reference rows, proposals, and whatever a start of the server adds."""
    started = perf_counter()
    print(f"making {proposals:,} proposals in {engine.url.database} ...", file=sys.stderr, flush=True)
    migrate(engine)
    load_seeds(engine)
    fill(engine, batches(proposals))
    with Session(for_writing(engine)) as session:
        make_anew(session)
        session.commit()
    prepare(engine)
    print(f"made in {perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def _make_file(path: Path, proposals: int) -> None:
    """Under another name until it is whole: one that was stopped half-way is not taken for it."""
    draft = path.with_suffix(".part")
    for each in (draft, draft.with_name(f"{draft.name}-wal"), draft.with_name(f"{draft.name}-shm")):
        each.unlink(missing_ok=True)
    engine = make_engine(f"sqlite:///{draft}")
    build(engine, proposals)
    engine.dispose()
    draft.rename(path)


def _on_server(name: str, url: str, proposals: int) -> str:
    server = _without_transactions(url)
    address = make_url(url).set(database=name)
    with server.connect() as connection:
        known = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if not connection.scalar(known, {"name": name}):
            draft = f"{name}_part"
            connection.execute(text(f"DROP DATABASE IF EXISTS {draft}"))
            connection.execute(text(f"CREATE DATABASE {draft}"))
            _fill_new(address.set(database=draft).render_as_string(hide_password=False), proposals)
            connection.execute(text(f"ALTER DATABASE {draft} RENAME TO {name}"))
    server.dispose()
    return address.render_as_string(hide_password=False)


def _fill_new(url: str, proposals: int) -> None:
    engine = make_engine(url)
    build(engine, proposals)
    engine.dispose()
    alone = _without_transactions(url)
    with alone.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as the server would do by itself in a while
    alone.dispose()


def _without_transactions(url: str) -> Engine:
    """For what cannot be done in one: making a database, and VACUUM."""
    return create_engine(make_engine(url).url, isolation_level="AUTOCOMMIT")
