"""Themes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import themes
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, ThemeCode, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.schemas.columns import THEMES
from app.schemas.themes import ThemeDetail, ThemeList

router = APIRouter(prefix="/themes", tags=["themes"], responses=INVALID)


@router.get("", summary="List themes (主题)", response_model=ThemeList, **LISTED)
def list_themes(
    request: Request, query: Annotated[themes.ThemeQuery, Query()], database: Database
) -> ThemeList | Export:
    """In their own order, with all names one may filter by."""
    if form := file_format(request, query):
        return export(THEMES, form, database, themes.find_all, query)
    return listed(ThemeList, request, database.ask(themes.find, query))


@router.get("/{code}", summary="Get a theme (主题)", responses=NOT_FOUND)
def get_theme(code: ThemeCode, _query: Annotated[DetailQuery, Query()], database: Database) -> ThemeDetail:
    """A theme with how much is filed under it."""
    return ThemeDetail.model_validate(database.ask(themes.get, code))
