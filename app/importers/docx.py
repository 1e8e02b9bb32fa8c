"""Word files (.docx)."""

import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.errors import SourceError
from app.importers.article import RawArticle
from app.importers.encodings import CONTROL, checked
from app.importers.pages.told import line
from app.importers.pieces import Said

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MOST_UNPACKED = 100_000_000
"""Bytes of all that is packed in the file."""
MOST_TIMES = 200
"""How many times its packed size a part may have; text has 10 to 30, what is made to burst has 1,000."""
SMALL = 1_000_000
"""Bytes up to which a part may be packed as tightly as it likes."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError),
    *(KeyError, ValueError, RecursionError, TypeError, AttributeError, IndexError, RuntimeError),
)
"""What zipfile raises for broken parts, and python-docx for parts that are missing or of another kind."""
MAIN = "word/document.xml"
TITLES_OF_PROGRAMS = ("word document", "微软用户", "无标题", "powerpoint 演示文稿")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

AROUND = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
"""What can stand around paragraphs, rows and cells, and is none of them."""
UNREAD = ("}Fallback", "}moveFrom")
"""Copies for older programs, and what was moved to another place."""


def read(data: bytes, name: str) -> RawArticle:
    """The paragraphs of a Word file and the rows of its tables, in their order, one a line.

    What was struck out is left out and what was added is in. The title of its properties is the fallback
    only, as templates and earlier files leave theirs there; the author is whoever owned the program and
    no byline. Raises SourceError for what is broken, protected, or unpacks to more than MOST_UNPACKED.
    """
    _refuse_bombs(data, name)
    # Only here: whoever imports no Word file need not wait for it.
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.element.body))
        title = line(document.core_properties.title)
    except (OpcError, etree.LxmlError, *DAMAGED) as error:
        raise SourceError(name, "is a damaged Word file; open it in Word and save it anew") from error
    text = CONTROL.sub("", "\n".join(lines)).strip("\n")
    if not text.strip():
        raise SourceError(name, "holds no text; what it shows may be pictures")
    given = title if title and title.lower() not in TITLES_OF_PROGRAMS else None
    return RawArticle(
        checked(text + "\n", name),
        name,
        page_sha256=hashlib.sha256(data).hexdigest(),
        fallback=Said(title=given),
    )


def _refuse_bombs(data: bytes, name: str) -> None:
    """Raise SourceError for what is no archive with a document, or grows beyond measure when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except DAMAGED as error:
        raise SourceError(
            name, "is no Word file, or only half of one; open it in Word and save it anew"
        ) from error
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(name, "is protected by a password; save it without one")
    if MAIN not in (part.filename for part in parts):
        raise SourceError(name, "is an archive without a Word document in it; rename it to .zip")
    tight = any(part.file_size > max(SMALL, MOST_TIMES * part.compress_size) for part in parts)
    if tight or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SourceError(
            name, "unpacks to far more than any article, so it was made to do harm or is damaged"
        )


def _lines(block: "BaseOxmlElement") -> Iterator[str]:
    """The paragraphs and rows of the body, a cell or a content control."""
    for element in block:
        if element.tag == f"{W}p":
            yield _words(element)
        elif element.tag == f"{W}tr":
            yield "\t".join(" ".join(filter(None, _lines(cell))) for cell in _cells(element))
        elif element.tag in AROUND or element.tag == f"{W}tbl":
            yield from _lines(element)


def _cells(row: "BaseOxmlElement") -> "Iterator[BaseOxmlElement]":
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in AROUND:
            yield from _cells(element)


def _words(paragraph: "BaseOxmlElement") -> str:
    """A paragraph's text, its blanks and line breaks in it; the copies for older programs left out."""
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
    found: list[str] = []
    for element in paragraph.iter(f"{W}t", *marks):
        if not any(above.tag.endswith(UNREAD) for above in element.iterancestors()):
            found.append((element.text or "") if element.tag == f"{W}t" else marks[element.tag])
    return "".join(found).strip()
