"""What is here, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.queries import coverage
from app.routers.deps import INVALID, Database, DetailQuery, answered
from app.routers.routes import ReadRoute
from app.schemas.coverage import Coverage

router = APIRouter(prefix="/coverage", tags=["service"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="What is here (收录范围)", response_model=Coverage)
async def get_coverage(_query: Annotated[DetailQuery, Query()], database: Database) -> Response:
    """Articles by source and month, themes and regions of their proposals, and how the last import went."""
    return await answered(database, lambda at: Coverage.model_validate(coverage.get(at)))
