"""One form for each character: simplified, half-width, usual; the length of a text stays what it is.

So that rules and searches need to know one form only, and offsets lead back into the source.
"""

import re
import unicodedata
from functools import cache

import opencc

MARKS = tuple(zip("，：；（）！？％\u3000", ",:;()!?% ", strict=True))
"""What every page has of the reading table; replacing them one by one is faster than by the table."""
_LOWER = {ord("A") + place: ord("a") + place for place in range(26)}


@cache
def reading_table() -> dict[int, int]:
    """Code point → code point as the rules read it; 乾 stays, being a place and a family name too."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    table |= {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20, 0xFE30: ord(":")}
    table |= {ord(a): ord(b) for a, b in zip("「」『』﹁﹂〝〞﹐﹑﹔﹕", "“”‘’“”“”,、;:", strict=True)}
    for code in range(0x2F00, 0x2FD6):
        table[code] = ord(unicodedata.normalize("NFKC", chr(code)))
    han = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table |= {
        ord(a): ord(b) for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1 and a != "乾"
    }
    # Some radicals stand for traditional characters, ⾧ for 長: what is read is not to change by reading.
    return {code: table.get(read, read) for code, read in table.items()}


def read(text: str) -> str:
    """The text as the rules read it, character by character; its length is that of `text`."""
    table, changed = _reader()
    if not changed.search(text):
        return text
    for mark, plain in MARKS:
        text = text.replace(mark, plain)
    return text.translate(table) if changed.search(text) else text


@cache
def _reader() -> tuple[dict[int, int], re.Pattern[str]]:
    """The reading table, and a pattern for any of its characters: most words have none."""
    table = reading_table()
    return table, re.compile(f"[{re.escape(''.join(map(chr, table)))}]")


def searchable(text: str) -> str:
    """The text as it is searched: as `read` gives it, and A to Z as a to z, as LIKE has it too."""
    return read(text).translate(_LOWER)
