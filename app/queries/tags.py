"""The themes and regions noted on proposals and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Table, literal, null, select, union_all

from app.queries.rows import Item, each_of, fetch, grouped, region, theme


@dataclass(frozen=True, slots=True)
class Tags:
    """The link tables of one kind of row; `owner` is the name their column has for its id."""

    owner: str
    themes: Table
    regions: Table
    _noted: CompoundSelect[Any] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        themes = (
            select(self.themes.c[self.owner].label("id"), theme.c.code, null().label("name"), theme.c.ordinal)
            .join_from(self.themes, theme)
            .where(self.themes.c[self.owner].in_(each_of("ids")))
        )
        regions = (
            select(self.regions.c[self.owner], region.c.code, region.c.name, literal(0))
            .join_from(self.regions, region)
            .where(self.regions.c[self.owner].in_(each_of("ids")))
        )
        object.__setattr__(self, "_noted", union_all(themes, regions).order_by("ordinal", "code"))

    def complete(self, connection: Connection, items: Sequence[Item]) -> None:
        """Add `themes` (codes, in the order of the themes) and `regions` (code and name) to the items."""
        ids = [item["id"] for item in items]
        tags = grouped(fetch(connection, self._noted, ids=ids), "id")
        for item in items:
            own = tags[item["id"]]
            item["themes"] = [tag["code"] for tag in own if tag["name"] is None]
            item["regions"] = [tag for tag in own if tag["name"] is not None]
