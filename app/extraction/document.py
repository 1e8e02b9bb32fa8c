"""Places in the untouched text: every offset is an index into the article as it was read."""

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open place `[start, end)` in code points of the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the article and what its shape says it is.

    `kind` is one of: body, heading, bullet, caption, credit, furniture, metadata.
    """

    span: Span
    kind: str
    spillover: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; more than one span where a caption or line break cuts it in two.

    `paragraph` counts the joined body paragraphs from 0, `index` the sentences of the article.
    """

    spans: tuple[Span, ...]
    paragraph: int
    index: int
    kind: str = "body"
    spillover: bool = False
