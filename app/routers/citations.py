"""References to articles and proposals over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.citations.styles import STYLES, cite
from app.citations.work import Work, work_of_article, work_of_proposal
from app.queries import citations
from app.queries.citations import CitationQuery
from app.routers.deps import INVALID, NOT_FOUND, ArticleId, Database, ProposalId

TEXT = {"schema": {"type": "string"}}
ITEMS = {"schema": {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 1}}

IN_EVERY_STYLE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The reference in that style (引文); CSL-JSON is an array of one item.",
        "content": {kind: ITEMS if kind.endswith("+json") else TEXT for _, kind in STYLES.values()},
    }
}

# No media type of its own: each style has one.
router = APIRouter(responses=INVALID | NOT_FOUND | IN_EVERY_STYLE, default_response_class=Response)


@router.get("/articles/{article_id}/citation", tags=["articles"], summary="Cite an article (引用文章)")
async def get_article_citation(
    article_id: ArticleId, query: Annotated[CitationQuery, Query()], database: Database
) -> Response:
    """One reference, with a key that stays the same through every import of the same text."""
    return _written(work_of_article(await database.answer(citations.get_article, article_id)), query)


@router.get("/proposals/{proposal_id}/citation", tags=["proposals"], summary="Cite a proposal (引用建言)")
async def get_proposal_citation(
    proposal_id: ProposalId, query: Annotated[CitationQuery, Query()], database: Database
) -> Response:
    """The reference of its article, with a note that names the speaker and quotes the sentence."""
    return _written(work_of_proposal(*await database.answer(citations.get_proposal, proposal_id)), query)


def _written(work: Work, query: CitationQuery) -> Response:
    citation = cite(work, query.style, query.accessed)
    return Response(citation.text, media_type=citation.media_type)
