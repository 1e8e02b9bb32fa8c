"""JSON records, one article each: a line of a .jsonl file."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.errors import SourceError
from app.importers import html
from app.importers.article import RawArticle
from app.importers.days import day_in
from app.importers.encodings import checked, decode
from app.importers.pages.told import names_of

DAYS = ("published_on", "date", "publish_date", "pub_date", "publishedAt")
NAMES = ("bylines", "authors", "author")
"""Keys of the same meaning, the first that is given counting."""


def read(data: bytes, name: str) -> RawArticle:
    """The article of a JSON object with its `text`, or with a page's `html`.

    It may give title, source, published_on (also as date, publish_date, pub_date or publishedAt), url and
    bylines (also as authors or author); its other keys are left alone. Raises SourceError, which names the
    key that is wrong.
    """
    given = _object(data, name)
    article = _article(given, name)
    return replace(
        article,
        title=_line(given, "title", name) or article.title,
        source=_line(given, "source", name) or article.source,
        published_on=_day(given, name) or article.published_on,
        url=_line(given, "url", name) or article.url,
        bylines=_names(given, name) or article.bylines,
    )


def _object(data: bytes, name: str) -> Mapping[str, object]:
    try:
        given = json.loads(decode(data, name))
    except json.JSONDecodeError as error:
        reason = f"is no valid JSON: {error.msg} at character {error.pos + 1}"
        raise SourceError(name, f"{reason}; each line must be one whole object") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(name, "is nested too deep, or holds a number too long to read") from error
    if not isinstance(given, dict):
        raise SourceError(name, 'is no JSON object; write an article as {"text": "…", "title": "…"}')
    return given


def _article(given: Mapping[str, object], name: str) -> RawArticle:
    if given.get("text") is not None:
        return RawArticle(checked(_string(given, "text", name), name), name)
    if given.get("html") is not None:
        return html.read(checked(_string(given, "html", name), name).encode(), name)
    raise SourceError(name, "text is missing; a record needs the article's text, or its page as html")


def _string(given: Mapping[str, object], key: str, name: str) -> str:
    value = given.get(key)
    if not isinstance(value, str):
        raise SourceError(name, f"{key} must be a text in quotes, and it is {_kind(value)}")
    return value


def _line(given: Mapping[str, object], key: str, name: str) -> str | None:
    return None if given.get(key) is None else " ".join(_string(given, key, name).split()) or None


def _day(given: Mapping[str, object], name: str) -> date | None:
    key = next((key for key in DAYS if given.get(key) not in (None, "")), None)
    if key is None:
        return None
    words = _string(given, key, name).strip()
    day = day_in(words)
    if day is None:
        raise SourceError(name, f"{key}: {words[:40]!r} is no date; write it as 2020-10-22")
    return day


def _names(given: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The names of a list, or those in one text, parted as pages part them."""
    key = next((key for key in NAMES if given.get(key)), None)
    value = given[key] if key else ()
    if isinstance(value, str):
        return names_of(value)
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise SourceError(name, f"{key} must be a list of names")
    return tuple(dict.fromkeys(each.strip() for each in value if each.strip()))


def _kind(value: object) -> str:
    """What a value of JSON is, for people."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "nothing")
