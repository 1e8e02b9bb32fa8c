#!/usr/bin/env python3
"""Import articles: python scripts/ingest.py SOURCE... for files, folders, archives, pages and feeds."""

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
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from app.database import make_engine, migrate
from app.errors import JianyanError
from app.importers.pieces import Found, Said
from app.importers.sources import Options, find
from app.ingest.conductor import Report, Results, Summary, Tell, crashed, ingest, rehearse
from app.ingest.preparing import Item, Prepared, batches, our_preparer
from app.ingest.processes import Processes
from app.settings import Settings
from app.store.runs import validators_of
from app.store.searchable import make_searchable
from app.store.seeds import load_seeds

NOTHING_DONE = 2
INTERRUPTED = 130
EVERY = 100
"""Articles of which one line tells where there is no terminal."""

SOURCES = (
    "Files (.txt .md .html .pdf .docx .jsonl, these as .gz, and .zip), folders, addresses of pages or feeds, "
    "- for JSON lines on standard input."
)

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    given: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help=SOURCES)] = None,
    from_list: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A file with a source in each line.")
    ] = None,
    since_last: Annotated[
        bool, typer.Option(help="Pass over files and pages that did not change since they were imported.")
    ] = False,
    source: Annotated[str | None, typer.Option(help="Who published the articles, whatever they say.")] = None,
    published_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When they were published.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The address of the article.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Extract and report, and store nothing.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write a JSON object for each article to stdout, a line each.")
    ] = False,
    quiet: Annotated[bool, typer.Option(help="Tell nothing but what failed.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each core.")] = None,
    allow_private: Annotated[
        bool | None, typer.Option(help="Fetch from this machine and private networks too.")
    ] = None,
    seconds_between: Annotated[
        float, typer.Option(min=0, help="Seconds between two requests to one host.")
    ] = 1.0,
    database: Annotated[str | None, typer.Option(help="SQLAlchemy URL; by default that of Jianyan.")] = None,
) -> None:
    """Import articles into the database, which is made ready first.

    Exit code 0: all are in; 1: some failed; 2: nothing could be done, or a wrong option; 130: stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]  # a path may be anything
    if not given and not from_list:
        raise typer.BadParameter("name files, folders or addresses, or a list of them with --from-list")
    day = published_on.date() if published_on else None
    started = perf_counter()
    try:
        settings = Settings()
        engine = None if dry_run else ready_engine(database or settings.database_url)
        private = settings.fetch_private if allow_private is None else allow_private
        options = Options(
            allow_private=private, seconds_between=seconds_between, lists=tuple(from_list or ())
        )
        options = remembering(options, engine) if since_last and engine else options
        work = Work(engine, settings.data_dir, Said(None, source, day, url), workers or cores())
        sources = [*(given or ()), *map(str, from_list or ())]
        with telling(quiet, as_json) as tell, stopping() as stop:
            summary = work.run(find(given or (), options), sources, tell, stop)
    except JianyanError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(NOTHING_DONE) from error
    except KeyboardInterrupt as error:
        print("Stopped; what was stored so far is kept.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error
    if not quiet:
        print(told(engine, summary, perf_counter() - started), file=sys.stderr if as_json else sys.stdout)
    raise typer.Exit(exit_code(summary))


def ready_engine(url: str) -> Engine:
    """The engine of a database that is migrated and has the reference seeds."""
    engine = make_engine(url)
    migrate(engine)
    load_seeds(engine)
    make_searchable(engine)
    return engine


def remembering(options: Options, engine: Engine) -> Options:
    """Options that leave out what did not change since it was imported."""
    known = partial(validators_of, engine)
    return replace(
        options, is_known=lambda name, own: bool(own) and known(name) == dict(own), validators_of=known
    )


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Stop:
    """Whether somebody asked to stop."""

    asked: bool = False


@contextlib.contextmanager
def stopping() -> Iterator[Stop]:
    """Ctrl-C once lets the articles at hand be finished; twice ends the program."""
    stop = Stop()

    def ask(*_: object) -> None:
        stop.asked = True
        signal.signal(signal.SIGINT, former)
        print("Stopping after the articles at hand; Ctrl-C again stops at once.", file=sys.stderr)

    former = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, former)


@dataclass(frozen=True, slots=True)
class Work:
    """An import into `engine`, or a rehearsal without one."""

    engine: Engine | None
    data_dir: Path
    said: Said
    workers: int

    def run(self, found: Iterable[Found], sources: Sequence[str], tell: Tell, stop: Stop) -> Summary:
        items = takewhile(lambda _: not stop.asked, found)
        if self.engine is None:
            return rehearse(self._prepared(items, None), tell)
        url = self.engine.url.render_as_string(hide_password=False)
        prepared = self._prepared(items, url)
        return ingest(self.engine, prepared, sources=sources, tell=tell, stop=lambda: stop.asked)

    def _prepared(self, items: Iterable[Item], url: str | None) -> Results:
        make = partial(our_preparer, self.data_dir, url, self.said)
        processes: Processes[Item, Prepared] = Processes(self.workers, make, crashed)
        return processes.results(batches(items))


@dataclass
class Telling:
    """Tells of each article as it is done its JSON or why it failed, and how far the import is."""

    console: Console
    progress: Progress
    quiet: bool
    as_json: bool
    started: float = field(default_factory=perf_counter)
    done: int = 0

    def __call__(self, report: Report) -> None:
        self.done += 1
        if self.as_json:
            print(json.dumps(as_object(report), ensure_ascii=False))
        elif report.reason is not None:
            self.console.print(f"failed  {report.source}: {report.reason}", markup=False)
        if self.console.is_terminal:
            self.progress.update(self.progress.task_ids[0], completed=self.done, speed=self.speed())
        elif self.done % EVERY == 0 and not self.quiet and not self.as_json:
            self.console.print(f"{self.done} articles, {self.speed():.0f} a second")

    def speed(self) -> float:
        return self.done / max(1e-6, perf_counter() - self.started)


@contextlib.contextmanager
def telling(quiet: bool, as_json: bool) -> Iterator[Telling]:
    """With a progress bar on a terminal, unless quiet."""
    console = Console(stderr=quiet or as_json, highlight=False, soft_wrap=True)
    columns = (
        *(TextColumn("Importing"), BarColumn(), TextColumn("{task.completed:.0f} articles")),
        *(TextColumn("{task.fields[speed]:.0f} a second"), TimeElapsedColumn()),
    )
    shown = console.is_terminal and not quiet
    with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
        progress.add_task("", total=None, speed=0.0)
        yield Telling(console, progress, quiet, as_json)


def as_object(report: Report) -> dict[str, Any]:
    """An article as the JSON report has it; `outcome` and `id` are null in a dry run."""
    return {
        "source": report.source,
        "id": report.article_id,
        "outcome": report.outcome,
        **asdict(report.counts),
        "reason": report.reason,
        "seconds": round(report.seconds, 4),
    }


def told(engine: Engine | None, summary: Summary, seconds: float) -> str:
    """5 articles: 4 new, 1 failed; 48 proposals, …; 0.6 s; database sqlite:///data/jianyan.db"""
    parts = [f"{summary.articles} articles" + (": " if summary.articles else "")]
    parts[0] += ", ".join(f"{number} {outcome}" for outcome, number in summary.outcomes.items())
    if summary.articles:
        parts.append(", ".join(f"{number} {name}" for name, number in summary.counts.items()))
    parts.append(f"{seconds:.1f} s")
    url = engine.url.render_as_string(hide_password=True) if engine else None
    parts.append(f"database {url}" if url else "nothing was stored")
    if summary.stopped:
        place = f"after {summary.stopped_after}" if summary.stopped_after else "before the first article"
        parts.append(f"stopped {place}; the same command goes on from there")
    return "; ".join(parts)


def exit_code(summary: Summary) -> int:
    if summary.stopped:
        return INTERRUPTED
    if summary.articles and not summary.was_read:
        return NOTHING_DONE
    return 1 if summary.outcomes["failed"] else 0


if __name__ == "__main__":
    cli()
