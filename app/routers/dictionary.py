"""The dictionary over HTTP: what every field, column and code means."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.queries import themes
from app.queries.reader import Reader
from app.routers.deps import INVALID, Database, DetailQuery
from app.schemas import columns, meanings
from app.schemas.dictionary import Dictionary
from app.schemas.meanings import Meaning

router = APIRouter(tags=["service"], responses=INVALID)


@router.get("/dictionary", summary="What fields and codes mean (数据字典)")
def get_dictionary(_query: Annotated[DetailQuery, Query()], database: Database) -> Dictionary:
    """Every field of every answer, every column of every file and every code, in English and Chinese."""
    found = {"fields": meanings.fields(), "columns": columns.meanings(), "codes": known_codes(database)}
    return Dictionary.model_validate(found, from_attributes=True)


def known_codes(database: Reader) -> list[Meaning]:
    """Every code of the closed lists, and the themes of the database."""
    stored = [
        meanings.theme(each["code"], each["name_en"], each["name_zh"], each["aliases"])
        for each in database.ask(themes.all_named)
    ]
    return [*meanings.codes(), *stored]
