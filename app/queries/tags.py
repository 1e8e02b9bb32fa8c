"""The themes and regions noted on proposals and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, literal, null, select, union_all

from app.queries.prepared import Prepared, is_among
from app.queries.rows import Item, grouped, region, theme


@dataclass(frozen=True, slots=True)
class Tags:
    """The link tables of one kind of row; `owner` is the name their column has for its id."""

    owner: str
    themes: Table
    regions: Table
    _noted: Prepared = field(init=False, compare=False)

    def __post_init__(self) -> None:
        themes = (
            select(self.themes.c[self.owner].label("id"), theme.c.code, null().label("name"), theme.c.ordinal)
            .join_from(self.themes, theme)
            .where(is_among(self.themes.c[self.owner], "ids"))
        )
        regions = (
            select(self.regions.c[self.owner], region.c.code, region.c.name, literal(0))
            .join_from(self.regions, region)
            .where(is_among(self.regions.c[self.owner], "ids"))
        )
        noted = union_all(themes, regions).order_by("ordinal", "code")
        object.__setattr__(self, "_noted", Prepared(noted))

    def complete(self, connection: Connection, items: Sequence[Item]) -> None:
        """Add `themes` (codes, in the order of the themes) and `regions` (code and name) to the items."""
        ids = [item["id"] for item in items]
        tags = grouped(self._noted.fetch(connection, ids=ids), "id")
        for item in items:
            own = tags[item["id"]]
            item["themes"] = [tag["code"] for tag in own if tag["name"] is None]
            item["regions"] = [tag for tag in own if tag["name"] is not None]
