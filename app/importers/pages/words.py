"""From a piece of a page's tree to the lines that a reader sees."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.importers.encodings import HAN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PARAGRAPHS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
        ),
        *("figure", "footer", "form", "founder-content", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("fieldset", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    )
)
LINES = frozenset(("br", "li", "tr", "caption"))
CELLS = frozenset(("td", "th"))
WRAP = re.compile(r"(?<![ \t\f\r])[ \t\f\r]*+\n\s*")
WRAP_IN_CHINESE = re.compile(r"(?<=[\u2e80-\uffee“”‘’…—])[ \t\f\r]*+\n\s*(?=[\u2e80-\uffee“”‘’…—])")
"""A line break of the page's source, which is no blank where the language writes none."""
BLANKS = re.compile(r"[ \f\r\xa0]+")
BETWEEN_CELLS = re.compile(r"[ \t]*\t[ \t]*")
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]")
SENTENCE = re.compile(r"[。！？；，]")
LEAST_PROSE = 15
"""Chinese characters of a line with a mark, from which on it is prose."""
BREAK = "\x1d"
"""Stands for the end of a paragraph until lines are made, as INVISIBLE takes it out of the page."""


def prose(lines: Sequence[str]) -> int:
    """How many Chinese characters stand in lines that are sentences."""
    counts = ((len(HAN.findall(line)), SENTENCE.search(line)) for line in lines)
    return sum(count for count, mark in counts if mark and count >= LEAST_PROSE)


def lines_of(tree: "HtmlElement") -> list[str]:
    """The lines of a tree without blanks around them; "" stands between two paragraphs."""
    from lxml import etree

    body = tree.find("body")
    tree = tree if body is None else body
    parts: list[str] = []
    kept = 0  # the elements around in which line breaks are kept
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        kept += (element.tag == "pre") * (1 if event == "start" else -1)
        read = _kept if kept else _plain
        mark = _mark(element.tag)
        if event == "start":
            parts += [mark, read(element.text)] if isinstance(element.tag, str) else []
        else:
            parts += [mark, read(element.tail) if element is not tree else ""]
    lines = [_tidy(line) for line in re.split(rf"(\n|{BREAK})", "".join(parts))]
    return _spaced(lines)


def _mark(tag: object) -> str:
    """What stands before and behind an element."""
    if tag in PARAGRAPHS:
        return BREAK
    return "\n" if tag in LINES else "\t" if tag in CELLS else ""


def _plain(text: str | None) -> str:
    """Text of the page's source as browsers show it: on one line."""
    text = _kept(text)
    return WRAP.sub(" ", WRAP_IN_CHINESE.sub("", text)) if "\n" in text else text


def _kept(text: str | None) -> str:
    """Text with its line breaks, without what nobody sees."""
    return INVISIBLE.sub("", text).replace("\t", " ") if text else ""


def _tidy(line: str) -> str:
    if line in ("\n", BREAK):
        return line
    return BETWEEN_CELLS.sub("\t", BLANKS.sub(" ", line)).strip(" \u3000\t")


def _spaced(pieces: list[str]) -> list[str]:
    """The lines with one "" between paragraphs, from lines and the marks between them in turn."""
    found: list[str] = []
    ended = False
    for piece in pieces:
        if piece == BREAK:
            ended = True
        elif piece and piece != "\n":
            found += ["", piece] if ended and found else [piece]
            ended = False
    return found
