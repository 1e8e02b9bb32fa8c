"""When two names mean the same."""

import re
from collections.abc import Iterable, Set

MARKS = re.compile(r"[\s()（）“”\"'《》·]")
SHORTEST_PART = 4
"""From this length on a name that is contained in a longer one counts as a form of it."""


def comparable(name: str | None) -> str:
    """The name without blanks, brackets, quotes and the dot of foreign names; "" for None."""
    return MARKS.sub("", name or "")


def all_comparable(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(comparable, names))


def share_a_speaker(some: Set[str], others: Set[str]) -> bool:
    """Whether two sets of comparable names have one in common; two empty ones agree as well."""
    if not some or not others:
        return not some and not others
    return any(is_form_of(one, other) for one in some for other in others)


def is_form_of(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= SHORTEST_PART and short in long)
