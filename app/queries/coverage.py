"""What is here: how much was read, from where and of when, what it is about, and how the last import went."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, extract, func, select

from app.queries.rows import (
    Item,
    article,
    fetch,
    import_outcome,
    import_run,
    posting_list,
    region,
    theme,
)
from app.tables.postings import Facet, Listed
from app.vocabulary import Outcome

MOST_FAILURES = 100
"""How many failures of a run are told one by one; its counts tell how many there were."""

_QUOTED_PATH = re.compile(r"(?<=['\"])(?:[A-Za-z]:)?[\\/][^'\"]*[\\/]([^'\"\\/]+)(?=['\"])")
"""'/srv/my news/a.md', as errors of the system write it."""
_PATH = re.compile(r"(?<![\w:/\\])(?:[A-Za-z]:)?[\\/](?:[^\s'\"\\/:]+[\\/])*([^\s'\"\\/:]+)")
"""/srv/news/a.md or C:\\news\\a.md; not the slashes of https://… or and/or."""


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
        "last_import": _last_import(connection),
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


def _last_import(connection: Connection) -> Item | None:
    """The run that began last; it may still go on, so its outcomes are counted and not read from its row."""
    run = import_run.c
    newest = select(run.id, run.started_at, run.finished_at, run.extractor_version).order_by(run.id.desc())
    runs = fetch(connection, newest.limit(1))
    return {**runs[0], **_outcomes(connection, runs[0]["id"])} if runs else None


def _outcomes(connection: Connection, run_id: int) -> Item:
    of_run = import_outcome.c.run_id == run_id
    kind = import_outcome.c.outcome
    counts = fetch(connection, select(kind, func.count().label("n")).where(of_run).group_by(kind))
    failed = fetch(
        connection,
        select(import_outcome.c.source, import_outcome.c.reason)
        .where(of_run, kind == Outcome.FAILED)
        .order_by(import_outcome.c.id)
        .limit(MOST_FAILURES),
    )
    return {
        "counts": {each.value: 0 for each in Outcome} | {row["outcome"].value: row["n"] for row in counts},
        "failures": [
            {"source": last_part(row["source"]), "reason": without_paths(row["reason"] or "")}
            for row in failed
        ],
    }


def last_part(source: str) -> str:
    """The name of a file or folder without the way to it, which is the server's own business."""
    return re.split(r"[\\/]", source.rstrip("\\/"))[-1] or source


def without_paths(reason: str) -> str:
    """The reason with the last part in place of each path from the root on."""
    return _PATH.sub(r"\1", _QUOTED_PATH.sub(r"\1", reason))
