"""From an address to the articles there: its own, or those of the feed that it is."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from app.errors import SourceError
from app.importers.options import Options
from app.importers.pieces import Found, Said
from app.importers.web.asking import Answer
from app.importers.web.feeds import Entry, entries_of
from app.importers.web.fetching import AT_ONCE, Fetcher
from app.importers.web.pages import is_feed, piece_of

Item = TypeVar("Item")
Later = Callable[[], Iterable[Found]]
"""What a source leads to, once it is its turn."""


def ahead(items: Iterable[Item], begin: Callable[[Item], Later]) -> Iterator[Found]:
    """What the items lead to, in their order; as many as are fetched at once are begun before their turn."""
    begun: deque[Later] = deque()
    for item in items:
        begun.append(begin(item))
        if len(begun) >= AT_ONCE:
            yield from begun.popleft()()
    while begun:
        yield from begun.popleft()()


def begin_address(name: str, fetcher: Fetcher, options: Options) -> Later:
    """Begin to fetch what stands at an address."""
    return partial(_found, fetcher.begin(name), name, fetcher, options)


def _found(
    fetched: "Future[Answer | SourceError | None]", name: str, fetcher: Fetcher, options: Options
) -> Iterator[Found]:
    answer = fetched.result()
    if isinstance(answer, SourceError):
        yield answer
    elif answer is not None and is_feed(answer):
        yield from ahead(entries_of(answer, name), partial(_begin_entry, fetcher=fetcher, options=options))
    elif answer is not None:
        yield from _article(answer, name, Said(), options)


def _begin_entry(entry: Entry | SourceError, fetcher: Fetcher, options: Options) -> Later:
    if isinstance(entry, SourceError):
        return lambda: [entry]
    return partial(_of_entry, fetcher.begin(entry.url), entry, options)


def _of_entry(
    fetched: "Future[Answer | SourceError | None]", entry: Entry, options: Options
) -> Iterator[Found]:
    answer = fetched.result()
    if isinstance(answer, SourceError):
        yield answer
    elif answer is not None:
        yield from _article(answer, entry.url, entry.around, options)


def _article(answer: Answer, name: str, around: Said, options: Options) -> Iterator[Found]:
    try:
        piece = piece_of(answer, name, around)
    except SourceError as error:
        yield error
        return
    if not (piece.validators and options.is_known(name, dict(piece.validators))):
        yield piece
