"""Lists as files over HTTP: what is asked for, and a response that ends when the client does."""

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from time import monotonic
from typing import Annotated, Any, TypeVar

from anyio import CancelScope, fail_after
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from app.queries import whole
from app.queries.lists import Lister
from app.queries.page import Format, ListQuery
from app.queries.reader import Reader
from app.queries.rows import Item
from app.routers.deps import INVALID, Database, DetailQuery, listed
from app.routers.dictionary import known_codes
from app.routers.files.archive import write_zip
from app.routers.files.lines import write_csv, write_ndjson
from app.routers.files.workbook import write_xlsx
from app.schemas import columns
from app.schemas.columns import Table
from app.schemas.shape import Listing

T = TypeVar("T")
Q = TypeVar("Q", bound=ListQuery)
Writer = Callable[[Table, Iterable[list[Item]]], Generator[bytes]]
"""From a table and chunks of its items to the bytes of a file."""

MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.NDJSON: "application/x-ndjson",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ZIP = "application/zip"
_ACCEPTED = {media_type: form for form, media_type in MEDIA_TYPES.items()}
_ACCEPTED |= dict.fromkeys(("application/*", "*/*"), Format.JSON)
_WRITERS: dict[Format, Writer] = {Format.CSV: write_csv, Format.NDJSON: write_ndjson}
_QUALITY = re.compile(r"q\s*=\s*(\d(?:\.\d*)?)")

_TEXT = {"schema": {"type": "string"}}
_BINARY = {"schema": {"type": "string", "format": "binary"}}

LISTED: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                media_type: _BINARY if form is Format.XLSX else _TEXT
                for form, media_type in MEDIA_TYPES.items()
                if form is not Format.JSON
            }
        },
    },
}
"""What the routes of all lists declare: that they answer files too."""

router = APIRouter(tags=["service"], responses=INVALID)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a client may take for a `part` of a file, and may be waited for in the `whole`.

    Few who read slowly would else keep all others from theirs.
    """

    part: float
    whole: float


class Export(StreamingResponse):
    """A file that is sent while it is made.

    Its generators, the last of which holds a connection, are closed however much the client reads. One that
    is waited for longer than the patience allows counts as one that has left.
    """

    def __init__(
        self,
        name: str,
        media_type: str,
        content: Generator[bytes],
        source: Generator[Any],
        patience: Patience,
    ) -> None:
        disposition = f'attachment; filename="jianyan-{name}"'
        headers = {"Content-Disposition": disposition}
        super().__init__(content, media_type=media_type, headers=headers)
        self._content, self._source = content, source
        self._part, self._left = patience.part, patience.whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Also while the server cancels everything.
            with CancelScope(shield=True):
                await run_in_threadpool(self._close)

    async def stream_response(self, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            started = monotonic()
            try:
                with fail_after(min(self._part, self._left)):
                    await send(message)
            except TimeoutError:
                raise ClientDisconnect from None
            self._left -= monotonic() - started

        await super().stream_response(send_in_time)

    def _close(self) -> None:
        with closing(self._source):  # also where the content fails at its end, as on a full disk
            self._content.close()


@router.get(
    "/export.zip",
    summary="Take everything (全部数据)",
    response_class=StreamingResponse,
    responses={200: {"content": {ZIP: _BINARY}, "description": "A zip file of CSV tables."}},
)
def get_export(request: Request, _query: Annotated[DetailQuery, Query()], database: Database) -> Export:
    """All lists as CSV tables of one moment, the articles' texts too, and what columns and codes mean."""
    # First: what fails after the stream has begun leaves its connection to the garbage collector.
    dictionary = [*columns.meanings(), *known_codes(database)]
    source = database.stream(whole.find_all)
    tables = {table.name: table for table in columns.TABLES}
    parts = ((tables[name], items) for name, items in _begun(source))
    now = datetime.now(UTC)
    content = write_zip(parts, dictionary, now)
    return Export(f"{now:%Y-%m-%d}.zip", ZIP, content, source, request.app.state.patience)


def file_format(request: Request, query: ListQuery) -> Format | None:
    """The format of the file that is asked for, by parameter or else by header; None for a page as JSON.

    Raises WholeListError where a page of it is asked for.
    """
    wanted = query.format or _accepted(request.headers.get("accept", ""))
    if wanted is Format.JSON:
        return None
    query.require_whole()
    return wanted


async def answer_list(
    request: Request, database: Reader, lister: Lister[Q], query: Q, shape: type[Listing[Any]], table: Table
) -> Response:
    """What a query finds: a page of it in that shape, or all of it as a file of that table.

    Raises what is wrong with the query, and BusyError.
    """
    if form := file_format(request, query):
        patience = request.app.state.patience
        return await run_in_threadpool(_export, table, form, database, lister, query, patience)
    return await listed(request, database, lambda at: lister.find(at, query), shape)


def _export(
    table: Table, form: Format, database: Reader, lister: Lister[Q], query: Q, patience: Patience
) -> Export:
    write = _writer(form, table, database)
    source = database.stream(lister.find_all, query)
    content = write(table, _begun(source))
    name = f"{table.name}-{datetime.now(UTC):%Y-%m-%d}.{form}"
    return Export(name, MEDIA_TYPES[form], content, source, patience)


def _writer(form: Format, table: Table, database: Reader) -> Writer:
    """What writes a table in that format; a workbook with the dictionary, which is read here."""
    if form is not Format.XLSX:
        return _WRITERS[form]
    own = [column.meaning for column in table.columns]
    return partial(write_xlsx, dictionary=[*own, *known_codes(database)])


def _begun(source: Generator[T]) -> Iterable[T]:
    """What a generator yields, its first item taken already: what it refuses must be known before a 200."""
    return chain(list(islice(source, 1)), source)


def _accepted(header: str) -> Format:
    """The format an Accept header likes best, the first of several; JSON where it likes none of them."""
    liked = [
        (_quality(rest), media_type.strip().lower())
        for media_type, _, rest in (each.partition(";") for each in header.split(","))
    ]
    known = [
        (quality, _ACCEPTED[media_type])
        for quality, media_type in liked
        if media_type in _ACCEPTED and quality
    ]
    return max(known, key=lambda each: each[0], default=(0, Format.JSON))[1]


def _quality(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0
