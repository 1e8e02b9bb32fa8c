"""Regions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import regions
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, RegionCode, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.schemas.columns import REGIONS
from app.schemas.regions import RegionDetail, RegionList

router = APIRouter(prefix="/regions", tags=["regions"], responses=INVALID)


@router.get("", summary="List regions (地区)", response_model=RegionList, **LISTED)
def list_regions(
    request: Request, query: Annotated[regions.RegionQuery, Query()], database: Database
) -> RegionList | Export:
    """By code: divisions by GB/T 2260, then zones and blocs."""
    if form := file_format(request, query):
        return export(REGIONS, form, database, regions.find_all, query)
    return listed(RegionList, request, database.ask(regions.find, query))


@router.get("/{code}", summary="Get a region (地区)", responses=NOT_FOUND)
def get_region(code: RegionCode, _query: Annotated[DetailQuery, Query()], database: Database) -> RegionDetail:
    """A region with its names, what lies around it and in it, and how much is about it."""
    return RegionDetail.model_validate(database.ask(regions.get, code))
