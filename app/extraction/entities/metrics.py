"""Stage 4: metrics — a number with what it counts, how exactly, and the thing measured."""

import re
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from app.extraction.entities.regions import Place
from app.extraction.rules import alternation
from app.language.numerals import ARABIC, CHINESE_NUMBER, MAGNITUDES, parse_number
from app.lexicon.words import MeasureWords
from app.vocabulary import Qualifier


class Measurement(NamedTuple):
    """A metric in the reading text, `[start, end)` being number and unit."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    qualifier: Qualifier | None
    about: str
    rule: str


MAGNITUDE = alternation(tuple(mark for mark in MAGNITUDES if mark != "兆"))
NUMBER = rf"(?:{ARABIC}|{CHINESE_NUMBER})"
MORE = "余|多|几|来"
PER_HUNDRED = rf"百分之(?P<percent>{NUMBER})(?:(?:至|到|—|-|~)(?:百分之)?(?P<percent_max>{NUMBER}))?"
FRACTION = rf"(?P<parts>[{'一二三四五六七八九十百千'}\d]+)分之(?P<part>[一二三四五六七八九十\d]+)"
BARE = r"(?P<bare>(?<=[近超逾上达过约破足到])(?:[百千万](?:[万亿](?=元))?|亿))"
"""近千公里, 近万人: one of a magnitude, where a word says how exactly."""
NEIGHBOURS = re.compile(r"(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<rest>[十百千]?)")
"""六七十: between sixty and seventy."""
TIMES = frozenset(["年", "个月", "天", "周", "个星期", "个工作日", "工作日"])
LONGEST_TIME = 200
NO_TIME_BEFORE = re.compile(r"(?:近|过去|前|这|头|每|走过|隔|又一|同|当|“)(?:[的了整])?$")
NO_TIME_AFTER = re.compile(
    r"年|来|以来|前|级|代|度|底|初|中(?!间)|末|规划|计划|行动|方案|一|制|生|龄|轮|“?十"
)
"""三年来 and 三年行动计划 measure nothing."""
NOT_BEFORE_NUMBER = r"(?<![第\d.A-Za-z+\-/—十百千万亿])(?<!\d:)"
QUOTED_NAME = re.compile(
    r"“[^”。,!?]{1,12}”|《[^》]*》|三番五次|三令五申|三番两次|千家万户|千方百计|万无一失|一成不变"
)
COUNTED_ONCE = frozenset("个批条项件家种名位场份套类支次所座对组道本部处片块张期层")


class MetricFinder:
    """Finds the metrics of a reading text."""

    def __init__(self, words: MeasureWords) -> None:
        units = alternation(words.units)
        self._pattern = re.compile(
            rf"(?=[\d零〇一二两三四五六七八九十百千万亿半])"
            rf"{NOT_BEFORE_NUMBER}(?:{PER_HUNDRED}|{FRACTION}|{BARE}(?P<bare_unit>{units})"
            rf"|(?P<low>{NUMBER})(?P<low_scale>{MAGNITUDE})?(?P<low_unit>{units})?(?:至|到|—+|-|–|~|～)"
            rf"(?P<high>{NUMBER})(?P<high_more>{MORE})?(?P<high_scale>{MAGNITUDE})?(?P<range_unit>{units})"
            rf"|(?P<number>{NUMBER})(?P<more>{MORE})?(?P<scale>{MAGNITUDE})?(?P<more2>{MORE})?(?P<unit>个多(?=小时|月|星期)(?:小时|月|星期)|{units})?(?P<kin>\([次套件人只段批架份]\))?(?P<tenths>(?<=成)[一二三四五六七八九半])?)"
        )
        self._rank = re.compile(
            rf"第(?P<rank>{NUMBER})(?P<unit>{alternation(words.ranks)})(?![一-鿿]{{0,2}}副)"
        )
        self._not_before = re.compile(alternation(words.not_before))
        self._before = [
            (
                Qualifier.AT_LEAST,
                re.compile(rf"(?:{alternation(words.at_least)})(?:[为达到至]|[一-鿿]{{0,7}})$"),
            ),
            (
                Qualifier.UNDER,
                re.compile(rf"(?:{alternation(words.under)})(?:[为达到至]|[一-鿿]{{0,7}}的)?$"),
            ),
            (Qualifier.OVER, re.compile(rf"(?:{alternation(words.over)})(?!额)[为达到至]?$")),
            (
                Qualifier.ABOUT,
                re.compile(
                    rf"(?:(?:{alternation(words.about)})[为达到至]?|(?:约占|大约|大概)[一-鿿]{{0,6}})$"
                ),
            ),
        ]
        self._after = [
            (
                Qualifier.OVER,
                re.compile(rf"(?:的)?(?:{alternation(words.after_over)})(?![一-鿿]*(?:级|学历))"),
            ),
            (Qualifier.ABOUT, re.compile(alternation(words.after_about))),
            (
                Qualifier.UNDER,
                re.compile(rf"(?:{alternation(words.after_under)})(?![部外地容陆在支河港循环需涝])"),
            ),
        ]

    def find(self, text: str, places: Iterable[Place] = ()) -> tuple[Measurement, ...]:
        """All metrics of the reading text, in order; 三 that opens 三门峡 is none."""
        names = [match.span() for match in QUOTED_NAME.finditer(text)]
        opening = {place.start for place in places}
        found = [
            m
            for m in (*self._ranks(text), *self._counts(text))
            if _is_finite(m) and not _named(m, names) and m.start not in opening
        ]
        return tuple(sorted(found, key=lambda m: m.start))

    def _ranks(self, text: str) -> Iterator[Measurement]:
        for match in self._rank.finditer(text):
            value = parse_number(match["rank"])
            if value is not None:
                yield Measurement(
                    *match.span(), value, None, match["unit"], None, _before(text, match.start()), "rank"
                )

    def _counts(self, text: str) -> Iterator[Measurement]:
        for match in self._pattern.finditer(text):
            if match.lastgroup == "number":  # a number that counts nothing, as most do
                continue
            measurement = self._measure(text, match)
            if measurement:
                yield measurement

    def _measure(self, text: str, match: re.Match[str]) -> Measurement | None:
        if match["percent"]:
            value_max = parse_number(match["percent_max"]) if match["percent_max"] else None
            return self._built(text, match, parse_number(match["percent"]), value_max, "%", "percent")
        if match["parts"]:
            parts, part = parse_number(match["parts"]), parse_number(match["part"])
            share = 100 * part / parts if part and parts else None
            return self._built(text, match, share, None, "%", "fraction")
        if match["bare"]:
            return self._built(
                text, match, parse_number(f"一{match['bare']}"), None, match["bare_unit"], "count"
            )
        if match["range_unit"]:
            return self._range(text, match)
        return self._count(text, match)

    def _range(self, text: str, match: re.Match[str]) -> Measurement | None:
        if self._blocked(text, match.start("range_unit")):
            return None
        high_scale = match["high_scale"] or ""
        low = parse_number(match["low"] + (match["low_scale"] or high_scale))
        high = parse_number(match["high"] + high_scale)
        unit = match["range_unit"]
        if match["low_unit"] not in (None, unit):
            return self._count_alone(text, match)
        if low is None or high is None or high <= low or (unit in TIMES and high > LONGEST_TIME):
            return None
        if unit == "成":
            low, high, unit = low * 10, high * 10, "%"
        return self._built(text, match, low, high, unit, "range")

    def _count_alone(self, text: str, match: re.Match[str]) -> Measurement | None:
        """The first number of what looked like a range but changes its unit: 3公里到5分钟."""
        alone = self._pattern.match(text, match.start(), match.end("low_unit"))
        return self._measure(text, alone) if alone else None

    def _count(self, text: str, match: re.Match[str]) -> Measurement | None:
        unit, number = match["unit"] or "", match["number"]
        if unit and self._blocked(text, match.start("unit")):
            return None
        if not unit and not self._bare_count(text, match):
            return None
        scale, value_max = match["scale"] or "", None
        if near := NEIGHBOURS.fullmatch(number):
            low, high = near["low"] + near["rest"], near["high"] + near["rest"]
            step = parse_number(f"一{near['rest']}") or 1
            if near["low"] + near["high"] == "三五" or parse_number(high) == (parse_number(low) or 0) + step:
                number, value_max = low, parse_number(high + scale)
        value = parse_number(number + scale)
        if value is None or self._counts_nothing(text, match, value, unit):
            return None
        if unit == "成":
            tenths = 5 if match["tenths"] == "半" else parse_number(match["tenths"] or "零") or 0
            value, value_max, unit = value * 10 + tenths, value_max and value_max * 10, "%"
        more = match["more"] or match["more2"] or ("多" if unit.startswith("个多") else None)
        unit = unit.replace("个多", "个", 1) + (match["kin"] or "")
        qualifier = (Qualifier.ABOUT if more == "来" else Qualifier.OVER) if more else None
        return self._built(text, match, value, value_max, unit, "count", qualifier)

    @staticmethod
    def _bare_count(text: str, match: re.Match[str]) -> bool:
        """30多万网友, 常住人口9800多万: a large number beside what it counts."""
        following = text[match.end() : match.end() + 1]
        if not match["scale"] or match["scale"][0] not in "万亿" or following in ("年", "月", "日"):
            return False
        if not re.match("[一-鿿,。;、]", following):
            return False
        near = NEIGHBOURS.fullmatch(match["number"])
        return bool(near or match["more"] or match["more2"] or match["number"][0].isdigit())

    def _blocked(self, text: str, unit_start: int) -> bool:
        return bool(self._not_before.match(text, unit_start))

    @staticmethod
    def _counts_nothing(text: str, match: re.Match[str], value: float, unit: str) -> bool:
        """One of something, 几十个, 两成 that is 成为, and Chinese digits that are part of a word."""
        if match["scale"] or "." in match["number"]:
            return False
        if unit in TIMES and (
            not 2 <= value <= LONGEST_TIME
            or NO_TIME_BEFORE.search(text, max(0, match.start() - 4), match.start())
            or NO_TIME_AFTER.match(text, match.end())
        ):
            return True
        if value == 1 and not match["number"][0].isdigit() and unit not in ("成", "倍"):
            return True
        if value == 1 and unit in COUNTED_ONCE:
            return True
        if match["number"] in ("二", "零", "〇"):
            return True
        if match["number"][0] in "十百千万" and text[match.start() - 1 : match.start()] in ("几", "数"):
            return True
        if value == 2 and (match["number"], unit) in (("两", "头"),):
            return True
        if match["more"] is None and match["number"] in ("百", "千", "万", "百千"):
            return True
        return (
            text[match.start() - 1 : match.start()] in ("几", "数", "这", "那", "某", "每", "同", "另")
            and value <= 1
        )

    def _built(
        self,
        text: str,
        match: re.Match[str],
        value: float | None,
        value_max: float | None,
        unit: str,
        rule: str,
        qualifier: Qualifier | None = None,
    ) -> Measurement | None:
        if value is None:
            return None
        start, end = match.span()
        value = round(value, 6)
        return Measurement(
            start,
            end,
            value,
            value_max,
            unit,
            qualifier or self._qualifier(text, start, end),
            _about(text, start, end),
            rule,
        )

    def _qualifier(self, text: str, start: int, end: int) -> Qualifier | None:
        before = text[max(0, start - 12) : start]
        if before.endswith(("上", "过")) and not before.endswith("不过") and text[start] in "百千万亿":
            return Qualifier.OVER
        for qualifier, pattern in self._before:
            if pattern.search(before):
                return qualifier
        for qualifier, pattern in self._after:
            if pattern.match(text, end):
                return qualifier
        return None


def _is_finite(measurement: Measurement) -> bool:
    """Whether a float can hold it: hundreds of digits are a slip, and no answer can say what they come to."""
    return isfinite(measurement.value) and isfinite(measurement.value_max or 0)


def _named(measurement: Measurement, names: list[tuple[int, int]]) -> bool:
    """Whether the number only opens a name in quotes or stands in a title: “五大协同”, 《…12条》."""
    return any(
        start <= measurement.start
        and measurement.end <= end
        and (end - start <= 14 or start + 1 == measurement.start)
        for start, end in names
    )


NOUN_AFTER = re.compile(r"(?:以上|左右|以内|以下)?(?:的)?([^,。;、:!?“”()《》\s\d]{1,14})")
NOUN_BEFORE = re.compile(
    r"([^,。;:!?“”()《》\s\d]{1,14}?)(?:共有|达到|达|为|约|超过|超|接近|将近|近|占|仅|只有|有|至|到|了|不少于|不低于|至少|不到|不足|逾|预计|拿出|投入)*$"
)


def _about(text: str, start: int, end: int) -> str:
    """What is measured, in the text's words: what the unit counts, else what stands before the number."""
    after = NOUN_AFTER.match(text, end)
    return after[1] if after else _before(text, start)


def _before(text: str, start: int) -> str:
    before = NOUN_BEFORE.search(text[max(0, start - 20) : start])
    return before[1] if before else ""
