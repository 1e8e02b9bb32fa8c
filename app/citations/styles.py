"""The styles a reference can be written in, each with its format and media type."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.citations.bibtex import format_bibtex
from app.citations.csl import format_csl
from app.citations.gbt7714 import format_2015, format_2025
from app.citations.ris import format_ris
from app.citations.work import Work
from app.vocabulary import CitationStyle

Format = Callable[[Work, date | None], str]
"""From a work and the date of access to the text of its reference."""

PLAIN = "text/plain; charset=utf-8"

STYLES: dict[CitationStyle, tuple[Format, str]] = {
    CitationStyle.GBT7714_2025: (format_2025, PLAIN),
    CitationStyle.GBT7714_2015: (format_2015, PLAIN),
    CitationStyle.BIBTEX: (format_bibtex, "application/x-bibtex"),
    CitationStyle.RIS: (format_ris, "application/x-research-info-systems"),
    CitationStyle.CSL_JSON: (format_csl, "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in a style."""

    text: str
    media_type: str


def cite(work: Work, style: CitationStyle, accessed: date | None) -> Citation:
    """The reference of a work; the date of access counts only for what has an address to be read at."""
    formatted, media_type = STYLES[style]
    return Citation(formatted(work, accessed if work.url else None), media_type)
