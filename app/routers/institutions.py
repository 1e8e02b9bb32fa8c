"""Institutions over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.queries import institutions
from app.queries.page import Paging
from app.routers.deps import INVALID, NOT_FOUND, Database, InstitutionId, answered, listed
from app.routers.exports import LISTED, answer_list
from app.routers.parts import detailed
from app.routers.routes import ReadRoute
from app.schemas.actors import MentionList
from app.schemas.columns import INSTITUTIONS
from app.schemas.institutions import InstitutionDetail, InstitutionList

router = APIRouter(prefix="/institutions", tags=["institutions"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List institutions (机构)", response_model=InstitutionList, **LISTED)
async def list_institutions(
    request: Request, query: Annotated[institutions.InstitutionQuery, Query()], database: Database
) -> Response:
    """By name."""
    return await answer_list(request, database, institutions.LIST, query, InstitutionList, INSTITUTIONS)


@router.get(
    "/{institution_id}",
    summary="Get an institution (机构)",
    response_model=InstitutionDetail,
    responses=NOT_FOUND,
)
async def get_institution(
    request: Request,
    institution_id: InstitutionId,
    query: Annotated[institutions.InstitutionParts, Query()],
    database: Database,
) -> Response:
    """Its names, its region and how much there is about it; more with `include`."""

    def make(at: Any) -> InstitutionDetail:
        lists = {
            "people": request.url_for("list_people"),
            "proposals": request.url_for("list_proposals"),
            "mentions": request.url_for("list_institution_mentions", institution_id=institution_id),
        }
        return detailed(InstitutionDetail, institutions.get(at, institution_id, query.include), lists)

    return await answered(database, make)


@router.get(
    "/{institution_id}/mentions",
    summary="List where an institution is named (提及)",
    response_model=MentionList,
    responses=NOT_FOUND,
)
async def list_institution_mentions(
    request: Request, institution_id: InstitutionId, query: Annotated[Paging, Query()], database: Database
) -> Response:
    """One for each article and form of the name, newest article first."""
    return await listed(
        request, database, lambda at: institutions.find_mentions(at, institution_id, query), MentionList
    )
