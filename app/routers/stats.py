"""Counts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.queries import stats
from app.routers.deps import INVALID, Database, answered
from app.routers.routes import ReadRoute
from app.schemas.stats import Matrix, Timeline

router = APIRouter(prefix="/stats", tags=["stats"], responses=INVALID, route_class=ReadRoute)


@router.get("/matrix", summary="Count proposals by two things (交叉统计)", response_model=Matrix)
async def get_matrix(query: Annotated[stats.MatrixQuery, Query()], database: Database) -> Response:
    """Takes all filters of the list; each cell is the list's `total` with both values added as filters."""
    return await answered(database, lambda at: Matrix.model_validate(stats.matrix(at, query)))


@router.get("/timeline", summary="Count proposals over time (时间线)", response_model=Timeline)
async def get_timeline(query: Annotated[stats.TimelineQuery, Query()], database: Database) -> Response:
    """Takes all filters of the list; periods without proposals are left out."""
    return await answered(database, lambda at: Timeline.model_validate(stats.timeline(at, query)))
