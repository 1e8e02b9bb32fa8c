"""The index of addresses, and whether the server answers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.routers.deps import INVALID, DetailQuery, Readiness
from app.schemas.service import Health, Index

OTHERS = {
    "search": "search",
    "matrix": "get_matrix",
    "timeline": "get_timeline",
    "dictionary": "get_dictionary",
    "export": "get_export",
    "coverage": "get_coverage",
}
"""Addresses of the index that are no lists, and their routes."""

router = APIRouter(tags=["service"], responses=INVALID)


# These two need no thread, and so are answered also while all threads wait for the database.
@router.get("/api/v1/", summary="Where to begin (入口)")
async def get_index(request: Request, _query: Annotated[DetailQuery, Query()]) -> Index:
    """The addresses of all lists and of the docs page."""
    routes = {name: OTHERS.get(name, f"list_{name}") for name in Index.model_fields if name != "docs"}
    addresses = {name: str(request.url_for(route)) for name, route in routes.items()}
    return Index(**addresses, docs=f"{request.base_url}docs")


@router.get("/healthz", summary="Does the server answer? (运行状态)")
async def get_health(_query: Annotated[DetailQuery, Query()]) -> Health:
    """Answers as soon as the server does, without asking the database."""
    return Health(status="ok")


@router.get("/readyz", summary="Can it answer from the database? (就绪状态)")
def get_readiness(_query: Annotated[DetailQuery, Query()], require_ready: Readiness) -> Health:
    """Answers when the database is migrated to this version and can be read, else with a 503."""
    require_ready()
    return Health(status="ok")
