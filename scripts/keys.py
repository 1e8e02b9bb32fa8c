#!/usr/bin/env python3
"""Keys that allow writing: python scripts/keys.py add NAME | list | revoke NAME [--database URL].

A running server follows at once.
"""

# ruff: noqa: E402  the packages imported below may have to be installed first
import sys

from _environment import ROOT, start_in_own_environment

start_in_own_environment()
sys.path.insert(0, str(ROOT))

from typing import Annotated

import typer
from _ending import ending_in_a_sentence
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import explained, for_writing, make_engine, migrate
from app.settings import Settings
from app.store.keys import add_key, find_keys, revoke_key
from app.tables import ApiKey

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)

Name = Annotated[str, typer.Argument(help="Who holds the key.")]
Database = Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")]


@cli.command()
def add(name: Name, database: Database = None) -> None:
    """Make a key and write it to stdout, this once; only its hash is stored."""
    engine = ready_engine(database)
    with explained(engine.url), Session(for_writing(engine)) as session:
        key = add_key(session, name)
        print(f"The key of {name}; keep it, it cannot be shown again:", file=sys.stderr)
        print(key, flush=True)  # first: one that nobody saw would stand there for good
        session.commit()


@cli.command("list")
def list_keys(database: Database = None) -> None:
    """Show whose keys there are, when they were made, and whether they work."""
    engine = ready_engine(database)
    with explained(engine.url), Session(engine) as session:
        for key in find_keys(session):
            print(line(key))


@cli.command()
def revoke(name: Name, database: Database = None) -> None:
    """Make a key of no use from now on."""
    engine = ready_engine(database)
    with explained(engine.url), Session(for_writing(engine)) as session:
        revoke_key(session, name)
        session.commit()
    print(f"The key of {name} no longer works.")


def ready_engine(url: str | None) -> Engine:
    """The engine of a database that is migrated."""
    engine = make_engine(url or Settings().database_url)
    migrate(engine)
    return engine


def line(key: ApiKey) -> str:
    """newsroom  made 2026-01-31  works"""
    state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "works"
    return f"{key.name}  made {key.created_at:%Y-%m-%d}  {state}"


if __name__ == "__main__":
    with ending_in_a_sentence():
        cli()
