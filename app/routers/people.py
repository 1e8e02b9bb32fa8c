"""People over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from app.errors import MergedError
from app.queries import people
from app.queries.page import Paging
from app.routers.deps import INVALID, NOT_FOUND, Database, PersonId, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.routers.parts import detailed
from app.schemas.actors import MentionList, StatementList
from app.schemas.columns import PEOPLE
from app.schemas.people import PersonDetail, PersonList

router = APIRouter(prefix="/people", tags=["people"], responses=INVALID)


@router.get("", summary="List people (人物)", response_model=PersonList, **LISTED)
def list_people(
    request: Request, query: Annotated[people.PersonQuery, Query()], database: Database
) -> PersonList | Export:
    """By name, with the posts articles give them."""
    if form := file_format(request, query):
        return export(PEOPLE, form, database, people.find_all, query)
    return listed(PersonList, request, database.ask(people.find, query))


@router.get(
    "/{person_id}",
    summary="Get a person (人物)",
    response_model=PersonDetail,
    responses={**NOT_FOUND, 308: {"description": "They were merged into the person it leads to (已合并)."}},
)
def get_person(
    request: Request, person_id: PersonId, query: Annotated[people.PersonParts, Query()], database: Database
) -> PersonDetail | RedirectResponse:
    """Their posts over time and the themes they spoke on; more with `include`."""
    try:
        person = database.ask(people.get, person_id, query.include)
    except MergedError as merged:
        address = request.url_for("get_person", person_id=merged.into).replace(query=request.url.query)
        # Clients keep a 308 for good unless told not to, and a merge can be undone.
        return RedirectResponse(address, 308, {"Cache-Control": "no-store"})
    lists = {
        "proposals": request.url_for("list_proposals"),
        "mentions": request.url_for("list_person_mentions", person_id=person_id),
        "statements": request.url_for("list_person_statements", person_id=person_id),
    }
    return detailed(PersonDetail, person, lists)


@router.get("/{person_id}/mentions", summary="List where a person is named (提及)", responses=NOT_FOUND)
def list_person_mentions(
    request: Request, person_id: PersonId, query: Annotated[Paging, Query()], database: Database
) -> MentionList:
    """One for each article and form of the name, newest article first."""
    return listed(MentionList, request, database.ask(people.find_mentions, person_id, query))


@router.get(
    "/{person_id}/statements",
    summary="List where a person's posts are stated (职务出处)",
    responses=NOT_FOUND,
)
def list_person_statements(
    request: Request, person_id: PersonId, query: Annotated[Paging, Query()], database: Database
) -> StatementList:
    """One for each article and post, newest article first."""
    return listed(StatementList, request, database.ask(people.find_statements, person_id, query))
