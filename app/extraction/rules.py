"""What rules are made of: word lists and alternatives as regular expressions."""

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def opening(words: Iterable[str]) -> str:
    """A lookahead for the first characters of the words, which spares a search most places."""
    return "(?=[" + re.escape("".join(sorted({word[0] for word in words}))) + "])"


def any_of(*patterns: str) -> str:
    """A group for any of the patterns, the first that fits."""
    return f"(?:{'|'.join(patterns)})"
