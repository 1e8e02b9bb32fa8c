"""What is to be looked into: sources as they were given, and those that files list."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import SourceError
from app.importers.names import name_of
from app.importers.sources.faults import BROKEN, unreachable
from app.importers.sources.streams import lines_of

MOST_BYTES_OF_LINE = 8192
"""Longer than any path or address."""
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """A path or address; `place` is where a file lists it, None for what was given itself."""

    source: str
    place: str | None = None

    @property
    def scheme(self) -> str | None:
        """In lower case, None for a path."""
        found = SCHEME.match(self.source)
        return found[1].lower() if found else None

    def refused(self, reason: str) -> SourceError:
        """Why it is no source at all, told at its place."""
        if self.place is None:
            return SourceError(name_of(self.source) or "''", reason)
        return SourceError(self.place, f"{name_of(self.source)} {reason}")


def all_asked(given: Iterable[str], lists: Iterable[Path]) -> Iterator[Asked | SourceError]:
    """Those given, then those listed, as they are needed."""
    yield from map(Asked, given)
    for path in lists:
        yield from listed_in(path)


def listed_in(path: Path) -> Iterator[Asked | SourceError]:
    """The source in each line but blank ones and those after a #; paths start at the list's folder."""
    name = name_of(path)
    is_empty = True
    try:
        with path.open("rb") as stream:
            for number, line in lines_of(stream, MOST_BYTES_OF_LINE):
                if line is None or not line.startswith(b"#"):
                    is_empty = False
                    yield _listed(line, path.parent, f"{name}:{number}")
    except BROKEN as error:
        yield SourceError(name, unreachable(error))
        return
    if is_empty:
        yield SourceError(name, "lists nothing; write a path or address in each line")


def _listed(line: bytes | None, folder: Path, place: str) -> Asked | SourceError:
    if line is None:
        return SourceError(place, "is too long for a path or address; write one in each line")
    source = os.fsdecode(line)
    return Asked(source if SCHEME.match(source) else os.fspath(folder / source), place)
