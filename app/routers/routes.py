"""Routes that read: what the parameters of an address mean is found out once."""

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction, unwrap
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.queries.memory import Memory

MOST_BYTES = 8_000_000
SIZE = 2_000
"""Bytes that the parameters of an address take, about."""

Read = Callable[..., Coroutine[Any, Any, Response]]

_GIVEN = ("request", "database")
"""What a route is given beside the parameters."""


class ReadRoute(APIRoute):
    """Takes the parameters of an address that came before from its memory.

    Going through twenty of them, FastAPI takes longer than the database. The first time, and for whatever is
    wrong with them, it still does.
    """

    def __init__(self, path: str, endpoint: Read, **options: Any) -> None:
        read: Read = unwrap(endpoint)
        self._read = read
        self._known = Memory(MOST_BYTES)
        super().__init__(path, self._noting(read) if iscoroutinefunction(read) else read, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def recall(request: Request) -> Response:
            parameters = self._known.recall("", _address(request))
            if parameters is None:
                return await handle(request)
            return await self._read(request=request, database=request.app.state.reader, **parameters)

        return recall

    def _noting(self, read: Read) -> Read:
        @wraps(read)
        async def note(**values: Any) -> Response:
            parameters = {name: value for name, value in values.items() if name not in _GIVEN}
            if len(values) == len(parameters) + len(_GIVEN):
                self._known.keep("", _address(values["request"]), parameters, SIZE)
            return await read(**values)

        return note


def _address(request: Request) -> tuple[str, bytes]:
    return request.scope["path"], request.scope["query_string"]
