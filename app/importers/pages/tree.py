"""From a page's bytes to a tree that is safe to walk, with nothing in it that readers do not see."""

import re
from typing import TYPE_CHECKING

from app.errors import SourceError
from app.importers.encodings import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
"""<meta charset="gbk">, <meta http-equiv=… content="text/html; charset=gb2312">, <?xml encoding="utf-8"?>."""
HEAD = 4096
"""Bytes among which a page has to state its encoding."""
MOST_ELEMENTS = 30_000
"""Of a page; those of the news have a few thousand, and what follows takes seconds from here on."""
ATTRIBUTE = r"""[\s/=]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
TAG = re.compile(rf"<!--(?:[^-]++|-(?!->))*+|<[a-z][^\s>/]*+(?P<attributes>(?:{ATTRIBUTE})*+)", re.I)
MOST_ATTRIBUTES = 1_000
"""Of one tag: the time that it takes to read them grows with their square."""
UNSEEN = (
    *("script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "svg", "math"),
    *("canvas", "audio", "video", "button", "select", "textarea", "input", "rp", "rt", "rtc"),
)
"""What is no prose; of ruby the words stay and how they are pronounced goes."""
EMPTY = "emptied"
"""What an element is called that is to be dropped."""
HIDDEN = re.compile(r"display\s*:\s*none", re.I)


def page_tree(data: bytes, name: str, declared: str | None) -> "HtmlElement":
    """The tree of a page, comments and scripts included. Raises SourceError.

    `declared` is the encoding that came with it, before which comes what the page itself states.
    """
    stated = CHARSET.search(data[:HEAD])
    page = decode(data, name, stated[1].decode("ascii", "replace") if stated else declared)
    if any(_attributes(tag["attributes"] or "") > MOST_ATTRIBUTES for tag in TAG.finditer(page)):
        raise SourceError(name, "has a tag with more attributes than any page needs; save its text as .txt")
    # Only here: whoever imports no page, and the server at its start, need not wait for it.
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(name, "is no web page that can be read; save its text as .txt") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise SourceError(name, "is nested too deep to be a page for readers; save its text as .txt")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise SourceError(name, f"has more than {MOST_ELEMENTS:,} elements; save its text as .txt")
    return tree


def _attributes(written: str) -> int:
    """How many there are, or could be where it is easily seen that they are few."""
    return 0 if len(written) <= MOST_ATTRIBUTES else sum(1 for _ in re.finditer(ATTRIBUTE, written))


def without_unseen(tree: "HtmlElement") -> "HtmlElement":
    """The same tree, now without scripts, styles and whatever else readers do not see."""
    from lxml import etree

    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    for element in tree.xpath("//body//*[@style or @hidden]"):
        if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")):
            empty(element)
    drop_empty(tree)
    return tree


def empty(element: "HtmlElement") -> None:
    """Take all out of an element, which `drop_empty` then drops."""
    element.clear(keep_tail=True)
    element.tag = EMPTY


def drop_empty(tree: "HtmlElement") -> None:
    """Drop those of `empty`, the text behind them kept; one by one it would be copied for each of them."""
    from lxml import etree

    etree.strip_elements(tree, EMPTY, with_tail=False)
