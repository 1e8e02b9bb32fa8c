"""Stage 1: which lines are the article's, and where a line goes on that a page break cut.

Everything is decided by shape: list marks, closing punctuation, length, and the page furniture that
every site prints (seeds/words/page.toml).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from app.extraction.document import Line
from app.language.characters import read
from app.lexicon.words import PageWords

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.S)
LINE = re.compile(r"[^\r\n]+")
LIST_MARK = re.compile(r"[\s　﻿]*(?:(?:\*(?!\*)|[-•●■◆▲▶►★☆○◎·▪➤]|□(?!本报|记者))[\s　]*)?")
HEADING_MARK = re.compile(r"[\s　]*#{1,6}\s+")
TERMINALS = (*"。!?！？…;；:：", "——")
CLOSING = "”’」』\"')）】"
"""What may stand behind the terminal that ends a line."""
CLAUSE_MARK = re.compile(r"[,，、。;；:：]")
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
    """Sorts the lines of an article by their shape."""

    def __init__(self, words: PageWords) -> None:
        def starting(patterns: tuple[str, ...]) -> re.Pattern[str]:
            return re.compile(
                r"[【\[(（#*—\s]*(?:" + "|".join(patterns).replace("[::]", "[::：]") + ")", re.I
            )

        self._tail = starting(words.tail)
        self._lists = starting(words.lists)
        self._companions = starting(words.companions)
        self._furniture = starting(words.lines)
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
        """Every line that holds more than blanks, in order, with its kind."""
        text = read(text)
        shaped = self._mark_spillover(
            text, self._mark_lists(text, self._mark_captions(text, self._shaped(text)))
        )
        return tuple(self._join(text, shaped))

    def _shaped(self, text: str) -> list[Line]:
        front = FRONT_MATTER.match(text)
        begin = front.end() if front else 0
        found = [Line(0, begin, "metadata")] if front else []
        seen_body = False
        tail = False
        told, in_all = 0, _prose(text, begin, len(text))
        for start, end in _pieces(text, begin):
            line = self._shape(text, start, end)
            if line is None:
                continue
            words = text[line.start : line.end]
            if not seen_body and line.kind == "body" and _is_title(words):
                line = replace(line, kind="heading")
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
        if _is_closed(words) or words[-1] in ",，、" or words.count("“") > words.count("”"):
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
                    other.kind == "body" and _is_closed(text[other.start : other.end])
                    for other in lines[index + 1 : index + 6]
                )
                in_list = not prose or bool(self._lists.match(words))
                marked[index] = replace(line, kind="furniture" if in_list else "heading")
            elif in_list and line.kind == "body" and _is_closed(words):
                in_list = False
            elif in_list:
                marked[index] = replace(line, kind="furniture")
        return marked

    @staticmethod
    def _mark_spillover(text: str, lines: list[Line]) -> list[Line]:
        """From “(上接1版)” inside the page on, the text is another article's."""
        if "上接" not in text:
            return lines
        marked: list[Line] = []
        spilled = seen = False
        for line in lines:
            if line.kind == "body":
                spilled = spilled or (seen and bool(SPILLOVER.match(text, line.start)))
                seen = True
            marked.append(replace(line, spillover=spilled))
        return marked

    @staticmethod
    def _join(text: str, lines: list[Line]) -> Iterator[Line]:
        """Marks the body lines that go on with the sentence the body line before them left open."""
        open_end: Line | None = None
        width = _wrap_width(text, lines)
        full: Line | None = None
        for line in lines:
            if line.kind in ("caption", "credit", "furniture", "metadata"):
                yield line
                continue
            if full and line.kind in ("body", "heading") and NEXT_LINE.fullmatch(text, full.end, line.start):
                line = replace(line, kind="body", joins=True)
                full = line if width and _columns(text, line) >= width - SLACK else None
                open_end = line if breaks_off(text, line) else None
                yield line
                continue
            full = None
            if width and line.kind in ("body", "heading") and _columns(text, line) >= width - SLACK:
                full = line = replace(line, kind="body")
            joins = open_end is not None and line.kind != "bullet" and not SPILLOVER.match(text, line.start)
            if joins and open_end is not None and line.kind == "heading":
                joins = bool(CLAUSE_MARK.search(text[line.start : line.end])) or breaks_off(
                    text, open_end, tight=True
                )
            if joins and open_end:
                line = replace(line, joins=True, kind=open_end.kind)
            yield line
            open_end = line if line.kind == "body" and breaks_off(text, line) else None


def _prose(text: str, start: int, end: int) -> int:
    """How many sentences end there."""
    return text.count("。", start, end)


def _pieces(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """The places of the lines, cut where junk stands in them."""
    if not SIGNS_APART.search(text, begin):
        yield from (line.span() for line in LINE.finditer(text, begin))
        return
    for line in LINE.finditer(text, begin):
        start = line.start()
        for junk in JUNK.finditer(text, start, line.end()):
            yield start, junk.start()
            start = junk.end()
        yield start, line.end()


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


NEXT_LINE = re.compile(r"[ \t]*\r?\n")
"""Between two lines of a wrapped paragraph: no blank line and no indent."""
SLACK = 4
"""Columns that a full line may lack, as no line begins with a closing mark."""


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The columns a text is wrapped at, or 0: most lines that break off in a sentence are equally wide."""
    widths = [
        _columns(text, line)
        for line, following in pairwise(lines)
        if line.kind in ("body", "heading")
        and NEXT_LINE.fullmatch(text, line.end, following.start)
        and not _is_closed(text[line.start : line.end])
    ]
    widest = max(widths, default=0)
    full = sum(width >= widest - SLACK for width in widths)
    return widest if 30 <= widest <= 140 and full >= 4 and full * 5 >= len(widths) * 3 else 0


def _columns(text: str, line: Line) -> int:
    """How wide the line stands on the page, its indent included: a Chinese character takes two columns."""
    raw = text[text.rfind("\n", 0, line.start) + 1 : line.end]
    return len(raw) + sum(character > "\u2e80" or character in "“”‘’…—" for character in raw)


SPILLOVER = re.compile(r"[“\"]?[(（]上接[^)）]{1,12}[)）]")
OPEN_ENDS = tuple(",，、和与及的")


def breaks_off(text: str, line: Line, tight: bool = False) -> bool:
    """Whether a body line stops in the middle of its sentence."""
    words = text[line.start : line.end]
    return words.endswith(OPEN_ENDS) or not (tight or _is_closed(words))


def _is_closed(words: str) -> bool:
    """Whether a line ends with the end of a sentence."""
    plain = words.rstrip(CLOSING)
    return plain.endswith(TERMINALS) or (plain.endswith(".") and "一" <= plain[-2:-1] <= "鿿")
