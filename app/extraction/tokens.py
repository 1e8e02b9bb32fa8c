"""Words of the reading text, by rjieba: jieba in Rust, whose words are jieba's.

A text is cut once and whole; the rules ask where its words begin. How common words are says jieba itself.
"""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import rjieba

from app.lexicon.frequencies import load_frequencies

REMEMBERED = 2
"""Texts whose words are kept at hand: one article is read at a time."""


class Words:
    """The words of a text; `edges` are the places between two of them, the text's ends included."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = rjieba.cut(text)
        self._edges = list(accumulate(map(len, self._words), initial=0))
        self.edges = frozenset(self._edges)

    def between(self, start: int, end: int) -> list[tuple[int, str]]:
        """The (place, word) of the words in `[start, end)`; cut anew where a word runs across its ends."""
        if start in self.edges and end in self.edges:
            first = bisect_left(self._edges, start)
            last = bisect_left(self._edges, end, first)
            return list(zip(self._edges[first:last], self._words[first:last], strict=True))
        words = rjieba.cut(self._text[start:end])
        return list(zip(accumulate(map(len, words), initial=start), words, strict=False))

    def around(self, place: int) -> list[tuple[int, str]]:
        """The (place, word) of the word that runs across the place, none where words part there."""
        if place in self.edges:
            return []
        index = bisect_left(self._edges, place) - 1
        return [(self._edges[index], self._words[index])]

    def cross(self, place: int) -> bool:
        """Whether a word runs across the place."""
        return place not in self.edges


class Segmenter:
    """Segments text and weighs segmentations.

    `cache` is a folder of ours for the prepared frequencies. Where it cannot be written, they are prepared
    anew, which takes about a second.
    """

    def __init__(self, cache: Path) -> None:
        frequencies = load_frequencies(cache)
        self._weights = frequencies.weights
        self._unknown = frequencies.unknown
        self.words = lru_cache(REMEMBERED)(Words)

    @staticmethod
    def cut(text: str) -> list[str]:
        """The words of a short text by itself, in order and without loss."""
        return rjieba.cut(text)

    @staticmethod
    def knows(word: str) -> bool:
        """Whether the dictionary has the word."""
        return rjieba.has_word(word)

    def log_frequency(self, word: str) -> float:
        """The natural logarithm of the word's share of all words; an unknown word counts once."""
        return self._weights.get(word, self._unknown)

    def best_path(self, text: str) -> float:
        """The log probability of the likeliest segmentation of a short text."""
        return sum(map(self.log_frequency, rjieba.cut(text, hmm=False)))
