"""The reading text: body lines in order, one character of it for one of the source.

Traditional characters, full-width ASCII, Kangxi radicals and corner quotes are read as their usual
forms, so that rules need to know one form only; the source is never changed.
"""

import re
import unicodedata
from functools import cache

import opencc

from app.extraction.document import Document, Line, Paragraph

MARKS = tuple(zip("，：；（）！？％\u3000", ",:;()!?% ", strict=True))
"""What every page has of the reading table; replacing them one by one is faster than by the table."""
READ_KINDS = ("body", "heading", "bullet")


@cache
def reading_table() -> dict[int, int]:
    """Code point → code point as the rules read it; 乾 stays, being a place and a family name too."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    table |= {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20, 0xFE30: ord(":")}
    table |= {ord(a): ord(b) for a, b in zip("「」『』﹁﹂〝〞﹐﹑﹔﹕", "“”‘’“”“”,、;:", strict=True)}
    for code in range(0x2F00, 0x2FD6):
        table[code] = ord(unicodedata.normalize("NFKC", chr(code)))
    han = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table |= {
        ord(a): ord(b) for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1 and a != "乾"
    }
    return table


def read(text: str) -> str:
    """The text as the rules read it, character by character; its length is that of `text`."""
    table, changed = _reader()
    if not changed.search(text):
        return text
    for mark, plain in MARKS:
        text = text.replace(mark, plain)
    return text.translate(table) if changed.search(text) else text


@cache
def _reader() -> tuple[dict[int, int], re.Pattern[str]]:
    """The reading table, and a pattern for any of its characters: most words have none."""
    table = reading_table()
    return table, re.compile(f"[{re.escape(''.join(map(chr, table)))}]")


FULL_STOP = re.compile(r"(?<=[一-鿿”’)%])\.(?=[一-鿿“”‘’(《\s]|$)")
"""A dot that ends a Chinese sentence."""


def build_document(text: str, lines: tuple[Line, ...]) -> Document:
    """The document of an article from its lines (see `Cleaner.lines`)."""
    chunks: list[str] = []
    pieces: list[tuple[int, int]] = []
    paragraphs: list[Paragraph] = []
    length = 0
    for line in lines:
        if line.kind not in READ_KINDS:
            continue
        if line.joins and paragraphs:
            start = paragraphs.pop().start
        else:
            if chunks:
                chunks.append("\n")
                length += 1
            start = length
        pieces.append((length, line.start))
        chunks.append(text[line.start : line.end])
        length += line.end - line.start
        paragraphs.append(Paragraph(start, length, line.kind, line.spillover))
    words = FULL_STOP.sub("。", _pair_quotes(read("".join(chunks))))
    return Document(text, words, tuple(pieces), tuple(paragraphs))


def _pair_quotes(text: str) -> str:
    """Straight double quotes as opening and closing ones, in turn within each paragraph."""
    if '"' not in text:
        return text
    paragraphs = []
    for paragraph in text.split("\n"):
        parts = paragraph.split('"')
        marks = ("“" if index % 2 == 0 else "”" for index in range(len(parts)))
        paragraphs.append(
            "".join(part + mark for part, mark in zip(parts, marks, strict=False))[: len(paragraph)]
        )
    return "\n".join(paragraphs)
