"""Articles, and the few words by which everything else refers to its article."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, select

from app.queries.findings import findings_in
from app.queries.page import Key, Order, Page, Paging
from app.queries.parameters import Day, Parameters, RowId, Text, one_of
from app.queries.parts import SPLIT_AT_COMMAS, included
from app.queries.resource import Resource
from app.queries.rows import Item, actor, actor_mention, article, fetch, metric, proposal
from app.vocabulary import ActorKind

_SHOWN = ("id", "title", "source", "published_on")

REFERENCE: tuple[ColumnElement[Any], ...] = tuple(article.c[name].label(f"article_{name}") for name in _SHOWN)
"""The columns a statement selects for `nest_article`."""


def nest_article(item: Item) -> None:
    """Gather the columns of REFERENCE into the field `article`."""
    item["article"] = {name: item.pop(f"article_{name}") for name in _SHOWN}


def nest_articles(_connection: Connection, items: Sequence[Item]) -> None:
    """`nest_article` for rows that have no other parts."""
    for item in items:
        nest_article(item)


class ArticleQuery(Paging):
    """Which articles to list."""

    source: list[Text] = Field([], description="Who published it (来源), written in full; repeat for OR.")
    since: Day | None = Field(None, description="Published on this day or later (起始日期).")
    until: Day | None = Field(None, description="Published on this day or earlier (截止日期).")


class ArticlePart(StrEnum):
    """What an article can include."""

    FINDINGS = "findings"


class ArticleParts(Parameters):
    """What to include in an article."""

    include: Annotated[list[Annotated[ArticlePart, one_of(ArticlePart)]], SPLIT_AT_COMMAS] = Field(
        [],
        description="Larger parts to add (附加内容): findings, all that was found, in order of position "
        "(全部抽取结果); repeat, or join by commas.",
        examples=[["findings"]],
    )


def _complete(_connection: Connection, _items: Sequence[Item]) -> None:
    """An article has no parts beyond its own row."""


ARTICLES = Resource(
    name="article",
    table=article,
    base=select(
        article.c.id,
        article.c.title,
        article.c.source,
        article.c.published_on,
        article.c.url,
        article.c.bylines,
        article.c.extractor_version,
        article.c.imported_at,
    ),
    order=Order(
        (Key(article.c.published_on, descending=True), Key(article.c.id, descending=True)),
        TypeAdapter(tuple[date | None, RowId]),
    ),
    complete=_complete,
)


def find(connection: Connection, query: ArticleQuery) -> Page:
    """The articles of a query, newest first, undated ones last."""
    return ARTICLES.find(connection, _conditions(query), query)


def get(connection: Connection, article_id: int, include: Collection[ArticlePart] = ()) -> Item:
    """One article with its text, digest, number of findings and the parts to include.

    Raises NotFoundError.
    """
    item = ARTICLES.get(connection, article_id)
    (text,) = fetch(connection, select(article.c.text, article.c.sha256).where(article.c.id == article_id))
    (counts,) = fetch(
        connection,
        select(
            _count(proposal, article_id).label("proposals"),
            _count(metric, article_id).label("metrics"),
            _mentioned(ActorKind.PERSON, article_id).label("people"),
            _mentioned(ActorKind.INSTITUTION, article_id).label("institutions"),
        ),
    )
    return included(connection, {**item, **text, "counts": counts}, _PARTS, include)


def _findings(connection: Connection, item: Item) -> list[Item]:
    return findings_in(connection, item["id"], item["text"])


_PARTS: Mapping[ArticlePart, Callable[[Connection, Item], object]] = {ArticlePart.FINDINGS: _findings}


def _conditions(query: ArticleQuery) -> list[ColumnElement[bool]]:
    conditions = published_between(article.c.published_on, query.since, query.until)
    if query.source:
        conditions.append(article.c.source.in_(query.source))
    return conditions


def published_between(
    day: ColumnElement[Any], since: date | None, until: date | None
) -> list[ColumnElement[bool]]:
    """The conditions that a day lies in a range, both ends included; what has no day lies in none."""
    from_then_on = [day >= since] if since else []
    till_then = [day <= until] if until else []
    return from_then_on + till_then


def _count(table: Table, article_id: int) -> ScalarSelect[int]:
    return select(func.count()).where(table.c.article_id == article_id).scalar_subquery()


def _mentioned(kind: ActorKind, article_id: int) -> ScalarSelect[int]:
    return (
        select(func.count(actor_mention.c.actor_id.distinct()))
        .join_from(actor_mention, actor)
        .where(actor_mention.c.article_id == article_id, actor.c.kind == kind)
        .scalar_subquery()
    )
