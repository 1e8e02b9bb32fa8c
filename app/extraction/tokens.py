"""Words of the reading text, by jieba with a tokenizer of our own.

Asked only where a decision needs it: where a name ends, where the name of a body begins.
"""

import logging
import math
from functools import lru_cache
from pathlib import Path

import jieba

from app.lexicon.frequencies import USUAL, Frequencies, load_frequencies

jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written is no error here

LEAST = -1e300
"""Below the log probability of any text, above that of what is impossible."""
REMEMBERED = 256
"""Stretches whose words are kept at hand; an article asks for many of its own again soon."""


class _Tokenizer(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """jieba's tokenizer with its search for the likeliest words, most of its work, in one pass.

    The words are the same: `FREQ` holds logarithms instead of counts, and only words.
    """

    def __init__(self, frequencies: Frequencies) -> None:
        super().__init__()
        self.FREQ = frequencies.weights
        self.initialized = True
        self._unknown = frequencies.unknown
        self._longest = frequencies.longest
        self._reach = max(USUAL, *frequencies.longest.values())

    def get_DAG(self, sentence: str) -> None:
        """Nothing: `calc` looks the words up itself."""

    def calc(self, sentence: str, DAG: None, route: dict[int, tuple[float, int]]) -> None:
        """Fill the route: place → (log probability from there on, last place of the word that begins there).

        Of words that are as likely the longer is taken, as jieba does.
        """
        weights, longest = self.FREQ, self._longest
        length = len(sentence)
        # No word reaches beyond the end: what is asked for there is weighed as impossible.
        best = [0.0] * (length + 1) + [-math.inf] * self._reach
        for start in range(length - 1, -1, -1):
            top, last = LEAST, start
            for end in range(start + 1, start + longest.get(sentence[start : start + USUAL], USUAL) + 1):
                weight = weights.get(sentence[start:end])
                if weight and weight + best[end] >= top:
                    top, last = weight + best[end], end - 1
            best[start] = top if top > LEAST else self._unknown + best[start + 1]
            route[start] = best[start], last


class Segmenter:
    """Segments text and weighs segmentations.

    `cache` is a folder of ours for the prepared dictionary: the shared temporary folder that jieba takes
    by itself may be missing or hold another user's file. Where it cannot be written, the dictionary is
    prepared anew, which takes about a second.
    """

    def __init__(self, cache: Path) -> None:
        frequencies = load_frequencies(cache)
        self._tokenizer = _Tokenizer(frequencies)
        self._weights = frequencies.weights
        self._unknown = frequencies.unknown
        self._cut = lru_cache(REMEMBERED)(lambda text: tuple(self._tokenizer.cut(text)))

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of the text, in order and without loss."""
        return self._cut(text)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return word in self._weights

    def log_frequency(self, word: str) -> float:
        """The natural logarithm of the word's share of all words; an unknown word counts once."""
        return self._weights.get(word, self._unknown)

    def best_path(self, text: str) -> float:
        """The log probability of the likeliest segmentation of a short text."""
        weights = self._weights
        best = [0.0]
        for end in range(1, len(text) + 1):
            top = best[end - 1] + weights.get(text[end - 1], self._unknown)
            for start in range(max(0, end - 4), end - 1):
                weight = weights.get(text[start:end])
                if weight and best[start] + weight > top:
                    top = best[start] + weight
            best.append(top)
        return best[-1]
