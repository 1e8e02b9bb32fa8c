"""Hold the extraction against annotated articles: python scripts/evaluate.py [GOLD_DIR]...

The figures and what counts as right are explained in tests/gold/README.md; the scoring is in
scripts/evaluation/. Nothing is stored but what --json and --write-floors write.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.errors import JianyanError
from app.extraction.pipeline import Extractor
from app.lexicon import load_lexicon
from app.settings import Settings
from scripts.evaluation.calibration import buckets
from scripts.evaluation.evaluations import FOLDERS, SCORED, Evaluation, evaluate, total
from scripts.evaluation.floors import raised, read_floors, write_floors
from scripts.evaluation.predicting import extraction_with
from scripts.evaluation.reports import Report, ReportError, changes, fault_changes, read_report, report_on
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
        report = report_on(evaluations)
        if floors:
            set_floors(evaluations, lower)
        if json_to:
            write(report, json_to)
    except JianyanError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(WRONG_CALL) from error
    if json_to == "-":
        return
    unread = set() if folders else {SCORED.name}
    show(figures_of(evaluations))
    if per_article:
        show(section(each.name, article_lines(each)) for each in evaluations)
    if calibration:
        show([section("calibration", calibration_lines(buckets(total(evaluations).graded)))])
    if errors:
        show(faults_of(evaluations, unread))
    if earlier:
        show(compared(earlier, report, unread))


def run(folders: list[Path], articles: Path | None) -> list[Evaluation]:
    lexicon = load_lexicon()
    predict = extraction_with(Extractor(lexicon, Settings().data_dir), lexicon)
    return [evaluate(folder, predict, articles) for folder in folders]


def set_floors(evaluations: list[Evaluation], lower: bool) -> None:
    """Raises FloorError for a folder outside of tests/gold."""
    write_floors(raised(read_floors(), evaluations, lower))


def write(report: Report, target: str) -> None:
    """To the file, or to stdout for "-". Raises ReportError."""
    document = report.model_dump_json(indent=1) + "\n"
    if target == "-":
        sys.stdout.write(document)
        return
    try:
        Path(target).write_text(document, "utf-8")
    except OSError as error:
        raise ReportError(f"{target}: cannot be written: {error.strerror}") from error


def figures_of(evaluations: list[Evaluation]) -> Iterator[str]:
    """A table for each folder and, when there are several, one for all."""
    for each in evaluations:
        yield section(f"{each.name}, {len(each.articles)} articles", figure_lines(total([each]).counts))
    if len(evaluations) > 1:
        yield section("all together", figure_lines(total(evaluations).counts))


def faults_of(evaluations: list[Evaluation], unread: Collection[str]) -> Iterator[str]:
    for each in evaluations:
        hidden = each.name in unread
        yield section(each.name, ["not listed unless the folder is named"] if hidden else fault_lines(each))


def compared(earlier: Report, report: Report, unread: Collection[str]) -> Iterator[str]:
    """What changed in each folder that the earlier report has too; figures alone of those unread."""
    for name, now in report.folders.items():
        before = earlier.folders.get(name)
        if before is None:
            yield section(f"{name}: not in the earlier report", ())
            continue
        yield section(f"{name}, changes", change_lines(changes(before, now)))
        if name not in unread:
            yield from fault_change_lines(fault_changes(before, now))


def section(title: str, lines: Iterable[str]) -> str:
    return "\n".join((f"== {title}", *lines))


def show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    cli()
