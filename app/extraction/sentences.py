"""Stage 3: sentences. A sentence ends with 。！？ and the quotes and brackets that close behind it."""

import re

from app.extraction.document import Document, Sentence

OPENERS, CLOSERS = "《(【", "》)】"


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of every paragraph, headings and bullets included, in reading order."""
    found: list[Sentence] = []
    text = document.text
    for index, paragraph in enumerate(document.paragraphs):
        start = paragraph.start
        for end in _ends(text, paragraph.start, paragraph.end):
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                found.append(Sentence(start, end, index))
            start = end
    return tuple(found)


END = re.compile(r"[。!?]+[”’)】]*")


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of `text[start:end]` end; a mark inside 《》 or brackets ends none."""
    ends: list[int] = []
    last = start
    for match in END.finditer(text, start, end):
        depth = sum(text.count(mark, last, match.end()) for mark in OPENERS)
        depth -= sum(text.count(mark, last, match.end()) for mark in CLOSERS)
        if depth <= 0:
            ends.append(match.end())
            last = match.end()
    if last < end:
        ends.append(end)
    return ends
