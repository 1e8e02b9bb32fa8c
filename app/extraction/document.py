"""Places in the untouched text, and the reading text that the rules see.

The rules never run over the article as it stands: photo captions, page furniture and broken lines
would tear its sentences. They run over its *reading text*, in which every character stands for one
character of the source, so that any place found leads back to the exact words.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open place `[start, end)` in code points of the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source without its surrounding blanks and list marks, and what its shape says it is.

    `kind` is one of: body, heading, bullet, caption, credit, furniture, metadata. `joins` tells that the
    line goes on where the body line before it broke off. `part` is the number of its article on the page,
    0 the one the page is about.
    """

    start: int
    end: int
    kind: str
    joins: bool = False
    part: int = 0


class Paragraph(NamedTuple):
    """One paragraph of the reading text; `kind` is body, heading or bullet."""

    start: int
    end: int
    kind: str


class Sentence(NamedTuple):
    """One sentence of the reading text, in the paragraph of that index."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Document:
    """The source, its reading text, and the way back from the one to the other.

    `pieces` are (place in the reading text, place in the source) of the runs that were copied,
    each run as long as the next one's place in the reading text allows.
    """

    source: str
    text: str
    pieces: tuple[tuple[int, int], ...]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [place for place, _ in self.pieces]

    @cached_property
    def _stops(self) -> list[int]:
        return [*self._starts[1:], len(self.text)]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source places of `text[start:end]`, one per run it touches, line breaks left out."""
        index = bisect_right(self._starts, start) - 1
        if start < end <= self._stops[index]:  # nearly always one run, without blanks at its ends
            shift = self.pieces[index][1] - self.pieces[index][0]
            first, last = self.source[start + shift], self.source[end + shift - 1]
            if not (first.isspace() or last.isspace()):
                return (Span(start + shift, end + shift),)
        found: list[Span] = []
        while start < end:
            place, origin = self.pieces[index]
            stop = min(end, self._stops[index])
            piece = Span(origin + start - place, origin + stop - place)
            trimmed = trim(self.source, piece)
            if trimmed.start < trimmed.end:
                found.append(trimmed)
            start, index = stop, index + 1
        return tuple(found)

    def surface(self, start: int, end: int) -> str:
        """The source's own characters for `text[start:end]`."""
        return evidence(self.source, self.spans(start, end))


def evidence(text: str, spans: Iterable[Span]) -> str:
    """The words that stand at the spans, in their order."""
    return "".join(text[start:end] for start, end in spans)


def trim(text: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
