#!/usr/bin/env python3
"""Import articles: python scripts/ingest.py SOURCE... for files, folders, archives, pages and feeds."""

# ruff: noqa: E402  the packages imported below may have to be installed first
import sys

from _environment import ROOT, start_in_own_environment

start_in_own_environment()
sys.path.insert(0, str(ROOT))

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from _databases import ready_engine
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
    until,
)
from sqlalchemy import Engine

from app.database import patient
from app.importers.names import is_address, name_of
from app.importers.pieces import Found, Said
from app.importers.sources import Options, find
from app.ingest.cluster import Cluster, connected
from app.ingest.conductor import Report, Results, Summary, Tell, ingest, rehearse
from app.ingest.preparing import our_preparer
from app.settings import Settings
from app.store.runs import validators_of

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
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers import.")
    ] = None,
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
    make_printable()
    if not given and not from_list:
        raise typer.BadParameter("name files, folders or addresses, or a list of them with --from-list")
    if cluster is not None and workers:
        raise typer.BadParameter("--workers are processes of this machine; leave them out with --cluster")
    if url is not None and not is_address(url):
        raise typer.BadParameter("--url is no address of a web page; write it as https://host/path")
    said = Said(None, source, published_on.date() if published_on else None, url)
    started = perf_counter()
    with explaining():
        settings = Settings()
        target = None if dry_run else database or settings.database_url
        private = settings.fetch_private if allow_private is None else allow_private
        options = Options(
            allow_private=private, seconds_between=seconds_between, lists=tuple(from_list or ())
        )
        sources = [name_of(each) for each in (*(given or ()), *(from_list or ()))]
        with nullcontext() if cluster is None else connected(cluster, target, said) as there:
            engine = ready_engine(target) if target else None
            options = remembering(options, engine) if since_last and engine else options
            work = Work(engine, settings.data_dir, said, workers or cores(), there)
            with telling(Words("Importing", as_object, failure), quiet, as_json) as tell, stopping() as stop:
                summary = work.run(find(given or (), options), sources, tell, stop)
    if not quiet:
        print(told(engine, summary, perf_counter() - started), file=sys.stderr if as_json else sys.stdout)
    raise typer.Exit(exit_code(summary))


def remembering(options: Options, engine: Engine) -> Options:
    """Options that leave out what did not change since it was imported."""
    known = partial(validators_of, engine)
    return replace(
        options, is_known=lambda name, own: bool(own) and known(name) == dict(own), validators_of=known
    )


@dataclass(frozen=True, slots=True)
class Work:
    """An import into `engine`, or a rehearsal without one; in `workers` processes, or on a cluster."""

    engine: Engine | None
    data_dir: Path
    said: Said
    workers: int
    cluster: Cluster | None

    def run(self, found: Iterable[Found], sources: Sequence[str], tell: Tell, stop: Stop) -> Summary:
        results = self._results(found, stop)
        if self.engine is None:
            return rehearse(results, tell, lambda: self._is_stopped(stop))
        engine = patient(self.engine)
        return ingest(engine, results, sources=sources, tell=tell, stop=lambda: self._is_stopped(stop))

    def _is_stopped(self, stop: Stop) -> bool:
        # What a cluster has at hand it also stores: it is waited for and told of.
        return stop.asked and (self.cluster is None or self.cluster.is_idle)

    def _results(self, found: Iterable[Found], stop: Stop) -> Results:
        if self.cluster:
            return self.cluster.results(until(stop, found))
        url = self.engine.url.render_as_string(hide_password=False) if self.engine else None
        return prepared(found, partial(our_preparer, self.data_dir, url, self.said), self.workers, stop)


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


if __name__ == "__main__":
    give_way()
    with ending_in_a_sentence():
        cli()
