"""What a file holds, told by its name."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from app.importers.formats import SUFFIXES

LINES = (".jsonl", ".ndjson")
ZIP = ".zip"
GZ = ".gz"
KNOWN = f"{', '.join([*SUFFIXES, *LINES])}, all of these with {GZ} after it, and {ZIP}"


@dataclass(frozen=True, slots=True)
class Kind:
    """`holds` one article, one a line, or files; `format` is that of the articles, "" for files."""

    holds: Literal["article", "lines", "files"]
    format: str
    packed: bool


def kind_of(filename: str) -> Kind | None:
    """The kind of a file by its suffix, whatever the case; None for one that is not known."""
    packed = filename.lower().endswith(GZ)
    suffix = PurePath(filename[: -len(GZ)] if packed else filename).suffix.lower()
    if suffix in SUFFIXES:
        return Kind("article", SUFFIXES[suffix], packed)
    if suffix in LINES:
        return Kind("lines", "record", packed)
    return Kind("files", "", False) if suffix == ZIP and not packed else None


def is_hidden(part: str) -> bool:
    """Whether a file or folder of that name is hidden, as what systems keep for themselves is."""
    return part.startswith(".") and part not in (".", "..")
