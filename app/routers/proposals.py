"""Proposals over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import proposals
from app.routers.deps import INVALID, NOT_FOUND, Database, ProposalId, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.routers.parts import detailed
from app.schemas.columns import PROPOSALS
from app.schemas.proposals import ProposalDetail, ProposalList

router = APIRouter(prefix="/proposals", tags=["proposals"], responses=INVALID)


@router.get("", summary="List proposals (建言)", response_model=ProposalList, **LISTED)
def list_proposals(
    request: Request, query: Annotated[proposals.ProposalQuery, Query()], database: Database
) -> ProposalList | Export:
    """Newest first, undated ones last; all filters combine."""
    if form := file_format(request, query):
        return export(PROPOSALS, form, database, proposals.find_all, query)
    return listed(ProposalList, request, database.ask(proposals.find, query))


@router.get("/{proposal_id}", summary="Get a proposal (建言)", responses=NOT_FOUND)
def get_proposal(
    request: Request,
    proposal_id: ProposalId,
    query: Annotated[proposals.ProposalParts, Query()],
    database: Database,
) -> ProposalDetail:
    """Who put forward what, where the article says so, and what it is about; more with `include`."""
    lists = {"metrics": request.url_for("list_metrics"), "reports": request.url_for("list_proposals")}
    return detailed(ProposalDetail, database.ask(proposals.get, proposal_id, query.include), lists)
