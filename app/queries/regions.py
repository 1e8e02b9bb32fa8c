"""Regions: divisions, zones and blocs, and what lies in what."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.queries.lists import Plain
from app.queries.page import Key, ListQuery, Order
from app.queries.parameters import MOST_VALUES, Names, SortedText, one_of
from app.queries.postings import number_of
from app.queries.references import all_below, region_codes
from app.queries.resource import Resource
from app.queries.rows import (
    Item,
    actor,
    fetch,
    grouped,
    region,
    region_alias,
    region_ancestor,
)
from app.tables.postings import Facet, Listed
from app.vocabulary import ActorKind, RegionLevel


class RegionQuery(ListQuery):
    """Which regions to list."""

    level: list[Annotated[RegionLevel, one_of(RegionLevel)]] = Field(
        [],
        max_length=MOST_VALUES,
        description="What it is (级别：province 省级，prefecture 地级，county 县级，zone 功能区，bloc "
        "合作区域，可重复，任一即可): province, prefecture, county, zone or bloc; repeat for "
        "OR.",
        examples=[["bloc"]],
    )
    parent: Names = Field(
        [],
        description="The region it lies in directly (上级地区：直接所属的地区，用代码、名称或别名，可重复，"
        "任一即可): code, name or alias; repeat for OR.",
        examples=[["四川"]],
    )
    name: Names = Field(
        [],
        description="Part of a name or alias (地区名称：名称或别名的一部分，可重复，任一即可); repeat for "
        "OR.",
        examples=[["天府"]],
    )


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    lies_in = region_ancestor.c
    rows = fetch(
        connection,
        select(lies_in.region_code.label("below"), region.c.code, region.c.name, region.c.level)
        .join_from(region_ancestor, region, region.c.code == lies_in.ancestor_code)
        .where(lies_in.region_code.in_([item["code"] for item in items]), lies_in.depth == 1)
        .order_by(region.c.code),
    )
    parents = grouped(rows, "below")
    for item in items:
        item["parents"] = parents[item["code"]]


REGIONS = Resource(
    name="region",
    table=region,
    base=select(region.c.code, region.c.name, region.c.level),
    order=Order((Key(region.c.code),), (SortedText,)),
    complete=_complete,
)


def get(connection: Connection, code: str) -> Item:
    """One region with its names, all regions around it, those directly in it, and how much is about it.

    Raises NotFoundError.
    """
    item = REGIONS.get(connection, code)
    names = select(region_alias.c.alias).where(region_alias.c.region_code == code).order_by("alias")
    return {
        **item,
        "aliases": [row["alias"] for row in fetch(connection, names) if row["alias"] != item["name"]],
        "ancestors": _ancestors(connection, code),
        "children": _children(connection, code),
        "counts": _counts(connection, code),
    }


def _conditions(connection: Connection, query: RegionQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.level:
        conditions.append(region.c.level.in_(query.level))
    if query.parent:
        lies_in = region_ancestor.c
        codes = region_codes(connection, query.parent, field="parent")
        below = select(lies_in.region_code).where(lies_in.ancestor_code.in_(codes), lies_in.depth == 1)
        conditions.append(region.c.code.in_(below))
    if query.name:
        matches = [region_alias.c.alias.icontains(part, autoescape=True) for part in query.name]
        conditions.append(region.c.code.in_(select(region_alias.c.region_code).where(or_(*matches))))
    return conditions


def _ancestors(connection: Connection, code: str) -> list[Item]:
    lies_in = region_ancestor.c
    return fetch(
        connection,
        select(region.c.code, region.c.name, region.c.level)
        .join_from(region_ancestor, region, region.c.code == lies_in.ancestor_code)
        .where(lies_in.region_code == code, lies_in.depth > 0)
        .order_by(lies_in.depth, region.c.code),
    )


def _children(connection: Connection, code: str) -> list[Item]:
    lies_in = region_ancestor.c
    return fetch(
        connection,
        select(region.c.code, region.c.name, region.c.level)
        .join_from(region_ancestor, region, region.c.code == lies_in.region_code)
        .where(lies_in.ancestor_code == code, lies_in.depth == 1)
        .order_by(region.c.code),
    )


def _counts(connection: Connection, code: str) -> Item:
    institutions = select(func.count()).where(
        actor.c.kind == ActorKind.INSTITUTION, actor.c.region_code.in_(all_below([code]))
    )
    (counts,) = fetch(
        connection,
        select(
            number_of(Listed.PROPOSAL, Facet.REGION, code).label("proposals"),
            number_of(Listed.METRIC, Facet.REGION, code).label("metrics"),
            institutions.scalar_subquery().label("institutions"),
        ),
    )
    return counts


LIST = Plain(REGIONS, _conditions)
