#!/usr/bin/env python3
"""Copy the database while it is used: python scripts/backup.py FILE [--force] [--database URL].

Whether a copy is sound: python scripts/backup.py --check FILE.
"""

# ruff: noqa: E402  the packages imported below may have to be installed first
import sys

from _environment import ROOT, start_in_own_environment

start_in_own_environment()
sys.path.insert(0, str(ROOT))

import shlex
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from _databases import require_there, sqlite_file
from _ending import INTERRUPTED, ending_in_a_sentence
from sqlalchemy import URL, Engine
from sqlmodel import Session
from verify import FLAWED, line, url_of

from app.database import explained, is_file, make_engine, newest_revision, open_copy, revision_of
from app.errors import DatabaseError
from app.settings import Settings
from app.store.backups import copy_to, count, damage, dangling
from app.store.verification import Verification

BY_ITS_OWN = """database {url} is on PostgreSQL, whose own programs copy it while it is used:
  pg_dump --format=custom --file={file} {url}
To put the copy in the place of what a database holds, with nobody using it:
  pg_restore --clean --if-exists --single-transaction --no-owner --dbname={url} {file}
They ask for the password, or take it from PGPASSWORD or ~/.pgpass."""

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    file: Annotated[Path, typer.Argument(help="Where the copy goes, or the copy that is to be checked.")],
    check: Annotated[bool, typer.Option("--check", help="Copy nothing: check that copy.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Take the place of a file of that name.")] = False,
    database: Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")] = None,
) -> None:
    """Copy a SQLite database as it is at this moment into one file, or check such a copy.

    Exit code 0: copied, or sound; 1: the copy is not sound; 2: nothing could be done, or a wrong option; 130:
    stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a title may be anything
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to clean up behind it
    try:
        if check:
            raise typer.Exit(FLAWED if checked(file) else 0)
        print(copied(database or Settings().database_url, file, force))
    except KeyboardInterrupt as error:
        print("Stopped; nothing was written.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error


def copied(url: str, file: Path, force: bool) -> str:
    """What was copied, in a sentence. Raises DatabaseError."""
    require_there(url)
    engine = make_engine(url)
    if not is_file(engine):
        raise DatabaseError(by_its_own(engine, file))
    require_free(file, sqlite_file(url), force)
    if revision_of(engine) is None:
        raise DatabaseError(f"database {url_of(engine)} was never migrated; there is nothing to copy")
    with explained(engine.url):
        copy_to(engine, file)
    return f"{url_of(engine)} is copied to {file}, {file.stat().st_size / 1e6:.1f} MB"


def require_free(file: Path, database: Path | None, force: bool) -> None:
    """Raises DatabaseError where a copy must not take that name."""
    if file.is_dir():
        raise DatabaseError(f"{file} is a folder; name a file in it, as {file / 'jianyan.db'}")
    if not file.exists():
        return
    if database is not None and file.samefile(database):
        raise DatabaseError(f"{file} is the database itself; name another file")
    if not force:
        raise DatabaseError(f"{file} is there already; name another file, or write over it with --force")


def by_its_own(engine: Engine, file: Path) -> str:
    """The commands that copy a PostgreSQL database and bring it back, without a password."""
    there = engine.url
    url = URL.create(
        "postgresql", there.username, None, there.host, there.port, there.database, there.query
    ).render_as_string()
    return BY_ITS_OWN.format(url=shlex.quote(url), file=shlex.quote(str(file)))


def checked(file: Path) -> bool:
    """Tell each fault of a copy, then how many there are or what it holds; whether there is any.

    Raises DatabaseError.
    """
    if not file.is_file():
        raise DatabaseError(f"backup {file} does not exist; name another file")
    engine = open_copy(file)
    revision, newest = revision_of(engine), newest_revision()
    if revision is None:
        raise DatabaseError(f"backup {file} is no database of Jianyan; name another file")
    if revision > newest:
        raise DatabaseError(f"backup {file} was made by a newer version of Jianyan; check it with that")
    with explained(engine.url), Session(engine) as session:
        number = 0
        for fault in faults(session, revision == newest):
            number += 1
            print(fault)
        if number:
            ending = f"{number} faults; use another copy"
        elif revision == newest:
            ending = "sound; " + ", ".join(f"{n} {name}" for name, n in count(session.connection()).items())
        else:
            ending = f"sound as a file; a start brings it from schema {revision} to {newest}"
    print(f"backup {file}: {ending}")
    return number > 0


def faults(session: Session, is_newest: bool) -> Iterator[str]:
    """Each in a line; findings of an older version are not looked at."""
    damaged = False
    for fault in damage(session.connection()):
        damaged = True
        yield fault
    if damaged:
        return
    if not is_newest:
        yield from dangling(session.connection())
        return
    try:
        yield from map(line, Verification(session).flaws())
    except (ValueError, LookupError) as error:
        yield f"a row cannot be read: {error}"


if __name__ == "__main__":
    with ending_in_a_sentence():
        cli()
