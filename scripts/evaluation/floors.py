"""The F1 that each figure of each gold folder must not fall below: tests/gold/floors.toml."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import JianyanError
from scripts.evaluation.counts import FIGURES, Counts
from scripts.evaluation.evaluations import GOLD, Evaluation, is_ours, total

FLOORS = GOLD / "floors.toml"
MARGIN = 0.01
"""How far below what was reached a floor is set."""

HEAD = """\
# The F1 of each figure that the extraction must reach on each folder of gold; see README.md here.
# Written by `python scripts/evaluate.py --write-floors`, which lowers none unless told --lower.
"""


class FloorError(JianyanError):
    """Floors cannot be kept for what was evaluated."""


Floors = dict[str, dict[str, float]]
"""Folder → figure → F1."""


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors of the file, none when there is no file yet."""
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    tables = (
        f"\n[{folder}]\n" + "".join(f"{figure} = {floor:.3f}\n" for figure, floor in figures.items())
        for folder, figures in floors.items()
    )
    path.write_text(HEAD + "".join(tables), "utf-8")


def raised(floors: Floors, evaluations: Sequence[Evaluation], lower: bool = False) -> Floors:
    """The floors set anew for the folders evaluated; without `lower` none sinks. Raises FloorError."""
    foreign = [each.name for each in evaluations if not is_ours(each.folder)]
    if foreign:
        raise FloorError(f"{', '.join(foreign)}: floors are kept for the folders of tests/gold alone")
    new = {each.name: _set_for(total([each]).counts) for each in evaluations}
    if not lower:
        new = {folder: _highest(figures, floors.get(folder, {})) for folder, figures in new.items()}
    return floors | new


def below(floors: Mapping[str, float], counts: Counts) -> list[str]:
    """The figures under their floors, as `figure: F1 reached, floor`."""
    return [
        f"{figure}: F1 {reached:.3f}, floor {floor:.3f}"
        for figure, floor in floors.items()
        if (reached := counts[figure].f1 if figure in counts else 0.0) < floor
    ]


def _set_for(counts: Counts) -> dict[str, float]:
    return {figure: _just_below(count.f1) for figure, count in counts.items()}


def _just_below(reached: float) -> float:
    """A margin below it, rounded down to three decimals."""
    return max(0.0, math.floor((reached - MARGIN) * 1000) / 1000)


def _highest(some: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    figures = [figure for figure in FIGURES if figure in some or figure in others]
    return {figure: max(some.get(figure, 0.0), others.get(figure, 0.0)) for figure in figures}
