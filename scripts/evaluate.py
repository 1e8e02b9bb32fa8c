"""Hold the extraction against annotated articles: python scripts/evaluate.py [GOLD_DIR]...

The figures and what counts as right are explained in tests/gold/README.md; the scoring is in
scripts/evaluation/. Nothing is stored but what --json and --write-floors write.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.errors import JianyanError
from app.extraction.pipeline import Extractor
from app.lexicon import load_lexicon
from app.settings import Settings
from scripts.evaluation.calibration import buckets
from scripts.evaluation.evaluations import FOLDERS, SCORED, Evaluation, evaluate, is_ours, total
from scripts.evaluation.floors import raised, read_floors, write_floors
from scripts.evaluation.predicting import extraction_with
from scripts.evaluation.reports import Report, changes, fault_changes, read_report, report_on
from scripts.evaluation.tables import (
    article_lines,
    calibration_lines,
    change_lines,
    fault_change_lines,
    fault_lines,
    figure_lines,
)

WRONG_CALL = 2

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="GOLD_DIR", help="by default all of tests/gold")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="Where the texts lie; by default in `articles` beside GOLD_DIR.")
    ] = None,
    per_article: Annotated[bool, typer.Option("--per-article", help="The F1 of every article too.")] = False,
    errors: Annotated[
        bool,
        typer.Option(
            "--errors", help="List what was missed or is spurious; of tests/gold/scored only when named."
        ),
    ] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="How often proposals are right, by their confidence.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="REPORT", help="Show what changed since an earlier --json.")
    ] = None,
    json_to: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write a report; to stdout nothing else.")
    ] = None,
    floors: Annotated[
        bool, typer.Option("--write-floors", help="Raise tests/gold/floors.toml to what is reached now.")
    ] = False,
    lower: Annotated[bool, typer.Option("--lower", help="Let --write-floors lower floors too.")] = False,
) -> None:
    """Hold the extraction against annotated articles and print how much of it is right.

    Exit code 0: done; 2: wrong option, or something that cannot be read.
    """
    try:
        earlier = read_report(against) if against else None
        evaluations = run(folders or list(FOLDERS), articles)
        if floors:
            raise_floors(evaluations, lower)
    except JianyanError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(WRONG_CALL) from error
    report = report_on(evaluations)
    if json_to:
        write(report, json_to)
    if json_to == "-":
        return
    open_folders = [each for each in evaluations if folders or each.folder != SCORED]
    show(figures(evaluations))
    if per_article:
        show(line for each in evaluations for line in (f"\n{each.name}", *article_lines(each)))
    if calibration:
        show(("\nCalibration", *calibration_lines(buckets(total(evaluations).graded))))
    if errors:
        show(line for each in open_folders for line in (f"\n{each.name}", *fault_lines(each)))
    if earlier:
        show(compared(earlier, report, {each.name for each in open_folders}))
