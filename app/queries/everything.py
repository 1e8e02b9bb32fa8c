"""One search through proposals, people, institutions, metrics and articles."""

from pydantic import Field
from sqlalchemy import Connection

from app.queries import articles, institutions, metrics, people, proposals
from app.queries.page import Page
from app.queries.parameters import Parameters, Text
from app.queries.rows import Item


class SearchQuery(Parameters):
    """What to search for."""

    q: Text = Field(
        description="Words to find (检索词：须含全部检索词，词间空格，繁简、全角半角一视同仁), all of "
        "them, a blank between two; 繁 as 简, full width as half.",
        examples=["科学城"],
    )
    limit: int = Field(
        5, ge=1, le=20, description="Items shown of each kind (每类条数：每一类列出的条数).", examples=[3]
    )


def find(connection: Connection, query: SearchQuery) -> dict[str, Page[Item]]:
    """The first page of each list for the words, by the list's name; all of one moment."""
    asked = {"q": query.q, "limit": query.limit}
    return {
        "proposals": proposals.LIST.find(connection, proposals.ProposalQuery.model_validate(asked)),
        "people": people.LIST.find(connection, people.PersonQuery.model_validate(asked)),
        "institutions": institutions.LIST.find(
            connection, institutions.InstitutionQuery.model_validate(asked)
        ),
        "metrics": metrics.LIST.find(connection, metrics.MetricQuery.model_validate(asked)),
        "articles": articles.LIST.find(connection, articles.ArticleQuery.model_validate(asked)),
    }
