"""What is cited: an article as references describe it, and with a proposal the sentence quoted from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

UNTITLED = "[无题名]"
"""A title that the describer supplies stands in brackets (GB/T 7714-2025, 7.2.1, example 5)."""

NEWSPAPER = re.compile(
    r"(?:(?<=大公)|(?<=[科文][学學])|(?<![学學公情简簡通画畫]))[报報]》?(?:[（(].*[)）]|[^报報]{0,4}版)?$"
)
"""人民日报 · 人民日报（海外版） · 《大公報》 · 中国科学报, and not 北京大学学报, 国务院公报 or 人民画报."""


class Medium(Enum):
    """What sort of publication an article appeared in, as far as its source and address tell."""

    NEWSPAPER = "newspaper"
    WEB_PAGE = "web page"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Work:
    """A reference in no style yet; every text is one line, and None or () where the article is silent.

    `key` names it in bibliographies of the user's own and depends on the article's text alone: it stays
    through every import, and is the same in every database. `note` quotes the proposal that is cited.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    source: str | None
    published_on: date | None
    url: str | None
    note: str | None = None

    @property
    def medium(self) -> Medium:
        if self.source and NEWSPAPER.search(self.source):
            return Medium.NEWSPAPER
        return Medium.WEB_PAGE if self.url else Medium.OTHER


def work_of_article(article: Mapping[str, Any]) -> Work:
    """The reference of an article from its row: sha256, title, bylines, source, published_on, url."""
    return Work(
        key=f"jianyan-{article['sha256'][:12]}",
        title=_line(article["title"]) or UNTITLED,
        authors=tuple(name for each in article["bylines"] if (name := _line(each))),
        source=_line(article["source"]),
        published_on=article["published_on"],
        url=_line(article["url"]),
    )


def work_of_proposal(proposal: Mapping[str, Any], article: Mapping[str, Any]) -> Work:
    """The reference of its article that quotes a proposal; the key ends in its place in the text."""
    work = work_of_article(article)
    start, end = proposal["spans"][0][0], proposal["spans"][-1][1]
    note = _note(proposal["text"], proposal["speakers"])
    return replace(work, key=f"{work.key}-{start}-{end}", note=note)


def _note(text: str, speakers: Sequence[Mapping[str, Any]]) -> str:
    """Speaker first and the sentence last, without quotation marks: it may hold half a pair of its own."""
    named = "；".join(_speaker(each) for each in speakers) or "不明"
    return f"发言人：{_line(named)}。建言原文：{_line(text)}"


def _speaker(speaker: Mapping[str, Any]) -> str:
    posts = "、".join(f"{post['institution']}{post['title']}" for post in speaker["positions"])
    return f"{speaker['name']}（{posts}）" if posts else str(speaker["name"])


def _line(text: str | None) -> str | None:
    """The text in one line; None where nothing is left of it."""
    return " ".join((text or "").split()) or None
