"""Imports over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.queries import imports
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, ImportId, answered, listed
from app.routers.exports import LISTED, answer_list
from app.routers.routes import ReadRoute
from app.schemas.columns import IMPORTS
from app.schemas.imports import ImportDetail, ImportList, ImportOutcomeList

router = APIRouter(prefix="/imports", tags=["imports"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List imports (导入)", response_model=ImportList, **LISTED)
async def list_imports(
    request: Request, query: Annotated[imports.ImportQuery, Query()], database: Database
) -> Response:
    """The one that began last first; each with what was to be imported and what became of it."""
    return await answer_list(request, database, imports.LIST, query, ImportList, IMPORTS)


@router.get("/{import_id}", summary="Get an import (导入)", response_model=ImportDetail, responses=NOT_FOUND)
async def get_import(
    import_id: ImportId, _query: Annotated[DetailQuery, Query()], database: Database
) -> Response:
    """What became of its sources, and which failed and why; all of them are under its `outcomes`."""
    return await answered(database, lambda at: ImportDetail.model_validate(imports.get(at, import_id)))


@router.get(
    "/{import_id}/outcomes",
    summary="List what became of each source (导入结果)",
    response_model=ImportOutcomeList,
    responses=NOT_FOUND,
)
async def list_import_outcomes(
    request: Request,
    import_id: ImportId,
    query: Annotated[imports.OutcomeQuery, Query()],
    database: Database,
) -> Response:
    """One for each source, in the order they were done; `outcome=failed` leaves those that failed."""
    return await listed(
        request, database, lambda at: imports.find_outcomes(at, import_id, query), ImportOutcomeList
    )
