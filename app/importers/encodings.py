"""From the bytes of a file to the text of an article, or a plain sentence why they are none."""

import codecs
import re

from app.errors import SourceError

FOREIGN_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
FREQUENT = frozenset(
    "，。、；：“”《》（）的一是在不了有和与為为人中大上国國年月日市省区區建地会會合作发發展新要将將对對出业業"
)
LEAST_FREQUENT = 0.05
"""Share of FREQUENT among characters beyond ASCII; articles have 0.15 and more, wrongly read ones 0."""


def decode(data: bytes, source: str) -> str:
    """The text of UTF-8 (with or without a byte order mark, which is dropped) or GB18030.

    Raises SourceError for anything else, and for what is binary, empty or without a word.
    """
    for mark, encoding in FOREIGN_MARKS.items():
        if data.startswith(mark):
            raise SourceError(source, f"is in {encoding}; save it as UTF-8 and import it again")
    if b"\0" in data:
        raise SourceError(source, "is binary, not text; export its text as .txt or .md")
    text = _decode_strictly(data, source).removeprefix("\ufeff")
    if CONTROL.search(text):
        raise SourceError(source, "holds control characters, so it is not plain text; export it as .txt")
    if not any(character.isalnum() for character in text):
        raise SourceError(source, "is empty; an article needs words")
    return text


def _decode_strictly(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    # Most two-byte encodings are valid GB18030 too, but read as it they turn into rare characters.
    if not _reads_as_chinese(text):
        raise SourceError(source, "is in an encoding that is neither UTF-8 nor GB18030; save it as UTF-8")
    return text


def _reads_as_chinese(text: str) -> bool:
    foreign = [character for character in text if not character.isascii()]
    frequent = sum(character in FREQUENT for character in foreign)
    return bool(foreign) and frequent >= LEAST_FREQUENT * len(foreign)
