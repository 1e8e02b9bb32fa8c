"""The whole database, list after list."""

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import Connection

from app.queries import articles, imports, institutions, metrics, people, proposals, regions, themes
from app.queries.lists import Lister
from app.queries.page import Paging
from app.queries.rows import Item

Q = TypeVar("Q", bound=Paging)


def find_all(connection: Connection) -> Iterator[tuple[str, list[Item]]]:
    """All items of every list, some hundred at a time, with its name; of an empty list too, as no items."""
    lists: dict[str, Iterator[list[Item]]] = {
        "proposals": _all(connection, proposals.LIST, proposals.ProposalQuery),
        "people": _all(connection, people.LIST, people.PersonQuery),
        "institutions": _all(connection, institutions.LIST, institutions.InstitutionQuery),
        "metrics": _all(connection, metrics.LIST, metrics.MetricQuery),
        "articles": _all(connection, articles.LIST, articles.ArticleQuery),
        "article_texts": articles.find_texts(connection),
        "themes": _all(connection, themes.LIST, themes.ThemeQuery),
        "regions": _all(connection, regions.LIST, regions.RegionQuery),
        "imports": _all(connection, imports.LIST, imports.ImportQuery),
    }
    for name, chunks in lists.items():
        yield name, []
        for items in chunks:
            yield name, items


def _all(connection: Connection, lister: Lister[Q], query: type[Q]) -> Iterator[list[Item]]:
    return lister.find_all(connection, query.model_validate({}))
