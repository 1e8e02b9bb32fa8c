"""Themes and regions by any of their names."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from app.errors import UnknownValueError
from app.queries.parameters import nearest
from app.queries.prepared import Prepared, is_among
from app.queries.rows import (
    Item,
    Statement,
    fetch,
    region,
    region_alias,
    region_ancestor,
    theme_alias,
)

_THEME_NAMES = select(theme_alias.c.alias.label("name"), theme_alias.c.theme_code.label("code"))
_REGION_CODES = select(region.c.code.label("name"), region.c.code)
_REGION_NAMES = select(region_alias.c.alias.label("name"), region_alias.c.region_code.label("code"))

_THEMES_CALLED = Prepared(_THEME_NAMES.where(is_among(func.lower(theme_alias.c.alias), "names")))
_REGIONS_CALLED = Prepared(
    union_all(
        _REGION_CODES.where(is_among(region.c.code, "codes")),
        _REGION_NAMES.where(is_among(region_alias.c.alias, "names")),
    )
)


def theme_codes(connection: Connection, names: Sequence[str]) -> set[str]:
    """The codes of themes named by code, 中文, English or alias. Raises UnknownValueError."""
    found = _THEMES_CALLED.fetch(connection, names=[name.lower() for name in names])
    _refuse_unknown(connection, "theme", names, found, _THEME_NAMES)
    return {row["code"] for row in found}


def region_codes(connection: Connection, names: Sequence[str], field: str = "region") -> set[str]:
    """The codes of regions named by code, name or alias: all that share a name. Raises UnknownValueError.

    `field` is the parameter that names them.
    """
    found = _REGIONS_CALLED.fetch(connection, codes=[name.lower() for name in names], names=names)
    _refuse_unknown(connection, field, names, found, union_all(_REGION_CODES, _REGION_NAMES))
    return {row["code"] for row in found}


def all_below(codes: Iterable[str]) -> Select[Any]:
    """The codes of these regions and of all that lie in them, as a subquery."""
    return select(region_ancestor.c.region_code).where(region_ancestor.c.ancestor_code.in_(codes))


def _refuse_unknown(
    connection: Connection,
    field: str,
    names: Sequence[str],
    found: Sequence[Item],
    known: Statement,
) -> None:
    found_names = {row["name"].lower() for row in found}
    for name in names:
        if name.lower() not in found_names:
            similar = nearest(name, (row["name"] for row in fetch(connection, known)))
            raise UnknownValueError(field, name, similar)
