"""Articles that were found and not read yet, small enough to be handed from one process to another."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import SourceError


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an article beside its own bytes; None where nothing is."""

    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One article that is still bytes: those of a file at `path`, or `data` where they were read already.

    `name` is by which the user knows it: a path, an address, `news.zip/a.txt`, `news.jsonl:17`. `format` is a
    key of `app.importers.formats.FORMATS`. `around` is what the feed that led to it says: the article's own
    bytes win over it. `charset` is the encoding of `data` that its server named, not always truly.
    `validators` are those of `app.tables.ImportSource`, () for what cannot be known again.
    """

    name: str
    format: str
    path: Path | None = None
    data: bytes | None = None
    around: Said = Said()
    charset: str | None = None
    validators: tuple[tuple[str, str], ...] = ()


Found = Piece | SourceError
"""What a source leads to: an article, or the reason why there is none."""
