"""The articles of a page: which lines belong to the first one, and which to others printed beside it.

Another article begins only where its sign is clear: behind (上接1版), behind (下转3版) where something
new follows, and at a headline that has a head of its own. A heading alone is a section's.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.extraction.document import Line
from app.extraction.heads import Head, is_dated, is_heading, is_headline, reporters
from app.extraction.wrapping import is_closed

ROUNDUP = re.compile(r"[简短快]讯|要闻|集纳|集锦|速[览递]|播报|联播|荟萃|撷英|[二三四五六七八九十\d]+则")
"""A headline over several pieces of news, each with a dateline."""
SUMMARY = re.compile(r"[(【\[]?(?:内容)?(?:摘要|提要|核心提示|导读|导语|编者按|编者的话)")
NEWS = re.compile(r"[【\[■◆\s]*相关(?:新闻|报道)")
"""Heads another piece of news, not a note on this one (新闻链接, 背景)."""
DAY = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日,?")
LONGEST_PLACE = 9
MOST_HEADINGS = 4
"""What stands over a headline, the headline, what stands under it."""
ENOUGH = 20
"""Characters of the prose below a head."""
TOLD = 3
"""Sentences of an article; fewer may be what a site prints above one."""


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
    reporters: tuple[str, ...] = ()
    """Whom its head names."""
    certain: bool = False
    """Whether it is an article for sure: it begins with a dateline or continues another page's."""
    summary: bool = False
    """Whether it is no more than a summary yet."""

    @property
    def is_told(self) -> bool:
        return not self.summary and self.sentences >= (1 if self.certain else TOLD)

    def add(self, head: Head) -> None:
        """Goes on to the prose of the head."""
        titles = tuple(head.words[place] for place in head.headings)
        if not self.sentences:
            stated = head.stated()
            self.titles += titles
            self.reporters += tuple(reporters(stated))
            self.certain |= head.dateline or head.joined is not None
        elif titles:
            self.sectioned = True
        self.summary = not self.sentences and SUMMARY.match(head.words[-1]) is not None
        self.sentences += sum(map(head.words[-1].count, "。!?"))
        self.is_open = head.lines[-1].kind == "body" and not is_closed(head.words[-1])


class Divider:
    """Finds where other articles begin. `companions` heads a companion piece (新闻链接); `places` are names
    that safely mean a place."""

    def __init__(self, companions: re.Pattern[str], places: Collection[str]) -> None:
        self._companions = companions
        self._places = places

    def divide(self, text: str, lines: list[Line]) -> list[Line]:
        """The lines, each with the number of its article on the page."""
        divided: list[Line] = []
        story = _Story()
        waiting: list[Line] = []
        for line in lines:
            waiting.append(line)
            if line.kind not in ("body", "bullet") or is_heading(text, line):
                continue
            head = Head(text, tuple(waiting))
            begins = self._begins(story, head) if story.sentences and len(waiting) > 1 else None
            if begins is not None:
                divided += _numbered(waiting[:begins], story.number)
                waiting = waiting[begins:]
                head = Head(text, tuple(waiting))
                story = _Story(story.number + 1, waiting[0].start)
            story.add(head)
            divided += _numbered(waiting, story.number)
            waiting = []
        return divided + _numbered(waiting, story.number)

    def _begins(self, story: _Story, head: Head) -> int | None:
        """The place in the head at which another article begins, None where the one at hand goes on."""
        if head.joined is not None:
            return _joined(story, head, head.joined)
        if head.turned is not None:
            return self._turned(story, head, head.turned)
        if story.is_open or not self._is_head(story, head):
            return None
        return head.headings[0] if self._has_sign(story, head) else None

    def _turned(self, story: _Story, head: Head, mark: int) -> int | None:
        """Behind (下转3版) the article at hand goes on in a column beside, unless something new follows."""
        if head.headings:
            new = self._is_head(story, head) and (
                self._has_sign(story, head) or (not story.sectioned and _has_prose(head))
            )
            return head.headings[0] if new else None
        new = head.dateline or any(reporters(head.stated(mark)))
        return mark + 1 if new or (not story.is_open and self._is_elsewhere(story, head)) else None

    def _is_head(self, story: _Story, head: Head) -> bool:
        """Whether the headings may be another article's, and not the first headline printed again."""
        titles = self._titles(head)
        return (
            0 < len(titles) <= MOST_HEADINGS
            and (story.is_told or head.turned is not None)
            and any(map(is_headline, titles))
            and not set(titles) & set(story.titles)
        )

    def _has_sign(self, story: _Story, head: Head) -> bool:
        """Whether the head says what only an article's says: its date and source, reporter or dateline."""
        stated = head.stated(head.headings[0])
        named = set(reporters(stated))
        if is_dated(stated):
            return True
        if not _has_prose(head):
            return False
        if any(NEWS.match(head.words[place]) for place in head.headings):
            return True
        if len(self._titles(head)) < len(head.headings):  # under 新闻链接
            return head.dateline or bool(named)
        if story.sectioned or any(map(ROUNDUP.search, story.titles)):
            return False
        if head.dateline:
            return story.certain
        return bool(named and story.reporters) and not named & set(story.reporters)

    def _titles(self, head: Head) -> list[str]:
        """The headings but those of companion pieces (相关新闻)."""
        headings = (head.words[place] for place in head.headings)
        return [words for words in headings if not (len(words) <= 12 and self._companions.match(words))]

    def _is_elsewhere(self, story: _Story, head: Head) -> bool:
        """Whether the prose begins with a place of which the article at hand says nothing."""
        words = head.words[-1]
        day = DAY.match(words)
        start = day.end() if day else 0
        names = (words[start:end] for end in range(start + LONGEST_PLACE, start + 1, -1))
        place = next((name for name in names if name in self._places), None)
        return place is not None and head.text.find(place[:2], story.start, head.lines[-1].start) < 0


def _numbered(lines: list[Line], number: int) -> list[Line]:
    """The lines as those of the article of that number; all are the first one's from the start."""
    return [replace(line, part=number) for line in lines] if number else lines


def _has_prose(head: Head) -> bool:
    """Whether more than a short line stands below the headings."""
    return len(head.words[-1]) >= ENOUGH


def _joined(story: _Story, head: Head, mark: int) -> int | None:
    """Where the article begins that (上接1版) continues, with the headline over it.

    Right behind (下转4版), or in the middle of a sentence, the article at hand itself goes on.
    """
    above = [place for place in head.headings if place < mark]
    if not above and head.turned is not None and head.turned < mark:
        return None
    if story.is_open and not head.starts_line(mark):
        return None
    return above[0] if 0 < len(above) <= MOST_HEADINGS and not story.is_open else mark


def split_parts(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """The lines of each article of a page; the first may have none."""
    count = max((line.part for line in lines), default=0) + 1
    return tuple(tuple(line for line in lines if line.part == number) for number in range(count))
