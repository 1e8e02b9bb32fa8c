"""People: who they are, which posts articles give them, what they proposed and where they are named."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, select

from app.errors import MergedError, NotFoundError
from app.queries import mentions, positions, proposals
from app.queries.actors import (
    add_aliases,
    add_name_snippets,
    ids_named,
    name_contains,
    named_with_all,
    nest_counts,
    number_about,
    spoke_on,
    themes_of,
)
from app.queries.lists import Plain
from app.queries.page import Key, ListQuery, Order, Page, Paging
from app.queries.parameters import Names, Parameters, RowId, Separated, SortedText, Text, one_of
from app.queries.parts import Part, first_of, included
from app.queries.references import all_below, region_codes
from app.queries.resource import Resource
from app.queries.rows import Item, actor, grouped, position
from app.queries.search import words_of
from app.tables.postings import Facet, Listed
from app.vocabulary import ActorKind


class PersonQuery(ListQuery):
    """Which people to list."""

    q: Text | None = Field(
        None,
        description="Words one of their names contains (检索词：某一姓名须含全部检索词), all of them.",
        examples=["陈"],
    )
    name: Names = Field(
        [],
        description="Part of a name (姓名：姓名的一部分，或开头的拼音或其首字母，可重复，任一即可), or its "
        "beginning in pinyin: 陈, chenfang, cf; repeat for OR.",
        examples=[["chenfang"]],
    )
    theme: Names = Field(
        [],
        description="A theme (主题：其建言涉及的主题，用代码、中文名、英文名或别名，可重复，任一即可) they "
        "speak on: code, 中文, English or alias; repeat for OR.",
        examples=[["5g"]],
    )
    region: Names = Field(
        [],
        description="Region (地区：任职机构所在的地区，含其下级，用代码、名称或别名，可重复，任一即可) of "
        "an institution they hold a post at, with all below it: code, name or alias; repeat "
        "for OR.",
        examples=[["重庆"]],
    )
    institution: Names = Field(
        [],
        description="An institution (机构：某篇文章写明其任职的机构，用编号、名称或别名，可重复，任一即可) "
        "some article gives them a post at: id, name or alias; repeat for OR.",
        examples=[["四川省政协"]],
    )


class PersonPart(StrEnum):
    """What a person can include."""

    PROPOSALS = "proposals"
    MENTIONS = "mentions"
    STATEMENTS = "statements"


class PersonParts(Parameters):
    """What to include in a person."""

    include: Annotated[list[Annotated[PersonPart, one_of(PersonPart)]], Separated] = Field(
        [],
        description="Larger parts to add (附加内容：proposals 其建言，mentions 提及，statements 职务出处): "
        "proposals, mentions or statements (each article that states a post); repeat, or join "
        "by commas.",
        examples=[["proposals"]],
    )


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    add_aliases(connection, items)
    posts = grouped(positions.posts_of(connection, [item["id"] for item in items]), "person_id")
    for item in items:
        item["positions"] = posts[item["id"]]
        nest_counts(item, "proposals", "articles")


PEOPLE = Resource(
    name="person",
    table=actor,
    base=select(
        actor.c.id,
        actor.c.name,
        number_about(Listed.PROPOSAL, Facet.SPEAKER, "proposals"),
        number_about(Listed.ARTICLE, Facet.MENTIONED, "articles"),
    ),
    order=Order((Key(actor.c.name), Key(actor.c.id)), (SortedText, RowId)),
    complete=_complete,
    scope=(actor.c.kind == ActorKind.PERSON, actor.c.merged_into.is_(None)),
)


def get(connection: Connection, person_id: int, include: Collection[PersonPart] = ()) -> Item:
    """One person with the themes they spoke on and the parts to include.

    Raises NotFoundError, and MergedError.
    """
    try:
        item = PEOPLE.get(connection, person_id)
    except NotFoundError:
        _refuse_merged(connection, person_id)
        raise
    item["themes"] = themes_of(connection, person_id)
    return included(connection, item, _PARTS, include)


def _refuse_merged(connection: Connection, person_id: int) -> None:
    into = connection.scalar(select(actor.c.merged_into).where(actor.c.id == person_id))
    if into is not None:
        raise MergedError(person_id, into)


def find_mentions(connection: Connection, person_id: int, paging: Paging) -> Page[Item]:
    """Where articles name a person, newest article first. Raises NotFoundError."""
    PEOPLE.require(connection, person_id)
    return mentions.find(connection, person_id, paging)


def find_statements(connection: Connection, person_id: int, paging: Paging) -> Page[Item]:
    """Every statement of a post of a person, newest article first. Raises NotFoundError."""
    PEOPLE.require(connection, person_id)
    return positions.find_statements(connection, person_id, paging)


def _proposals(connection: Connection, item: Item) -> Part:
    return first_of(connection, proposals.LIST.find, proposals.ProposalQuery, speaker=[str(item["id"])])


_PARTS: Mapping[PersonPart, Callable[[Connection, Item], object]] = {
    PersonPart.PROPOSALS: _proposals,
    PersonPart.MENTIONS: mentions.part_of,
    PersonPart.STATEMENTS: positions.statements_part,
}


def _conditions(connection: Connection, query: PersonQuery) -> list[ColumnElement[bool]]:
    conditions = []
    if words := words_of(query.q):
        conditions.append(named_with_all(words))
    if query.theme:
        conditions.append(spoke_on(connection, query.theme))
    if query.name:
        conditions.append(name_contains(query.name))
    if query.region:
        body = actor.alias("body")
        in_region = body.c.region_code.in_(all_below(region_codes(connection, query.region)))
        posts = select(position.c.person_id).join_from(position, body, body.c.id == position.c.institution_id)
        conditions.append(actor.c.id.in_(posts.where(in_region)))
    if query.institution:
        at_one = position.c.institution_id.in_(ids_named(connection, query.institution))
        conditions.append(actor.c.id.in_(select(position.c.person_id).where(at_one)))
    return conditions


LIST: Plain[PersonQuery] = Plain(PEOPLE, _conditions, lambda query: words_of(query.q), add_name_snippets)
