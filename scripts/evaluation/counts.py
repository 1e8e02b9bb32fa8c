"""What a comparison comes to: counts of decisions by figure, and the faults behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIGURES = (
    "proposals",
    "detected",
    "items",
    "kinds",
    "themes",
    "regions",
    "people",
    "positions",
    "institutions",
    "metrics",
    "qualifiers",
    "title",
    "published_on",
    "source",
)
"""In the order of the tables; defined in tests/gold/README.md."""


@dataclass(frozen=True, slots=True)
class Count:
    """Decisions of one figure."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def gold(self) -> int:
        return self.right + self.missed

    @property
    def predicted(self) -> int:
        return self.right + self.spurious

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right; 1 where nothing was."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def settled(right: bool) -> Count:
    """One decision where a wrong answer is spurious and leaves the right one missed."""
    return Count(right=1) if right else Count(spurious=1, missed=1)


Counts = Mapping[str, Count]
"""By figure; a figure that had nothing to decide may be absent."""


def added(all_counts: Iterable[Counts]) -> dict[str, Count]:
    """The sums by figure, in the order of FIGURES, without figures that decided nothing."""
    listed = list(all_counts)
    sums = {figure: sum((each.get(figure, Count()) for each in listed), Count()) for figure in FIGURES}
    return {figure: count for figure, count in sums.items() if count.gold or count.predicted}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing missed, spurious or wrong.

    `item` is what it is about, `sentence` where it stands, both the same in every run; `detail`, `rule`
    and `form` tell what was found instead, and by what, and are "" where there is nothing to tell.
    """

    figure: str
    problem: str
    item: str
    sentence: str = ""
    detail: str = ""
    rule: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts and faults of some figures of one article."""

    counts: Counts
    faults: tuple[Fault, ...] = ()
