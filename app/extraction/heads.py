"""What stands between two lines of prose on a page, and whether it is the head of an article."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.extraction.document import Line
from app.extraction.header import DATE, OUTLET
from app.extraction.pagemarks import continues_from, continues_on
from app.extraction.sentences import DATELINE
from app.extraction.wrapping import is_closed

SOURCED = re.compile(rf"来源|稿源|作者|记者|通讯员|{OUTLET}(?![一-鿿])")
REPORTERS = re.compile(r"(?:记者|通讯员|作者)[:\s]*(?P<names>[一-鿿·\s、]{2,24})(?!.{0,8}摄)")
NO_HEADLINE = re.compile(r"[(【\[]|[一二三四五六七八九十\d]+[、.]|第[一二三四五六七八九十]|.*[:)】\]]$")
HEADLINE = range(7, 50)
"""Characters of a headline."""
SHORT_BULLET = 40
"""Characters of a line with a list mark that may be a headline: ■湟水河两岸."""


@dataclass(frozen=True)
class Head:
    """The lines behind one line of prose, down to the next one, which is the last of `lines`.

    `text` is that of the page as `read` gives it; places are indices into `lines`.
    """

    text: str
    lines: tuple[Line, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text[line.start : line.end] for line in self.lines)

    @cached_property
    def turned(self) -> int | None:
        """Where (下转3版) stands."""
        return self._first(continues_on)

    @cached_property
    def joined(self) -> int | None:
        """Where (上接1版) stands."""
        return self._first(continues_from)

    def _first(self, is_mark: Callable[[str], bool]) -> int | None:
        marks = (at for at, line in enumerate(self.lines) if line.kind == "furniture")
        return next((at for at in marks if is_mark(self.words[at])), None)

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The headings, behind (下转3版) where it stands."""
        first = 0 if self.turned is None else self.turned + 1
        places = range(first, len(self.lines))
        return tuple(place for place in places if is_heading(self.text, self.lines[place]))

    @property
    def dateline(self) -> bool:
        """Whether the prose begins with 本报讯 and the like."""
        return DATELINE.match(self.words[-1]) is not None

    def stated(self, first: int = 0) -> str:
        """The credits and fields from that line on, one a line."""
        places = range(first, len(self.lines))
        return "\n".join(self.words[at] for at in places if self.lines[at].kind in ("credit", "metadata"))

    def starts_line(self, place: int) -> bool:
        """Whether nothing stands before it in its line of the page."""
        start = self.lines[place].start
        return not self.text[self.text.rfind("\n", 0, start) + 1 : start].strip()


def is_heading(text: str, line: Line) -> bool:
    """Whether the line is a heading by its shape, with or without a list mark."""
    short = line.kind == "bullet" and line.end - line.start <= SHORT_BULLET
    return line.kind == "heading" or (short and not is_closed(text[line.start : line.end]))


def is_headline(words: str) -> bool:
    """Whether a heading may be an article's: long enough, no point of a list, nothing in brackets."""
    return len(words) in HEADLINE and not NO_HEADLINE.match(words)


def is_dated(stated: str) -> bool:
    """Whether credits say both when an article appeared and where, or by whom."""
    return DATE.search(stated) is not None and SOURCED.search(stated) is not None


def reporters(stated: str) -> Iterator[str]:
    """The names of those who report, as the credits write them; not of photographers."""
    for found in REPORTERS.finditer(stated):
        yield from re.split(r"[\s、]+", found["names"].strip())
