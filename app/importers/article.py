"""What every importer hands over."""

from dataclasses import dataclass, field
from datetime import date

from app.importers.pieces import Said


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as it was read: its untouched text, and what its source says of it.

    `name` is the path or address as the user gave it. `page_sha256` is the hex digest of the bytes that the
    text was taken out of, None where the text is all of them. What the source is silent about is None or ().
    `fallback` is what is less sure than what the text says: a file's name, a document's properties.
    """

    text: str
    name: str
    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()
    page_sha256: str | None = None
    fallback: Said = field(default_factory=Said)
