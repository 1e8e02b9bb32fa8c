"""Institutions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import institutions
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, Id, listed
from app.routers.exports import LISTED, Export, export, file_format
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
    institution_id: Id, _query: Annotated[DetailQuery, Query()], database: Database
) -> InstitutionDetail:
    """An institution with its people and every place where an article names it."""
    return InstitutionDetail.model_validate(database.ask(institutions.get, institution_id))
