"""Themes as data: seeds/themes.toml."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from app.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its stable code, names, the words that carry it and an example that must.

    `keywords` and `patterns` carry it by themselves, `weak` words where nothing else does; `silent` words
    hold one of them and do not mean it.
    """

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    weak: tuple[str, ...]
    silent: tuple[str, ...]
    patterns: tuple[str, ...]
    example: str


def load_themes(path: Path) -> tuple[Theme, ...]:
    """The themes of the file in its order; LexiconError names what is wrong in which entry."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["theme"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error
    themes = tuple(_theme(path, entry) for entry in entries)
    _refuse_shared(path, themes)
    return themes


def _theme(path: Path, entry: dict[str, object]) -> Theme:
    names = {field.name for field in fields(Theme)}
    where = f"{path.name}: theme {entry.get('code', '?')}"
    for key in sorted(entry.keys() ^ names):
        raise LexiconError(f"{where}: {key} is {'missing' if key in names else 'unknown'}")
    for key in ("aliases", "keywords", "weak", "silent", "patterns"):
        if not isinstance(entry[key], list):
            raise LexiconError(f"{where}: {key}: want a list, got {entry[key]!r}")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    for pattern in values["patterns"]:  # type: ignore[attr-defined]
        try:
            re.compile(pattern)
        except re.error as error:
            raise LexiconError(f"{where}: pattern {pattern!r}: {error}") from error
    return Theme(**values)  # type: ignore[arg-type]


def _refuse_shared(path: Path, themes: tuple[Theme, ...]) -> None:
    """A name that leads to two themes could not be filtered by."""
    codes = [theme.code for theme in themes]
    for code in codes:
        if codes.count(code) > 1:
            raise LexiconError(f"{path.name}: theme {code} stands there twice")
    owners: dict[str, str] = {}
    for theme in themes:
        for name in {theme.code, theme.zh, theme.en.lower(), *(alias.lower() for alias in theme.aliases)}:
            if owners.setdefault(name.lower(), theme.code) != theme.code:
                raise LexiconError(
                    f"{path.name}: {name!r} names both {owners[name.lower()]} and {theme.code}"
                )
        words = Counter(theme.keywords + theme.weak + theme.silent)
        for word in (word for word, times in words.items() if times > 1):
            raise LexiconError(f"{path.name}: theme {theme.code} says {word} twice")
