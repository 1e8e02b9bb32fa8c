"""A search through everything over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.queries import everything
from app.routers.deps import INVALID, Database, answered
from app.routers.routes import ReadRoute
from app.schemas.search import SearchResult

router = APIRouter(prefix="/search", tags=["search"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="Search everything (全文检索)", response_model=SearchResult)
async def search(
    request: Request, query: Annotated[everything.SearchQuery, Query()], database: Database
) -> Response:
    """Any string of one character or more finds what contains it; of several words all must be there."""

    def make(at: Any) -> SearchResult:
        groups = {
            name: {
                "items": page.items,
                "total": page.total,
                "total_capped": page.total_capped,
                "all": str(request.url_for(f"list_{name}").include_query_params(q=query.q)),
            }
            for name, page in everything.find(at, query).items()
        }
        return SearchResult.model_validate(groups)

    return await answered(database, make)
