"""Regions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.queries import regions
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, RegionCode, answered
from app.routers.exports import LISTED, answer_list
from app.routers.routes import ReadRoute
from app.schemas.columns import REGIONS
from app.schemas.regions import RegionDetail, RegionList

router = APIRouter(prefix="/regions", tags=["regions"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List regions (地区)", response_model=RegionList, **LISTED)
async def list_regions(
    request: Request, query: Annotated[regions.RegionQuery, Query()], database: Database
) -> Response:
    """By code: divisions by GB/T 2260, then zones and blocs."""
    return await answer_list(request, database, regions.LIST, query, RegionList, REGIONS)


@router.get("/{code}", summary="Get a region (地区)", response_model=RegionDetail, responses=NOT_FOUND)
async def get_region(
    code: RegionCode, _query: Annotated[DetailQuery, Query()], database: Database
) -> Response:
    """A region with its names, what lies around it and in it, and how much is about it."""
    return await answered(database, lambda at: RegionDetail.model_validate(regions.get(at, code)))
