"""The reviewed word lists of seeds/words: one frozen class a file, one field a list.

A file with an unknown or missing key, or a list that says a word twice, is refused with a LexiconError
that names file and entry.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from app.errors import LexiconError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NameWords:
    """seeds/words/names.toml"""

    surnames: tuple[str, ...]
    rare_surnames: tuple[str, ...]
    behind_names: tuple[str, ...]
    compound_surnames: tuple[str, ...]
    not_names: tuple[str, ...]
    manners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWords:
    """seeds/words/page.toml"""

    tail: tuple[str, ...]
    lists: tuple[str, ...]
    companions: tuple[str, ...]
    lines: tuple[str, ...]
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostWords:
    """seeds/words/posts.toml"""

    titles: tuple[str, ...]
    ranks: tuple[str, ...]
    members: tuple[str, ...]
    sub_bodies: tuple[str, ...]
    honorifics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyWords:
    """seeds/words/bodies.toml"""

    suffixes: tuple[str, ...]
    weak_suffixes: tuple[str, ...]
    heads: tuple[str, ...]
    bodies: tuple[str, ...]
    levels: tuple[str, ...]
    generic: tuple[str, ...]
    short_kinds: tuple[str, ...]
    founding: tuple[str, ...]
    soft_breakers: tuple[str, ...]
    breakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """seeds/words/speech.toml"""

    asking: tuple[str, ...]
    saying: tuple[str, ...]
    finding: tuple[str, ...]
    asking_nouns: tuple[str, ...]
    seeing: tuple[str, ...]
    adverbs: tuple[str, ...]
    groups: tuple[str, ...]
    pronouns: tuple[str, ...]
    pair_pronouns: tuple[str, ...]
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposingWords:
    """seeds/words/proposing.toml"""

    ought: tuple[str, ...]
    will: tuple[str, ...]
    next: tuple[str, ...]
    asked: tuple[str, ...]
    done: tuple[str, ...]
    lacking: tuple[str, ...]
    results: tuple[str, ...]
    doing: tuple[str, ...]
    agreeing: tuple[str, ...]
    agreed: tuple[str, ...]
    going_on: tuple[str, ...]
    narrating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """seeds/words/measures.toml"""

    units: tuple[str, ...]
    not_before: tuple[str, ...]
    about: tuple[str, ...]
    over: tuple[str, ...]
    at_least: tuple[str, ...]
    under: tuple[str, ...]
    after_about: tuple[str, ...]
    after_over: tuple[str, ...]
    after_under: tuple[str, ...]
    ranks: tuple[str, ...]


def load_words(path: Path, kind: type[T]) -> T:
    """The word lists of one file as an instance of `kind`, whose field names are the file's keys."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    for key in entries.keys() ^ names:
        raise LexiconError(f"{path.name}: {key} is {'missing' if key in names else 'unknown'}")
    return kind(**{key: _words(path, key, value) for key, value in entries.items()})


def _words(path: Path, key: str, value: str | list[str]) -> tuple[str, ...]:
    """A list as it stands; a string as its characters."""
    if not isinstance(value, str | list):
        raise LexiconError(f"{path.name}: {key}: want a list of words, got {value!r}")
    words = [c for c in value if not c.isspace()] if isinstance(value, str) else value
    for word, count in Counter(words).items():
        if count > 1 or not isinstance(word, str) or not word:
            raise LexiconError(f"{path.name}: {key}: {word!r} stands there {count} times")
    return tuple(words)


@dataclass(frozen=True, slots=True)
class GivenNames:
    """seeds/words/given_names.tsv: character → how often it stands in that place of a given name."""

    middle: dict[str, int]
    last: dict[str, int]
    single: dict[str, int]


def load_given_names(path: Path) -> GivenNames:
    """The counts of the file; LexiconError names the line that is not a character and three numbers."""
    middle: dict[str, int] = {}
    last: dict[str, int] = {}
    single: dict[str, int] = {}
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    except OSError as error:
        raise LexiconError(f"{path.name}: {error}") from error
    for line in lines[1:]:
        try:
            character, *counts = line.split("\t")
            middle[character], last[character], single[character] = map(int, counts)
        except ValueError as error:
            raise LexiconError(f"{path.name}: {line!r} is not a character and three counts") from error
    return GivenNames(middle, last, single)
