"""What rules are made of: word lists and alternatives as regular expressions."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

Tree = dict[str, Any]
"""Words by their first character, then by their second, and so on; "" where a word ends."""


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first.

    It goes from character to character, as a search tries a plain list of words one after the other.
    """
    tree: Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    # No [set] here: a search skips to the first characters of words only where all are plain.
    return "|".join(_words(tree)) or r"(?!)"


def _words(tree: Tree) -> list[str]:
    """The alternatives of a tree, the end of a word last."""
    longest_first = sorted(tree.items(), key=lambda each: not each[0])
    return [re.escape(character) + _rest(after) for character, after in longest_first]


def _rest(tree: Tree) -> str:
    """What follows a character of a word."""
    if all(character and after.keys() == {""} for character, after in tree.items()) and len(tree) > 1:
        return f"[{re.escape(''.join(tree))}]"
    words = _words(tree)
    return f"(?:{'|'.join(words)})" if len(words) > 1 else "".join(words)


def opening(words: Iterable[str]) -> str:
    """A lookahead for the first characters of the words, which spares a search most places."""
    return "(?=[" + re.escape("".join(sorted({word[0] for word in words}))) + "])"


def any_of(*patterns: str) -> str:
    """A group for any of the patterns, the first that fits."""
    return f"(?:{'|'.join(patterns)})"


class Anchored:
    """A pattern whose every match begins with one of the words, tried only where one of them stands."""

    def __init__(self, words: Iterable[str], pattern: str) -> None:
        self._words = AhoCorasick(words, implementation=Implementation.DFA)
        self._pattern = re.compile(pattern)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches from left to right, overlapping none."""
        found = self._words.find_matches_as_indexes(text, overlapping=True)
        done = 0
        for start in sorted({start for _, start, _ in found}):
            match = self._pattern.match(text, start) if start >= done else None
            if match:
                yield match
                done = match.end()
