"""What readers see of an article's title, day, source and authors above or below its words."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain, pairwise, takewhile
from typing import TYPE_CHECKING

from app.importers.days import FULL, day_in, day_near
from app.importers.pages.told import Told, line, names_of, source_of
from app.importers.pages.words import prose

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WINDOW = 12
"""Lines below the title among which it is said where the article is from."""
LONGEST = 150
"""Characters of a line that says such; longer ones are prose."""
LONGEST_NAME = 30
LABELS = (
    r"(?:文章|信息|稿件|新闻)?(?:来源|來源|稿源|出处|出處)|作者|记者|記者|通讯员|撰稿|编辑|編輯|责编|责任编辑|责任編輯"
    r"|(?:发布|發佈|发表|更新|成文|发稿)?(?:时间|時間|日期)|发布|浏览|阅读|点击|字体|字号|字號|分享|打印"
)
LABEL = re.compile(
    r"(?:来源|來源|稿源|出处|出處|作者|记者|記者|通讯员|撰稿|编辑|編輯|责编|时间|時間|日期|发布|發佈)\s*[:：丨|]"
)
SOURCE = re.compile(
    r"(?:来源|來源|稿源|出处|出處)\s*[:：丨|]\s*(?!(?:"
    + LABELS
    + r")\s*[:：])(?P<outlet>[^\s:：|()（）]{2,30}?)"
    r"(?=[\s:：|()（）]|$|" + LABELS + ")"
)
AUTHOR = re.compile(
    r"(?:作者|记者|記者|撰稿)\s*[:：丨|/]\s*(?P<names>(?:(?!"
    + LABELS
    + r")[^:：|\d]){2,40}?)(?=\s{2,}|[:：|\d]|$|\s*(?:"
    + LABELS
    + "))"
)
RELEASED = re.compile(r"(?:发布|發佈|發布|发表)(?:于|於|时间|時間|日期)?\s*[:：丨|]?\s*(?=(?:19|20)\d\d)")
"""Before the day that counts, also where that of a later change stands above it."""
TIME = re.compile(r"\s?\d{1,2}[:：]\d\d")
CLOCK = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?|星期[一二三四五六日天]|[\s日()（）]")
JOINTS = re.compile(r"\s*(?:_+|[|｜]|(?<![-—–])(?:-{1,3}|[—–])(?![-—–])|>>?)\s*")
SITE = re.compile(
    r"(?:[网網报報社站]|在线|新闻|频道|客户端|政府|门户|中心|电视台|首页|资讯|要闻|动态|工作)$|^(?:www\.|\w+\.(?:com|cn))"
)
SHORTEST_TITLE = 6


def title_of(tree: "HtmlElement") -> str | None:
    """The page's headline: a heading that its <title> holds, else <title> without the site's name."""
    title = line(tree.findtext(".//title") or "")
    headings = [line(" ".join(each.text_content().split())) for each in tree.xpath("//h1|//h2|//h3")]
    if title is None:
        tops = [line(each.text_content()) for each in tree.xpath("//h1")]
        return next(filter(None, tops), None) if len(tops) == 1 else None
    for heading in headings:
        if heading and len(heading) >= SHORTEST_TITLE and heading in title:
            return heading
    title = without_site(title)
    alone = len(headings) == 1 and headings[0] and len(headings[0]) >= SHORTEST_TITLE
    return headings[0] if alone and SITE.search(title) else title


def without_site(title: str, site: str | None = None) -> str:
    """The title without what sites put behind it: _中国政府网, - 某某日报网, | 要闻."""
    while found := list(JOINTS.finditer(title)):
        rest, end = title[: found[-1].start()], title[found[-1].end() :]
        if len(rest) < SHORTEST_TITLE or not ("_" in found[-1][0] or end == site or SITE.search(end)):
            break
        title = rest
    return title.strip()


def byline_of(lines: Sequence[str], title: str | None) -> list[str]:
    """The lines between title and prose that say day, source or authors, in their order; of a page's `lines`.

    Without the title among them, those above the prose that are labelled.
    """
    told = [each for each in lines if each]
    at = next((place for place, each in enumerate(told) if title and same(each, title)), None)
    near = told if at is None else told[at + 1 : at + 1 + WINDOW]
    found: list[str] = []
    for before, each in pairwise(["", *takewhile(lambda each: not prose([each]), near)]):
        goes_on = before in found and before.endswith((":", "：")) and len(each) <= LONGEST_NAME
        if goes_on or _says(each, at is not None):
            found.append(each)
    return found


def visible(lines: Sequence[str], known: date | None) -> Told:
    """What the lines of `byline_of` say; a day without a year is that near a `known` one."""
    words = " ".join(lines)
    source, author = SOURCE.search(words), AUTHOR.search(words)
    released = RELEASED.search(words)
    days = chain(
        [day_in(words[released.end() :]) if released else None],
        (day_in(each) for each in lines if FULL.search(each)),
        (day_near(each, known) for each in lines),
    )
    return Told(
        source=source_of(source["outlet"]) if source else None,
        published_on=next(filter(None, days), None),
        bylines=names_of(author["names"]) if author else (),
    )


def same(words: str, other: str) -> bool:
    """Whether both are the same but for blanks."""
    return "".join(words.split()) == "".join(other.split())


def _says(words: str, near_title: bool) -> bool:
    """Whether a line is labelled, or near the title a day with nothing else or with the time of day."""
    if len(words) > LONGEST or "。" in words:
        return False
    if LABEL.search(words):
        return True
    day = FULL.search(words) if near_title else None
    return day is not None and (
        TIME.search(words, day.end()) is not None or not CLOCK.sub("", FULL.sub("", words))
    )
