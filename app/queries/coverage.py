"""What is here: how much was read, from where and of when, what it is about, and how the last import went."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, extract, func, select

from app.queries import imports
from app.queries.rows import (
    Item,
    article,
    fetch,
    posting_list,
    region,
    theme,
)
from app.tables.postings import Facet, Listed


def get(connection: Connection) -> Item:
    """The whole of it, in as many statements however much there is."""
    sources = fetch(connection, _articles_by(article.c.source, "source"))
    return {
        "articles": sum(row["articles"] for row in sources),
        "sources": sources,
        "months": _months(connection),
        "themes": fetch(connection, _THEMES),
        "regions": fetch(connection, _REGIONS),
        "extractors": fetch(connection, _articles_by(article.c.extractor_version, "version")),
        "last_import": imports.find_last(connection),
    }


def _articles_by(column: ColumnElement[Any], name: str) -> Select[Any]:
    """Each value of the column with its number of articles, most first, NULL last."""
    articles = func.count().label("articles")
    order = (column.is_(None), articles.desc(), column)
    return select(column.label(name), articles).group_by(column).order_by(*order)


def _months(connection: Connection) -> list[Item]:
    """The months in their order, and last, as None, the articles that tell no date."""
    year, month = extract("year", article.c.published_on), extract("month", article.c.published_on)
    rows = fetch(
        connection,
        select(year.label("year"), month.label("month"), func.count().label("articles"))
        .group_by(year, month)
        .order_by(year.is_(None), year, month),
    )
    return [{"month": _month(row), "articles": row["articles"]} for row in rows]


def _month(row: Item) -> str | None:
    return None if row["year"] is None else f"{row['year']:04}-{row['month']:02}"


def _proposals_of(facet: Facet, code: ColumnElement[str]) -> ColumnElement[bool]:
    """That a list holds the proposals of the code: it knows their number."""
    lists = posting_list.c
    return and_(lists.of == Listed.PROPOSAL, lists.facet == facet, lists.value == code)


_NUMBER = func.coalesce(posting_list.c.count, 0).label("proposals")
_THEMES = (
    select(theme.c.code, theme.c.name_zh, theme.c.name_en, _NUMBER)
    .outerjoin_from(theme, posting_list, _proposals_of(Facet.THEME, theme.c.code))
    .order_by(theme.c.ordinal)
)
_REGIONS = (
    select(region.c.code, region.c.name, region.c.level, _NUMBER)
    .join_from(region, posting_list, _proposals_of(Facet.REGION, region.c.code))
    .order_by(_NUMBER.desc(), region.c.code)
)
