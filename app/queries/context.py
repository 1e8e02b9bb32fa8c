"""The sentences around a place in an article's text."""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from app.queries.rows import Item

SENTENCES_AROUND = 2
"""How many stand on each side of the place, where the text has them."""

_CLOSERS = "”’」』》）)】"
_SENTENCE = re.compile(rf"[^\s。！？!?{_CLOSERS}][^。！？!?\r\n]*(?:[。！？!?]+[{_CLOSERS}]*)?")
"""From a letter to 。！？ with what closes behind it, or to the end of the line."""


def sentences_around(text: str, start: int, end: int) -> Item:
    """The sentences `before` and `after` the place [start, end), each side in the order of the text.

    Where the place begins or ends inside a sentence, the rest of that sentence counts as one.
    """
    before = deque(_sentences(text, 0, start), maxlen=SENTENCES_AROUND)
    after = islice(_sentences(text, end, len(text)), SENTENCES_AROUND)
    return {"before": list(before), "after": list(after)}


def _sentences(text: str, start: int, end: int) -> Iterator[Item]:
    for match in _SENTENCE.finditer(text, start, end):
        words = match.group().rstrip()
        if any(character.isalnum() for character in words):
            yield {"text": words, "span": [match.start(), match.start() + len(words)]}
