"""Routes that read: their answers are remembered for as long as the data stays the same."""

from collections.abc import Callable, Coroutine
from itertools import chain
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.queries.memory import Memory

# What an answer is made of, beside the data: the addresses in it are those it was asked at.
_HEADERS = (b"host", b"accept")


class ReadRoute(APIRoute):
    """Answers from the application's memory what it answered before of this version of the data."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def recall(request: Request) -> Response:
            version: str | None = getattr(request.state, "version", None)
            if version is None:
                return await handle(request)
            memory: Memory = request.app.state.memory
            asked = _asked(request)
            if (known := memory.recall(version, asked)) is not None:
                return _response(*known)
            response = await handle(request)
            # Not what is streamed, and not what leads elsewhere: that is neither large nor asked for often.
            if type(response) is Response and response.status_code == 200:
                body = bytes(response.body)
                # The question too: addresses may be as long as answers.
                size = len(body) + sum(map(len, chain([request.scope["query_string"]], *_headers(request))))
                memory.keep(version, asked, (body, list(response.raw_headers)), size)
            return response

        return recall


def _asked(request: Request) -> tuple[object, ...]:
    scope = request.scope
    return scope["scheme"], scope["path"], scope["query_string"], _headers(request), request.state.imports


def _headers(request: Request) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(header for header in request.scope["headers"] if header[0] in _HEADERS)


def _response(body: bytes, headers: list[tuple[bytes, bytes]]) -> Response:
    response = Response(body)
    response.raw_headers = list(headers)  # a list of its own, as it is added to on its way
    return response
