#!/usr/bin/env python3
"""Bring stored articles to the current extractor version: python scripts/reextract.py [--dry-run] [--json].

Findings keep their ids where their words and speakers are the same, and what an article's source said of it
stays.
"""

# ruff: noqa: E402  the packages imported below may have to be installed first
import sys

from _environment import ROOT, start_in_own_environment

start_in_own_environment()
sys.path.insert(0, str(ROOT))

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from _databases import ready_engine, require_there
from _ending import ending_in_a_sentence
from _importing import (
    Stop,
    Words,
    cores,
    exit_code,
    explaining,
    failure,
    give_way,
    make_printable,
    prepared,
    stopping,
    telling,
)
from sqlalchemy import Engine

from app.database import patient
from app.errors import SourceError
from app.extraction.pipeline import VERSION
from app.ingest.conductor import Report, Summary, Tell, ingest, rehearse_writing
from app.ingest.preparing import our_preparer
from app.settings import Settings
from app.store.saved import Changes
from app.store.stored import StoredArticle, find_all, find_named, find_old

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    article: Annotated[
        list[int] | None, typer.Option(metavar="ID", help="Only that article, be it current or not; repeat.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All articles, be they current or not.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Tell what would change, and change nothing.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write a JSON object for each article to stdout, a line each.")
    ] = False,
    quiet: Annotated[bool, typer.Option(help="Tell nothing but what failed.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each core.")] = None,
    database: Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")] = None,
) -> None:
    """Extract stored articles anew whose findings are of another extractor version, and tell what changed.

    Exit code 0: all are current; 1: some failed; 2: nothing could be done, or a wrong option; 130: stopped.
    """
    make_printable()
    if article and everything:
        raise typer.BadParameter("name articles or take all, not both")
    started = perf_counter()
    with explaining():
        settings = Settings()
        require_there(database or settings.database_url)
        engine = ready_engine(database or settings.database_url)
        work = Work(engine, settings.data_dir, workers or cores(), dry_run)
        with telling(Words("Extracting", as_object, line), quiet, as_json) as tell, stopping() as stop:
            tally = Tally(tell)
            summary = work.run(chosen(engine, article or (), everything), tally, stop)
    if not quiet:
        ending = [*told(summary, tally), f"{perf_counter() - started:.1f} s", place(engine, dry_run)]
        print("; ".join(ending), file=sys.stderr if as_json else sys.stdout)
    raise typer.Exit(exit_code(summary))


def chosen(engine: Engine, ids: Sequence[int], everything: bool) -> Iterator[StoredArticle | SourceError]:
    """The articles that are to be extracted anew, in the order of their ids."""
    if ids:
        return find_named(engine, ids)
    return find_all(engine) if everything else find_old(engine, VERSION)


@dataclass
class Tally:
    """Counts what changed, and has it told: articles, and findings that were kept, added or removed."""

    tell: Tell
    articles: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    def __call__(self, report: Report) -> None:
        if report.changes:
            self.articles += is_change(report.changes)
            self.findings.update(asdict(report.changes))
        self.tell(report)


@dataclass(frozen=True, slots=True)
class Work:
    """A new extraction of what is stored, or the rehearsal of one."""

    engine: Engine
    data_dir: Path
    workers: int
    dry_run: bool

    def run(self, found: Iterator[StoredArticle | SourceError], tell: Tell, stop: Stop) -> Summary:
        first = next(found, None)
        if first is None:
            return Summary()  # without a run that did nothing
        make = partial(our_preparer, self.data_dir, None)
        results = prepared(chain([first], found), make, self.workers, stop)
        if self.dry_run:
            return rehearse_writing(self.engine, results, tell, lambda: stop.asked)
        engine = patient(self.engine)
        return ingest(engine, results, sources=["re-extraction"], tell=tell, stop=lambda: stop.asked)


def is_change(changes: Changes) -> bool:
    return bool(changes.added or changes.removed)


def line(report: Report) -> str | None:
    """article 3 “重庆日报…”: 12 kept, 1 added, 0 removed; None where all findings are the same."""
    if report.changes is None or not is_change(report.changes):
        return failure(report)
    changed = ", ".join(f"{number} {what}" for what, number in asdict(report.changes).items())
    return f"{report.source}: {changed}"


def as_object(report: Report) -> dict[str, Any]:
    """An article as the JSON report has it; `id` and `changes` are null where it failed."""
    return {
        "source": report.source,
        "id": report.article_id,
        "changes": asdict(report.changes) if report.changes else None,
        "reason": report.reason,
    }


def told(summary: Summary, tally: Tally) -> list[str]:
    """5 articles: 4 replaced, 1 failed; 2 of them changed: 48 findings kept, 3 added, 1 removed"""
    if not summary.articles:
        return [f"0 articles: the findings of all are of extractor version {VERSION}"]
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in summary.outcomes.items())
    parts = [f"{summary.articles} articles: {outcomes}"]
    if tally.findings:
        found = tally.findings
        numbers = f"{found['kept']} findings kept, {found['added']} added, {found['removed']} removed"
        parts.append(f"{tally.articles} of them changed: {numbers}")
    if summary.stopped:
        parts.append(f"stopped after {summary.stopped_after}; those after it are as they were")
    return parts


def place(engine: Engine, dry_run: bool) -> str:
    """Where it was stored."""
    if dry_run:
        return "nothing was stored"
    return f"database {engine.url.render_as_string(hide_password=True)}"


if __name__ == "__main__":
    give_way()
    with ending_in_a_sentence():
        cli()
