"""Web pages: what a reader would read of the article, and what the page says of it."""

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import SourceError
from app.importers.article import RawArticle
from app.importers.days import day_of_name
from app.importers.encodings import checked
from app.importers.pages import metadata
from app.importers.pages.body import body_lines
from app.importers.pages.told import LONGEST, Told, first, line, source_of
from app.importers.pages.tree import page_tree, without_unseen
from app.importers.pages.visible import byline_of, same, title_of, visible, without_site
from app.importers.pages.words import lines_of, prose

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FIRST = 12
"""Lines of a body among which it may say its title once more."""
LAST = 6
"""Lines of a body among which it may say its source."""


def read(data: bytes, name: str, declared: str | None = None) -> RawArticle:
    """The article of a page's bytes: a line with its title, the line below it, and its paragraphs.

    `declared` is the encoding that an HTTP header states. What the page says of the article is taken from,
    in this order: newspapers' marks and <meta> tags, JSON-LD, what readers see, whose the site is. Scripts
    are never run. Raises SourceError for what holds no article, too.
    """
    tree = page_tree(data, name, declared)
    framed, scripted = (bool(tree.xpath(f"//{tag}")) for tag in ("frameset", "script"))
    ranks = [
        rank(tree) for rank in (metadata.edition, metadata.metas, metadata.account, metadata.linked_data)
    ]
    site, told = metadata.site(tree), first(ranks)
    lines = lines_of(without_unseen(tree))
    title = without_site(told.title, site.source) if told.title else title_of(tree)
    known = told.published_on or day_of_name(told.url or name)
    head = byline_of(lines, title)
    body = _below(title, body_lines(tree))
    if not body:
        raise SourceError(name, _why_none(framed, scripted))
    seen = (visible(head, known), visible(body[-LAST:], None))
    told = first((replace(told, title=title), *seen, site))
    if not (told.title and told.source and told.published_on):
        told = first((told, _guessed(tree)))
    return RawArticle(
        checked(_text(told.title, head, body), name),
        name,
        told.title,
        told.source,
        told.published_on,
        told.url,
        told.bylines,
        hashlib.sha256(data).hexdigest(),
    )


def _below(title: str | None, body: list[str]) -> list[str]:
    """The body from its title on, where no prose stands above that."""
    for place, each in enumerate(body[:FIRST]):
        if title and same(each, title) and not prose(body[:place]):
            return body[place:]
    return body


def _text(title: str | None, head: list[str], body: list[str]) -> str:
    """What a reader would read: each thing that the body does not begin with itself stands above it."""
    start = {"".join(each.split()) for each in body[:FIRST]}
    above = [each for each in (title, *head) if each and "".join(each.split()) not in start]
    return "\n\n".join(filter(None, ("\n".join(above), "\n".join(body).strip()))) + "\n"


def _guessed(tree: "HtmlElement") -> Told:
    """What trafilatura makes of the page's head and addresses."""
    from datetime import date

    from lxml import html
    from trafilatura.metadata import extract_metadata

    for tag in tree.iter("meta"):
        tag.set("content", tag.get("content", "")[:LONGEST])  # whose authors it looks for in quadratic time
    try:
        found = extract_metadata(
            html.tostring(tree, encoding="unicode"),
            date_config={"extensive_search": False, "original_date": True},
        )
    except (ValueError, RecursionError):
        return Told()
    return Told(
        line(found.title), source_of(found.sitename), date.fromisoformat(found.date) if found.date else None
    )


def _why_none(framed: bool, scripted: bool) -> str:
    if framed:
        return "holds no article text; it is a page of frames, so import the page inside of the frame"
    if scripted:
        return "holds no article text; scripts would bring it, and none are run; save what you see as .txt"
    return "holds no article text; import the page of one article, not a list of them"
