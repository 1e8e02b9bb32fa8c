"""What numbers an article's words say. Words and units are as `key_of` writes them."""

import re
from collections.abc import Iterator
from math import isclose

from app.language.numerals import MAGNITUDES, parse_number

Range = tuple[float, float | None]
"""The two ends of a range; a single number has no second one."""

BETWEEN = re.compile(r"(?<=.)(?:至|到|—+|–|-|~|、)")
TENTHS = re.compile(r"(?P<number>.+)成(?P<tenth>[一二三四五六七八九半]?)")
FRACTION = re.compile(r"(?P<parts>.+)分之(?P<part>.+)")
NEIGHBOURS = re.compile(r"(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<rest>[十百千万亿]*)")
"""六七十: between sixty and seventy."""
VAGUE = str.maketrans("", "", "余多几来")
"""What stands within numbers without changing their value: 30多万, 十几, 1.4万余."""


def says(words: str, value: float, value_max: float | None, unit: str) -> bool:
    """Whether words say exactly this number of this unit: 1.4万余台(套) says 14000 台(套)."""
    return any(
        _equal(low, value) and (high is value_max is None or _equal(high, value_max))
        for low, high in _readings(words, unit)
    )


def _equal(one: float | None, other: float | None) -> bool:
    """Values are stored with six decimals."""
    return one is not None and other is not None and isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


def _readings(words: str, unit: str) -> Iterator[Range]:
    """What the words can say in that unit; per cent may be written as 百分之, 成 and 分之."""
    words = words.removeprefix("第")
    if unit == "%" and words.startswith("百分之"):
        yield from _amounts(words.replace("百分之", ""), "")
    elif unit == "%" and (match := TENTHS.fullmatch(words)):
        tenth = 5 if match["tenth"] == "半" else parse_number(match["tenth"]) or 0
        for low, high in _amounts(match["number"], "成"):
            yield low * 10 + tenth, None if high is None else high * 10
    elif unit == "%" and (match := FRACTION.fullmatch(words)):
        parts, part = _number(match["parts"]), _number(match["part"])
        if parts and part is not None:
            yield 100 * part / parts, None
    elif words.endswith(unit):
        yield from _amounts(words.removesuffix(unit), unit)
    elif (plain := words.translate(VAGUE)).endswith(unit):  # 四个多小时
        yield from _amounts(plain.removesuffix(unit), unit)


def _amounts(words: str, unit: str) -> Iterator[Range]:
    """The number, or the two ends; the first may go without the unit and magnitude of the second."""
    if near := NEIGHBOURS.fullmatch(words.translate(VAGUE)):
        low, high = _number(near["low"] + near["rest"]), _number(near["high"] + near["rest"])
        if low is not None and high is not None:
            yield low, high
    whole = _number(words)
    if whole is not None:
        yield whole, None
        return
    first, *rest = BETWEEN.split(words, maxsplit=1)
    last = "".join(rest)
    high = _number(last)
    for scale in ("", *(mark for mark in MAGNITUDES if last.endswith(mark))):
        low = _number(first.removesuffix(unit) + scale)
        if low is not None and high is not None:
            yield low, high


def _number(words: str) -> float | None:
    plain = words.removeprefix("-").translate(VAGUE)
    value = parse_number(f"一{plain}" if plain[:1] in MAGNITUDES else plain)
    return None if value is None else -value if words.startswith("-") else value
