"""Metrics judged by place, value and unit, and the qualifiers of those found."""

from collections.abc import Sequence

from scripts.evaluation.annotation import Metric
from scripts.evaluation.counts import Count, Fault, Outcome, settled
from scripts.evaluation.names import comparable
from scripts.evaluation.text import sentence_at

PRECISION = 1e-6
"""Of the gold value, and in absolute terms for values below 1."""


def judge_metrics(text: str, gold: Sequence[Metric], found: Sequence[Metric]) -> Outcome:
    """Each gold metric in turn uses up the predictions that overlap it; those left over are spurious."""
    left = list(found)
    metrics, qualifiers = Count(), Count()
    faults: list[Fault] = []
    for metric in gold:
        over = [other for other in left if _overlap(metric, other)]
        left = [other for other in left if not _overlap(metric, other)]
        hit = next((other for other in over if _same_measure(metric, other)), None)
        if metric.optional:
            continue
        if hit is None:
            metrics += Count(spurious=min(1, len(over)), missed=1)
            faults.append(_missed(text, metric, over))
            continue
        metrics += Count(right=1)
        qualifiers += settled(hit.qualifier == metric.qualifier)
        if hit.qualifier != metric.qualifier:
            faults.append(_misqualified(text, metric, hit))
    metrics += Count(spurious=len(left))
    faults += [_spurious(text, metric) for metric in left]
    return Outcome({"metrics": metrics, "qualifiers": qualifiers}, tuple(faults))


def _overlap(one: Metric, other: Metric) -> bool:
    return one.start < other.end and other.start < one.end


def _same_measure(gold: Metric, found: Metric) -> bool:
    near = abs(found.value - gold.value) <= PRECISION * max(1, abs(gold.value))
    return near and comparable(found.unit) == comparable(gold.unit)


def _missed(text: str, metric: Metric, over: Sequence[Metric]) -> Fault:
    detail = f"got {', '.join(map(_told, over))}" if over else ""
    rule = "/".join(dict.fromkeys(other.rule for other in over))
    problem = "wrong" if over else "missed"
    return Fault("metrics", problem, _told(metric), sentence_at(text, metric.start), detail, rule)


def _misqualified(text: str, metric: Metric, hit: Metric) -> Fault:
    detail = f"want {metric.qualifier}, got {hit.qualifier}"
    return Fault("qualifiers", "wrong", _told(metric), sentence_at(text, metric.start), detail, hit.rule)


def _spurious(text: str, metric: Metric) -> Fault:
    return Fault("metrics", "spurious", _told(metric), sentence_at(text, metric.start), rule=metric.rule)


def _told(metric: Metric) -> str:
    return f"{metric.text} = {metric.value:.15g} {metric.unit or ''}".rstrip()
