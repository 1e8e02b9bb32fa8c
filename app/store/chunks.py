"""Ids in parts, so that neither statements nor what is held in memory grow with their number."""

from collections.abc import Collection, Iterator, Sequence

MOST = 5000
"""Ids of a statement, which takes some ten thousand values."""


def chunks(ids: Collection[int], most: int = MOST) -> Iterator[Sequence[int]]:
    """All of them in order, so many at a time."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]
