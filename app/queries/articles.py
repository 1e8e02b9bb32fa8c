"""Articles, and the few words by which everything else refers to its article."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, select

from app.queries.filters import Since, Sorting, Until, Years
from app.queries.findings import findings_in
from app.queries.page import FacetedQuery, Key, Order
from app.queries.parameters import MOST_VALUES, Parameters, RowId, Separated, Text, one_of
from app.queries.parts import Part, first_of, included
from app.queries.posted import Posted, between, plain_groups, sorted_by
from app.queries.reports import others_like
from app.queries.resource import Resource
from app.queries.rows import Item, actor, actor_mention, article, fetch, fetch_chunks, metric, proposal
from app.queries.search import Sort, add_snippets, words_of
from app.queries.selection import Wanted
from app.tables.postings import Facet, Listed, key_of
from app.vocabulary import ActorKind

TEXTS = 10
"""Texts that are held at once where all are read: each may be as long as some hundred rows."""

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


class ArticleFacet(StrEnum):
    """What articles are counted by."""

    SOURCE = "source"
    YEAR = "year"


class ArticleQuery(FacetedQuery):
    """Which articles to list, and how."""

    q: Text | None = Field(
        None,
        description="Words its title or text contains (检索词：标题或全文须含全部检索词，词间空格), all of "
        "them, a blank between two.",
        examples=["科学城"],
    )
    source: list[Text] = Field(
        [],
        max_length=MOST_VALUES,
        description="Who published it (来源：发表的媒体或单位全称，可重复，任一即可), written in full; "
        "repeat for OR.",
        examples=[["建言编写组"]],
    )
    since: Since = None
    until: Until = None
    year: Years = Field([])
    same_text_as: RowId | None = Field(
        None,
        description="The id of an article: leaves the others of nearly the same text (同文：某篇文章的编号，"
        "只留全文与它几乎相同的其他文章，不含该篇), itself left out.",
        examples=[3],
    )
    sort: Sorting = Sort.NEWEST
    facets: Annotated[list[Annotated[ArticleFacet, one_of(ArticleFacet)]], Separated] = Field(
        [],
        description="What to count the found by (分面：按哪些项目统计结果，多个用逗号隔开), several with a "
        "comma between.",
        examples=[["source", "year"]],
    )


class ArticlePart(StrEnum):
    """What an article can include."""

    FINDINGS = "findings"
    SAME_TEXT = "same_text"


class ArticleParts(Parameters):
    """What to include in an article."""

    include: Annotated[list[Annotated[ArticlePart, one_of(ArticlePart)]], Separated] = Field(
        [],
        description="Larger parts to add (附加内容：findings 为按位置排列的全部抽取结果，same_text 为全文"
        "几乎相同的其他文章): findings, all that was found, in order of position; or same_text, "
        "the other articles of nearly the same text; repeat, or join by commas.",
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
        article.c.same_text_as,
    ),
    order=Order((Key(article.c.id),), (RowId,)),
    complete=_complete,
)


def find_texts(connection: Connection) -> Iterator[list[Item]]:
    """The texts of all articles, some at a time."""
    statement = select(article.c.id, article.c.sha256, article.c.text).order_by(article.c.id)
    return fetch_chunks(connection, statement, TEXTS)


def _add_snippets(connection: Connection, items: Sequence[Item], words: Sequence[str]) -> None:
    for start in range(0, len(items), TEXTS):
        some = items[start : start + TEXTS]
        texts = _texts_of(connection, some) if words else {}
        add_snippets(some, words, partial(_text_of, texts))


def _text_of(texts: Mapping[int, str], item: Item) -> str:
    return texts[item["id"]]


def _texts_of(connection: Connection, items: Sequence[Item]) -> dict[int, str]:
    wanted = article.c.id.in_([item["id"] for item in items])
    rows = fetch(connection, select(article.c.id, article.c.title, article.c.text).where(wanted))
    return {row["id"]: f"{row['title'] or ''}\n{row['text']}" for row in rows}


def get(connection: Connection, article_id: int, include: Collection[ArticlePart] = ()) -> Item:
    """One article with its text, digests, number of findings and the parts to include.

    Raises NotFoundError.
    """
    item = ARTICLES.get(connection, article_id)
    own = select(article.c.text, article.c.sha256, article.c.page_sha256)
    (text,) = fetch(connection, own.where(article.c.id == article_id))
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


def _same_text(connection: Connection, item: Item) -> Part:
    return first_of(connection, LIST.find, ArticleQuery, same_text_as=item["id"])


_PARTS: Mapping[ArticlePart, Callable[[Connection, Item], object]] = {
    ArticlePart.FINDINGS: _findings,
    ArticlePart.SAME_TEXT: _same_text,
}


def _wanted(connection: Connection, query: ArticleQuery) -> Wanted:
    groups = tuple(plain_groups({Facet.SOURCE: query.source, Facet.YEAR: query.year}))
    above, below = between(query.since, query.until)
    keys = _keys(connection, query)
    return Wanted(Listed.ARTICLE, article, groups, (), words_of(query.q), above, below, keys)


def _keys(connection: Connection, query: ArticleQuery) -> frozenset[int] | None:
    """Of the few that another article leads to; None where that is not asked for."""
    if query.same_text_as is None:
        return None
    others = others_like(query.same_text_as, article.c.same_text_as)
    rows = fetch(connection, select(article.c.published_on, article.c.id).where(others))
    return frozenset(key_of(row["published_on"], row["id"]) for row in rows)


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


LIST: Posted[ArticleQuery] = Posted(ARTICLES, _wanted, sorted_by, _add_snippets)
