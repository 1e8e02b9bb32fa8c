"""People over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

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


@router.get("/{person_id}", summary="Get a person (人物)", responses=NOT_FOUND)
def get_person(person_id: Id, _query: Annotated[DetailQuery, Query()], database: Database) -> PersonDetail:
    """A person with every place where an article names them."""
    return PersonDetail.model_validate(database.ask(people.get, person_id))
