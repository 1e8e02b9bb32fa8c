"""What people and institutions have in common: their names, and how much there is about them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from app.queries.parameters import LARGEST_ID
from app.queries.rows import (
    Item,
    actor,
    actor_alias,
    fetch,
    grouped,
    position,
    proposal_speaker,
    proposal_theme,
    theme,
)


def actors_named(names: Sequence[str]) -> ColumnElement[bool]:
    """The condition that an actor goes by one of the names, or has it as id."""
    ids = [int(name) for name in names if _is_id(name)]
    by_name = select(actor_alias.c.actor_id).where(actor_alias.c.alias.in_(names))
    return or_(actor.c.id.in_(ids), actor.c.id.in_(by_name))


def speakers_named(names: Sequence[str]) -> ColumnElement[bool]:
    """As `actors_named`; also `body name`, such as 四川省政协 陈放: who goes by it and holds a post there."""
    pairs = [parts for name in names if len(parts := name.rsplit(maxsplit=1)) == 2]
    return or_(actors_named(names), *(and_(actors_named([name]), _has_post_at(body)) for body, name in pairs))


def _has_post_at(body: str) -> ColumnElement[bool]:
    return actor.c.id.in_(select(position.c.person_id).where(position.c.institution_id.in_(ids_of([body]))))


def ids_of(names: Sequence[str]) -> Select[Any]:
    """The ids of all actors that go by one of the names, or have it as id, as a subquery."""
    return select(actor.c.id).where(actors_named(names))


def name_contains(parts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that one of an actor's names holds one of the parts, letters' case aside."""
    matches = [actor_alias.c.alias.icontains(part, autoescape=True) for part in parts]
    return actor.c.id.in_(select(actor_alias.c.actor_id).where(or_(*matches)))


def count_by_actor(key: ColumnElement[Any], of: ColumnElement[Any], name: str) -> ColumnElement[int]:
    """A column of an actor statement: how many different `of` the rows have whose `key` is the actor."""
    return select(func.count(of.distinct())).where(key == actor.c.id).scalar_subquery().label(name)


def nest_counts(item: Item, *names: str) -> None:
    """Gather columns of numbers into the field `counts`."""
    item["counts"] = {name: item.pop(name) for name in names}


def add_aliases(connection: Connection, items: Sequence[Item]) -> None:
    """Add `aliases`: all names the actors go by beside the canonical one."""
    rows = fetch(connection, select(actor_alias).where(_of(items, actor_alias)).order_by(actor_alias.c.alias))
    names = grouped(rows, "actor_id")
    for item in items:
        item["aliases"] = [row["alias"] for row in names[item["id"]] if row["alias"] != item["name"]]


def themes_of(connection: Connection, actor_id: int) -> list[Item]:
    """The themes an actor spoke on, each with the number of their proposals, the most frequent first."""
    return fetch(
        connection,
        select(theme.c.code.label("value"), theme.c.name_zh.label("label"), func.count().label("count"))
        .join_from(
            proposal_speaker, proposal_theme, proposal_theme.c.proposal_id == proposal_speaker.c.proposal_id
        )
        .join(theme)
        .where(proposal_speaker.c.actor_id == actor_id)
        .group_by(theme.c.code, theme.c.name_zh, theme.c.ordinal)
        .order_by(func.count().desc(), theme.c.ordinal),
    )


def _of(items: Sequence[Item], table: Table) -> ColumnElement[bool]:
    return table.c.actor_id.in_([item["id"] for item in items])


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and int(name) <= LARGEST_ID
