"""The whole database, list after list."""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.queries import articles, institutions, metrics, people, proposals, regions, themes
from app.queries.rows import Item


def find_all(connection: Connection) -> Iterator[tuple[str, list[Item]]]:
    """All items of every list, some hundred at a time, with its name; of an empty list too, as no items."""
    lists = {
        "proposals": proposals.find_all(connection, proposals.ProposalQuery.model_validate({})),
        "people": people.find_all(connection, people.PersonQuery.model_validate({})),
        "institutions": institutions.find_all(connection, institutions.InstitutionQuery.model_validate({})),
        "metrics": metrics.find_all(connection, metrics.MetricQuery.model_validate({})),
        "articles": articles.find_all(connection, articles.ArticleQuery.model_validate({})),
        "article_texts": articles.find_texts(connection),
        "themes": themes.find_all(connection, themes.ThemeQuery.model_validate({})),
        "regions": regions.find_all(connection, regions.RegionQuery.model_validate({})),
    }
    for name, chunks in lists.items():
        yield name, []
        for items in chunks:
            yield name, items
