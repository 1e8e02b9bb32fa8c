"""Evaluations as a JSON document, and what changed since an earlier one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import JianyanError
from app.extraction.pipeline import VERSION
from scripts.evaluation.counts import FIGURES, Count, Counts, Fault
from scripts.evaluation.evaluations import Evaluation, total


class ReportError(JianyanError):
    """An earlier report cannot be read or compared with."""


class Row(BaseModel):
    """One figure; `gold` and `predicted` are numbers of decisions."""

    model_config = ConfigDict(frozen=True)

    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int


class ArticleReport(BaseModel):
    figures: dict[str, Row]
    faults: list[Fault]


class FolderReport(BaseModel):
    figures: dict[str, Row]
    articles: dict[str, ArticleReport]


class Report(BaseModel):
    """By folder, figure and article; `figures` outside of a folder are those of all folders together."""

    extractor_version: str
    figures: dict[str, Row]
    folders: dict[str, FolderReport]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and now; None where it had nothing to decide."""

    figure: str
    before: Row | None
    now: Row | None


@dataclass(frozen=True, slots=True)
class FaultChange:
    """A fault of an article that is gone, or new."""

    gained: bool
    article: str
    fault: Fault


def report_on(evaluations: list[Evaluation]) -> Report:
    return Report(
        extractor_version=VERSION,
        figures=_rows(total(evaluations).counts),
        folders={each.name: _folder_report(each) for each in evaluations},
    )


def read_report(path: Path) -> Report:
    """A report written with --json. Raises ReportError."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ReportError(f"{path}: is no report; write one with --json {path}") from error


def changes(before: FolderReport, now: FolderReport) -> list[Change]:
    """The figures that differ, in the order of the tables."""
    pairs = ((figure, before.figures.get(figure), now.figures.get(figure)) for figure in FIGURES)
    return [Change(figure, old, new) for figure, old, new in pairs if old != new]


def fault_changes(before: FolderReport, now: FolderReport) -> Iterator[FaultChange]:
    """The faults that are gone, then those that are new, of the articles that both reports have."""
    for name in sorted(before.articles.keys() & now.articles.keys()):
        old, new = before.articles[name].faults, now.articles[name].faults
        yield from (FaultChange(True, name, fault) for fault in _missing_from(new, old))
        yield from (FaultChange(False, name, fault) for fault in _missing_from(old, new))


def _missing_from(others: Iterable[Fault], faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults whose thing is not among the others' as often; what was found instead may differ."""
    left = Counter(map(_thing, others))
    for fault in faults:
        if left[_thing(fault)]:
            left[_thing(fault)] -= 1
        else:
            yield fault


def _thing(fault: Fault) -> tuple[str, str, str]:
    return fault.figure, fault.item, fault.sentence


def _folder_report(evaluation: Evaluation) -> FolderReport:
    articles = {
        name: ArticleReport(figures=_rows(judgement.counts), faults=list(judgement.faults))
        for name, judgement in evaluation.articles.items()
    }
    return FolderReport(figures=_rows(total([evaluation]).counts), articles=articles)


def _rows(counts: Counts) -> dict[str, Row]:
    return {figure: _row(count) for figure, count in counts.items()}


def _row(count: Count) -> Row:
    return Row(
        precision=count.precision,
        recall=count.recall,
        f1=count.f1,
        gold=count.gold,
        predicted=count.predicted,
    )
