"""What rules are made of: word lists and alternatives as regular expressions."""

import re
from collections.abc import Iterable, Iterator
from re import _parser  # type: ignore[attr-defined]  # nothing public tells what a pattern is made of
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


def compile_any(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the patterns, tried only where one of them can begin, if that can be told."""
    patterns = list(patterns)
    known = [(pattern, _beginnings(_parser.parse(pattern))) for pattern in patterns]
    guarded = [pattern for pattern, beginnings in known if beginnings]
    rest = [pattern for pattern, beginnings in known if not beginnings]
    if guarded:
        first = opening(character for _, beginnings in known for character in beginnings)
        rest.append(f"{first}(?:{'|'.join(guarded)})")
    return re.compile("|".join(rest))


def _beginnings(parts: Iterable[Any]) -> set[str]:
    """The characters that a match of the parsed pattern begins with; empty where they cannot be told."""
    for kind, value in parts:
        match str(kind):
            case "ASSERT" | "ASSERT_NOT":
                continue  # they look around and take nothing
            case "LITERAL":
                return {chr(value)}
            case "IN" if all(str(each) == "LITERAL" for each, _ in value):
                return {chr(code) for _, code in value}
            case "SUBPATTERN":
                return _beginnings(value[-1])
            case "BRANCH":
                each = [_beginnings(branch) for branch in value[1]]
                return set().union(*each) if all(each) else set()
            case "MAX_REPEAT" if value[0] > 0:
                return _beginnings(value[2])
        break
    return set()


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
