"""Mentions: where articles name people and institutions."""

from datetime import date

from sqlalchemy import Connection, select

from app.queries.articles import REFERENCE, nest_articles
from app.queries.page import Key, Order, Page, Paging
from app.queries.parameters import RowId, SortedText
from app.queries.parts import Part, first_of
from app.queries.resource import Resource
from app.queries.rows import Item, actor_mention, article

MENTIONS = Resource(
    name="mention",
    table=actor_mention,
    base=select(actor_mention.c.name, actor_mention.c.spans, article.c.published_on, *REFERENCE).join_from(
        actor_mention, article
    ),
    order=Order(
        (
            Key(article.c.published_on, descending=True),
            Key(actor_mention.c.article_id, descending=True),
            Key(actor_mention.c.name),
        ),
        (date | None, RowId, SortedText),
    ),
    complete=nest_articles,
)


def find(connection: Connection, actor_id: int, paging: Paging) -> Page[Item]:
    """Where articles name an actor: name, spans and article, newest article first."""
    return MENTIONS.find(connection, [actor_mention.c.actor_id == actor_id], paging)


def part_of(connection: Connection, item: Item) -> Part:
    """The mentions of the person or institution, as a part of its detail."""
    return first_of(connection, lambda _, paging: find(connection, item["id"], paging), Paging)
