"""Proposals over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.queries import proposals
from app.routers.deps import INVALID, NOT_FOUND, Database, ProposalId, answered
from app.routers.exports import LISTED, answer_list
from app.routers.parts import detailed
from app.routers.routes import ReadRoute
from app.schemas.columns import PROPOSALS
from app.schemas.proposals import ProposalDetail, ProposalList

router = APIRouter(prefix="/proposals", tags=["proposals"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List proposals (建言)", response_model=ProposalList, **LISTED)
async def list_proposals(
    request: Request, query: Annotated[proposals.ProposalQuery, Query()], database: Database
) -> Response:
    """Newest first, undated ones last; all filters combine."""
    return await answer_list(request, database, proposals.LIST, query, ProposalList, PROPOSALS)


@router.get(
    "/{proposal_id}", summary="Get a proposal (建言)", response_model=ProposalDetail, responses=NOT_FOUND
)
async def get_proposal(
    request: Request,
    proposal_id: ProposalId,
    query: Annotated[proposals.ProposalParts, Query()],
    database: Database,
) -> Response:
    """Who put forward what, where the article says so, and what it is about; more with `include`."""

    def make(at: Any) -> ProposalDetail:
        lists = {"metrics": request.url_for("list_metrics"), "reports": request.url_for("list_proposals")}
        return detailed(ProposalDetail, proposals.get(at, proposal_id, query.include), lists)

    return await answered(database, make)
