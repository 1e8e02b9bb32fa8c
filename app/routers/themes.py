"""Themes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.queries import themes
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, ThemeCode, answered
from app.routers.exports import LISTED, answer_list
from app.routers.routes import ReadRoute
from app.schemas.columns import THEMES
from app.schemas.themes import ThemeDetail, ThemeList

router = APIRouter(prefix="/themes", tags=["themes"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List themes (主题)", response_model=ThemeList, **LISTED)
async def list_themes(
    request: Request, query: Annotated[themes.ThemeQuery, Query()], database: Database
) -> Response:
    """In their own order, with all names one may filter by."""
    return await answer_list(request, database, themes.LIST, query, ThemeList, THEMES)


@router.get("/{code}", summary="Get a theme (主题)", response_model=ThemeDetail, responses=NOT_FOUND)
async def get_theme(code: ThemeCode, _query: Annotated[DetailQuery, Query()], database: Database) -> Response:
    """A theme with how much is filed under it."""
    return await answered(database, lambda at: ThemeDetail.model_validate(themes.get(at, code)))
