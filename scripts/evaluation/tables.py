"""Evaluations as lines for a terminal."""

from collections.abc import Iterable, Iterator

from scripts.evaluation.calibration import Bucket
from scripts.evaluation.counts import FIGURES, Counts, Fault
from scripts.evaluation.evaluations import Evaluation
from scripts.evaluation.reports import Change, FaultChange, Row

NAME_WIDTH = 34
SHORT = {"institutions": "bodies", "published_on": "date", "qualifiers": "qualif."}


def figure_lines(counts: Counts) -> Iterator[str]:
    """A line for each figure: precision, recall, F1, and the decisions in gold and predictions."""
    yield f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}{'pred':>8}"
    for figure, count in counts.items():
        shares = f"{count.precision:7.3f}{count.recall:7.3f}{count.f1:7.3f}"
        yield f"{figure:14}{shares}{count.gold:8}{count.predicted:8}"


def article_lines(evaluation: Evaluation) -> Iterator[str]:
    """A line for each article with the F1 of every figure, – where there was nothing to decide."""
    yield f"{'F1':{NAME_WIDTH}}" + "".join(f"{SHORT.get(figure, figure):>10}" for figure in FIGURES)
    for name, judgement in evaluation.articles.items():
        shares = (judgement.counts.get(figure) for figure in FIGURES)
        cells = "".join(f"{count.f1:10.3f}" if count else f"{'–':>10}" for count in shares)
        yield f"{name[: NAME_WIDTH - 1]:{NAME_WIDTH}}{cells}"


def fault_lines(evaluation: Evaluation) -> Iterator[str]:
    """Two lines for each fault, under the name of its article."""
    for name, judgement in evaluation.articles.items():
        if judgement.faults:
            yield f"-- {name}"
        for fault in judgement.faults:
            yield from _fault_lines(fault)


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line for each figure that changed: its F1 before and now, then the differences of P, R and F1."""
    yield f"{'':14}{'F1 was':>8}{'is':>8}{'P':>8}{'R':>8}{'F1':>8}"
    for change in changes:
        if change.before and change.now:
            yield f"{change.figure:14}{_difference(change.before, change.now)}"
        else:
            yield f"{change.figure:14}{_alone(change)}"


def fault_change_lines(changes: Iterable[FaultChange]) -> Iterator[str]:
    """+ for what went right since, - for what went wrong."""
    for change in changes:
        first, *rest = _fault_lines(change.fault)
        yield f"{'+' if change.gained else '-'} {change.article}: {first}"
        yield from rest


def calibration_lines(buckets: Iterable[Bucket]) -> Iterator[str]:
    yield f"{'confidence':12}{'proposals':>10}{'right':>8}"
    for bucket in buckets:
        share = "–" if bucket.share is None else f"{bucket.share:.3f}"
        yield f"{f'{bucket.low:.1f}–{bucket.high:.1f}':12}{bucket.number:10}{share:>8}"


def _fault_lines(fault: Fault) -> Iterator[str]:
    detail = f"; {fault.detail}" if fault.detail else ""
    yield f"{fault.figure} {fault.problem}: {fault.item}{detail}"
    found_by = ", ".join(
        f"{word} {value}" for word, value in (("rule", fault.rule), ("form", fault.form)) if value
    )
    told = [words for words in (fault.sentence, f"({found_by})" if found_by else "") if words]
    if told:
        yield "      " + " ".join(told)


def _difference(before: Row, now: Row) -> str:
    differences = (now.precision - before.precision, now.recall - before.recall, now.f1 - before.f1)
    return f"{before.f1:8.3f}{now.f1:8.3f}" + "".join(f"{each:+8.3f}" for each in differences)


def _alone(change: Change) -> str:
    before, now = (f"{row.f1:.3f}" if row else "–" for row in (change.before, change.now))
    return f"{before:>8}{now:>8}"
