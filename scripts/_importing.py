"""What scripts share that bring articles into the database: processes, Ctrl-C, what is told, exit codes."""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from time import perf_counter
from typing import Any

import typer
from _ending import INTERRUPTED, NOT_DONE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.errors import JianyanError
from app.ingest.conductor import Report, Results, Summary, crashed
from app.ingest.preparing import Item, Prepare, Prepared, batches, is_risky
from app.ingest.processes import Processes

NICENESS = 19
"""How much an import gives way, from 0 to 19: of a busy core it takes a seventieth."""
EVERY = 100
"""Articles of which one line tells where there is no terminal."""


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def give_way() -> None:
    """Let others have the processor before this process and those it starts: a server comes first."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


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


def prepared(items: Iterable[Item], make: Callable[[], Prepare], workers: int, stop: Stop) -> Results:
    """What is made of the items in so many processes, until somebody asks to stop."""
    processes: Processes[Item, Prepared] = Processes(workers, make, crashed, is_risky)
    return processes.results(batches(until(stop, items)))


def until(stop: Stop, items: Iterable[Item]) -> Iterator[Item]:
    """The items, none any more once somebody asked to stop."""
    return takewhile(lambda _: not stop.asked, items)


@contextlib.contextmanager
def explaining() -> Iterator[None]:
    """Ends the program with one sentence where the block cannot go on or is interrupted."""
    try:
        yield
    except JianyanError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(NOT_DONE) from error
    except KeyboardInterrupt as error:
        print("Stopped; what was stored so far is kept.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error


def make_printable() -> None:
    """Let stdout and stderr take every text, a line at once: a name may be anything."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Words:
    """What a script does, and how it tells of an article: as an object, or in a line if it is worth one."""

    doing: str
    as_object: Callable[[Report], dict[str, Any]]
    as_line: Callable[[Report], str | None]


@dataclass
class Telling:
    """Tells of each article as it is done, and how far the import is."""

    words: Words
    console: Console
    progress: Progress
    quiet: bool
    as_json: bool
    started: float = field(default_factory=perf_counter)
    done: int = 0

    def __call__(self, report: Report) -> None:
        self.done += 1
        if self.as_json:
            print(json.dumps(self.words.as_object(report), ensure_ascii=False))
        elif (line := failure(report) if self.quiet else self.words.as_line(report)) is not None:
            self.console.print(line, markup=False)
        if self.console.is_terminal:
            self.progress.update(self.progress.task_ids[0], completed=self.done, speed=self.speed())
        elif self.done % EVERY == 0 and not self.quiet and not self.as_json:
            self.console.print(f"{self.done} articles, {self.speed():.0f} a second")

    def speed(self) -> float:
        return self.done / max(1e-6, perf_counter() - self.started)


@contextlib.contextmanager
def telling(words: Words, quiet: bool, as_json: bool) -> Iterator[Telling]:
    """With a progress bar on a terminal, unless quiet."""
    console = Console(stderr=quiet or as_json, highlight=False, soft_wrap=True)
    columns = (
        *(TextColumn(words.doing), BarColumn(), TextColumn("{task.completed:.0f} articles")),
        *(TextColumn("{task.fields[speed]:.0f} a second"), TimeElapsedColumn()),
    )
    shown = console.is_terminal and not quiet
    with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
        progress.add_task("", total=None, speed=0.0)
        yield Telling(words, console, progress, quiet, as_json)


def failure(report: Report) -> str | None:
    """Which article failed and why; None for one that did not."""
    return f"failed  {report.source}: {report.reason}" if report.reason is not None else None


def exit_code(summary: Summary) -> int:
    """0: all are in; 1: some failed; 2: nothing could be read; 130: stopped."""
    if summary.stopped:
        return INTERRUPTED
    if summary.articles and not summary.was_read:
        return NOT_DONE
    return 1 if summary.outcomes["failed"] else 0
