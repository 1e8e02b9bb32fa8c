"""The files of known kinds below a folder, however many."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.errors import SourceError
from app.importers.names import name_of
from app.importers.sources.faults import unreachable
from app.importers.sources.kinds import KNOWN, is_hidden, kind_of


def files_below(folder: Path) -> Iterator[Path | SourceError]:
    """The files, sorted within each folder, but for hidden ones; an error in place of a closed folder.

    Links are followed, and no folder is looked into twice, so that circles end.
    """
    is_empty = True
    for found in _files_below(folder):
        is_empty = False
        yield found
    if is_empty:
        yield SourceError(name_of(folder), f"holds no article; looked for {KNOWN}")


def _files_below(folder: Path) -> Iterator[Path | SourceError]:
    seen: set[tuple[int, int]] = set()
    waiting = [iter([f"{folder}/"])]  # and no recursion: folders can be deeper than Python's stack
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
        elif not path.endswith("/"):
            yield Path(path)
        else:
            try:
                waiting.append(map(partial(os.path.join, path), _names_in(path, seen)))
            except OSError as error:
                yield SourceError(name_of(Path(path)), unreachable(error))


def _names_in(folder: str, seen: set[tuple[int, int]]) -> list[str]:
    """What is in a folder, sorted, with a slash after folders; nothing of one seen before. Raises OSError."""
    status = os.stat(folder)  # noqa: PTH116  # of a million files a Path each is slow
    if (status.st_dev, status.st_ino) in seen:
        return []
    seen.add((status.st_dev, status.st_ino))
    with os.scandir(folder) as entries:
        return sorted(name for entry in entries if (name := _name(entry)) is not None)


def _name(entry: os.DirEntry[str]) -> str | None:
    """The name of a folder with a slash, or of a file of a known kind; None for what is passed over."""
    if is_hidden(entry.name):
        return None
    try:
        if entry.is_dir():
            return f"{entry.name}/"
    except OSError:
        pass  # a link to itself, which is told of when it is opened as a file
    return entry.name if kind_of(entry.name) else None
