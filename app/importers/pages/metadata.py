"""What a page's head says: marks of newspapers' editions, tags of government sites and portals, JSON-LD."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.importers.days import CHINA, day_in
from app.importers.pages.told import LONGEST_ADDRESS, Told, address_of, line, names_of, source_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLES = ("articletitle", "title", "headline", "og:title", "dc.title", "dcterms.title", "twitter:title")
SOURCES = (
    "contentsource",
    "source",
    "articlesource",
    "article:source",
    "dc.source",
    "mediasource",
    "mediaid",
)
DAYS = (
    *("pubdate", "publishdate", "publishtime", "article:publishedtime", "datepublished", "releasedate"),
    *("og:publishedtime", "og:releasedate", "article:createat", "firstpublishedtime", "createdate"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date"),
)
AUTHORS = ("author", "articleauthor", "article:author", "dc.creator", "dcterms.creator", "byline", "editor")
SITES = ("og:sitename", "sitename", "dc.publisher", "publisher", "applicationname")
ADDRESSES = ("og:url", "url")
"""Names of <meta> in their order: lower case, without blanks, hyphens and underscores.

ArticleTitle, PubDate, ContentSource, Author and Url are those of the standard for Chinese government sites.
"""
JOINTS = re.compile(r"[-_\s]+|^weibo:")
FIELD = re.compile(r"<(\w+)>(.*?)</\1>", re.S)
SENT = re.compile(r"""\bct\s*=\s*["'](\d{10})["']""")
TAG = re.compile(r"<[^>]*>")
ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
LONGEST = 5_000
"""Characters of a comment with fields, of which each is looked for to the end."""
MOST_NODES = 10_000


def edition(tree: "HtmlElement") -> Told:
    """What the comment <!--enpproperty <title>…</title>… --> of a newspaper's electronic edition says."""
    for comment in tree.xpath("//comment()[contains(., 'enpproperty')]"):
        fields = {
            name.lower(): TAG.sub(" ", value) for name, value in FIELD.findall((comment.text or "")[:LONGEST])
        }
        if fields:
            return Told(
                title=line(fields.get("title")),
                source=source_of(fields.get("papername")),
                published_on=day_in(fields.get("date", "")),
                bylines=names_of(fields.get("author")),
            )
    return Told()


def account(tree: "HtmlElement") -> Told:
    """The account and the day of an article in WeChat, which shows its day by a script."""
    sent = tree.xpath("//script[contains(., 'ct')]")
    seconds = next((found for each in sent if (found := SENT.search(each.text or ""))), None)
    day = datetime.fromtimestamp(int(seconds[1]), CHINA).date() if seconds else None
    name = source_of(tree.xpath("string(//*[@id='js_name'])"))
    return Told(source=name, published_on=day) if name else Told()


def metas(tree: "HtmlElement") -> Told:
    """What the <meta> tags say, and <link rel="canonical">."""
    found = _tags(tree)
    canonical = tree.xpath("string((//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href)[1])")
    return Told(
        title=line(next(_values(found, TITLES), None)),
        source=next(filter(None, map(source_of, _values(found, SOURCES))), None),
        published_on=next(filter(None, map(day_in, _values(found, DAYS))), None),
        url=next(filter(None, map(address_of, [canonical, *_values(found, ADDRESSES)])), None),
        bylines=next(filter(None, map(names_of, _values(found, AUTHORS))), ()),
    )


def site(tree: "HtmlElement") -> Told:
    """Whose the page is: the source of what it does not say to have from elsewhere."""
    names = [*_values(_tags(tree), SITES), *(_name(node.get("publisher")) for node in _linked(tree))]
    return Told(source=next(filter(None, map(source_of, names)), None))


def linked_data(tree: "HtmlElement") -> Told:
    """What the page's JSON-LD says of an article."""
    for node in _linked(tree):
        authors = node.get("author")
        names = map(_name, authors if isinstance(authors, list) else [authors])
        return Told(
            title=line(node.get("headline")),
            published_on=day_in(line(node.get("datePublished")) or ""),
            url=address_of(node.get("url")),
            bylines=names_of("、".join(filter(None, names))),
        )
    return Told()


def _tags(tree: "HtmlElement") -> Mapping[str, str]:
    """The first content of each name of <meta> that has any."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = tag.get("name") or tag.get("property") or tag.get("itemprop") or ""
        if content := line(tag.get("content"), LONGEST_ADDRESS + 1):
            found.setdefault(JOINTS.sub("", key.strip().lower()), content)
    return found


def _values(found: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (found[name] for name in names if name in found)


def _linked(tree: "HtmlElement") -> Iterator[Mapping[str, object]]:
    """The articles among the page's JSON-LD, however deep; broken JSON is passed over."""
    todo: list[object] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            todo.append(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(MOST_NODES):
        if not todo:
            return
        node = todo.pop(0)
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and ARTICLE.search(kind) for kind in kinds):
                yield node
            todo += [each for each in node.values() if isinstance(each, dict | list)]


def _name(value: object) -> str | None:
    """The name in "甲" and in {"name": "甲"}."""
    return line(value.get("name") if isinstance(value, dict) else value)
