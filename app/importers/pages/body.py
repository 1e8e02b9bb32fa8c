"""Which words of a page are its article: without navigation, comments and links to other articles."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from app.importers.pages.tree import drop_empty, empty
from app.importers.pages.words import lines_of, prose

if TYPE_CHECKING:
    from lxml.html import HtmlElement

STATED = (
    "//founder-content",
    "//*[@id='ozoom']",
    "//comment()[normalize-space()='enpcontent']/parent::*",
    "//*[contains(concat(' ', @class, ' '), ' TRS_Editor ') or contains(@class, 'trs_editor_view')]",
    "//*[@id='UCAP-CONTENT']",
    "//*[@itemprop='articleBody']",
    "//*[@id='js_content']",
)
"""Where newspapers' editions, the systems of government sites, schema.org and WeChat put an article."""
FURNITURE = ("nav", "aside", "footer")
FURNITURE_NAME = re.compile(
    r"(?:^|[-_\s])(?:related?|relevant|recommend\w*|tuijian|xg(?:yd|xw|wz|lj)|comments?|pinglun|share|sharing|bdshare\w*"
    r"|bread-?crumbs?|crumbs?|sidebar|copyright|foot(?:er)?|nav(?:bar|igation)?|menu|pager|pagination|hot-?news"
    r"|disclaimer|qr-?code|login|ads?|advert\w*)(?:$|[-_\s])",
    re.I,
)
LINK_BLOCKS = frozenset(("ul", "ol", "dl", "div", "section", "table", "tr", "p", "h2", "h3", "h4"))
MOSTLY = 0.6
"""Share of a block's characters that stand in links, from which on it leads elsewhere."""
NOT_MUCH_MORE = 1.2
"""Times the prose that was picked, up to which what stands around it belongs to the article too."""
OTHERS = re.compile(
    r"[【\[\s]*(?:相关(?:新闻|阅读|链接|报道|文章|推荐|稿件|信息)|延伸阅读|推荐阅读|热门(?:文章|推荐|新闻)|猜你喜欢|为您推荐|更多新闻"
    r"|(?:网友|最新|全部|热门)?评论(?:区|列表)?|发表评论|版权声明|免责声明|相關(?:新聞|報道|文章))[】\]\s:：(（\d)）]*"
)
"""A line behind which other articles are offered or readers speak."""
NEIGHBOURS = ("上一篇", "下一篇", "上一条", "下一条")
SITE_LINE = re.compile(
    r"版权所有|Copyright|©|(?:主办|承办|技术支持|地址|网站标识码|备案号)(?:单位)?[:：]|.{0,40}ICP备"
    r"|[【\[(（]\s*(?:大|小|打印|关闭|收藏|返回)[^。，]*$|(?:打印|关闭窗口|返回顶部)",
    re.I,
)
"""What sites print below an article, of themselves and for their readers' use."""


def body_lines(tree: "HtmlElement") -> list[str]:
    """The article's lines as `lines_of` gives them, [] for a page without any; prunes the tree."""
    stated = [lines for path in STATED if (lines := _at(tree, path)) and prose(lines)]
    if stated:
        return _own(max(stated, key=prose))
    _prune(tree)
    lines = _own(_readable(tree))
    # Readability takes one block and its neighbours; where that is little of the page, ask another.
    if prose(lines) * 2 < prose(lines_of(tree)):
        lines = max(lines, _own(_extracted(tree)), key=prose)
    return lines if prose(lines) else []


def _at(tree: "HtmlElement", path: str) -> list[str]:
    """The lines of the outermost elements of the path."""
    lines: list[str] = []
    for element in _outermost(_from_beginnings(_outermost(tree.xpath(path)))):
        _prune(element)
        lines += ["", *lines_of(element)] if lines else lines_of(element)
    return lines


def _outermost(elements: "Iterable[HtmlElement]") -> "list[HtmlElement]":
    found = dict.fromkeys(elements)
    return [each for each in found if not any(above in found for above in each.iterancestors())]


def _from_beginnings(elements: "Iterable[HtmlElement]") -> "Iterator[HtmlElement]":
    """The elements, or those around that begin with paragraphs of the article above the first of them."""
    begins: dict[HtmlElement, bool] = {}
    for element in elements:
        above = element.getparent()
        if above is None or above.tag in ("body", "html"):
            yield element
            continue
        if above not in begins:
            before = element.itersiblings("p", preceding=True)
            begins[above] = any(prose(lines_of(each)) and _speaks(each) for each in before)
        yield above if begins[above] else element


def _own(lines: list[str]) -> list[str]:
    """The lines up to where other articles, comments or the site's own words begin, if that is over half."""
    for place, line in enumerate(lines):
        ends = OTHERS.fullmatch(line) or line.startswith(NEIGHBOURS)
        if ends and prose(lines[:place]) * 2 > prose(lines):
            lines = lines[:place]
            break
    while lines and (not lines[-1] or SITE_LINE.match(lines[-1])):
        lines = lines[:-1]
    return lines


def _prune(tree: "HtmlElement") -> None:
    """Drop the blocks that by their name or by their links are not the article."""
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    sizes: dict[HtmlElement, int] = defaultdict(int)
    links: dict[HtmlElement, int] = defaultdict(int)
    whole = len(tree.text_content())
    for element in reversed(elements):
        own = sizes[element] + len((element.text or "").strip())
        linked = own if element.tag == "a" else links[element]
        if element.tag == "p" and linked >= MOSTLY * own and linked and _speaks(element):
            linked = 0  # of an article that names many who have pages of their own
        above = element.getparent()
        if above is None or element is tree:
            continue
        if _leads_away(element, own, linked) or _is_furniture(element, own, whole):
            empty(element)
            own = linked = 0
        sizes[above] += own + len((element.tail or "").strip())
        links[above] += linked
    drop_empty(tree)


def _leads_away(element: "HtmlElement", size: int, linked: int) -> bool:
    if element.tag not in LINK_BLOCKS or linked < MOSTLY * size or not linked:
        return False
    return sum(1 for _ in element.iter("a")) > 1


def _speaks(element: "HtmlElement") -> bool:
    """Whether there is prose in it outside of its links."""
    words = "".join(element.xpath(".//text()[not(ancestor::a)]"))
    return prose([words]) > 0


def _is_furniture(element: "HtmlElement", size: int, whole: int) -> bool:
    if element.tag in ("body", "html") or size * 3 > whole:
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in FURNITURE or FURNITURE_NAME.search(named) is not None


def _readable(tree: "HtmlElement") -> list[str]:
    """The lines of the block whose paragraphs readability picks, with the tables and headings it drops."""
    from lxml import etree, html
    from readability import Document
    from readability.readability import Unparseable

    try:
        summary = Document(html.tostring(tree, encoding="unicode")).summary(html_partial=True)
        picked = lines_of(html.fromstring(f"<div>{summary}</div>"))
    except (Unparseable, etree.LxmlError, ValueError, AssertionError, RecursionError):
        return []
    whole = lines_of(_around(tree, frozenset(picked)))
    return whole if prose(picked) <= prose(whole) <= prose(picked) * NOT_MUCH_MORE else picked


def _around(tree: "HtmlElement", picked: frozenset[str]) -> "HtmlElement":
    """The innermost element with all paragraphs that are among the picked lines; the tree without any."""
    common: list[HtmlElement] | None = None
    for paragraph in tree.iter("p"):
        if picked.issuperset(lines_of(paragraph)) and paragraph.text_content().strip():
            path = [*reversed(list(paragraph.iterancestors()))]
            common = [a for a, b in zip(common, path, strict=False) if a is b] if common else path
    return common[-1] if common else tree


def _extracted(tree: "HtmlElement") -> list[str]:
    import trafilatura
    from lxml import html

    try:
        text = trafilatura.extract(html.tostring(tree, encoding="unicode"), include_comments=False)
    except (ValueError, RecursionError):
        return []
    return [piece for line in (text or "").splitlines() if line for piece in ("", line)][1:]
