"""Institutions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import institutions
from app.queries.page import Paging
from app.routers.deps import INVALID, NOT_FOUND, Database, InstitutionId, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.routers.parts import detailed
from app.schemas.actors import MentionList
from app.schemas.columns import INSTITUTIONS
from app.schemas.institutions import InstitutionDetail, InstitutionList

router = APIRouter(prefix="/institutions", tags=["institutions"], responses=INVALID)


@router.get("", summary="List institutions (机构)", response_model=InstitutionList, **LISTED)
def list_institutions(
    request: Request, query: Annotated[institutions.InstitutionQuery, Query()], database: Database
) -> InstitutionList | Export:
    """By name."""
    if form := file_format(request, query):
        return export(INSTITUTIONS, form, database, institutions.find_all, query)
    return listed(InstitutionList, request, database.ask(institutions.find, query))


@router.get("/{institution_id}", summary="Get an institution (机构)", responses=NOT_FOUND)
def get_institution(
    request: Request,
    institution_id: InstitutionId,
    query: Annotated[institutions.InstitutionParts, Query()],
    database: Database,
) -> InstitutionDetail:
    """Its names, its region and how much there is about it; more with `include`."""
    lists = {
        "people": request.url_for("list_people"),
        "proposals": request.url_for("list_proposals"),
        "mentions": request.url_for("list_institution_mentions", institution_id=institution_id),
    }
    return detailed(InstitutionDetail, database.ask(institutions.get, institution_id, query.include), lists)


@router.get(
    "/{institution_id}/mentions", summary="List where an institution is named (提及)", responses=NOT_FOUND
)
def list_institution_mentions(
    request: Request, institution_id: InstitutionId, query: Annotated[Paging, Query()], database: Database
) -> MentionList:
    """One for each article and form of the name, newest article first."""
    return listed(MentionList, request, database.ask(institutions.find_mentions, institution_id, query))
