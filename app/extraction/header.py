"""Stage 2: what the page says about the article: title, date, source and bylines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.extraction.document import Line
from app.language.characters import read


@dataclass(frozen=True, slots=True)
class Header:
    """What the page states; None or empty where it states nothing. `published_on` is an ISO date."""

    title: str | None
    published_on: str | None
    source: str | None
    bylines: tuple[str, ...]


OUTLET_KINDS = (
    "日报",
    "晚报",
    "晨报",
    "商报",
    "早报",
    "时报",
    "快报",
    "都市报",
    "青年报",
    "政协报",
    "工人报",
    "经济报",
    "科技报",
    "法治报",
    "法制报",
    "教育报",
    "汽车报",
    "导报",
    "周报",
    "周刊",
    "新闻网",
    "新闻",
    "在线",
    "网",
    "社",
    "电视台",
    "广播电台",
    "电台",
    "频道",
    "客户端",
    "杂志",
    "公众号",
    "研究",
)
OUTLET = rf"[一-鿿A-Za-z·]{{2,14}}?(?:{'|'.join(OUTLET_KINDS)})"
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-年/.]/?\s?(\d{1,2})\s?[-月/.]/?\s?(\d{1,2})(?!\d)")
SOURCE_MARK = re.compile(
    r"(?:文章来源|信息来源|稿件来源|新闻来源|来源|稿源|出处)\s*[:丨|]\s*(?P<outlet>[^\s:|]{2,24}?)(?=\s|收集|编辑|作者|责编|责任|发布|时间|日期|记者|浏览|字体|字号|$|[|()])"
)
REPORTER_OF = re.compile(
    rf"^[一-鿿\s]{{2,12}}/(?P<behind>{OUTLET})\s*$|^[□■◆●\s]*(?P<short>[一-鿿]{{2,4}}报)(?:特派|全媒体|首席)?记者|(?P<outlet>{OUTLET}(?:-{OUTLET})?)(?:全媒体|首席|见习|实习|特派|驻京)?记者"
)
BODY_REPORTER = re.compile(rf"(?:^|[,。;、\s(“])(?:[^,。;]{{0,4}}?接受|对|向|与|和)?(?P<outlet>{OUTLET})记者")
ISSUE = re.compile(
    rf"《(?P<outlet>{OUTLET})》\s*\d{{4}}年第\d+期|^(?P<page>[一-鿿]{{2,8}}报)\s*(?:/|第\d+版|\d{{4}}年)|^本文为(?P<own>{OUTLET})原创"
)
"""《某某周刊》2019年第3期 · 某某日报 第02版 · 本文为某某网原创."""
PAPER_TITLE = re.compile(
    r"^\s*(?:案\s*由|信息名称|(?:提案|建议)?(?:题\s*目|标\s*题|名称))\s*[:：\s]\s*(?P<title>[^。]{6,})$"
)
"""案由:关于…的提案: what a printed paper is called."""
CLOSING_DATELINE = re.compile(
    rf"^[((](?P<outlet>新华社|{OUTLET})[一-鿿]{{2,6}}\d{{1,2}}月\d{{1,2}}日[电電][))]$"
)
"""(某某日报成都8月19日电) at the end."""
DATELINE = re.compile(
    rf"^(?P<joint>{OUTLET}(?:-{OUTLET})?)讯[\s(]|^[((]?(?:本报讯)?[((]?据?(?P<outlet>新华社|中新社|中新网|人民网|新华网|{OUTLET})(?:[一-鿿]{{2,6}})?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日[电讯]"
)
ROLE = re.compile(
    r"(?:实习|见习|首席|责任|特约|全媒体|融媒)?(?:记者|通讯员|编辑|校对|审核|责编|作者|摄影|撰文|文|图|供稿|撰稿|制图|监制|编审|统筹|策划|终审|实习生|摄|摄影报道|报道)+"
)
NOT_BYLINE = re.compile(
    r"来源|网$|社$|台$|值班|热线|广告|主任|楼主|新闻|报$|版面|资料|视觉|供图|出品|点击|浏览|日期|时间|收集|字体|Admin|admin|转载|声明|原标题"
)
NAMED_BY = re.compile(
    r"记者|通讯员|作者|编辑|校对|审核|责编|摄影|撰文|文/|图/|文字|整理|供稿|撰稿|制图|监制|编审|统筹|策划|终审|实习|摄"
)
IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
OUTLET_OF_REPORTER = re.compile(rf"{OUTLET}(?:-{OUTLET})?(?=全媒体|首席|见习|实习|记者)")
SPACED_NAME = re.compile(r"(?<![一-鿿])([一-鿿])[\s　]+([一-鿿])(?![一-鿿])")
BETWEEN_NAMES = re.compile(r"[\s:：、,，/／|丨()（）□■●—-]+")
NAME = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{2,6})?")
FRONT_FIELD = re.compile(r"^(title|source|published_on|date|author|bylines)\s*:\s*(.+?)\s*$", re.M)


def find_header(text: str, lines: tuple[Line, ...], surnames: frozenset[str]) -> Header:
    """The header of an article from its sorted lines (see `Cleaner.lines`)."""
    stated = _front_matter(text, lines)
    head = _head(lines)
    notes = [read(text[line.start : line.end]) for line in lines if line.kind in ("credit", "furniture")]
    return Header(
        title=stated.get("title") or _title(text, head),
        published_on=_date_of(stated.get("published_on") or stated.get("date") or "")
        or _date(text, head, notes),
        source=stated.get("source") or _source(text, lines),
        bylines=tuple(dict.fromkeys(_bylines(text, lines, surnames))),
    )


def _front_matter(text: str, lines: tuple[Line, ...]) -> dict[str, str]:
    """The plain fields of a front-matter block."""
    if not lines or lines[0].kind != "metadata":
        return {}
    return {key: value.strip("\"'") for key, value in FRONT_FIELD.findall(text[: lines[0].end])}


NEAR_DATE = re.compile(
    r"(?P<outlet>[一-鿿·]{2,10}?(?:报|网|社|新闻|融媒体?|政协|发布|财经|在线|时报|周刊|杂志|电视台|客户端))》?(?:[一-鿿]{2,4}频道)?(?![一-鿿])"
)


def _head(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines before the body begins."""
    first = next((index for index, line in enumerate(lines) if line.kind == "body"), len(lines))
    return lines[: first + 1]


def _title(text: str, head: tuple[Line, ...]) -> str | None:
    """The first heading; where the body begins at once, a first line without a full stop."""
    fallback = None
    for line in head:
        if paper := PAPER_TITLE.match(text[line.start : line.end]):
            return paper["title"].strip()
    for place, line in enumerate(head):
        words = TITLE_NOISE.sub("", text[line.start : line.end].strip())
        if DATE.search(read(words)) or re.fullmatch(r"【[^】]*】\S{0,8}|[\[【(][^\]】)]*[\]】)]", words):
            continue
        if line.kind == "heading" or (line.kind == "body" and "。" not in words and len(words) <= 60):
            title = re.sub(r"^[—\-#\s]+|[—\s]+$", "", words)
            if (
                (title.endswith((":", "：")) or title.count("“") > title.count("”"))
                and place + 1 < len(head)
                and head[place + 1].kind == "heading"
            ):
                title += text[head[place + 1].start : head[place + 1].end].strip()
            if len(title) > 7 and not title.endswith((":", "：")) and not NAVIGATION.search(title):
                return title
            fallback = fallback or title
    return fallback or None


NAVIGATION = re.compile(
    r"^[\x00-\x7f]*$|(?:[^|｜\s]{1,6}[|｜\s]+){3,}[^|｜\s]{1,6}$|(?:[^|｜\s]{1,6}\s?[|｜]\s?){2,}|404|首\s*页|分站|^欢迎|网站$|查看[:：]|无障碍|繁體版|第\d+版|^[━─—=*·\s]+$"
    r"|论坛 [-–]|\d{4}年/?第?\d+[期号號]|公报$|特别报道$"
)
TITLE_NOISE = re.compile(
    r"^\[(?:转帖|转载|转贴|原创|讨论|分享)\]\s*|[((]转自[^))]*[))]$|[((](?:两会现场观察|观察|侧记|图|\d)[))]$"
)


def _date(text: str, head: tuple[Line, ...], notes: list[str]) -> str | None:
    for line in head:
        words = read(text[line.start : line.end])
        found = _date_of(
            words
            if line.kind != "body"
            else words[:40]
            if (re.match(r"[((]?[^,。]{0,12}\d{4}", words) and "电" in words[:40]) or "讯" in words[:30]
            else ""
        )
        if found and (line.kind != "heading" or len(words) < 90):
            return found
    return next(
        (
            found
            for words in notes
            if not words.startswith(("上一篇", "下一篇"))
            if (found := _date_of(words))
        ),
        None,
    )


def _date_of(words: str) -> str | None:
    match = DATE.search(words)
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _source(text: str, lines: tuple[Line, ...]) -> str | None:
    """来源:… first, then the outlet beside the date, of the reporters, of the dateline, of the body."""
    notes = [line for line in lines if line.kind in ("credit", "furniture")]
    head = [line for line in _head(lines)[:8] if line.kind != "metadata"]
    bodies = [line for line in lines if line.kind == "body"]
    beside_date = [
        line
        for line in (*head, *notes)
        if len(line_text := text[line.start : line.end]) < 80 and DATE.search(read(line_text))
    ]
    for candidates, pattern in (
        (notes, SOURCE_MARK),
        (beside_date, NEAR_DATE),
        (_with_any("者/／", text, (*head, *notes)), REPORTER_OF),
        (_with_any("》/版年创", text, (*head, *notes)), ISSUE),
        (_with_any("讯訊电電", text, bodies[:5]), DATELINE),
        (_with_any("电電", text, bodies[-3:]), CLOSING_DATELINE),
    ):
        for line in candidates:
            outlet = _outlet(text[line.start : line.end], pattern)
            if outlet and not outlet.startswith(("本报", "本社", "本网", "本刊")):
                return outlet
    return _most_named(_reporting(text, lines))


def printed_by(text: str, others: Iterable[tuple[Line, ...]]) -> str | None:
    """The paper whose reporters tell the other articles of a page; an agency's stand in any paper."""
    named = chain.from_iterable(_reporting(text, lines) for lines in others)
    return _most_named(outlet for outlet in named if not outlet.endswith("社"))


def _reporting(text: str, lines: tuple[Line, ...]) -> Iterator[str]:
    """The outlets whose reporters the body names, once a mention."""
    for line in lines:
        if line.kind == "body" and "记者" in (words := read(text[line.start : line.end])):
            yield from (found["outlet"] for found in BODY_REPORTER.finditer(words))


def _most_named(outlets: Iterable[str]) -> str | None:
    counted = Counter(outlets).most_common(1)
    return counted[0][0] if counted else None


def _with_any(marks: str, text: str, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with one of the marks, without which a slow pattern need not be tried."""
    return (line for line in lines if any(text.find(mark, line.start, line.end) >= 0 for mark in marks))


def _outlet(words: str, pattern: re.Pattern[str]) -> str | None:
    """The outlet in the page's own characters."""
    match = pattern.search(read(words))
    if not match:
        return None
    group = next(name for name, value in match.groupdict().items() if value)
    return words[match.start(group) : match.end(group)].strip("《》【】[]")


def _bylines(text: str, lines: tuple[Line, ...], surnames: frozenset[str]) -> Iterator[str]:
    """Reporters, photographers and editors, from the credit lines and the credits of captions."""
    for line in lines:
        if line.kind not in ("credit", "caption"):
            continue
        words = text[line.start : line.end]
        if line.kind == "caption":
            words = (
                words[max(words.rfind("。"), words.rfind("记者") - 8, 0) :]
                if "记者" in words or "摄" in words
                else ""
            )
        elif not NAMED_BY.search(read(words)):
            continue
        yield from _names(words, surnames)


def _names(words: str, surnames: frozenset[str]) -> Iterator[str]:
    plain = OUTLET_OF_REPORTER.sub(" ", IN_BRACKETS.sub(" ", words))
    plain = SPACED_NAME.sub(r"\1\2", ROLE.sub(" ", SOURCE_MARK.sub(" ", plain)))
    for part in BETWEEN_NAMES.split(plain):
        if NAME.fullmatch(part) and read(part)[0] in surnames and not NOT_BYLINE.search(part):
            yield part
