"""Words of the reading text, by jieba with a tokenizer of our own.

Asked only where a decision needs it: where a name ends, where the name of a body begins.
"""

import logging
import math
from pathlib import Path

import jieba

jieba.setLogLevel(logging.WARNING)


class Segmenter:
    """Segments text and weighs segmentations.

    `cache` is a folder of ours for jieba's prepared dictionary: the shared temporary folder that jieba
    takes by itself may be missing or hold another user's file. Where it cannot be written, the dictionary
    is prepared anew, which takes about a second.
    """

    def __init__(self, cache: Path) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.tmp_dir = str(cache)
        self._tokenizer.initialize()
        self._log_total = math.log(self._tokenizer.total)

    def cut(self, text: str) -> list[str]:
        """The words of the text, in order and without loss."""
        return list(self._tokenizer.cut(text))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return bool(self._tokenizer.FREQ.get(word))

    def log_frequency(self, word: str) -> float:
        """The natural logarithm of the word's share of all words; an unknown word counts once."""
        return math.log(self._tokenizer.FREQ.get(word) or 1) - self._log_total

    def best_path(self, text: str) -> float:
        """The log probability of the likeliest segmentation of a short text."""
        best = [0.0] + [-math.inf] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - 4), end):
                word = text[start:end]
                if end - start == 1 or self.knows(word):
                    best[end] = max(best[end], best[start] + self.log_frequency(word))
        return best[-1]
