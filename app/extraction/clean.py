"""Stage 1: which lines are an article's, and which article's.

Everything is decided by shape: list marks, closing punctuation, length, and the page furniture that
every site prints (seeds/words/page.toml).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from app.extraction.document import Line
from app.extraction.pagemarks import page_marks
from app.extraction.parts import Divider
from app.extraction.wrapping import CLAUSE_MARK, is_closed, join
from app.language.characters import read
from app.lexicon.words import PageWords

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.S)
LINE = re.compile(r"[^\r\n]+")
LIST_MARK = re.compile(r"[\s　﻿]*(?:(?:\*(?!\*)|[-•●■◆▲▶►★☆○◎·▪➤]|□(?!本报|记者))[\s　]*)?")
HEADING_MARK = re.compile(r"[\s　]*#{1,6}\s+")
REPORTER = (
    r"(?:本报|本刊|首席|特派|驻\S{2,6}|全媒体|融媒体?|见习|实习|客户端|[\w·-]{2,14}(?:报|网|社|新闻|台))?"
    r"\s*(?:全媒体|首席|见习|实习)?(?:记者|通讯员|特约记者|特约通讯员|实习生)"
)
BYLINE = re.compile(
    r"^[\u4e00-\u9fff\s]{2,12}[/／][\u4e00-\u9fff]{2,8}(?:报|网|社|新闻|客户端)\s*$|"
    rf"^(?:[□■◆▲●]\s*)?[(（【\[]?\s*(?:(?:{REPORTER})\s*[::：]?\s*[\u4e00-\u9fff·\s、,，/／()（）]{{2,40}}"
    rf"|[\u4e00-\u9fff·\s]{{2,12}}\s+(?:{REPORTER})\s*[\u4e00-\u9fff·\s]{{2,20}}"
    r"|(?:(?:责任|值班|执行)?(?:编辑|编委|审核|审校|校对|责编|主任|初审|复审|终审|监制)"
    r"[\s　]+[\u4e00-\u9fff]{2,4}[\s　]*){2,}"
    r"|(?:文|图|文[/／]图|图[/／]文|作者|撰文|供稿|撰稿|记者|编辑|责编|实习编辑|制图|来源|编审|监制|统筹|策划|摄影"
    r"|视频|通讯员|校对|审核|责任编辑|终审|值班编委)"
    r"\s*[|丨::：/／]\s*\S.{0,50})[)）】\]]?$"
)
PAGE_META = re.compile(
    r"(?:来源|日期|时间|作者|编辑|浏览(?:次数|量)?|点击|责任编辑|字体|稿源|信息来源|发布机构)\s*[::：]"
)
DATED = re.compile(r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}(?!\d)")
GUEST = re.compile(r"(?:嘉宾|嘉賓|受访者|访谈对象|访谈嘉宾|主讲人|受访嘉宾)\s*[::：]")
SAYING = re.compile(r"[说示为出称绍调][,，:：]")
LEADING_BLANKS = re.compile(r"[\s　﻿]*")
JUNK = re.compile(
    r"(?<![A-Za-z0-9])(?=[^\n]{0,60}?[!-/:-@\[-`{-~])(?:[!-~]{1,2} {1,2}){4,}[!-~]{0,2}"
    r"(?=[\u4e00-\u9fff“”\"(（]|$)"
)
"""Single signs between blanks, which forums print against copying: 5 Z/ k* c8 j' m# w."""
SIGNS_APART = re.compile(r"[!-~] {1,2}[!-~]{1,2} {1,2}[!-~]{1,2} {1,2}[!-~]")
"""What all junk holds, and what is quick to look for."""
TITLE_LENGTH = 60
NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十]|——")
LONG_LINE = 28
"""Characters from which a line without an end is prose that broke off rather than a heading."""
CAPTION_LENGTH = 120
MUCH_MORE = 2
"""Times the prose before a mark of the tail: with more behind it, it stands above the article (分享到)."""


class Cleaner:
    """Sorts the lines of a page by their shape. `places` are the names that safely mean a place."""

    def __init__(self, words: PageWords, places: Collection[str]) -> None:
        def starting(patterns: tuple[str, ...]) -> re.Pattern[str]:
            return re.compile(
                r"[【\[(（#*—\s]*(?:" + "|".join(patterns).replace("[::]", "[::：]") + ")", re.I
            )

        self._tail = starting(words.tail)
        self._lists = starting(words.lists)
        self._companions = starting(words.companions)
        self._furniture = starting(words.lines)
        self._divider = Divider(self._companions, places)
        closing = "|".join(words.credits)
        self._credit = re.compile(
            rf"(?:记者|通讯员|首席记者|摄影|图|\S{{2,10}}(?:社|报|网|新闻))?[\s:：/／]*[\u4e00-\u9fff·、\s]{{0,20}}(?:{closing})"
            rf"(?:[\s/／|·]*\S{{2,12}})?\s*[)）]?$"
        )
        self._photo = re.compile(
            rf"[。\s(（](?:(?:本报|首席|\S{{2,8}})?\s*(?:记者|通讯员)\s*[\u4e00-\u9fff·、\s]{{2,24}}\s*(?:{closing})"
            rf"|[\u4e00-\u9fff·]{{2,4}}\s*摄|\S{{2,8}}供图|本报资料图片?|资料图片?|新华社发|新华社记者\s*\S+\s*摄)"
            rf"(?:[\s/／|·]*\S{{2,8}})?\s*[)）\]】]?$|^[\[【(（]?(?:图说|图注|图[①-⑩一二三四五\d]|(?:上|下|左|右)?图为)[::：]?"
        )

    def lines(self, text: str) -> tuple[Line, ...]:
        """Every line that holds more than blanks, in order, with its kind and its article on the page."""
        text = read(text)
        shaped = self._mark_lists(text, self._mark_captions(text, self._shaped(text)))
        return tuple(join(text, self._divider.divide(text, shaped)))

    def _shaped(self, text: str) -> list[Line]:
        front = FRONT_MATTER.match(text)
        begin = front.end() if front else 0
        found = [Line(0, begin, "metadata")] if front else []
        seen_body = False
        tail = False
        told, in_all = 0, _prose(text, begin, len(text))
        for start, end, is_mark in _pieces(text, begin):
            line = Line(start, end, "furniture") if is_mark else self._shape(text, start, end)
            if line is None:
                continue
            words = text[line.start : line.end]
            if not seen_body and line.kind == "body" and _is_title(words):
                line = replace(line, kind="heading")
            if is_mark and seen_body and _breaks(text, found, line):
                found[-1] = replace(found[-1], kind="body")
            if not tail and self._tail.match(words):
                tail = told > 0 and in_all - told <= told * MUCH_MORE
                line = replace(line, kind="credit" if BYLINE.match(words) else "furniture")
            elif tail:
                line = replace(line, kind="credit" if BYLINE.match(words) else "furniture")
            seen_body = seen_body or line.kind == "body"
            told += _prose(text, line.start, line.end)
            found.append(line)
        return _with_headline(text, found)

    def _shape(self, text: str, start: int, end: int) -> Line | None:
        while end > start and text[end - 1].isspace():
            end -= 1
        plain = LEADING_BLANKS.match(text, start, end)
        start = plain.end() if plain else start
        if start >= end:
            return None
        words = text[start:end]
        mark = LIST_MARK.match(text, start, end)
        bare = mark.end() if mark else start
        if start < bare < end and BYLINE.match(text[bare:end]):
            return Line(bare, end, "credit")
        if len(words) <= 120 and GUEST.search(words):
            return Line(start, end, "bullet")
        if BYLINE.match(words) or (len(words) <= 100 and "。" not in words and DATED.search(words)):
            return Line(start, end, "credit")
        if len(words) <= 100 and "。" not in words and PAGE_META.search(words):
            return Line(start, end, "credit")
        heading = HEADING_MARK.match(text, start, end)
        if heading:
            return Line(heading.end(), end, "heading") if heading.end() < end else None
        if len(words) < 60 and self._furniture.match(words):
            return Line(start, end, "furniture")
        if start < bare < end:
            return Line(bare, end, "bullet")
        return Line(start, end, "body" if self._is_prose(words) else "heading")

    @staticmethod
    def _is_prose(words: str) -> bool:
        if is_closed(words) or words[-1] in ",，、" or words.count("“") > words.count("”"):
            return True
        if not CLAUSE_MARK.search(words):
            return False
        return len(words) >= LONG_LINE or bool(SAYING.search(words))

    def _mark_captions(self, text: str, lines: list[Line]) -> list[Line]:
        """Photo captions: a line that closes with a credit, or the line above a credit of its own."""
        marked = list(lines)
        for index, line in enumerate(lines):
            words = text[line.start : line.end]
            if line.kind not in ("body", "heading", "bullet", "credit") or len(words) > CAPTION_LENGTH:
                continue
            if len(words) <= 40 and "摄" in words and self._credit.fullmatch(words):
                marked[index] = replace(line, kind="caption")
                above = marked[index - 1] if index else None
                if (
                    above
                    and above.kind in ("body", "heading")
                    and self._captions(text, above, lines[: index - 1])
                ):
                    marked[index - 1] = replace(above, kind="caption")
            elif self._photo.search(words):
                marked[index] = replace(line, kind="caption")
        return marked

    @staticmethod
    def _captions(text: str, line: Line, before: list[Line]) -> bool:
        """Whether the line above a lone credit is the photo's caption: one short sentence."""
        words = text[line.start : line.end]
        return bool(before) and len(words) <= 80 and words.count("。") <= 1

    def _mark_lists(self, text: str, lines: list[Line]) -> list[Line]:
        """Lists of links under 相关阅读 and the like; a companion piece in prose stays."""
        marked = list(lines)
        in_list = False
        for index, line in enumerate(lines):
            if line.kind in ("metadata", "caption", "furniture"):
                continue
            words = text[line.start : line.end]
            if len(words) <= 12 and (self._lists.match(words) or self._companions.match(words)):
                prose = any(
                    other.kind == "body" and is_closed(text[other.start : other.end])
                    for other in lines[index + 1 : index + 6]
                )
                in_list = not prose or bool(self._lists.match(words))
                marked[index] = replace(line, kind="furniture" if in_list else "heading")
            elif in_list and line.kind == "body" and is_closed(words):
                in_list = False
            elif in_list:
                marked[index] = replace(line, kind="furniture")
        return marked


def _breaks(text: str, found: list[Line], mark: Line) -> bool:
    """Whether the mark of a page breaks off the words before it in its own line."""
    last = found[-1]
    return last.kind == "heading" and "\n" not in text[last.end : mark.start]


def _prose(text: str, start: int, end: int) -> int:
    """How many sentences end there."""
    return text.count("。", start, end)


def _pieces(text: str, begin: int) -> Iterator[tuple[int, int, bool]]:
    """The places of the lines, cut where junk stands in them, and of marks of pages; whether it is a mark."""
    marks = page_marks(text, begin)
    junk = SIGNS_APART.search(text, begin) is not None
    for line in LINE.finditer(text, begin):
        start, end = line.span()
        cuts = [mark for mark in marks if start <= mark[0] < end]
        left_out = {found.span() for found in JUNK.finditer(text, start, end)} if junk else set()
        for cut in sorted(left_out.union(cuts)):
            yield start, cut[0], False
            if cut not in left_out:
                yield *cut, True
            start = cut[1]
        yield start, end, False


def _with_headline(text: str, lines: list[Line]) -> list[Line]:
    """The lines, a headline of two lines whose first one ends with a colon told as such: 某某代表建议:⏎…."""
    for place, (line, following) in enumerate(pairwise(lines)):
        if line.kind == "body":
            opens = text[line.end - 1] in ":：" and line.end - line.start <= TITLE_LENGTH
            if opens and following.kind == "heading" and not NUMBERED.match(text, following.start):
                return [*lines[:place], replace(line, kind="heading"), *lines[place + 1 :]]
            break
    return lines


def _is_title(words: str) -> bool:
    """Whether a line above all prose is a headline, whatever its marks."""
    return (
        len(words) <= TITLE_LENGTH
        and "。" not in words
        and re.search(r"[:：|｜?？!！]", words) is not None
        and not re.search(r"[,，、;；:：]$|[:：][“\"「]", words)
        and words.count("“") == words.count("”")
        and words[0] not in '“"「'
    )
