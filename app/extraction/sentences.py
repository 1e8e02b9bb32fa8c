"""Stage 3: sentences. A sentence ends with 。！？ and the quotes and brackets that close behind it."""

import re

from app.extraction.document import Document, Sentence

OPENERS, CLOSERS = "《(【", "》)】"


DATELINE = re.compile(
    r"\s*【[^】]{0,20}记者[^】]{2,16}】\s*|"
    r"\s*[(]?据?(?:本[报刊网台]|[一-鿿·-]{2,12}?(?:报|社|网|客户端))(?:[一-鿿]{0,6}\d{1,2}月\d{1,2}日)?(?:\d{1,2}时)?[一-鿿]{0,2}?(?:讯|电)(?![一-鿿])[)]?"
    r"\s*(?:[(][^()]{2,40}[)]|(?:记者|通讯员)\s*[一-鿿]{2,4}(?:[\s、]+[一-鿿]{2,4})*(?=\s))?\s*"
)
"""本报讯(记者 某某): who reports from where and when, which is no part of the first sentence."""


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of every paragraph, headings and bullets included, in reading order."""
    found: list[Sentence] = []
    text = document.text
    for index, paragraph in enumerate(document.paragraphs):
        start = paragraph.start
        if dateline := DATELINE.match(text, start, paragraph.end):
            start = dateline.end()
        for end in _ends(text, paragraph.start, paragraph.end):
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                found.append(Sentence(start, end, index))
            start = end
    return tuple(found)


END = re.compile(r"[。!?]+[”’)】]*")
BRACKET = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of `text[start:end]` end; a mark inside 《》 or brackets ends none."""
    ends = [match.end() for match in END.finditer(text, start, end)]
    if BRACKET.search(text, start, end):
        ends = _outside_brackets(text, start, ends)
    if not ends or ends[-1] < end:
        ends.append(end)
    return ends


def _outside_brackets(text: str, start: int, ends: list[int]) -> list[int]:
    """Those of the ends at which no bracket is open that was opened since the end before."""
    kept: list[int] = []
    for end in ends:
        opened = sum(text.count(mark, start, end) for mark in OPENERS)
        if opened <= sum(text.count(mark, start, end) for mark in CLOSERS):
            kept.append(end)
            start = end
    return kept
