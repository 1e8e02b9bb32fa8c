"""Regions as the reference tables have them."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.tables import Region, RegionAlias, RegionAncestor
from app.vocabulary import RegionLevel


class Place(NamedTuple):
    """A region with its full name."""

    code: str
    name: str


class Places:
    """Looks regions up, each once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._provinces: dict[str, frozenset[str]] = {}
        self._called: dict[str, list[Place]] = {}

    def provinces_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes of the provinces that these regions are or lie in; a bloc lies in none."""
        codes = set(codes)
        if unknown := codes - self._provinces.keys():
            self._load_provinces(unknown)
        return frozenset[str]().union(*(self._provinces[code] for code in codes))

    def called(self, name: str, near: Collection[str]) -> Place | None:
        """The region of that name or alias; of several the one whose code is in `near`, None if open."""
        regions = self._called.get(name)
        if regions is None:
            regions = self._called[name] = self._load_called(name)
        if len(regions) > 1:
            regions = [region for region in regions if region.code in near]
        return regions[0] if len(regions) == 1 else None

    def _load_provinces(self, codes: Collection[str]) -> None:
        around = (
            select(RegionAncestor.region_code, RegionAncestor.ancestor_code)
            .join(Region, col(Region.code) == RegionAncestor.ancestor_code)
            .where(col(RegionAncestor.region_code).in_(codes), Region.level == RegionLevel.PROVINCE)
        )
        found: dict[str, set[str]] = {code: set() for code in codes}
        for code, province in self._session.exec(around):
            found[code].add(province)
        self._provinces |= {code: frozenset(provinces) for code, provinces in found.items()}

    def _load_called(self, name: str) -> list[Place]:
        called = (
            select(Region.code, Region.name)
            .join(RegionAlias, col(RegionAlias.region_code) == Region.code)
            .where(RegionAlias.alias == name)
        )
        return [Place(*row) for row in self._session.exec(called)]
