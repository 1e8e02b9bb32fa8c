"""People over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import MergedError
from app.queries import people
from app.queries.page import Paging
from app.routers.deps import INVALID, NOT_FOUND, Database, PersonId, answered, listed
from app.routers.exports import LISTED, answer_list
from app.routers.parts import detailed
from app.routers.routes import ReadRoute
from app.schemas.actors import MentionList, StatementList
from app.schemas.columns import PEOPLE
from app.schemas.people import PersonDetail, PersonList

router = APIRouter(prefix="/people", tags=["people"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List people (人物)", response_model=PersonList, **LISTED)
async def list_people(
    request: Request, query: Annotated[people.PersonQuery, Query()], database: Database
) -> Response:
    """By name, with the posts articles give them."""
    return await answer_list(request, database, people.LIST, query, PersonList, PEOPLE)


@router.get(
    "/{person_id}",
    summary="Get a person (人物)",
    response_model=PersonDetail,
    responses={**NOT_FOUND, 308: {"description": "They were merged into the person it leads to (已合并)."}},
)
async def get_person(
    request: Request, person_id: PersonId, query: Annotated[people.PersonParts, Query()], database: Database
) -> Response:
    """Their posts over time and the themes they spoke on; more with `include`."""

    def make(at: Any) -> PersonDetail:
        lists = {
            "proposals": request.url_for("list_proposals"),
            "mentions": request.url_for("list_person_mentions", person_id=person_id),
            "statements": request.url_for("list_person_statements", person_id=person_id),
        }
        return detailed(PersonDetail, people.get(at, person_id, query.include), lists)

    try:
        return await answered(database, make)
    except MergedError as merged:
        address = request.url_for("get_person", person_id=merged.into).replace(query=request.url.query)
        # Clients keep a 308 for good unless told not to, and a merge can be undone.
        return RedirectResponse(address, 308, {"Cache-Control": "no-store"})


@router.get(
    "/{person_id}/mentions",
    summary="List where a person is named (提及)",
    response_model=MentionList,
    responses=NOT_FOUND,
)
async def list_person_mentions(
    request: Request, person_id: PersonId, query: Annotated[Paging, Query()], database: Database
) -> Response:
    """One for each article and form of the name, newest article first."""
    return await listed(request, database, lambda at: people.find_mentions(at, person_id, query), MentionList)


@router.get(
    "/{person_id}/statements",
    summary="List where a person's posts are stated (职务出处)",
    response_model=StatementList,
    responses=NOT_FOUND,
)
async def list_person_statements(
    request: Request, person_id: PersonId, query: Annotated[Paging, Query()], database: Database
) -> Response:
    """One for each article and post, newest article first."""
    return await listed(
        request, database, lambda at: people.find_statements(at, person_id, query), StatementList
    )
