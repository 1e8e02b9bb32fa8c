"""PDF files with a text layer; scanned pages have none."""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

from app.errors import SourceError
from app.importers.article import RawArticle
from app.importers.encodings import CONTROL, HAN, MOST_CHARACTERS, SURROGATE, checked
from app.importers.pages.told import line
from app.importers.pieces import Said

ONE_AT_A_TIME = threading.Lock()
"""PDFium may be called by one thread only."""
UNKNOWN = re.compile(r"[\x00\ufffd\ue000-\uf8ff]")
"""What comes out where a font does not say which characters its shapes are."""
PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[-—–·\s]*")
MADE_BY = re.compile(r"Microsoft|WPS|Untitled|无标题|文档\d*$|\.(?:docx?|pdf|wps|indd|rtf|txt|html?)$", re.I)
"""Titles that a program and not a person gave."""
RUNNING = 3
"""Pages on which a first or last line stands that is one of all pages, such as the paper's name."""


def read(data: bytes, name: str) -> RawArticle:
    """The text of a PDF's pages, line by line as they stand there: the extraction rejoins their sentences.

    Lines of nothing but the page's number are left out, and those that head or foot three pages or more stand
    there once. The title that its properties give is the fallback only, their dates are none of the article.
    Raises SourceError for what is broken, protected by a password, or has no text.
    """
    with ONE_AT_A_TIME:
        pages, title = _read(data, name)
    text = "\n".join(_without_running(pages))
    if not text.strip():
        raise SourceError(
            name, "holds no text, only pictures of it; recognise its text first and save it as .txt"
        )
    if _is_unmapped(text):
        raise SourceError(name, "does not say which characters its fonts show; save its text as .txt")
    clean = checked(SURROGATE.sub("", CONTROL.sub("", UNKNOWN.sub("", text))) + "\n", name)
    usual = title if title and not MADE_BY.search(title) else None
    return RawArticle(clean, name, page_sha256=hashlib.sha256(data).hexdigest(), fallback=Said(title=usual))


def _read(data: bytes, name: str) -> tuple[list[list[str]], str | None]:
    """The lines of each page, and the title in the properties."""
    # Only here: whoever imports no PDF need not wait for it.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise SourceError(name, _why_not(data, error)) from error
    try:
        pages, length = [], 0
        for page in document:
            text = page.get_textpage().get_text_range()
            length += len(text)
            if length > MOST_CHARACTERS:
                raise SourceError(name, f"is longer than {MOST_CHARACTERS:,} characters, which no article is")
            pages.append([each.strip() for each in text.splitlines() if each.strip()])
        return pages, line(document.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        raise SourceError(name, "is damaged, some of its pages cannot be read; export it anew") from error
    finally:
        document.close()


def _why_not(data: bytes, error: Exception) -> str:
    if "password" in str(error).lower():
        return "is protected by a password; save it without one"
    if b"%PDF-" not in data[:1024]:
        return "is no PDF; give the file the ending that it should have"
    return "is a damaged PDF, perhaps only half of it was copied; copy or export it anew"


def _without_running(pages: Sequence[list[str]]) -> Iterator[str]:
    """The lines of all pages but for their numbers, and for what heads or foots many of them but once."""
    edges = Counter(each for page in pages for each in {*page[:1], *page[-1:]})
    seen: set[str] = set()
    for page in pages:
        last = len(page) - 1
        for place, each in enumerate(page):
            at_edge = place in (0, 1, last - 1, last)
            if at_edge and (PAGE_NUMBER.fullmatch(each) or (edges[each] >= RUNNING and each in seen)):
                continue
            seen.add(each)
            yield each


def _is_unmapped(text: str) -> bool:
    """Whether the fonts do not say which characters they show: what comes out then are signs at random."""
    unknown = len(UNKNOWN.findall(text))
    words = sum(character.isalnum() or character.isspace() for character in text)
    return unknown * 5 > len(text) or (not HAN.search(text) and words * 4 < len(text) * 3)
