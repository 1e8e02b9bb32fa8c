"""Positions: the posts of people over time, and each statement of one by an article."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Subquery, func, select

from app.queries.articles import REFERENCE, nest_articles
from app.queries.page import Key, Order, Page, Paging
from app.queries.parameters import RowId
from app.queries.parts import Part, first_of
from app.queries.resource import Resource
from app.queries.rows import Item, article, fetch, position

_POST = (position.c.person_id, position.c.institution_id, position.c.title)
"""What makes two statements one post. No institution is NULL, which groups take as one value."""

_STATED = (
    position.c.id,
    position.c.person_id,
    position.c.institution_id,
    position.c.institution_name.label("institution"),
    position.c.title,
    position.c.spans,
    *REFERENCE,
)


STATEMENTS = Resource(
    name="position",
    table=position,
    base=select(*_STATED, article.c.published_on).join_from(position, article),
    order=Order(
        (
            Key(article.c.published_on, descending=True),
            Key(position.c.article_id, descending=True),
            Key(position.c.id),
        ),
        (date | None, RowId, RowId),
    ),
    complete=nest_articles,
)


def find_statements(connection: Connection, person_id: int, paging: Paging) -> Page[Item]:
    """Every post that an article gives a person, once for each article, newest article first."""
    return STATEMENTS.find(connection, [position.c.person_id == person_id], paging)


def statements_part(connection: Connection, item: Item) -> Part:
    """The statements about a person, as a part of their detail."""
    return first_of(connection, lambda _, paging: find_statements(connection, item["id"], paging), Paging)


def posts_of(connection: Connection, person_ids: Sequence[int]) -> list[Item]:
    """The posts of these people, that stated last first, each once.

    A post has the days when it was first and last stated (None where no article that states it is
    dated), the number of its statements, and the spans and article of the newest one.
    """
    stated = _numbered(person_ids)
    newest = select(stated).where(stated.c.number == 1)
    order = (stated.c.last_seen.desc().nulls_last(), stated.c.article_id.desc(), stated.c.id)
    rows = fetch(connection, newest.order_by(*order))
    nest_articles(connection, rows)
    return rows


def _numbered(person_ids: Sequence[int]) -> Subquery:
    """All statements about the people, each with what is known of its post; 1 is the newest of a post."""
    newest_first = (article.c.published_on.desc().nulls_last(), article.c.id.desc(), position.c.id)
    return (
        select(
            *_STATED,
            func.min(article.c.published_on).over(partition_by=_POST).label("first_seen"),
            func.max(article.c.published_on).over(partition_by=_POST).label("last_seen"),
            func.count().over(partition_by=_POST).label("statements"),
            func.row_number().over(partition_by=_POST, order_by=newest_first).label("number"),
        )
        .join_from(position, article)
        .where(position.c.person_id.in_(person_ids))
        .subquery()
    )
