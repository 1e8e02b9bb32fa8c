"""People over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from app.errors import MergedError
from app.queries import people
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, Id, listed
from app.routers.exports import LISTED, Export, export, file_format
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
    request: Request, person_id: Id, _query: Annotated[DetailQuery, Query()], database: Database
) -> PersonDetail | RedirectResponse:
    """A person with every place where an article names them."""
    try:
        return PersonDetail.model_validate(database.ask(people.get, person_id))
    except MergedError as merged:
        address = request.url_for("get_person", person_id=merged.into).replace(query=request.url.query)
        # Clients keep a 308 for good unless told not to, and a merge can be undone.
        return RedirectResponse(address, 308, {"Cache-Control": "no-store"})
