"""Texts as the pieces a search index keeps: characters and pairs of neighbours, written in ASCII.

Words in Chinese have no borders, and an index of words misses what its dictionary cuts otherwise; pairs miss
nothing. A text contains a word of one or two characters exactly if it has that piece. With a longer word all
its pieces may be there and the word is not, so these texts are to be looked at.
"""

from functools import cache
from itertools import pairwise


def pieces(text: str) -> set[str]:
    """All pieces of a text, each a token that no tokenizer cuts."""
    codes = [_code(character) for character in text]
    return {*codes, *(one + other for one, other in pairwise(codes))}


def pieces_of_word(word: str) -> list[str]:
    """The pieces that every text with the word has: the character itself, or all pairs."""
    codes = [_code(character) for character in word]
    return list(dict.fromkeys(one + other for one, other in pairwise(codes))) or codes


@cache
def _code(character: str) -> str:
    return f"{ord(character):06x}"  # of one width, or two pairs could be written the same
