"""References as BibTeX entries that BibTeX and biblatex read alike.

After Patashnik's BibTeXing (btxdoc, 1988) and the manual of biblatex, 2.1 and 2.2: `date` and `urldate` are
biblatex's, `year` and `month` BibTeX's; `entrysubtype = {newspaper}` is what the styles for GB/T 7714 know a
newspaper by.
"""

import re
from collections.abc import Iterator
from datetime import date

from app.citations.work import Medium, Work

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TYPES = {Medium.NEWSPAPER: "article", Medium.WEB_PAGE: "online", Medium.OTHER: "misc"}
SOURCE_FIELDS = {
    Medium.NEWSPAPER: "journal",
    Medium.WEB_PAGE: "organization",
    Medium.OTHER: "howpublished",
}
# Not \{ and \}: BibTeX counts braces whatever stands before them, and these may come alone.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}
ESCAPED = str.maketrans(SPECIAL)
# An address is taken as it stands, so its % and _ must not be escaped; what would end the field is encoded.
ENCODED = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
COMPOUND = re.compile(r"[\s,]|^others$")
"""A name that BibTeX would take apart: 陈 放 has no first name 陈, and `others` means et al."""


def format_bibtex(work: Work, accessed: date | None) -> str:
    """One entry; texts are escaped for LaTeX, in UTF-8."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work, accessed))
    return f"@{TYPES[work.medium]}{{{work.key},\n{fields}}}\n"


def _fields(work: Work, accessed: date | None) -> Iterator[tuple[str, str]]:
    if work.authors:
        yield "author", f"{{{' and '.join(_name(each) for each in work.authors)}}}"
    yield "title", f"{{{{{_escaped(work.title)}}}}}"  # twice, or styles turn 5G into 5g
    if work.medium is Medium.NEWSPAPER:
        yield "entrysubtype", "{newspaper}"
    if work.source:
        yield SOURCE_FIELDS[work.medium], f"{{{_escaped(work.source)}}}"
    if work.published_on:
        yield from _date_fields(work.published_on)
    if work.url:
        yield "url", f"{{{work.url.translate(ENCODED)}}}"
    if accessed:
        yield "urldate", f"{{{accessed}}}"
    yield "langid", "{chinese}"
    if work.note:
        yield "annote", f"{{{_escaped(work.note)}}}"


def _date_fields(day: date) -> Iterator[tuple[str, str]]:
    yield "date", f"{{{day}}}"
    yield "year", f"{{{day.year}}}"
    yield "month", MONTHS[day.month - 1]  # a macro, which stands without braces


def _name(name: str) -> str:
    return f"{{{_escaped(name)}}}" if COMPOUND.search(name) else _escaped(name)


def _escaped(text: str) -> str:
    return text.translate(ESCAPED)
