"""What fields and codes mean, in English and Chinese: read from the descriptions that the schema shows.

A description is English and holds the Chinese in its first brackets, name and meaning:
`How sure the extraction is (置信度：抽取结果有多可靠，0 到 1), from 0 to 1.`
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.schemas.shape import Shape
from app.vocabulary import LISTS

_CHINESE = re.compile(r" ?\((?P<name>[^()：]*[一-鿿][^()：]*)：(?P<meaning>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field of an answer, a column of a table or a code of a list: `of` is that, `key` its name there."""

    of: str
    key: str
    name_en: str
    name_zh: str
    meaning_en: str
    meaning_zh: str


def described(of: str, key: str, description: str) -> Meaning:
    """What a description says. Raises ValueError where it has no Chinese name and meaning in brackets."""
    chinese = _CHINESE.search(description)
    if chinese is None:
        raise ValueError(
            f"{of}.{key}: say its Chinese name and meaning in brackets (名称：含义): {description!r}"
        )
    name, meaning = chinese["name"], chinese["meaning"]
    english = description[: chinese.start()] + description[chinese.end() :]
    return Meaning(of, key, in_words(key), name, english, f"{meaning}。")


def fields() -> list[Meaning]:
    """Every field of every answer, by the answer's name in the schema."""
    return [
        described(shape.__name__, name, field.description or "")
        for shape in answers()
        for name, field in shape.model_fields.items()
    ]


def answers() -> list[type[Shape]]:
    """The shapes of all answers by their names, but for the general ones that others are made from."""
    return sorted(_kinds_of(Shape), key=lambda shape: shape.__name__)


def codes() -> list[Meaning]:
    """Every code of the closed lists, by the list's name in the schema."""
    return [
        Meaning(codes.__name__, code, code.name_en, code.name_zh, code.meaning_en, code.meaning_zh)
        for codes in LISTS
        for code in codes
    ]


def theme(code: str, name_en: str, name_zh: str, aliases: Sequence[str]) -> Meaning:
    """What a theme stands for."""
    others = "、".join(aliases)
    english = f"What asks for something in: {name_en}." + (f" Also found as {others}." if others else "")
    chinese = f"属于“{name_zh}”的诉求。" + (f"也可用{others}检索。" if others else "")
    return Meaning("Theme", code, name_en, name_zh, english, chinese)


def in_words(name: str) -> str:
    """published_on → published on."""
    return name.replace("_", " ")


def _kinds_of(base: type[Shape]) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        if shape.__module__.startswith("app.") and not _is_general(shape):
            yield shape
        yield from _kinds_of(shape)


def _is_general(shape: type[Shape]) -> bool:
    made = shape.__pydantic_generic_metadata__
    return bool(made["origin"] or made["parameters"])


def rows(meanings: Iterable[Meaning]) -> Iterator[tuple[str, ...]]:
    """A dictionary as a table: a row of headings, and one for each meaning."""
    yield "of", "key", "name_zh", "name_en", "meaning_zh", "meaning_en"
    for each in meanings:
        yield each.of, each.key, each.name_zh, each.name_en, each.meaning_zh, each.meaning_en
