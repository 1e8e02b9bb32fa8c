#!/usr/bin/env python3
"""Import articles: python scripts/ingest.py PATH... for .txt and .md files and folders of them."""

# ruff: noqa: E402  the packages imported below may have to be installed first
import contextlib
import os
import sys
from importlib.util import find_spec

from _environment import FOLDER, ROOT, SERVE_LOCK, TEST_LOCK, Environment, SetupError, clean_environ


def start_in_own_environment() -> None:
    """Go on with the Python of .venv, made and filled when needed; stdout is left to the report."""
    environment = Environment(FOLDER)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            environment.provide(SERVE_LOCK, covered_by=(TEST_LOCK,))
    except SetupError as error:
        sys.exit(str(error))
    os.execve(environment.python, [str(environment.python), *sys.argv], clean_environ())


if find_spec("typer") is None:
    start_in_own_environment()

sys.path.insert(0, str(ROOT))

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine

from app.database import make_engine, migrate
from app.errors import JianyanError
from app.extraction.pipeline import VERSION
from app.ingest import Report, Tell, ingest, load_extract, rehearse
from app.settings import Settings
from app.store.articles import Counts
from app.store.searchable import make_searchable
from app.store.seeds import load_seeds

NOTHING_READABLE = 2
INTERRUPTED = 130

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=".txt and .md files, and folders")],
    dry_run: Annotated[bool, typer.Option(help="Extract and report, and store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON report to stdout.")] = False,
    database: Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")] = None,
) -> None:
    """Import articles into the database, which is made ready first.

    Exit code 0: all are in; 1: some failed; 2: nothing could be read, or a wrong option.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]  # a path may be anything
    started = perf_counter()
    try:
        engine = None if dry_run else ready_engine(database)
        with telling(quiet=as_json) as tell:
            reports = run(engine, paths, tell)
    except JianyanError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(NOTHING_READABLE) from error
    except KeyboardInterrupt as error:
        print("Stopped; what was imported so far is kept.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error
    seconds = perf_counter() - started
    print(as_document(engine, reports, seconds) if as_json else summary(engine, reports, seconds))
    raise typer.Exit(exit_code(reports))


def ready_engine(url: str | None) -> Engine:
    """The engine of a database that is migrated and has the reference seeds."""
    engine = make_engine(url or Settings().database_url)
    migrate(engine)
    load_seeds(engine)
    make_searchable(engine)
    return engine


def run(engine: Engine | None, paths: list[Path], tell: Tell) -> tuple[Report, ...]:
    """Import into the database, or only rehearse without one."""
    if engine is None:
        return rehearse(paths, load_extract(), tell=tell)
    return ingest(engine, paths, load_extract(Settings().data_dir), tell=tell)


@contextlib.contextmanager
def telling(quiet: bool) -> Iterator[Tell]:
    """Tells of each article as it is done: a line unless quiet, and a progress bar on a terminal."""
    console = Console(stderr=quiet, highlight=False, soft_wrap=True)
    columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def tell(report: Report, total: int) -> None:
            if not quiet:
                console.print(line(report), markup=False)
            progress.update(task, total=total, advance=1)

        yield tell


def line(report: Report) -> str:
    """new  a.txt: 12 proposals, 5 people, 4 institutions, 7 metrics (0.31 s)"""
    what = report.outcome or "read"
    told = said(report.result.counts) if report.result else report.reason
    return f"{what:<9}  {report.source}: {told} ({report.seconds:.2f} s)"


def said(counts: Counts) -> str:
    return ", ".join(f"{number} {name}" for name, number in asdict(counts).items())


def summary(engine: Engine | None, reports: tuple[Report, ...], seconds: float) -> str:
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in outcomes_of(reports).items())
    return (
        f"{len(reports)} articles: {outcomes}; {said(all_counts(reports))}; {seconds:.1f} s; "
        f"{f'database {url_of(engine)}' if engine else 'nothing was stored'}"
    )


def as_document(engine: Engine | None, reports: tuple[Report, ...], seconds: float) -> str:
    """The report as JSON; its articles have `outcome` and `article_id` null after a dry run."""
    document = {
        "dry_run": engine is None,
        "database": url_of(engine) if engine else None,
        "extractor_version": VERSION,
        "outcomes": outcomes_of(reports),
        **asdict(all_counts(reports)),
        "seconds": round(seconds, 3),
        "articles": [article_of(report) for report in reports],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def article_of(report: Report) -> dict[str, Any]:
    return {
        "source": report.source,
        "outcome": report.outcome,
        "article_id": report.result.article_id if report.result else None,
        **asdict(report.result.counts if report.result else Counts()),
        "reason": report.reason,
        "seconds": round(report.seconds, 3),
    }


def outcomes_of(reports: tuple[Report, ...]) -> dict[str, int]:
    return dict(Counter(report.outcome or "read" for report in reports))


def all_counts(reports: tuple[Report, ...]) -> Counts:
    total: Counter[str] = Counter()
    for report in reports:
        total.update(asdict(report.result.counts) if report.result else {})
    return Counts(**total)


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def exit_code(reports: tuple[Report, ...]) -> int:
    if not any(report.was_read for report in reports):
        return NOTHING_READABLE
    return 1 if any(report.result is None for report in reports) else 0


if __name__ == "__main__":
    cli()
