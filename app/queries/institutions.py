"""Institutions: their names, their region, and the people who hold posts at them."""

from collections.abc import Iterator, Sequence

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, select

from app.queries.actors import (
    add_aliases,
    add_name_snippets,
    count_by_actor,
    mentions_of,
    name_contains,
    named_with_all,
    nest_counts,
    positions_by,
    spoke_on,
)
from app.queries.page import Key, Order, Page, Paging
from app.queries.parameters import Names, RowId, SortedText, Text
from app.queries.references import all_below, region_codes
from app.queries.resource import Resource
from app.queries.rows import Item, actor, actor_mention, grouped, position, proposal_speaker, region
from app.queries.search import words_of
from app.vocabulary import ActorKind


class InstitutionQuery(Paging):
    """Which institutions to list."""

    q: Text | None = Field(
        None, description="Words one of its names contains (检索词), all of them.", examples=["政协"]
    )
    name: Names = Field(
        [],
        description="Part of a name or alias (机构名称), or how it begins in pinyin: 政协, zhengxie; "
        "repeat for OR.",
        examples=[["zhengxie"]],
    )
    theme: Names = Field(
        [],
        description="A theme (主题) it speaks on: code, 中文, English or alias; repeat for OR.",
        examples=[["governance"]],
    )
    region: Names = Field(
        [],
        description="Region (地区) its name carries, with all below it: code, name or alias; repeat for OR.",
    )


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    add_aliases(connection, items)
    for item in items:
        code, name = item.pop("region_code"), item.pop("region_name")
        item["region"] = {"code": code, "name": name} if code else None
        nest_counts(item, "proposals", "people", "articles")


INSTITUTIONS = Resource(
    name="institution",
    table=actor,
    base=select(
        actor.c.id,
        actor.c.name,
        region.c.code.label("region_code"),
        region.c.name.label("region_name"),
        count_by_actor(proposal_speaker.c.actor_id, proposal_speaker.c.proposal_id, "proposals"),
        count_by_actor(position.c.institution_id, position.c.person_id, "people"),
        count_by_actor(actor_mention.c.actor_id, actor_mention.c.article_id, "articles"),
    ).outerjoin_from(actor, region),
    order=Order((Key(actor.c.name), Key(actor.c.id)), (SortedText, RowId)),
    complete=_complete,
    scope=(actor.c.kind == ActorKind.INSTITUTION,),
)


def find(connection: Connection, query: InstitutionQuery) -> Page:
    """The institutions of a query by name. Raises UnknownValueError for a region that is none."""
    words = words_of(query.q)
    page = INSTITUTIONS.find(connection, _conditions(connection, query), query)
    add_name_snippets(connection, page.items, words)
    return page


def find_all(connection: Connection, query: InstitutionQuery) -> Iterator[list[Item]]:
    """All institutions of a query, some hundred at a time. Raises as `find` does."""
    words = words_of(query.q)
    for items in INSTITUTIONS.find_all(connection, _conditions(connection, query)):
        add_name_snippets(connection, items, words)
        yield items


def get(connection: Connection, institution_id: int) -> Item:
    """One institution with its people and every place where an article names it. Raises NotFoundError."""
    item = INSTITUTIONS.get(connection, institution_id)
    posts = grouped(positions_by(connection, "institution_id", [institution_id]), "person_id")
    people = [
        {"id": person_id, "name": held[0]["person"], "positions": held} for person_id, held in posts.items()
    ]
    return {**item, "people": people, "mentions": mentions_of(connection, institution_id)}


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
