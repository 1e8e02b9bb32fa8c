"""What routes share: the way to the database, the list envelope and the declared errors."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from starlette.datastructures import URL

from app.queries.page import Page
from app.queries.parameters import Parameters, RowId, Text
from app.queries.reader import Reader
from app.queries.rows import Item
from app.schemas.problems import Problem
from app.schemas.shape import Listing, Shape

JSON = "application/json"

INVALID: dict[int | str, dict[str, Any]] = {
    422: {"model": Problem, "description": "A parameter or value is unknown or malformed (参数有误)."}
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "Nothing has that id or code (未找到)."}
}


class DetailQuery(Parameters):
    """The query parameters of a detail: none."""


async def _reader(request: Request) -> Reader:
    reader: Reader = request.app.state.reader
    return reader


async def _require_ready(request: Request) -> Callable[[], None]:
    check: Callable[[], None] = request.app.state.require_ready
    return check


async def require_single(request: Request) -> None:
    """Raises RepeatedParameterError; FastAPI itself would take the last of several values without a word."""
    asked = [name for name, _ in request.query_params.multi_items()]
    for parameters in request.scope["route"].dependant.query_params:
        parameters.field_info.annotation.require_single(asked)


# Not a connection: a route holds one only while it asks, or requests that wait for a connection could
# take all threads that those with one need to go on.
Database = Annotated[Reader, Depends(_reader)]
Readiness = Annotated[Callable[[], None], Depends(_require_ready)]
"""Raises unless the database is migrated and can be read."""
ArticleId = Annotated[RowId, Path(description="Its id (编号：文章的编号).", examples=[3])]
ProposalId = Annotated[RowId, Path(description="Its id (编号：建言的编号).", examples=[41])]
MetricId = Annotated[RowId, Path(description="Its id (编号：指标的编号).", examples=[1])]
PersonId = Annotated[RowId, Path(description="Their id (编号：人物的编号).", examples=[80])]
InstitutionId = Annotated[RowId, Path(description="Its id (编号：机构的编号).", examples=[30])]
ImportId = Annotated[RowId, Path(description="Its id (编号：导入的编号).", examples=[1])]
ThemeCode = Annotated[Text, Path(description="Its code (代码：主题的代码).", examples=["5g"])]
RegionCode = Annotated[Text, Path(description="Its code (代码：地区的代码).", examples=["510000"])]


async def listed(
    request: Request,
    database: Reader,
    find: Callable[[Any], Page[Item]],
    shape: type[Listing[Any]],
) -> Response:
    """The page of a list that the function finds on a connection, in its envelope. Raises what it does.

    A Link header (RFC 8288) says the address of the next page too.
    """

    def make(connection: Any) -> tuple[bytes, str | None]:
        page = shape.model_validate(enveloped(find(connection), request.url))
        return page.model_dump_json().encode(), page.next

    body, following = await database.answer(make)
    links = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Response(body, headers=links, media_type=JSON)


def enveloped(page: Page[Any], address: URL) -> Item:
    """The fields of the envelope of a page that the address answers: next is this one with another cursor."""
    following = page.cursor and str(address.include_query_params(cursor=page.cursor))
    envelope = {"items": page.items, "total": page.total, "total_capped": page.total_capped}
    return {**envelope, "next": following, "ambiguous": page.ambiguous, "facets": page.facets}


async def answered(database: Reader, make: Callable[[Any], Shape]) -> Response:
    """What the function makes on a connection. Raises what it does."""
    body = await database.answer(lambda connection: make(connection).model_dump_json().encode())
    return Response(body, media_type=JSON)
