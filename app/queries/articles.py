"""Articles, and the few words by which everything else refers to its article."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, or_, select

from app.queries.facets import by_source, by_year, counted
from app.queries.findings import findings_in
from app.queries.page import Key, ListQuery, Order, Page
from app.queries.parameters import Day, Parameters, RowId, Separated, Text, Year, one_of
from app.queries.parts import included
from app.queries.resource import Resource
from app.queries.rows import Item, actor, actor_mention, article, fetch, fetch_chunks, metric, proposal
from app.queries.search import Sort, add_snippets, by_relevance, contains_all, words_of
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


class ArticleQuery(ListQuery):
    """Which articles to list, and how."""

    q: Text | None = Field(
        None,
        description="Words its title or text contains (检索词：标题或全文须含全部检索词，词间空格), all of "
        "them, a blank between two.",
        examples=["科学城"],
    )
    source: list[Text] = Field(
        [],
        description="Who published it (来源：发表的媒体或单位全称，可重复，任一即可), written in full; "
        "repeat for OR.",
        examples=[["建言编写组"]],
    )
    since: Day | None = Field(
        None,
        description="Published on this day or later (起始日期：该日或之后发表).",
        examples=["2020-01-01"],
    )
    until: Day | None = Field(
        None,
        description="Published on this day or earlier (截止日期：该日或之前发表).",
        examples=["2030-12-31"],
    )
    year: list[Year] = Field(
        [],
        description="Year of publication (年份：发表的年份，可重复，任一即可); repeat for OR.",
        examples=[[2020]],
    )
    sort: Annotated[Sort, one_of(Sort)] = Field(
        Sort.NEWEST,
        description="Newest first (-date), oldest first (date), or most hits of `q` first (排序：-date "
        "新者在前，date 旧者在前，relevance 命中多者在前，须有 q).",
        examples=["date"],
    )
    facets: Annotated[list[Annotated[ArticleFacet, one_of(ArticleFacet)]], Separated] = Field(
        [],
        description="What to count the found by (分面：按哪些项目统计结果，多个用逗号隔开), several with a "
        "comma between.",
        examples=[["source", "year"]],
    )
    facet_limit: int = Field(
        20,
        ge=1,
        le=500,
        description="Values counted for each facet (每个分面的条数：每个分面列出的值的个数).",
        examples=[5],
    )


class ArticlePart(StrEnum):
    """What an article can include."""

    FINDINGS = "findings"


class ArticleParts(Parameters):
    """What to include in an article."""

    include: Annotated[list[Annotated[ArticlePart, one_of(ArticlePart)]], Separated] = Field(
        [],
        description="Larger parts to add (附加内容：findings 为按位置排列的全部抽取结果): findings, all "
        "that was found, in order of position; repeat, or join by commas.",
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
        (date | None, RowId),
        Sort.NEWEST,
    ),
    complete=_complete,
)


DIMENSIONS = {ArticleFacet.SOURCE: by_source(article), ArticleFacet.YEAR: by_year(article)}
_OLDEST_FIRST = Order((Key(article.c.published_on), Key(article.c.id)), ARTICLES.order.types, Sort.OLDEST)


def find(connection: Connection, query: ArticleQuery) -> Page:
    """The articles of a query in the order it asks for, undated ones last where it is by date.

    Raises RelevanceError.
    """
    words, conditions = words_of(query.q), _conditions(query)
    page = ARTICLES.find(connection, conditions, query, _order(query.sort, words))
    _add_snippets(connection, page.items, words)
    return counted(connection, page, query, DIMENSIONS, ARTICLES.ids(conditions))


def find_all(connection: Connection, query: ArticleQuery) -> Iterator[list[Item]]:
    """All articles of a query, some hundred at a time. Raises as `find` does."""
    words = words_of(query.q)
    for items in ARTICLES.find_all(connection, _conditions(query), _order(query.sort, words)):
        for start in range(0, len(items), TEXTS):
            _add_snippets(connection, items[start : start + TEXTS], words)
        yield items


def find_texts(connection: Connection) -> Iterator[list[Item]]:
    """The texts of all articles, some at a time."""
    statement = select(article.c.id, article.c.sha256, article.c.text).order_by(article.c.id)
    return fetch_chunks(connection, statement, TEXTS)


def _order(sort: Sort, words: Sequence[str]) -> Order:
    if sort is Sort.RELEVANCE:
        return by_relevance(ARTICLES, words)
    return ARTICLES.order if sort is Sort.NEWEST else _OLDEST_FIRST


def _add_snippets(connection: Connection, items: Sequence[Item], words: Sequence[str]) -> None:
    texts: dict[int, str] = {}
    if words and items:
        wanted = article.c.id.in_([item["id"] for item in items])
        rows = fetch(connection, select(article.c.id, article.c.title, article.c.text).where(wanted))
        texts = {row["id"]: f"{row['title'] or ''}\n{row['text']}" for row in rows}
    add_snippets(items, words, lambda item: texts[item["id"]])


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
    if query.year:
        conditions.append(in_years(article.c.published_on, query.year))
    if words := words_of(query.q):
        conditions.append(contains_all(article, words))
    return conditions


def in_articles(
    key: ColumnElement[Any],
    sources: Sequence[str],
    years: Sequence[int],
    since: date | None,
    until: date | None,
) -> list[ColumnElement[bool]]:
    """The condition, if there is any, that the article a key points to is of these sources and days."""
    conditions = published_between(article.c.published_on, since, until)
    if sources:
        conditions.append(article.c.source.in_(sources))
    if years:
        conditions.append(in_years(article.c.published_on, years))
    return [key.in_(select(article.c.id).where(*conditions))] if conditions else []


def in_years(day: ColumnElement[Any], years: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a day lies in one of the years."""
    return or_(*(day.between(date(year, 1, 1), date(year, 12, 31)) for year in years))


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
