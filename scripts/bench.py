"""Measure the speed of Jianyan: python scripts/bench.py extract|api [--json]."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

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


if __name__ == "__main__":
    cli()
