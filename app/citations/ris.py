"""References as RIS records.

After the RIS format specifications of Research Information Systems (refman.com, 2001, and the tags of 2011):
a line is two characters, two blanks, a hyphen, a blank and the value, and ends in CR LF; TY comes first and
ER last; dates are YYYY/MM/DD.
"""

from collections.abc import Iterator
from datetime import date

from app.citations.work import Medium, Work

TYPES = {Medium.NEWSPAPER: "NEWS", Medium.WEB_PAGE: "ELEC", Medium.OTHER: "GEN"}
# T2 is a newspaper's name; of a web page it is none of the type's tags, and PB says who put it up.
SOURCE_TAGS = {Medium.NEWSPAPER: "T2", Medium.WEB_PAGE: "PB", Medium.OTHER: "PB"}


def format_ris(work: Work, accessed: date | None) -> str:
    """One record; no value can begin a line of its own, as each is one line."""
    known = [(tag, value) for tag, value in _tags(work, accessed) if value.strip()]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*known, ("ER", "")])


def _tags(work: Work, accessed: date | None) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[work.medium]
    yield "ID", work.key
    for name in work.authors:
        # The specification refuses the asterisk in names, and a comma would part family name from given.
        yield "AU", name.replace("*", "").replace(",", "，")
    yield "TI", work.title
    if work.source:
        yield SOURCE_TAGS[work.medium], work.source.replace("*", "")
    if work.published_on:
        yield "PY", f"{work.published_on.year:04}"
        yield "DA", _date(work.published_on)
    if work.url:
        yield "UR", work.url
    if accessed:
        yield "Y2", _date(accessed)
    yield "LA", "zh"
    if work.note:
        yield "N1", work.note


def _date(day: date) -> str:
    return day.isoformat().replace("-", "/")
