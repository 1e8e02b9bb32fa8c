"""What is here, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.queries import coverage
from app.routers.deps import INVALID, Database, DetailQuery
from app.schemas.coverage import Coverage

router = APIRouter(prefix="/coverage", tags=["service"], responses=INVALID)


@router.get("", summary="What is here (收录范围)")
async def get_coverage(_query: Annotated[DetailQuery, Query()], database: Database) -> Coverage:
    """Articles by source and month, themes and regions of their proposals, and how the last import went."""
    return Coverage.model_validate(await database.answer(coverage.get))
