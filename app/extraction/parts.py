"""The articles of a page: which lines belong to the first one, and which to others printed beside it.

Another article begins where its sign is clear: behind (上接1版), behind (下转3版) where something new
follows, and at a headline with a head of its own. A heading alone is a section of the article at hand.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.extraction.document import Line
from app.extraction.header import DATE, OUTLET
from app.extraction.pagemarks import continues_from, continues_on
from app.extraction.sentences import DATELINE
from app.extraction.wrapping import is_closed

SOURCED = re.compile(rf"来源|稿源|作者|记者|通讯员|{OUTLET}")
REPORTER = re.compile(r"(?:记者|通讯员|作者)(?!.{0,12}摄)")
NO_HEADLINE = re.compile(
    r"[(（【\[]|[一二三四五六七八九十\d]+[、.．]|第[一二三四五六七八九十]|.*[:：)）】\]]$"
)
ROUNDUP = re.compile(r"[简短快]讯|要闻|集纳|集锦|速[览递]|播报|联播|荟萃|撷英|[二三四五六七八九十\d]+则")
"""A headline over several pieces of news, each with a dateline."""
SUMMARY = re.compile(r"[(【\[]?(?:内容)?(?:摘要|提要|核心提示|导读|导语|编者按|编者的话)")
NEWS = re.compile(r"[【\[■◆\s]*相关(?:新闻|报道)")
"""Heads another piece of news, not a note on this one (新闻链接, 背景)."""
DAY = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日[,，]?")
SHORT_BULLET = 40
HEADLINE = range(7, 50)
"""Characters of a headline."""
MOST_LINES = 4
"""Headings of a head: what stands over it, the headline, what stands under it."""
ENOUGH = 20
"""Characters of the prose below a head."""


@dataclass(slots=True)
class _Story:
    """The article at hand, as far as it was read."""

    number: int = 0
    start: int = 0
    sentences: int = 0
    is_open: bool = False
    """Whether its last line broke off in a sentence."""
    sectioned: bool = False
    """Whether headings stand in its body."""
    titles: tuple[str, ...] = ()
    dated: bool = False
    """Whether its head gives a date or a source, or its body begins with a dateline."""
    reported: bool = False
    """Whether its head names who reports."""
    introduction: bool = False
    """Whether it is no more than a summary yet."""


class Divider:
    """Finds where other articles begin. `companions` heads a companion piece (新闻链接); `places` are the
    names that safely mean a place."""

    def __init__(self, companions: re.Pattern[str], places: Collection[str]) -> None:
        self._companions = companions
        self._places = places

    def divide(self, text: str, lines: list[Line]) -> list[Line]:
        """The lines, each with the number of its article on the page."""
        divided: list[Line] = []
        story = _Story()
        head: list[Line] = []
        for line in lines:
            head.append(line)
            if not _tells(text, line):
                continue
            begins = self._begins(text, story, head) if story.sentences else None
            if begins is not None:
                divided += (replace(each, part=story.number) for each in head[:begins])
                head = head[begins:]
                story = _Story(story.number + 1, head[0].start)
            _note(text, story, head)
            divided += (replace(each, part=story.number) for each in head)
            head = []
        return divided + [replace(each, part=story.number) for each in head]

    def _begins(self, text: str, story: _Story, head: list[Line]) -> int | None:
        """The place in the head at which another article begins, None where the one at hand goes on.

        The head is what stands between two lines of prose, and the second of them.
        """
        words = [text[line.start : line.end] for line in head]
        turned = next((place for place, each in enumerate(words) if continues_on(each)), None)
        after = 0 if turned is None else turned + 1
        headings = [place for place in range(after, len(head) - 1) if _is_heading(text, head[place])]
        joined = next((place for place, each in enumerate(words) if continues_from(each)), None)
        if joined is not None:
            return _joined(text, story, head, headings, joined, turned)
        if turned is None and story.is_open:
            return None
        if headings and self._is_head(words, story, head, headings, turned is not None):
            return headings[0]
        if turned is None or headings:
            return None
        credits_below = any(REPORTER.search(each) for each in words[after:-1])
        dateline = DATELINE.match(text, head[-1].start, head[-1].end)
        fresh = not story.is_open and self._is_elsewhere(text, story, head[-1])
        return after if credits_below or dateline or fresh else None

    def _is_head(
        self, words: list[str], story: _Story, head: list[Line], headings: list[int], turned: bool
    ) -> bool:
        """Whether the headings and what stands below them are the head of another article."""
        companions = [place for place in headings if self._is_companion(words[place])]
        titles = [place for place in headings if place not in companions]
        if not titles or len(titles) > MOST_LINES or story.introduction or len(words[-1]) < ENOUGH:
            return False
        if story.sentences < 2 and not (story.dated or story.reported):
            return False
        if any(words[place] in story.titles for place in titles):
            return False
        if not any(len(words[p]) in HEADLINE and not NO_HEADLINE.match(words[p]) for p in titles):
            return False
        below = "\n".join(
            words[place] for place in range(titles[0], len(head)) if head[place].kind == "credit"
        )
        if DATE.search(below) and SOURCED.search(below):
            return True
        if turned and not story.sectioned:
            return True
        if companions and any(NEWS.match(words[place]) for place in companions):
            return True
        dateline, reporter = DATELINE.match(words[-1]), REPORTER.search(below)
        if companions:
            return bool(dateline or reporter)
        if story.sectioned or any(map(ROUNDUP.search, story.titles)):
            return False
        return bool((dateline and story.dated) or (reporter and story.reported))

    def _is_companion(self, words: str) -> bool:
        return len(words) <= 12 and self._companions.match(words) is not None

    def _is_elsewhere(self, text: str, story: _Story, line: Line) -> bool:
        """Whether the line begins with a place of which the article at hand says nothing."""
        day = DAY.match(text, line.start)
        start = day.end() if day else line.start
        names = (text[start:end] for end in range(start + 9, start + 1, -1))
        place = next((name for name in names if name in self._places), None)
        return place is not None and text.find(place[:2], story.start, line.start) < 0


def _joined(
    text: str, story: _Story, head: list[Line], headings: list[int], mark: int, turned: int | None
) -> int | None:
    """Where the article begins that (上接1版) continues, with the headline over it.

    Right behind (下转4版), or in the middle of a sentence, the article at hand itself goes on.
    """
    above = [place for place in headings if place < mark]
    if not above and turned is not None and turned < mark:
        return None
    starts_line = text[: head[mark].start].rstrip(" \t")[-1:] in ("", "\n", "\r")
    if story.is_open and not starts_line:
        return None
    return above[0] if above and len(above) <= MOST_LINES and not story.is_open else mark


def _tells(text: str, line: Line) -> bool:
    """Whether the line is prose, or a point of a list."""
    return line.kind == "body" or (line.kind == "bullet" and not _is_heading(text, line))


def _is_heading(text: str, line: Line) -> bool:
    short = line.kind == "bullet" and line.end - line.start <= SHORT_BULLET
    return line.kind == "heading" or (short and not is_closed(text[line.start : line.end]))


def _note(text: str, story: _Story, head: list[Line]) -> None:
    """What a line of prose, the last of the head, and the lines over it say of their article."""
    line = head[-1]
    words = [text[each.start : each.end] for each in head]
    titles = tuple(w for each, w in zip(head, words, strict=True) if _is_heading(text, each))
    if not story.sentences:
        over = "\n".join(
            w for each, w in zip(head, words, strict=True) if each.kind in ("credit", "metadata")
        )
        story.titles += titles
        story.dated |= bool(DATE.search(over) or "来源" in over or DATELINE.match(words[-1]))
        story.reported |= REPORTER.search(over) is not None
        story.dated |= any(map(continues_from, words))
    elif titles:
        story.sectioned = True
    story.introduction = not story.sentences and SUMMARY.match(words[-1]) is not None
    story.sentences += sum(map(words[-1].count, "。!?"))
    story.is_open = line.kind == "body" and not is_closed(words[-1])


def split_parts(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """The lines of each article of a page; the first may have none."""
    count = max((line.part for line in lines), default=0) + 1
    return tuple(tuple(line for line in lines if line.part == number) for number in range(count))
