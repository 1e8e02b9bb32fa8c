#!/usr/bin/env python3
"""Hold every stored finding against its article's text: python scripts/verify.py [--database URL] [--json].

What is literal and what is resolved is told in app/store/evidence.py. Nothing is changed.
"""

# ruff: noqa: E402  the packages imported below may have to be installed first
import sys

from _environment import ROOT, start_in_own_environment

start_in_own_environment()
sys.path.insert(0, str(ROOT))

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer
from _databases import require_there
from _ending import ending_in_a_sentence
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import explained, make_engine
from app.errors import DatabaseError
from app.main import require_migrated
from app.settings import Settings
from app.store.verification import Flaw, Verification

FLAWED = 1

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    database: Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON report to stdout.")] = False,
) -> None:
    """Check that all findings in the database stand in their articles, and name each that does not.

    Exit code 0: all do; 1: some do not; 2: the database cannot be read, or a wrong option.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a title may be anything
    engine = existing_engine(database or Settings().database_url)
    flaws, checked = verify(engine, quiet=as_json)
    print(as_document(engine, flaws, checked) if as_json else summary(flaws, checked))
    raise typer.Exit(FLAWED if flaws else 0)


def existing_engine(url: str) -> Engine:
    """The engine of a database that is there and at this version's schema. Raises DatabaseError."""
    require_there(url)
    engine = make_engine(url)
    require_migrated(engine)
    return engine


def verify(engine: Engine, quiet: bool) -> tuple[list[Flaw], Counter[str]]:
    """All flaws, each told as it is found unless quiet, and how many rows were checked."""
    flaws = []
    with explained(engine.url), Session(engine) as session:
        verification = Verification(session)
        try:
            for flaw in verification.flaws():
                flaws.append(flaw)
                if not quiet:
                    print(line(flaw))
        except (ValueError, LookupError) as error:
            raise DatabaseError(
                f"database {url_of(engine)} holds a row that cannot be read: {error}"
            ) from error
    return flaws, verification.checked


def line(flaw: Flaw) -> str:
    """article 3 “重庆日报…”: metric 17: metric 14000 元: '1.5万元' stands there instead"""
    place = "no article" if flaw.article_id is None else f"article {flaw.article_id} “{flaw.title or ''}”"
    return f"{place}: {flaw.table} {flaw.row}: {flaw.reason}"


def summary(flaws: list[Flaw], checked: Counter[str]) -> str:
    looked_at = ", ".join(f"{number} {table}" for table, number in checked.items())
    return (
        f"{len(rows_of(flaws))} of {checked.total()} rows are not borne out; looked at: {looked_at or 'none'}"
    )


def as_document(engine: Engine, flaws: list[Flaw], checked: Counter[str]) -> str:
    document = {
        "database": url_of(engine),
        "checked": dict(checked),
        "flawed": len(rows_of(flaws)),
        "flaws": [asdict(flaw) for flaw in flaws],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def rows_of(flaws: Iterable[Flaw]) -> set[tuple[str, str]]:
    """The rows concerned; one may have several flaws."""
    return {(flaw.table, flaw.row) for flaw in flaws}


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


if __name__ == "__main__":
    with ending_in_a_sentence():
        cli()
