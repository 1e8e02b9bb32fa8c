"""Counts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.queries import stats
from app.routers.deps import INVALID, Database
from app.schemas.stats import Matrix, Timeline

router = APIRouter(prefix="/stats", tags=["stats"], responses=INVALID)


@router.get("/matrix", summary="Count proposals by two things (交叉统计)")
def get_matrix(query: Annotated[stats.MatrixQuery, Query()], database: Database) -> Matrix:
    """Takes all filters of the list; each cell is the list's `total` with both values added as filters."""
    return Matrix.model_validate(database.ask(stats.matrix, query))


@router.get("/timeline", summary="Count proposals over time (时间线)")
def get_timeline(query: Annotated[stats.TimelineQuery, Query()], database: Database) -> Timeline:
    """Takes all filters of the list; periods without proposals are left out."""
    return Timeline.model_validate(database.ask(stats.timeline, query))
