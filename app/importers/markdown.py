"""Markdown, with what its YAML front matter says of the article.

The front matter stays part of the text, so that places in it are places in the file.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

import yaml

from app.errors import SourceError
from app.importers.article import RawArticle
from app.importers.encodings import decode

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
MOST_CHARACTERS = 20_000
"""Of front matter; what is said of an article takes a few hundred."""


class Loader(yaml.SafeLoader):
    """Without aliases, by which a few lines of YAML can stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="it refers to another value by *", problem_mark=mark)
        return super().compose_node(parent, index)


def read(data: bytes, name: str, declared: str | None = None) -> RawArticle:
    """The article in a .md file's bytes; front matter may give title, source, published_on, url, bylines.

    Its other keys are left to whoever wrote them. Raises SourceError.
    """
    text = decode(data, name, declared)
    given = _front_matter(text, name)
    return RawArticle(
        text,
        name,
        title=_line(given, "title", name),
        source=_line(given, "source", name),
        published_on=_day(given, name),
        url=_line(given, "url", name),
        bylines=_names(given, name),
    )


def _front_matter(text: str, name: str) -> Mapping[str, object]:
    block = FRONT_MATTER.match(text)
    if block is None:
        return {}
    if len(block[1]) > MOST_CHARACTERS:
        reason = f"front matter is longer than {MOST_CHARACTERS:,} characters"
        raise SourceError(name, f"{reason}; put a blank line above the first --- if it is none")
    try:
        given = yaml.load(block[1], Loader)  # which is a safe one
    except Exception as error:  # PyYAML raises any kind for a value that is not of the type it is said to be
        raise SourceError(
            name,
            f"front matter is not valid YAML: {_first_line(error)}; a value with marks in it needs quotes",
        ) from error
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise SourceError(name, "front matter must be lines of `key: value`, such as `title: …`")
    return given


def _first_line(error: Exception) -> str:
    """What is wrong and where, without YAML's drawing of the place."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 2}: {error.problem}"  # + 2: counted from 0, after ---
    return str(error).partition("\n")[0]


def _line(given: Mapping[str, object], key: str, name: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, dict | list):
        raise SourceError(name, f"front matter: {key} must be one line of text")
    return _words(value, key, name) or None


def _words(value: object, key: str, name: str) -> str:
    try:
        return str(value).strip()
    except ValueError as error:
        reason = f"front matter: {key} is a number too long to read; put it in quotes"
        raise SourceError(name, reason) from error


def _day(given: Mapping[str, object], name: str) -> date | None:
    value = given.get("published_on")
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    words = _words(value, "published_on", name)
    try:
        return value if isinstance(value, date) else date.fromisoformat(words)
    except ValueError as error:
        raise SourceError(
            name, f"front matter: published_on: {words[:40]!r} is no date; write it as 2020-10-22"
        ) from error


def _names(given: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = given.get("bylines")
    names = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(each, dict | list) for each in names):
        raise SourceError(name, "front matter: bylines must be a list of names")
    return tuple(_words(each, "bylines", name) for each in names)
