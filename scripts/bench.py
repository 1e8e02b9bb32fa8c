"""Measure the speed of Jianyan: python scripts/bench.py extract|ingest|api|beside [--json]."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

DEFAULT_ROWS = ["10000", "100000", "1000000"]
DEFAULT_WORKERS = ["1", "2"]

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def main() -> None:
    """Measure the speed of Jianyan."""


@cli.command()
def extract(
    megabytes: Annotated[float, typer.Option(min=0.001, help="UTF-8 size of the text extracted.")] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as one JSON object.")] = False,
) -> None:
    """The whole extraction, article by article, held against jieba.cut alone over the same text.

    The annotated articles are repeated with other people up to the size asked for. The peak memory is
    that before jieba.cut loads a dictionary of its own.
    """
    from scripts.benchmarks.extraction import measure, table

    figures = measure(megabytes)
    if as_json:
        print(json.dumps(asdict(figures), indent=1))
        return
    for line in table(figures):
        print(line)


@cli.command()
def ingest(
    number: Annotated[int, typer.Option("--articles", min=8, help="How many are imported.")] = 100_000,
    workers: Annotated[
        list[str], typer.Option(help="Processes; several by commas or repeated.")
    ] = DEFAULT_WORKERS,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where articles and databases are made; by default in the data folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as one JSON object.")] = False,
) -> None:
    """Distinct articles made of the examples' paragraphs, imported into an empty and into a full database.

    Each stage is measured alone over some of them first.
    """
    from app.settings import Settings
    from scripts.benchmarks.ingest import measure, table

    place = folder or Settings().data_dir / "bench"
    figures = measure(number, numbers(workers, "--workers"), place)
    print(json.dumps(figures.document(), indent=1) if as_json else "\n".join(table(figures)))


@cli.command()
def beside(
    number: Annotated[int, typer.Option("--articles", min=8, help="How many are imported.")] = 5_000,
    rate: Annotated[float, typer.Option(min=1, help="Requests a second.")] = 200.0,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where articles and databases are made; by default in the data folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as one JSON object.")] = False,
) -> None:
    """How long readers wait for one worker of the API while an import runs, held against no import.

    Requests come at a steady rate and count from when they were due; any answer that is
    not a 200 ends the run.
    """
    from app.settings import Settings
    from scripts.benchmarks.beside import measure, table
    from scripts.benchmarks.load import LoadError
    from scripts.benchmarks.server import ServerError

    try:
        figures = measure(number, rate, folder or Settings().data_dir / "bench")
    except (LoadError, ServerError) as error:
        sys.exit(str(error))
    print(json.dumps(figures.document(), indent=1) if as_json else "\n".join(table(figures)))


@cli.command()
def api(
    rows: Annotated[list[str], typer.Option(help="Proposals; several by commas or repeated.")] = DEFAULT_ROWS,
    seconds: Annotated[float, typer.Option(min=0.05, help="How long each route is loaded.")] = 3.0,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|URL",
            help="Where the databases are made and kept: a folder, by default one in the data folder, or a "
            "PostgreSQL server whose role may create databases.",
        ),
    ] = None,
    connections: Annotated[int, typer.Option(min=1, help="Requests in flight.")] = 8,
    peer: Annotated[
        Literal["datasette"] | None, typer.Option(help="Another server to measure on the same SQLite file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as one JSON object.")] = False,
) -> None:
    """One worker of the API on synthetic databases, held against a static answer it gives itself.

    Each route is asked for many different things; any answer that is not a 200 ends the run. A database
    that was made once is used again.
    """
    from app.errors import JianyanError
    from app.settings import Settings
    from scripts.benchmarks import peers
    from scripts.benchmarks.api import Options, measure, table
    from scripts.benchmarks.load import LoadError
    from scripts.benchmarks.server import ServerError

    try:
        place = database or str(Settings().data_dir / "bench")
        chosen = peers.Name(peer) if peer else None
        figures = measure(numbers(rows), Options(seconds, connections, place, chosen))
    except (JianyanError, LoadError, ServerError) as error:
        sys.exit(str(error))
    print(json.dumps(figures.document(), indent=1) if as_json else "\n".join(table(figures)))


def numbers(given: list[str], option: str = "--rows") -> list[int]:
    """Numbers above 0, as 10000,1000000 has them. Raises typer.BadParameter."""
    try:
        found = [int(each) for some in given for each in some.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"{option}: {error}") from error
    if min(found) < 1:
        raise typer.BadParameter(f"{option}: 1 or more")
    return found


if __name__ == "__main__":
    cli()
