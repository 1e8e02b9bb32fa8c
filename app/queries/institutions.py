"""Institutions: their names, their region, and the people who hold posts at them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, select

from app.queries import mentions, people, proposals
from app.queries.actors import (
    add_aliases,
    add_name_snippets,
    name_contains,
    named_with_all,
    nest_counts,
    number_about,
    spoke_on,
)
from app.queries.lists import Plain
from app.queries.page import Key, ListQuery, Order, Page, Paging
from app.queries.parameters import Names, Parameters, RowId, Separated, SortedText, Text, one_of
from app.queries.parts import Part, first_of, included
from app.queries.references import all_below, region_codes
from app.queries.resource import Resource
from app.queries.rows import Item, actor, position, region
from app.queries.search import words_of
from app.tables.postings import Facet, Listed
from app.vocabulary import ActorKind


class InstitutionQuery(ListQuery):
    """Which institutions to list."""

    q: Text | None = Field(
        None,
        description="Words one of its names contains (检索词：某一名称须含全部检索词), all of them.",
        examples=["政协"],
    )
    name: Names = Field(
        [],
        description="Part of a name or alias (机构名称：名称或别名的一部分，或开头的拼音，可重复，"
        "任一即可), or how it begins in pinyin: 政协, zhengxie; repeat for OR.",
        examples=[["zhengxie"]],
    )
    theme: Names = Field(
        [],
        description="A theme (主题：其建言涉及的主题，用代码、中文名、英文名或别名，可重复，任一即可) it "
        "speaks on: code, 中文, English or alias; repeat for OR.",
        examples=[["governance"]],
    )
    region: Names = Field(
        [],
        description="Region (地区：名称中的地区，含其下级，用代码、名称或别名，可重复，任一即可) its name "
        "carries, with all below it: code, name or alias; repeat for OR.",
        examples=[["四川"]],
    )


class InstitutionPart(StrEnum):
    """What an institution can include."""

    PEOPLE = "people"
    PROPOSALS = "proposals"
    MENTIONS = "mentions"


class InstitutionParts(Parameters):
    """What to include in an institution."""

    include: Annotated[list[Annotated[InstitutionPart, one_of(InstitutionPart)]], Separated] = Field(
        [],
        description="Larger parts to add (附加内容：people 任职人员，proposals 其建言，mentions 提及): "
        "people, proposals or mentions; repeat, or join by commas.",
        examples=[["people"]],
    )


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    add_aliases(connection, items)
    for item in items:
        code, name = item.pop("region_code"), item.pop("region_name")
        item["region"] = {"code": code, "name": name} if code else None
        nest_counts(item, "proposals", "people", "articles")


_PEOPLE = (
    select(func.count(position.c.person_id.distinct()))
    .where(position.c.institution_id == actor.c.id)
    .scalar_subquery()
)

INSTITUTIONS = Resource(
    name="institution",
    table=actor,
    base=select(
        actor.c.id,
        actor.c.name,
        region.c.code.label("region_code"),
        region.c.name.label("region_name"),
        number_about(Listed.PROPOSAL, Facet.SPEAKER, "proposals"),
        _PEOPLE.label("people"),
        number_about(Listed.ARTICLE, Facet.MENTIONED, "articles"),
    ).outerjoin_from(actor, region),
    order=Order((Key(actor.c.name), Key(actor.c.id)), (SortedText, RowId)),
    complete=_complete,
    # None is merged into another: it is said for the index, which has that between kind and name.
    scope=(actor.c.kind == ActorKind.INSTITUTION, actor.c.merged_into.is_(None)),
)


def get(connection: Connection, institution_id: int, include: Collection[InstitutionPart] = ()) -> Item:
    """One institution with the parts to include. Raises NotFoundError."""
    return included(connection, INSTITUTIONS.get(connection, institution_id), _PARTS, include)


def find_mentions(connection: Connection, institution_id: int, paging: Paging) -> Page[Item]:
    """Where articles name an institution, newest article first. Raises NotFoundError."""
    INSTITUTIONS.require(connection, institution_id)
    return mentions.find(connection, institution_id, paging)


def _people(connection: Connection, item: Item) -> Part:
    return first_of(connection, people.LIST.find, people.PersonQuery, institution=[str(item["id"])])


def _proposals(connection: Connection, item: Item) -> Part:
    return first_of(connection, proposals.LIST.find, proposals.ProposalQuery, institution=[str(item["id"])])


_PARTS: Mapping[InstitutionPart, Callable[[Connection, Item], object]] = {
    InstitutionPart.PEOPLE: _people,
    InstitutionPart.PROPOSALS: _proposals,
    InstitutionPart.MENTIONS: mentions.part_of,
}


def _conditions(connection: Connection, query: InstitutionQuery) -> list[ColumnElement[bool]]:
    conditions = []
    if words := words_of(query.q):
        conditions.append(named_with_all(words))
    if query.theme:
        conditions.append(spoke_on(connection, query.theme))
    if query.name:
        conditions.append(name_contains(query.name))
    if query.region:
        codes = region_codes(connection, query.region)
        conditions.append(actor.c.region_code.in_(all_below(codes)))
    return conditions


LIST = Plain(INSTITUTIONS, _conditions, lambda query: words_of(query.q), add_name_snippets)
