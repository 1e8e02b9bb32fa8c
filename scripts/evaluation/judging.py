"""One article's predictions held against its gold, all figures together."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.evaluation.annotation import Annotation
from scripts.evaluation.counts import Counts, Fault, Outcome, added, settled
from scripts.evaluation.entities import judge_names, judge_positions
from scripts.evaluation.metrics import judge_metrics
from scripts.evaluation.names import comparable
from scripts.evaluation.proposals import Graded, Layer, grade, judge_proposals


@dataclass(frozen=True, slots=True)
class Judgement:
    """All figures of one article, what went wrong in it, and its predicted proposals by confidence."""

    counts: Counts
    faults: tuple[Fault, ...]
    graded: tuple[Graded, ...]


def judge(text: str, gold: Annotation, found: Annotation) -> Judgement:
    layers = Layer(text, gold.proposals), Layer(text, found.proposals)
    outcomes = [
        judge_proposals(*layers),
        judge_names("people", text, gold.people, found.people),
        judge_positions(text, gold.people, found.people),
        judge_names("institutions", text, gold.institutions, found.institutions),
        judge_metrics(text, gold.metrics, found.metrics),
        *_judge_header(gold, found),
    ]
    faults = tuple(fault for outcome in outcomes for fault in outcome.faults)
    return Judgement(added(outcome.counts for outcome in outcomes), faults, grade(*layers))


def _judge_header(gold: Annotation, found: Annotation) -> Iterator[Outcome]:
    """What the gold leaves open (null) is not judged."""
    for figure, wanted, got in (
        ("title", gold.title, found.title),
        ("published_on", gold.published_on, found.published_on),
        ("source", gold.source, found.source),
    ):
        if wanted:
            right = comparable(got) == comparable(wanted)
            faults = () if right else (Fault(figure, "wrong", wanted, detail=f"got {got}"),)
            yield Outcome({figure: settled(right)}, faults)
