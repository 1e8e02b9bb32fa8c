"""The reading text: body lines in order, one character of it for one of the source.

Traditional characters, full-width ASCII, Kangxi radicals and corner quotes are read as their usual
forms, so that rules need to know one form only; the source is never changed.
"""

import re

from app.extraction.document import Document, Line, Paragraph
from app.language.characters import read

READ_KINDS = ("body", "heading", "bullet")


FULL_STOP = re.compile(r"(?<=[一-鿿”’)%])\.(?=[一-鿿“”‘’(《\s]|$)")
"""A dot that ends a Chinese sentence."""


def build_document(text: str, lines: tuple[Line, ...]) -> Document:
    """The document of an article from its lines (see `Cleaner.lines`), which may be some of the page's."""
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
        paragraphs.append(Paragraph(start, length, line.kind))
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
