"""Where a line goes on that a page break or a narrow column cut, told by marks and widths."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from app.extraction.document import Line

TERMINALS = (*"。!?！？…;；:：", "——")
CLOSING = "”’」』\"')）】"
"""What may stand behind the terminal that ends a line."""
CLAUSE_MARK = re.compile(r"[,，、。;；:：]")
OPEN_ENDS = tuple(",，、和与及的")
NEXT_LINE = re.compile(r"[ \t]*\r?\n")
"""Between two lines of a wrapped paragraph: no blank line and no indent."""
SLACK = 4
"""Columns that a full line may lack, as no line begins with a closing mark."""


def join(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines, marked those that go on with the sentence that the body line before them left open."""
    open_end: Line | None = None
    width = _wrap_width(text, lines)
    full: Line | None = None
    part = 0
    for line in lines:
        if line.part != part:
            part, open_end, full = line.part, None, None
        if line.kind in ("caption", "credit", "furniture", "metadata"):
            yield line
            continue
        if full and line.kind in ("body", "heading") and NEXT_LINE.fullmatch(text, full.end, line.start):
            line = replace(line, kind="body", joins=True)
            full = line if width and _columns(text, line) >= width - SLACK else None
            open_end = line if breaks_off(text, line) else None
            yield line
            continue
        full = None
        if width and line.kind in ("body", "heading") and _columns(text, line) >= width - SLACK:
            full = line = replace(line, kind="body")
        joins = open_end is not None and line.kind != "bullet"
        if joins and open_end is not None and line.kind == "heading":
            joins = bool(CLAUSE_MARK.search(text[line.start : line.end])) or breaks_off(
                text, open_end, tight=True
            )
        if joins and open_end:
            line = replace(line, joins=True, kind=open_end.kind)
        yield line
        open_end = line if line.kind == "body" and breaks_off(text, line) else None


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The columns a text is wrapped at, or 0: most lines that break off in a sentence are equally wide."""
    widths = [
        _columns(text, line)
        for line, following in pairwise(lines)
        if line.kind in ("body", "heading")
        and NEXT_LINE.fullmatch(text, line.end, following.start)
        and not is_closed(text[line.start : line.end])
    ]
    widest = max(widths, default=0)
    full = sum(width >= widest - SLACK for width in widths)
    return widest if 30 <= widest <= 140 and full >= 4 and full * 5 >= len(widths) * 3 else 0


def _columns(text: str, line: Line) -> int:
    """How wide the line stands on the page, its indent included: a Chinese character takes two columns."""
    raw = text[text.rfind("\n", 0, line.start) + 1 : line.end]
    return len(raw) + sum(character > "\u2e80" or character in "“”‘’…—" for character in raw)


def breaks_off(text: str, line: Line, tight: bool = False) -> bool:
    """Whether a body line stops in the middle of its sentence."""
    words = text[line.start : line.end]
    return words.endswith(OPEN_ENDS) or not (tight or is_closed(words))


def is_closed(words: str) -> bool:
    """Whether a line ends with the end of a sentence."""
    plain = words.rstrip(CLOSING)
    return plain.endswith(TERMINALS) or (plain.endswith(".") and "一" <= plain[-2:-1] <= "鿿")
