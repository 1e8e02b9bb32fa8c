"""What every importer hands over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as it was read: its untouched text, and what its source says of it.

    `name` is the path or address as the user gave it. What the source is silent about is None or ().
    """

    text: str
    name: str
    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()
