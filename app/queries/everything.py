"""One search through proposals, people, institutions, metrics and articles."""

from pydantic import Field
from sqlalchemy import Connection

from app.queries import articles, institutions, lists, metrics, people, proposals
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
        "proposals": lists.find(proposals.LIST, connection, proposals.ProposalQuery.model_validate(asked)),
        "people": lists.find(people.LIST, connection, people.PersonQuery.model_validate(asked)),
        "institutions": lists.find(
            institutions.LIST, connection, institutions.InstitutionQuery.model_validate(asked)
        ),
        "metrics": lists.find(metrics.LIST, connection, metrics.MetricQuery.model_validate(asked)),
        "articles": lists.find(articles.LIST, connection, articles.ArticleQuery.model_validate(asked)),
    }
