"""By which texts that are nearly the same are found: they share one band at least, others hardly ever do.

MinHash with one permutation (Li, Owen, Zhang: One Permutation Hashing, 2012), cut into bands
(locality-sensitive hashing). Texts are compared by their pairs of neighbouring letters, whatever their
punctuation and forms.
"""

from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from app.language.characters import read

ROWS = 4
"""Least values that make a band: the more, the more alike two texts must be to share it."""

_MASK = (1 << 32) - 1


def letters(text: str) -> str:
    """What is compared of a text: letters and digits alone, in one form each."""
    return "".join(filter(str.isalnum, read(text))).casefold()


def bands(text: str, number: int) -> tuple[int, ...]:
    """So many bands of a text, each a number of 63 bits; none for a text of fewer than two letters.

    Of two texts that share 90 % of their pairs, fewer than two in a thousand share none of six bands.
    """
    least = _least_values(letters(text), number * ROWS)
    return tuple(_mixed(*least[place : place + ROWS], place) for place in range(0, len(least), ROWS))


def mixed_with(band: int, id: int) -> int:
    """The band as that of one speaker, so that only what is theirs shares it."""
    return _mixed(band, id)


def _least_values(text: str, number: int) -> list[int]:
    """For each of so many parts of all hashes the least one of the text's pairs."""
    least: list[int | None] = [None] * number
    for pair in {*pairwise(text)}:
        value, part = divmod(_hash(pair), number)
        known = least[part]
        if known is None or value < known:
            least[part] = value
    return _filled(least) if any(value is not None for value in least) else []


def _filled(least: list[int | None]) -> list[int]:
    """A part without a pair takes the value of the next one that has some, and how far that is."""
    filled: list[int] = []
    value, away = next(each for each in least if each is not None), 0
    for each in reversed(least):
        value, away = (value, away + 1) if each is None else (each, 0)
        filled.append(value + (away << 32))
    return filled[::-1]


@lru_cache(1 << 16)  # the same pairs come again and again
def _hash(pair: tuple[str, str]) -> int:
    """32 well mixed bits; the last steps are those of MurmurHash3."""
    value = (ord(pair[0]) * 0x9E3779B1 + ord(pair[1]) * 0x85EBCA77) & _MASK
    value = (value ^ value >> 16) * 0x85EBCA6B & _MASK
    value = (value ^ value >> 13) * 0xC2B2AE35 & _MASK
    return value ^ value >> 16


def _mixed(*numbers: int) -> int:
    data = b"".join(number.to_bytes(8, "big") for number in numbers)
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1
