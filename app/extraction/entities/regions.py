"""Stage 4: places. Which region a name means is decided by the article: the places beside it and above it."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from app.extraction.tokens import Segmenter
from app.language.characters import read
from app.lexicon.regions import Alias, Gazetteer, Strength
from app.vocabulary import RegionLevel


class Place(NamedTuple):
    """A region named at `[start, end)` of the reading text; `word` as it stands there.

    `sure` tells whether the name means the place by itself, not only in its context.
    """

    start: int
    end: int
    code: str
    word: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the gazetteer with all its readings, and `likeliest`, those of the safest strength.

    `certain` are the place it names beyond doubt and all above that, or nothing. `is_county` tells whether it
    is the short form of a county, `is_torn` whether words may run across its ends.
    """

    readings: tuple[Alias, ...]
    likeliest: tuple[Alias, ...]
    strength: Strength
    certain: tuple[str, ...]
    is_county: bool
    is_torn: bool
    is_torn_whole: bool
    """Whether words may run across the beginning of the full name of a county: 设|立山区."""


class _Hit(NamedTuple):
    start: int
    end: int
    name: _Name


SAFE_ABBREVIATIONS = frozenset("渝川沪京津冀晋蒙辽苏浙皖闽赣鲁豫鄂湘粤桂琼黔滇陕甘陇藏港澳蜀")
TAIWAN = re.compile("[闽粤浙川港鲁苏]台(?![风词阶商])")
"""闽台, 港台: beside another province 台 is the island."""
"""One-character names that are read in combinations; the others (新, 青, 云 …) only beside two of these."""
NOT_A_PLACE = frozenset(["西部地区", "西部", "东部地区", "中部地区", "东部", "中部"])
PART_OF_A_WORD = re.compile(
    r"[族语菜剧话籍腔商酒瓜湾]|人(?!民|大)|日报|晚报|晨报|商报|都市报|青年报|卫视|电视台|新闻网"
)
LANDSCAPE = re.compile(r"[湖江河山海湾岛峡源]")
"""鄱阳湖 and 钱塘江 are no counties."""


class PlaceFinder:
    """Finds the places of a reading text."""

    def __init__(self, gazetteer: Gazetteer, segmenter: Segmenter) -> None:
        self._gazetteer = gazetteer
        self._segmenter = segmenter
        names: dict[str, tuple[Alias, ...]] = {}
        for word, readings in gazetteer.aliases.items():
            if len(word) > 1 and word not in NOT_A_PLACE:
                names[read(word)] = readings
        self._names = list(names)
        self._readings = [names[name] for name in self._names]
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.Standard)
        # Prepared when first met: an article has a few dozen of some ten thousand names.
        self._name = cache(self._prepare)
        self._divisions = cache(self._divisions_above)
        self._abbreviations = {
            word: readings[0].code
            for word, readings in gazetteer.aliases.items()
            if len(word) == 1 and readings[0].strength is Strength.ABBREVIATION
        }
        self._combination = re.compile("[{0}][{0}]{{1,5}}".format("".join(self._abbreviations)))
        abbreviations = "".join(self._abbreviations)
        self._row = re.compile(
            f"(?<![一-鿿])[{abbreviations}](?:、[{abbreviations}])+(?=等?[两三四五六七八]?(?:省|市|地))"
        )
        safe = "".join(sorted(SAFE_ABBREVIATIONS & self._abbreviations.keys()))
        self._goal = re.compile(
            f"(?<=[在到来赴驻入援返])[{safe}](?=[挂投落考调参召设办开创就任建工发推转布])"
        )
        self._relatives = re.compile(
            "|".join(sorted(map(re.escape, gazetteer.relatives), key=len, reverse=True)) or r"(?!)"
        )

    def find(self, text: str) -> tuple[Place, ...]:
        """All places, in order, overlapping none."""
        hits = self._hits(text)
        places = self._resolve(text, hits)
        taken = {i for place in places for i in range(place.start, place.end)}
        places += [place for place in self._combinations(text) if place.start not in taken]
        places += [place for place in self._relative_words(text, places) if place.start not in taken]
        return tuple(sorted(places))

    def _prepare(self, index: int) -> _Name:
        """The name of that index with what can be said of it without a text."""
        readings = self._readings[index]
        best = readings[0]
        level = self._gazetteer.by_code[best.code].level
        is_county = best.strength is not Strength.FULL and level is RegionLevel.COUNTY
        is_sure = best.strength <= Strength.SHORT and (
            len(readings) == 1 or best.strength < readings[1].strength
        )
        # The short form of a county must not vouch for itself by the divisions above it.
        above = () if is_county else self._gazetteer.ancestors(best.code)
        return _Name(
            readings,
            tuple(alias for alias in readings if alias.strength == best.strength),
            best.strength,
            (best.code, *above) if is_sure else (),
            is_county,
            best.strength is not Strength.FULL and len(self._names[index]) == 2,
            best.strength is Strength.FULL and level is RegionLevel.COUNTY,
        )

    def _hits(self, text: str) -> list[_Hit]:
        """The names in the text whose ends no word runs across: not 新平 in 创新平台."""
        edges = self._segmenter.words(text).edges
        hits: list[_Hit] = []
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        # The longest of those that begin first, but a name that words tear must not hide another: 扩大|东北.
        for index, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if hits and start < hits[-1].end:
                continue
            name = self._name(index)
            if name.is_torn and start + 1 in edges and not (start in edges and end in edges):
                continue
            if end - start == 3 and name.is_torn_whole and start not in edges and start + 1 in edges:
                continue
            if text[end - 1 : end + 1] == "东北" and text[start - 1 : start] in self._abbreviations:
                continue
            hits.append(_Hit(start, end, name))
        return hits

    def _resolve(self, text: str, hits: list[_Hit]) -> list[Place]:
        named = Counter(chain.from_iterable(hit.name.certain for hit in hits))
        places: list[Place] = []
        for hit in hits:
            above = places[-1].code if places and places[-1].end == hit.start else None
            code = self._read(text, hit, above, named)
            if code:
                sure = hit.name.strength <= Strength.SHORT
                places.append(Place(hit.start, hit.end, code, text[hit.start : hit.end], sure))
        return self._with_siblings(text, hits, places)

    def _read(self, text: str, hit: _Hit, above: str | None, named: Counter[str]) -> str | None:
        """The place that is meant; `above` is the one named right before."""
        name = hit.name
        if name.strength >= Strength.SHORT and PART_OF_A_WORD.match(text, hit.end):
            return None
        if name.is_county and LANDSCAPE.match(text, hit.end):
            return None
        if above:
            for alias in name.readings:
                if above != alias.code and self._gazetteer.is_within(alias.code, above):
                    return alias.code
        if name.is_county and not any(
            self._context(alias.code, named) - named[alias.code] for alias in name.likeliest
        ):
            return None
        if name.strength <= Strength.SHORT:
            if len(name.likeliest) == 1:
                return name.likeliest[0].code
            return max(
                name.likeliest, key=lambda alias: (self._context(alias.code, named), -len(alias.code))
            ).code
        known = next((alias.code for alias in name.readings if named[alias.code]), None)
        return known or self._only_near(text[hit.start : hit.end], name, named)

    def _only_near(self, word: str, name: _Name, named: Counter[str]) -> str | None:
        """Of several places that share a short name, which is no word, the one whose divisions are named."""
        if len(name.readings) < 2 or self._segmenter.log_frequency(word) > ORDINARY:
            return None
        near = [alias.code for alias in name.readings if self._context(alias.code, named)]
        return near[0] if len(near) == 1 else None

    def _context(self, code: str, named: Counter[str]) -> int:
        """How often the article names the place or the divisions above it."""
        return sum(named[division] for division in self._divisions(code))

    def _with_siblings(self, text: str, hits: list[_Hit], places: list[Place]) -> list[Place]:
        """Doubtful names in a row with a place beside them: 重庆九龙坡、南岸、璧山; 庆阳、延安."""
        found = {place.start: place for place in places}
        doubtful = [hit for hit in hits if hit.start not in found]
        if not doubtful:
            return places
        by_end = {place.end: place for place in places}
        for hit in (*doubtful, *reversed(doubtful)):
            if hit.start in found:
                continue
            before = by_end.get(hit.start - 1) if text[hit.start - 1 : hit.start] in ROW_MARKS else None
            after = found.get(hit.end + 1) if text[hit.end : hit.end + 1] in ROW_MARKS else None
            code = next((code for one in (before, after) if one and (code := self._sibling(hit, one))), None)
            if code:
                place = Place(hit.start, hit.end, code, text[hit.start : hit.end], sure=False)
                found[hit.start] = by_end[hit.end] = place
        # A name that meant the place in a row means it elsewhere too, if it is no everyday word.
        meant = {
            place.word: place.code
            for place in found.values()
            if not place.sure and place.end - place.start > 1
        }
        for hit in doubtful:
            word = text[hit.start : hit.end]
            if (
                hit.start not in found
                and word in meant
                and self._segmenter.log_frequency(word) < ORDINARY
                and not PART_OF_A_WORD.match(text, hit.end)
                and not LANDSCAPE.match(text, hit.end)
            ):
                found[hit.start] = Place(hit.start, hit.end, meant[word], word, sure=False)
        return sorted(found.values())

    def _sibling(self, hit: _Hit, place: Place) -> str | None:
        """The reading of the name that goes with the place: in the same division, or both prefectures."""
        around = self._divisions(place.code)
        is_prefecture = self._gazetteer.by_code[place.code].level is RegionLevel.PREFECTURE
        for alias in hit.name.readings:
            level = self._gazetteer.by_code[alias.code].level
            is_near = not around.isdisjoint(self._divisions(alias.code))
            if is_near or (is_prefecture and level is RegionLevel.PREFECTURE):
                return alias.code
        return None

    def _divisions_above(self, code: str) -> frozenset[str]:
        """The divisions the place lies in, itself included."""
        above = (code, *self._gazetteer.ancestors(code))
        return frozenset(one for one in above if self._gazetteer.by_code[one].level in DIVISIONS)

    def _combinations(self, text: str) -> list[Place]:
        """川渝黔, 沪苏浙皖: abbreviations standing together, one place each."""
        places: list[Place] = []
        for match in self._combination.finditer(text):
            safe = sum(c in SAFE_ABBREVIATIONS for c in match[0]) + bool(TAIWAN.fullmatch(match[0]))
            counted = COUNTED.match(text, match.end())
            if not counted and (safe < 2 or safe < len(match[0]) - 1):
                continue
            last = match.end()
            if (
                not counted
                and match[0][-1] not in SAFE_ABBREVIATIONS
                and self._segmenter.knows(text[last - 1 : last + 1])
            ):
                last -= 1  # 港澳|青年
            for offset in range(match.start(), last):
                places.append(Place(offset, offset + 1, self._abbreviations[text[offset]], text[offset]))
        for pattern in (self._row, self._goal):
            for match in pattern.finditer(text):
                for offset in range(match.start(), match.end()):
                    if code := self._abbreviations.get(text[offset]):
                        places.append(Place(offset, offset + 1, code, text[offset]))
        return places

    def _relative_words(self, text: str, places: list[Place]) -> list[Place]:
        """两地, 双城: the bloc they stand for, where the article is about it."""
        codes = {place.code for place in places}
        found = []
        for match in self._relatives.finditer(text):
            bloc = self._gazetteer.relatives[match[0]]
            if self._is_about(bloc, codes):
                found.append(Place(match.start(), match.end(), bloc, match[0]))
        return found

    def _is_about(self, bloc: str, codes: set[str]) -> bool:
        return bloc in codes


ORDINARY = -11.5
"""The log frequency from which a short name is a word of every paper."""
ROW_MARKS = ("、", "和", "与", "及")
COUNTED = re.compile(r"[两三四五六](?:省|地|市|区)")
"""云贵两省: the count says that each character is a place."""
DIVISIONS = frozenset([RegionLevel.PROVINCE, RegionLevel.PREFECTURE, RegionLevel.COUNTY])
