"""What a citation of an article or a proposal is made of."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, select

from app.errors import NotFoundError
from app.queries.parameters import Day, Parameters, one_of
from app.queries.proposals import PROPOSALS
from app.queries.rows import Item, article, fetch
from app.vocabulary import CitationStyle

_CITED = select(
    article.c.sha256,
    article.c.title,
    article.c.source,
    article.c.published_on,
    article.c.url,
    article.c.bylines,
)


class CitationQuery(Parameters):
    """How a reference is to be written."""

    style: Annotated[CitationStyle, one_of(CitationStyle)] = Field(
        CitationStyle.GBT7714_2015,
        description="How the reference is written (引文格式：GB/T 7714 2025 或 2015 版顺序编码制、BibTeX、"
        "RIS 或 CSL-JSON): GB/T 7714 of 2025 or 2015 in the numeric system, BibTeX, RIS or "
        "CSL-JSON.",
        examples=["gbt7714-2015"],
    )
    accessed: Day | None = Field(
        None,
        description="When you read the article at its address (引用日期：在网址上阅读该文的日期，GB/T 7714 "
        "要求网页注明，不写则引文中没有). GB/T 7714 demands it of web pages, 2015 also of "
        "newspapers online; without it, or without an address, the reference has none.",
        examples=["2024-05-01"],
    )


def get_article(connection: Connection, article_id: int) -> Item:
    """What a reference says of an article. Raises NotFoundError."""
    rows = fetch(connection, _CITED.where(article.c.id == article_id))
    if not rows:
        raise NotFoundError("article", article_id)
    return rows[0]


def get_proposal(connection: Connection, proposal_id: int) -> tuple[Item, Item]:
    """A proposal, and what a reference says of its article. Raises NotFoundError."""
    proposal = PROPOSALS.get(connection, proposal_id)
    return proposal, get_article(connection, proposal["article"]["id"])
