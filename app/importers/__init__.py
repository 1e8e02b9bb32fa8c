"""Text in: the files that hold articles, and one importer for each of their formats."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from app.errors import SourceError
from app.importers import markdown, text
from app.importers.article import RawArticle
from app.importers.names import name_of

__all__ = ["IMPORTERS", "RawArticle", "find_articles", "name_of", "read"]

IMPORTERS: dict[str, Callable[[bytes, str], RawArticle]] = {".txt": text.read, ".md": markdown.read}
"""By suffix, in lower case; each takes a file's bytes and its name, and raises SourceError."""


def read(path: Path) -> RawArticle:
    """The article in a file. Raises SourceError."""
    name = name_of(path)
    data = _bytes_of(path, name)
    return _importer(path, name)(data, name)


def find_articles(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and all of known formats below the folders named, sorted, but for hidden ones.

    A folder in there that cannot be looked into comes itself, to be refused by `read`. Raises
    SourceError for a path that is no file of a known format, and for a folder without any.
    """
    for path in paths:
        name = name_of(path)
        try:
            yield from _articles_at(path, name)
        except OSError as error:
            raise SourceError(name, f"cannot be read: {error.strerror}") from error


def _articles_at(path: Path, name: str) -> list[Path]:
    if path.is_dir():
        found = sorted(_articles_below(path))
        if not found:
            raise SourceError(name, f"holds no article; looked for {_known_formats()}")
        return found
    if not path.exists():
        raise SourceError(name, "does not exist; check how it is spelt")
    _importer(path, name)
    return [path]


def _articles_below(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in IMPORTERS:
                yield Path(place, name)
    yield from closed


def _importer(path: Path, name: str) -> Callable[[bytes, str], RawArticle]:
    importer = IMPORTERS.get(path.suffix.lower())
    if importer is None:
        raise SourceError(name, f"is of no known format; known are {_known_formats()}")
    return importer


def _known_formats() -> str:
    return " and ".join(IMPORTERS)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise SourceError(name, "is no file, or a folder that may not be looked into; name a text file")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(name, "is no longer there; it was moved or deleted") from error
    except PermissionError as error:
        raise SourceError(name, "may not be read; check who owns it") from error
    except OSError as error:
        raise SourceError(name, f"cannot be read: {error.strerror}") from error
