"""A search through everything over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import everything
from app.routers.deps import INVALID, Database
from app.schemas.search import SearchResult

router = APIRouter(prefix="/search", tags=["search"], responses=INVALID)


@router.get("", summary="Search everything (全文检索)")
def search(
    request: Request, query: Annotated[everything.SearchQuery, Query()], database: Database
) -> SearchResult:
    """Any string of one character or more finds what contains it; of several words all must be there."""
    found = database.ask(everything.find, query)
    groups = {
        name: {
            "items": page.items,
            "total": page.total,
            "all": str(request.url_for(f"list_{name}").include_query_params(q=query.q)),
        }
        for name, page in found.items()
    }
    return SearchResult.model_validate(groups)
