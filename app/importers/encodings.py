"""From the bytes of a file to the text of an article, or a plain sentence why they are none."""

import codecs
import re

from app.errors import SourceError

MOST_CHARACTERS = 2_000_000
"""Of the text of one article; a thick book has half of it."""
MOST_BYTES = 4 * MOST_CHARACTERS
"""Of what is decoded: no encoding read here takes more than four bytes for a character."""

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
READ_AS = dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030")
READ_AS |= dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"), "big5hkscs")
READ_AS |= dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le") | {"utf-16be": "utf-16-be"}
"""Declared name, in lower case → the encoding that reads all that is published under the name."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
GARBLED = re.compile("锟斤拷|ï¼|ã€|\ufffd{3}")
"""What ，and 。 become in a text that was saved after it had been read in a wrong encoding."""
HAN = re.compile(r"[一-鿿]")
ASCII = re.compile(r"[\x00-\x7f]+")
KANA = re.compile(r"[ぁ-ヿ]")
"""Japanese encodings are valid GB18030, with the kana right and all else wrong."""
FREQUENT = frozenset(
    "，。、；：“”《》（）的一是在不了有和与為为人中大上国國年月日市省区區建地会會合作发發展新要将將对對出业業"
)
LEAST_FREQUENT = 0.05
"""Share of FREQUENT among characters beyond ASCII; articles have 0.15 and more, wrongly read ones 0."""
SAMPLE = 20_000
"""Characters that tell in which encoding a text is."""
LEAST_HAN = 100
"""From how many Chinese characters on a text without any frequent one cannot be Chinese."""


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    """The text of bytes in UTF-8, UTF-16 with a byte order mark, GB18030 or Big5; the mark is dropped.

    `declared` is the encoding that an HTTP header or a page states, in which they are often mistaken: it is
    believed where the text then reads as Chinese. Raises SourceError for anything else, and for what
    `checked` refuses.
    """
    if len(data) > MOST_BYTES:
        raise SourceError(source, _too_long())
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return checked(_decoded(data.removeprefix(mark), encoding, source), source)
    text = _as_declared(data, declared)
    if text is None:
        if b"\0" in data:
            raise SourceError(source, "is binary, not text; export its text as .txt or .md")
        text = _guessed(data, source)
    return checked(text, source)


def checked(text: str, source: str) -> str:
    """The text, if it is one that can be stored.

    Raises SourceError for what is empty or without a word, longer than MOST_CHARACTERS, garbled, or holds
    control characters or halves of characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise SourceError(source, _too_long())
    if CONTROL.search(text):
        raise SourceError(source, "holds control characters, so it is not plain text; export it as .txt")
    if SURROGATE.search(text):
        raise SourceError(source, "holds halves of characters, so it was damaged; export it anew")
    if not any(character.isalnum() for character in text):
        raise SourceError(source, "is empty; an article needs words")
    if _is_garbled(text[:SAMPLE]):
        raise SourceError(source, "is garbled, as it was once read in a wrong encoding; import its origin")
    return text


def _too_long() -> str:
    return f"is longer than {MOST_CHARACTERS:,} characters, which no article is; split it into articles"


def _decoded(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(source, f"is damaged {encoding.upper()}; save it anew as UTF-8") from error


def _as_declared(data: bytes, declared: str | None) -> str | None:
    encoding = READ_AS.get((declared or "").strip().lower())
    text = _strictly(data, encoding) if encoding else None
    return text if text and _frequent(text) >= LEAST_FREQUENT else None


def _guessed(data: bytes, source: str) -> str:
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    # Most two-byte encodings are valid as each other too, but wrongly read they turn into rare characters.
    read = [text for encoding in ("gb18030", "big5hkscs") if (text := _strictly(data, encoding))]
    likeliest = max(read, key=_frequent, default="")
    japanese = len(KANA.findall(likeliest)) > len(HAN.findall(likeliest)) / 2
    if japanese or _frequent(likeliest) < LEAST_FREQUENT:
        raise SourceError(source, "is in an encoding that is none of UTF-8, GB18030, Big5; save it as UTF-8")
    return likeliest


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_garbled(text: str) -> bool:
    """Whether a text is one of those that come out when Chinese is read in a wrong encoding."""
    chinese = len(HAN.findall(text)) >= LEAST_HAN
    return GARBLED.search(text) is not None or (chinese and _frequent(text) < LEAST_FREQUENT / 5)


def _frequent(text: str) -> float:
    """The share of FREQUENT among the characters beyond ASCII, 0 where there are none."""
    # Pages can begin with more scripts and styles than a sample has characters.
    foreign = ASCII.sub("", text)[:SAMPLE]
    return sum(character in FREQUENT for character in foreign) / max(1, len(foreign))
