"""Themes: what proposals can be about."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, select

from app.queries.lists import Plain
from app.queries.page import Key, ListQuery, Order
from app.queries.parameters import SortedText
from app.queries.postings import number_of
from app.queries.resource import Resource
from app.queries.rows import Item, fetch, grouped, theme, theme_alias
from app.tables.postings import Facet, Listed

# Of 32 bits is the column: PostgreSQL refuses to compare it with more.
_Ordinal = Annotated[int, Field(ge=0, le=2**31 - 1)]


class ThemeQuery(ListQuery):
    """Which themes to list: all of them."""


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    wanted = theme_alias.c.theme_code.in_([item["code"] for item in items])
    rows = fetch(connection, select(theme_alias).where(wanted).order_by(theme_alias.c.alias))
    names = grouped(rows, "theme_code")
    for item in items:
        known = {item["code"], item["name_zh"], item["name_en"]}
        item["aliases"] = [row["alias"] for row in names[item["code"]] if row["alias"] not in known]


THEMES = Resource(
    name="theme",
    table=theme,
    base=select(theme.c.code, theme.c.name_zh, theme.c.name_en, theme.c.ordinal),
    order=Order((Key(theme.c.ordinal), Key(theme.c.code)), (_Ordinal, SortedText)),
    complete=_complete,
)


def all_named(connection: Connection) -> list[Item]:
    """All themes at once, with their names."""
    return [item for items in THEMES.find_all(connection, []) for item in items]


def get(connection: Connection, code: str) -> Item:
    """One theme with how much is filed under it. Raises NotFoundError."""
    item = THEMES.get(connection, code)
    proposals = number_of(Listed.PROPOSAL, Facet.THEME, code)
    metrics = number_of(Listed.METRIC, Facet.THEME, code)
    (counts,) = fetch(connection, select(proposals.label("proposals"), metrics.label("metrics")))
    return {**item, "counts": counts}


LIST: Plain[ThemeQuery] = Plain(THEMES, lambda *_: ())
