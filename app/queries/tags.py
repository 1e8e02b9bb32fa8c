"""The themes and regions noted on proposals and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, literal, null, select, union_all

from app.queries.references import all_below, region_codes, theme_codes
from app.queries.rows import Item, fetch, grouped, region, theme
from app.vocabulary import Joining


@dataclass(frozen=True, slots=True)
class Tags:
    """The link tables of one kind of row; `owner` is the name their column has for its id."""

    table: Table
    owner: str
    themes: Table
    regions: Table

    def of_themes(
        self, connection: Connection, names: Sequence[str], joining: Joining = Joining.OR
    ) -> ColumnElement[bool]:
        """The condition that a row has one of the themes, or all of them. Raises UnknownValueError."""
        links = self.themes.c
        return self._joined(
            [links.theme_code.in_(theme_codes(connection, group)) for group in _groups(names, joining)],
            self.themes,
        )

    def of_regions(
        self, connection: Connection, names: Sequence[str], joining: Joining = Joining.OR
    ) -> ColumnElement[bool]:
        """The condition that a row names one of the regions, or each of them, or one below it.

        Raises UnknownValueError.
        """
        links = self.regions.c
        return self._joined(
            [
                links.region_code.in_(all_below(region_codes(connection, group)))
                for group in _groups(names, joining)
            ],
            self.regions,
        )

    def _joined(self, wanted: Sequence[ColumnElement[bool]], links: Table) -> ColumnElement[bool]:
        """That a row has links of every kind."""
        return and_(*(self.table.c.id.in_(select(links.c[self.owner]).where(each)) for each in wanted))

    def complete(self, connection: Connection, items: Sequence[Item]) -> None:
        """Add `themes` (codes, in the order of the themes) and `regions` (code and name) to the items."""
        ids = [item["id"] for item in items]
        themes = (
            select(self.themes.c[self.owner].label("id"), theme.c.code, null().label("name"), theme.c.ordinal)
            .join_from(self.themes, theme)
            .where(self.themes.c[self.owner].in_(ids))
        )
        regions = (
            select(self.regions.c[self.owner], region.c.code, region.c.name, literal(0))
            .join_from(self.regions, region)
            .where(self.regions.c[self.owner].in_(ids))
        )
        tags = grouped(fetch(connection, union_all(themes, regions).order_by("ordinal", "code")), "id")
        for item in items:
            own = tags[item["id"]]
            item["themes"] = [tag["code"] for tag in own if tag["name"] is None]
            item["regions"] = [tag for tag in own if tag["name"] is not None]


def _groups(names: Sequence[str], joining: Joining) -> list[Sequence[str]]:
    """Names of which one is enough: all together, or each by itself."""
    return [[name] for name in names] if joining is Joining.AND else [names]
