"""What people and institutions have in common: their names, and how much there is about them."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.language.characters import searchable
from app.queries.parameters import LARGEST_ID
from app.queries.postings import number_of
from app.queries.prepared import Prepared, is_among
from app.queries.references import theme_codes
from app.queries.rows import (
    Item,
    actor,
    actor_alias,
    fetch,
    grouped,
    position,
    posting_list,
    posting_pair,
    theme,
)
from app.queries.search import add_snippets, contains_all
from app.tables.postings import Facet, Listed
from app.vocabulary import ActorKind

_FORMER = actor.alias("former")
_NAMED = Prepared(
    union_all(
        select(actor_alias.c.actor_id.label("id")).where(is_among(actor_alias.c.alias, "names")),
        select(actor.c.id).where(is_among(actor.c.id, "ids")),
        select(_FORMER.c.merged_into).where(
            is_among(_FORMER.c.id, "ids"), _FORMER.c.merged_into.is_not(None)
        ),
    )
)
_HOLDING = Prepared(
    select(position.c.person_id.label("id")).where(
        is_among(position.c.person_id, "people"), is_among(position.c.institution_id, "bodies")
    )
)


def ids_named(connection: Connection, names: Sequence[str]) -> set[int]:
    """The ids of all actors that go by one of the names, or have it as id, now or before a merge."""
    ids = [int(name) for name in names if _is_id(name)]
    return {row["id"] for row in _NAMED.fetch(connection, names=names, ids=ids)}


def speaker_ids(connection: Connection, names: Sequence[str]) -> set[int]:
    """As `ids_named`; also `body name`, such as 四川省政协 陈放: who goes by it and holds a post there."""
    pairs = [parts for name in names if len(parts := name.rsplit(maxsplit=1)) == 2]
    found = ids_named(connection, names)
    for body, name in pairs:
        people, bodies = ids_named(connection, [name]), ids_named(connection, [body])
        found |= {row["id"] for row in _HOLDING.fetch(connection, people=people, bodies=bodies)}
    return found


# Of all kinds: SQLite would rather go through all people than look the names up.
_CALLED = Prepared(
    select(actor_alias.c.alias, actor.c.id, actor.c.kind, actor.c.name)
    .join_from(actor_alias, actor)
    .where(is_among(actor_alias.c.alias, "names"))
    .order_by(actor.c.id)
)


def shared_names(connection: Connection, names: Sequence[str], parameter: str) -> list[Item]:
    """The names that several people have: `parameter`, `value`, and the `candidates` with their posts."""
    wanted = [name for name in names if not _is_id(name)]
    if not wanted:
        return []
    rows = [row for row in _CALLED.fetch(connection, names=wanted) if row["kind"] is ActorKind.PERSON]
    shared = {name: people for name, people in grouped(rows, "alias").items() if len(people) > 1}
    _add_posts(connection, [person for people in shared.values() for person in people])
    return [{"parameter": parameter, "value": name, "candidates": people} for name, people in shared.items()]


# Each once, in the order in which they were first stated.
_HELD = Prepared(
    select(position.c.person_id, position.c.institution_name.label("institution"), position.c.title)
    .where(is_among(position.c.person_id, "ids"))
    .group_by(position.c.person_id, position.c.institution_name, position.c.title)
    .order_by(func.min(position.c.id))
)


def _add_posts(connection: Connection, people: Sequence[Item]) -> None:
    if not people:
        return
    posts = grouped(_HELD.fetch(connection, ids=[each["id"] for each in people]), "person_id")
    for each in people:
        each["positions"] = [
            {"institution": post["institution"], "title": post["title"]} for post in posts[each["id"]]
        ]


def name_contains(parts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that one of an actor's names holds one of the parts, or is typed by it in pinyin."""
    matches = [condition for part in parts for condition in _names_with(part)]
    return actor.c.id.in_(select(actor_alias.c.actor_id).where(or_(*matches)))


def _names_with(part: str) -> list[ColumnElement[bool]]:
    written = searchable(part)
    conditions = [actor_alias.c.search_text.contains(written, autoescape=True)]
    typed = re.sub("[ '’-]", "", written)
    if typed.isascii() and typed.isalnum():
        conditions.append((literal(" ") + actor_alias.c.pinyin).contains(f" {typed}"))
    return conditions


def named_with_all(words: Sequence[str]) -> ColumnElement[bool]:
    """The condition that one of an actor's names contains every word."""
    return actor.c.id.in_(select(actor_alias.c.actor_id).where(contains_all(actor_alias, words)))


def spoke_on(connection: Connection, themes: Sequence[str]) -> ColumnElement[bool]:
    """The condition that an actor stands behind a proposal on a theme. Raises UnknownValueError."""
    on_theme = _THEMES.c.value.in_(theme_codes(connection, themes))
    return exists(_SHARED.with_only_columns(literal(1)).where(_OWN.c.value == _own_value(), on_theme))


_OWN, _THEMES = posting_list.alias("own"), posting_list.alias("themes")
# The list of what an actor said beside those of the themes of it.
_SHARED = (
    select(theme.c.code.label("value"), theme.c.name_zh.label("label"), posting_pair.c.count)
    .join_from(_OWN, posting_pair, posting_pair.c.one == _OWN.c.id)
    .join(_THEMES, _THEMES.c.id == posting_pair.c.other)
    .join(theme, theme.c.code == _THEMES.c.value)
    .where(_OWN.c.of == Listed.PROPOSAL, _OWN.c.facet == Facet.SPEAKER)
)
_THEMES_OF = Prepared(
    _SHARED.where(_OWN.c.value == bindparam("actor")).order_by(posting_pair.c.count.desc(), theme.c.ordinal)
)


def add_name_snippets(connection: Connection, items: Sequence[Item], words: Sequence[str]) -> None:
    """Add `snippet`: the first of an actor's names that contains the words of the search."""
    found: dict[Any, str] = {}
    if words and items:
        names = select(actor_alias.c.actor_id, actor_alias.c.alias).where(
            _of(items, actor_alias), contains_all(actor_alias, words)
        )
        for row in fetch(connection, names.order_by(actor_alias.c.alias.desc())):
            found[row["actor_id"]] = row["alias"]
    add_snippets(items, words, lambda item: found.get(item["id"]) or str(item["name"]))


def number_about(of: Listed, facet: Facet, name: str) -> ColumnElement[int]:
    """A column of an actor statement: how many rows the actor's list has."""
    return number_of(of, facet, _own_value()).label(name)


def _own_value() -> ColumnElement[str]:
    """The value that an actor's lists have."""
    return cast(actor.c.id, String)


def nest_counts(item: Item, *names: str) -> None:
    """Gather columns of numbers into the field `counts`."""
    item["counts"] = {name: item.pop(name) for name in names}


_ALIASES = Prepared(
    select(actor_alias).where(is_among(actor_alias.c.actor_id, "ids")).order_by(actor_alias.c.alias)
)


def add_aliases(connection: Connection, items: Sequence[Item]) -> None:
    """Add `aliases`: all names the actors go by beside the canonical one."""
    rows = _ALIASES.fetch(connection, ids=[item["id"] for item in items])
    names = grouped(rows, "actor_id")
    for item in items:
        item["aliases"] = [row["alias"] for row in names[item["id"]] if row["alias"] != item["name"]]


def themes_of(connection: Connection, actor_id: int) -> list[Item]:
    """The themes an actor spoke on, each with the number of their proposals, the most frequent first."""
    return _THEMES_OF.fetch(connection, actor=str(actor_id))


def _of(items: Sequence[Item], table: Table) -> ColumnElement[bool]:
    return table.c.actor_id.in_([item["id"] for item in items])


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and int(name) <= LARGEST_ID
