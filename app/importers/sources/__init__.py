"""From what a user names to the articles there: files, folders, archives, lines, pages and feeds.

    for source in given, then in the lists; do
        address:  fetch it, or the pages of the feed that it is     app.importers.web.finding
        -:        each line of standard input                       streams
        folder:   each file below                                   folders
        file:     itself, each line of it, or each file inside      files, streams, archives
    done

Nothing is read before it is asked for but the next few addresses, and nothing is held but one article.
"""

import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from typing import cast

from app.errors import SourceError
from app.importers.names import name_of, shortened
from app.importers.options import Options
from app.importers.pieces import Found
from app.importers.sources.asked import Asked, all_asked
from app.importers.sources.faults import BROKEN, unreachable
from app.importers.sources.files import in_file
from app.importers.sources.folders import files_below
from app.importers.sources.kinds import KNOWN, kind_of
from app.importers.sources.streams import in_lines
from app.importers.web.fetching import Fetcher
from app.importers.web.finding import Later, ahead, begin_address

__all__ = ["Options", "find"]

STDIN = "-"


def find(given: Iterable[str], options: Options | None = None) -> Iterator[Found]:
    """All articles at the sources given and listed, in their order; an error in place of each that is none.

    A source is a file, a folder, an address of a page or feed, or `-` for JSON lines on standard input.
    Raises nothing for what is wrong with sources. Names that are too long to be stored are shortened.
    """
    options = _asked_by_short_names(options or Options())
    fetcher = Fetcher(options)
    try:
        begin = partial(_begin, fetcher=fetcher, options=options)
        yield from map(_with_short_name, ahead(all_asked(given, options.lists), begin))
    finally:
        fetcher.close()


def _asked_by_short_names(options: Options) -> Options:
    return replace(
        options,
        is_known=lambda name, validators: options.is_known(shortened(name), validators),
        validators_of=lambda name: options.validators_of(shortened(name)),
    )


def _with_short_name(found: Found) -> Found:
    if isinstance(found, SourceError):
        short = shortened(found.source)
        return found if short == found.source else type(found)(short, found.reason)
    short = shortened(found.name)
    return found if short == found.name else replace(found, name=short)


def _begin(asked: Asked | SourceError, fetcher: Fetcher, options: Options) -> Later:
    if isinstance(asked, SourceError):
        return lambda: [asked]
    if asked.scheme in ("http", "https"):
        return begin_address(name_of(asked.source), fetcher, options)
    if asked.scheme is not None:
        return lambda: [_of_other_scheme(asked)]
    if asked.source == STDIN:
        return partial(_in_stdin, options)
    return partial(_at_path, asked, options)


def _of_other_scheme(asked: Asked) -> SourceError:
    reason = f"is an address of {asked.scheme}, and only those of http and https are fetched"
    return asked.refused(f"{reason}; name a file by its path")


def _in_stdin(options: Options) -> Iterator[Found]:
    stream = options.stdin
    if stream is None and sys.stdin is not None:
        stream = cast(BufferedIOBase, sys.stdin.buffer)
    if stream is None:
        yield SourceError("stdin", "is closed; send JSON lines into it")
    else:
        yield from in_lines(stream, "stdin", "record", (), options)


def _at_path(asked: Asked, options: Options) -> Iterator[Found]:
    path = Path(asked.source)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except BROKEN as error:
        yield asked.refused(unreachable(error))
        return
    if is_folder and asked.source:  # for Path, an empty name is this folder
        for found in files_below(path):
            yield from [found] if isinstance(found, SourceError) else in_file(found, options)
    elif kind_of(path.name) is None:
        yield asked.refused(f"is of no known format; known are {KNOWN}")
    else:
        yield from in_file(path, options)
