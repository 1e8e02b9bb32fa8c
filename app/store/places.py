"""Regions as the reference tables have them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.tables import Region, RegionAlias, RegionAncestor
from app.vocabulary import RegionLevel


def provinces_of(session: Session, codes: Collection[str]) -> frozenset[str]:
    """The codes of the provinces that these regions are or lie in; a bloc lies in none."""
    if not codes:
        return frozenset()
    provinces = (
        select(RegionAncestor.ancestor_code)
        .join(Region, col(Region.code) == RegionAncestor.ancestor_code)
        .where(col(RegionAncestor.region_code).in_(codes), Region.level == RegionLevel.PROVINCE)
    )
    return frozenset(session.exec(provinces))


def region_called(session: Session, name: str, near: Collection[str]) -> Region | None:
    """The region of that name or alias; of several the one whose code is in `near`, None if that is open."""
    called = (
        select(Region)
        .join(RegionAlias, col(RegionAlias.region_code) == Region.code)
        .where(RegionAlias.alias == name)
    )
    regions = session.exec(called).all()
    if len(regions) > 1:
        regions = [region for region in regions if region.code in near]
    return regions[0] if len(regions) == 1 else None
