"""The gazetteer: divisions of China, zones and blocs, and every name they go by.

Read from one folder (seeds/regions): divisions.tsv and additions.tsv (code, name, level, parent),
naming.toml (how short forms are made, aliases by hand), ordinary.txt (names that are words too),
areas.toml (zones, blocs, series of development zones). The head of each file explains its fields.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.errors import LexiconError
from app.vocabulary import RegionLevel

_RANK = {level: min(rank, 2) for rank, level in enumerate(RegionLevel)}
"""Province 0, prefecture 1, all others 2: a short name means the place of the lowest rank."""


class Strength(IntEnum):
    """How safely an alias names its place, safest first."""

    FULL = 0
    """The official name; several places may share it (朝阳区): the context has to tell."""
    SHORT = 1
    """Two characters or more, and no other place or word: 成都."""
    WEAK = 2
    """Also the name of another place, or an ordinary word: 和平, 通道, 郊区."""
    ABBREVIATION = 3
    """One character, to be read only in combinations: 川渝, 渝企."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place. `parents` are the codes it lies in directly: the division above it, then blocs."""

    code: str
    name: str
    level: RegionLevel
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """One reading of a name: the place and how safely the name means it."""

    code: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by code, and all names with their readings, the most likely first.

    `relatives` are words that mean a place only where the text has spoken of it: 两地 → the code
    of 成渝地区.
    """

    by_code: Mapping[str, Region]
    aliases: Mapping[str, tuple[Alias, ...]]
    relatives: Mapping[str, str]
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    """The ancestors that were asked for before."""

    def safe_names(self) -> frozenset[str]:
        """The names of two characters and more that mean a place and no other word."""
        return frozenset(
            name
            for name, readings in self.aliases.items()
            if len(name) > 1 and readings[0].strength <= Strength.SHORT
        )

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes of all places that contain this one, nearest first, blocs included.

        A zone in several divisions lies only partly in each; it hands none of them down, or a zone
        inside it would lie in both: 西部(成都)科学城 is not in 重庆市.
        """
        above = self._above.get(code)
        if above is None:
            above = self._above[code] = self._ancestors(code)
        return above

    def _ancestors(self, code: str) -> tuple[str, ...]:
        found: dict[str, None] = dict.fromkeys(self.by_code[code].parents)
        queue = list(found)
        for above in queue:
            region = self.by_code[above]
            if region.level is RegionLevel.ZONE and len(region.parents) > 1:
                continue
            queue += (parent for parent in region.parents if parent not in found)
            found.update(dict.fromkeys(region.parents))
        return tuple(found)

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether the place is the other one or lies in it."""
        return code == ancestor or ancestor in self.ancestors(code)


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the folder's files; LexiconError names file and entry of whatever breaks their rules."""
    draft = _Draft(_read_words(folder / "ordinary.txt"))
    for name in ("divisions.tsv", "additions.tsv"):
        _read_divisions(folder / name, draft)
    _name_divisions(folder / "naming.toml", draft)
    _read_areas(folder / "areas.toml", draft)
    return draft.finish()


@dataclass(slots=True)
class _Draft:
    """The gazetteer while its files are being read."""

    ordinary: frozenset[str]
    regions: dict[str, Region] = field(default_factory=dict)
    codes_by_name: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: defaultdict[str, dict[str, Strength]] = field(default_factory=lambda: defaultdict(dict))
    stems: dict[str, str] = field(default_factory=dict)
    relatives: dict[str, str] = field(default_factory=dict)

    def add(self, region: Region, source: str) -> None:
        """Take in a place by its official name; its parents must be known already."""
        if region.code in self.regions:
            raise LexiconError(f"{source}: {region.name}: the code {region.code} is taken; give another")
        for parent in region.parents:
            if parent not in self.regions:
                raise LexiconError(f"{source}: {region.name}: its parent {parent} is unknown; add it before")
        self._refuse_twin(region, source)
        self.regions[region.code] = region
        self.codes_by_name[region.name].append(region.code)
        self.name(region.code, region.name, Strength.FULL, source)

    def _refuse_twin(self, region: Region, source: str) -> None:
        for code in self.codes_by_name[region.name]:
            if region.parents == self.regions[code].parents:
                raise LexiconError(f"{source}: {region.name} ({region.code}) is already there as {code}")

    def join(self, member: str, bloc: str) -> None:
        """Put a place under a bloc."""
        region = self.regions[member]
        self.regions[member] = Region(region.code, region.name, region.level, (*region.parents, bloc))

    def name(self, code: str, text: str, strength: Strength, source: str) -> None:
        """Note that a place goes by a name."""
        if code in self.names[text]:
            raise LexiconError(f"{source}: {text} already names {self.regions[code].name} ({code}); drop it")
        self.names[text][code] = strength

    def resolve(self, reference: str, source: str) -> str:
        """The code of 重庆市, or of 重庆市/渝北区 where the bare name is shared."""
        *path, name = reference.split("/")
        codes = [code for code in self.codes_by_name.get(name, ()) if self._lies_on(code, path)]
        if len(codes) != 1:
            problem = "is unknown" if not codes else f"may be {', '.join(codes)}; write province/name"
            raise LexiconError(f"{source}: the place {reference!r} {problem}")
        return codes[0]

    def _lies_on(self, code: str, path: list[str]) -> bool:
        above = {self.regions[parent].name for parent in Gazetteer(self.regions, {}, {}).ancestors(code)}
        return above.issuperset(path)

    def finish(self) -> Gazetteer:
        """Settle the strengths and close the gazetteer."""
        aliases = {text: tuple(self._settle(text, readings)) for text, readings in self.names.items()}
        return Gazetteer(
            MappingProxyType(self.regions), MappingProxyType(aliases), MappingProxyType(self.relatives)
        )

    def _settle(self, text: str, readings: dict[str, Strength]) -> Iterator[Alias]:
        """The readings of one name: shared short forms are weak but for the one of highest rank."""
        ranked = sorted(readings, key=lambda code: (readings[code], _RANK[self.regions[code].level], code))
        leader = self._leader(ranked, readings)
        for code in ranked:
            strength = readings[code]
            if text in self.ordinary or (strength is Strength.SHORT and code != leader):
                strength = max(strength, Strength.WEAK)
            yield Alias(code, strength)

    def _leader(self, ranked: list[str], readings: dict[str, Strength]) -> str | None:
        """The place a short form means: the only one, or a province or prefecture before counties."""
        if len(ranked) == 1:
            return ranked[0]
        ranks = [_RANK[self.regions[code].level] for code in ranked]
        is_alone_on_top = ranks.count(min(ranks)) == 1 and min(ranks) < 2
        return ranked[0] if is_alone_on_top and readings[ranked[0]] is Strength.SHORT else None


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: cannot be read: {error}") from error


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: is not valid TOML: {error}") from error


def _check_keys(
    entry: Iterable[str], known: frozenset[str], source: str, needed: frozenset[str] = frozenset()
) -> None:
    for key in sorted(set(entry) - known):
        raise LexiconError(f"{source}: unknown key {key!r}; known are {', '.join(sorted(known))}")
    for key in sorted(needed - set(entry)):
        raise LexiconError(f"{source}: {key} is missing")


def _read_words(path: Path) -> frozenset[str]:
    lines = (line.partition("#")[0] for line in _read_text(path).splitlines())
    return frozenset(word for line in lines for word in line.split())


_COLUMNS = "code\tname\tlevel\tparent"
_DIVISION_LEVELS = {str(level): level for level in RegionLevel if level not in ("zone", "bloc")}


def _read_divisions(path: Path, draft: _Draft) -> None:
    lines = [line for line in _read_text(path).splitlines() if line and not line.startswith("#")]
    if not lines or lines[0] != _COLUMNS:
        raise LexiconError(f"{path.name}: the first line must name the columns {_COLUMNS!r}")
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) != 4 or fields[2] not in _DIVISION_LEVELS:
            raise LexiconError(f"{path.name}: {line!r}: want code, name, level (province, …), parent")
        code, name, level, parent = fields
        draft.add(Region(code, name, _DIVISION_LEVELS[level], (parent,) if parent else ()), path.name)


@dataclass(frozen=True, slots=True)
class _Naming:
    """How short forms are made; all lists longest first."""

    suffixes: tuple[str, ...]
    uncut: tuple[str, ...]
    peoples: tuple[str, ...]

    def short_forms(self, name: str) -> tuple[str, ...]:
        """凉山彝族自治州 → (凉山, 凉山州); 成都市 → (成都,); 忠县 → ()."""
        if name.endswith(self.uncut):
            return ()
        for suffix in self.suffixes:
            stem = name.removesuffix(suffix)
            if stem == name or len(stem) < 2:
                continue
            if suffix.startswith("自治") or stem.endswith("族"):
                stem = self._without_peoples(stem)
            return (stem, stem + suffix[-1]) if suffix in ("自治州", "自治县", "自治旗") else (stem,)
        return ()

    def _without_peoples(self, stem: str) -> str:
        """阿坝藏族羌族 → 阿坝; a people that is all of the name stays: 内蒙古, 鄂温克族 → 鄂温克."""
        people = next((people for people in self.peoples if stem.endswith(people)), "")
        rest = stem.removesuffix(people)
        if people and len(rest) >= 2:
            return self._without_peoples(rest)
        return stem.removesuffix("族")


_NAMING_KEYS = frozenset({"suffixes", "uncut", "peoples", "aliases", "nicknames", "abbreviations"})


def _name_divisions(path: Path, draft: _Draft) -> None:
    table = _read_toml(path)
    _check_keys(table, _NAMING_KEYS, path.name)
    lists = ("suffixes", "uncut", "peoples")
    naming = _Naming(**{key: tuple(sorted(table.get(key, ()), key=len, reverse=True)) for key in lists})
    for region in draft.regions.values():
        short_forms = naming.short_forms(region.name)
        draft.stems[region.code] = short_forms[0] if short_forms else region.name
        for text in short_forms:
            draft.name(region.code, text, Strength.SHORT, path.name)
    by_hand = {"aliases": Strength.SHORT, "nicknames": Strength.WEAK, "abbreviations": Strength.ABBREVIATION}
    for key, strength in by_hand.items():
        for reference, texts in table.get(key, {}).items():
            for text in texts:
                draft.name(draft.resolve(reference, path.name), text, strength, path.name)


_AREA_FILE_KEYS = frozenset({"zones", "series", "blocs"})
_ZONE_KEYS = frozenset({"code", "name", "aliases", "weak", "within"})
_SERIES_KEYS = frozenset({"code", "name", "aliases", "within"})
_BLOC_KEYS = frozenset({"code", "name", "aliases", "weak", "relative", "within", "spans"})


def _read_areas(path: Path, draft: _Draft) -> None:
    table = _read_toml(path)
    _check_keys(table, _AREA_FILE_KEYS, path.name)
    for entry in table.get("zones", ()):
        _add_area(entry, RegionLevel.ZONE, _ZONE_KEYS, draft, path.name)
    for entry in table.get("series", ()):
        _add_series(entry, draft, path.name)
    for entry in table.get("blocs", ()):
        _add_bloc(entry, draft, path.name)


def _add_area(
    entry: dict[str, Any], level: RegionLevel, keys: frozenset[str], draft: _Draft, file: str
) -> str:
    """Add a zone or bloc with its names; its code."""
    source = f"{file}: {entry.get('name', entry)}"
    places = "within" if level is RegionLevel.ZONE else "spans"
    _check_keys(entry, keys, source, frozenset({"code", "name", places}))
    parents = tuple(draft.resolve(place, source) for place in entry.get("within", ()))
    draft.add(Region(entry["code"], entry["name"], level, parents), file)
    for key, strength in (("aliases", Strength.SHORT), ("weak", Strength.WEAK)):
        for text in entry.get(key, ()):
            draft.name(entry["code"], text, strength, source)
    return str(entry["code"])


def _add_bloc(entry: dict[str, Any], draft: _Draft, file: str) -> None:
    bloc = _add_area(entry, RegionLevel.BLOC, _BLOC_KEYS, draft, file)
    for member in entry["spans"]:
        draft.join(draft.resolve(member, f"{file}: {entry['name']}"), bloc)
    for word in entry.get("relative", ()):
        if word in draft.relatives:
            raise LexiconError(f"{file}: {entry['name']}: {word} is already relative to another bloc")
        draft.relatives[word] = bloc


def _add_series(series: dict[str, Any], draft: _Draft, file: str) -> None:
    """Zones of one kind named after their places: hitech-510100 成都高新区."""
    source = f"{file}: {series.get('name', series)}"
    _check_keys(series, _SERIES_KEYS, source, frozenset({"code", "name", "within"}))
    for reference in series["within"]:
        place = draft.resolve(reference, source)
        stem = draft.stems[place]
        zone = {
            "code": f"{series['code']}-{place}",
            "name": series["name"].format(place=stem),
            "aliases": [alias.format(place=stem) for alias in series.get("aliases", ())],
            "within": [reference],
        }
        _add_area(zone, RegionLevel.ZONE, _ZONE_KEYS, draft, file)
