"""How far the confidence of a proposal can be believed."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from scripts.evaluation.proposals import Graded

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Predicted proposals with a confidence from `low` up to, not including, `high`; the last includes it."""

    low: float
    high: float
    number: int
    right: int

    @property
    def share(self) -> float | None:
        """The share that is right, None of an empty bucket."""
        return self.right / self.number if self.number else None


def buckets(graded: Iterable[Graded]) -> list[Bucket]:
    listed = list(graded)
    return [_bucket(low, high, listed) for low, high in pairwise(EDGES)]


def _bucket(low: float, high: float, graded: list[Graded]) -> Bucket:
    last = high == EDGES[-1]
    inside = [g for g in graded if low <= g.confidence < high or (last and g.confidence == high)]
    return Bucket(low, high, len(inside), sum(g.right for g in inside))
