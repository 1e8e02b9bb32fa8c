"""Sentences and characters of an article, as an evaluation needs them."""

import re
from collections.abc import Iterable

from scripts.evaluation.annotation import Span

SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”’」』]?")


def letters_at(text: str, places: Iterable[Span]) -> frozenset[int]:
    """The indices of the letters and digits in the places; marks and blanks decide nothing."""
    return frozenset(
        index for start, end in places for index in range(start, min(end, len(text))) if text[index].isalnum()
    )


def sentence_at(text: str, place: int) -> str:
    """The sentence around a place of the text, on one line."""
    start = max(text.rfind(mark, 0, place) for mark in "。！？\n") + 1
    found = SENTENCE.match(text, start)
    return on_one_line(found[0]) if found else ""


def sentence_of(text: str, names: Iterable[str]) -> str:
    """The sentence in which one of the names stands first, the earlier names tried before; "" if none."""
    places = (text.find(name) for name in names)
    place = next((place for place in places if place >= 0), None)
    return "" if place is None else sentence_at(text, place)


def on_one_line(words: str) -> str:
    return " ".join(words.split())
