"""Stage 4: places. Which region a name means is decided by the article: the places beside it and above it."""

import re
from collections import Counter
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from app.extraction.reading import read
from app.extraction.tokens import Segmenter
from app.lexicon.regions import Alias, Gazetteer, Strength
from app.vocabulary import RegionLevel


@dataclass(frozen=True, slots=True)
class Place:
    """A region named at `[start, end)` of the reading text; `word` as it stands there."""

    start: int
    end: int
    code: str
    word: str
    sure: bool = True
    """Whether the name means the place by itself, not only in its context."""


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    readings: tuple[Alias, ...]


SAFE_ABBREVIATIONS = frozenset("渝川沪京津冀晋蒙辽苏浙皖闽赣鲁豫鄂湘粤桂琼黔滇陕甘陇藏港澳蜀")
"""One-character names that are read in combinations; the others (新, 青, 云 …) only beside two of these."""
NOT_A_PLACE = frozenset(["西部地区", "西部", "东部地区", "中部地区", "东部", "中部"])
PART_OF_A_WORD = re.compile(
    r"[族语菜剧话籍腔商酒]|人(?!民|大)|日报|晚报|晨报|商报|都市报|青年报|卫视|电视台|新闻网"
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
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)
        self._abbreviations = {
            word: readings[0].code
            for word, readings in gazetteer.aliases.items()
            if len(word) == 1 and readings[0].strength is Strength.ABBREVIATION
        }
        self._combination = re.compile(f"[{''.join(self._abbreviations)}]{{2,6}}")
        self._relatives = re.compile(
            "|".join(sorted(map(re.escape, gazetteer.relatives), key=len, reverse=True)) or r"(?!)"
        )

    def find(self, text: str) -> tuple[Place, ...]:
        """All places, in order, overlapping none."""
        hits = [
            _Hit(start, end, self._readings[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text)
            if self._stands_alone(text, start, end, self._readings[index][0])
        ]
        places = self._resolve(text, hits)
        taken = {i for place in places for i in range(place.start, place.end)}
        places += [place for place in self._combinations(text) if place.start not in taken]
        places += [place for place in self._relative_words(text, places) if place.start not in taken]
        return tuple(sorted(places, key=lambda place: place.start))

    def _stands_alone(self, text: str, start: int, end: int, best: Alias) -> bool:
        """Whether no word runs across the name's ends: not 新平 in 创新平台."""
        if best.strength is Strength.FULL or end - start > 2:
            return True
        edges = self._segmenter.words(text).edges
        return start + 1 not in edges or (start in edges and end in edges)

    def _resolve(self, text: str, hits: list[_Hit]) -> list[Place]:
        named = self._certain(text, hits)
        places: list[Place] = []
        for hit in hits:
            previous = places[-1] if places else None
            code = self._read(text, hit, previous, named)
            if code:
                sure = hit.readings[0].strength <= Strength.SHORT
                places.append(Place(hit.start, hit.end, code, text[hit.start : hit.end], sure))
        return self._with_siblings(text, hits, places)

    def _certain(self, text: str, hits: list[_Hit]) -> Counter[str]:
        """The places named beyond doubt, and all above them."""
        named: Counter[str] = Counter()
        for hit in hits:
            best = hit.readings[0]
            if best.strength <= Strength.SHORT and (
                len(hit.readings) == 1 or best.strength < hit.readings[1].strength
            ):
                # The short form of a county must not vouch for itself by the divisions above it.
                above = () if self._is_county(hit) else self._gazetteer.ancestors(best.code)
                named.update((best.code, *above))
        return named

    def _read(self, text: str, hit: _Hit, previous: Place | None, named: Counter[str]) -> str | None:
        if hit.readings[0].strength >= Strength.SHORT and PART_OF_A_WORD.match(text, hit.end):
            return None
        if self._is_county(hit) and LANDSCAPE.match(text, hit.end):
            return None
        above = previous.code if previous and previous.end == hit.start else None
        inside = [
            a for a in hit.readings if above and above != a.code and self._gazetteer.is_within(a.code, above)
        ]
        if inside:
            return inside[0].code
        best = hit.readings[0].strength
        readings = [alias for alias in hit.readings if alias.strength == best]
        if self._is_county(hit) and not any(
            self._context(alias.code, named) - named[alias.code] for alias in readings
        ):
            return None
        if best <= Strength.SHORT:
            return max(readings, key=lambda alias: (self._context(alias.code, named), -len(alias.code))).code
        known = [alias for alias in hit.readings if named[alias.code]]
        return known[0].code if known else None

    def _is_county(self, hit: _Hit) -> bool:
        """Whether the name is the short form of a county."""
        best = hit.readings[0]
        level = self._gazetteer.by_code[best.code].level
        return best.strength is not Strength.FULL and level is RegionLevel.COUNTY

    def _context(self, code: str, named: Counter[str]) -> int:
        """How often the article names the place or the divisions above it."""
        above = (code, *self._gazetteer.ancestors(code))
        return sum(named[a] for a in above if self._gazetteer.by_code[a].level in DIVISIONS)

    def _with_siblings(self, text: str, hits: list[_Hit], places: list[Place]) -> list[Place]:
        """Doubtful names in a row with a place beside them: 重庆九龙坡、南岸、璧山; 庆阳、延安."""
        found = {place.start: place for place in places}
        by_end = {place.end: place for place in places}
        for hit in (*hits, *reversed(hits)):
            if hit.start in found:
                continue
            before = by_end.get(hit.start - 1) if text[hit.start - 1 : hit.start] in ROW_MARKS else None
            after = found.get(hit.end + 1) if text[hit.end : hit.end + 1] in ROW_MARKS else None
            code = next((code for one in (before, after) if one and (code := self._sibling(hit, one))), None)
            if code:
                place = Place(hit.start, hit.end, code, text[hit.start : hit.end], sure=False)
                found[hit.start] = by_end[hit.end] = place
        return sorted(found.values(), key=lambda place: place.start)

    def _sibling(self, hit: _Hit, place: Place) -> str | None:
        """The reading of the name that goes with the place: in the same division, or both prefectures."""
        around = self._divisions(place.code)
        is_prefecture = self._gazetteer.by_code[place.code].level is RegionLevel.PREFECTURE
        for alias in hit.readings:
            level = self._gazetteer.by_code[alias.code].level
            if around & self._divisions(alias.code) or (is_prefecture and level is RegionLevel.PREFECTURE):
                return alias.code
        return None

    def _divisions(self, code: str) -> set[str]:
        """The divisions the place lies in, itself included."""
        above = (code, *self._gazetteer.ancestors(code))
        return {one for one in above if self._gazetteer.by_code[one].level in DIVISIONS}

    def _combinations(self, text: str) -> list[Place]:
        """川渝黔, 沪苏浙皖: abbreviations standing together, one place each."""
        places: list[Place] = []
        for match in self._combination.finditer(text):
            safe = sum(c in SAFE_ABBREVIATIONS for c in match[0])
            counted = COUNTED.match(text, match.end())
            if not counted and (safe < 2 or safe < len(match[0]) - 1):
                continue
            for offset, character in enumerate(match[0], match.start()):
                places.append(Place(offset, offset + 1, self._abbreviations[character], character))
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


ROW_MARKS = ("、", "和", "与", "及")
COUNTED = re.compile(r"[两三四五六](?:省|地|市|区)")
"""云贵两省: the count says that each character is a place."""
DIVISIONS = frozenset([RegionLevel.PROVINCE, RegionLevel.PREFECTURE, RegionLevel.COUNTY])
