"""Regions as they are answered."""

from pydantic import Field

from app.schemas.shape import Listing, RegionReference, Shape
from app.vocabulary import RegionLevel


class LevelledRegion(RegionReference):
    """A region with its level (地区)."""

    level: RegionLevel = Field(
        description="Province (省级), prefecture (地级), county (县级), zone (功能区) or bloc (合作区域)."
    )


class Region(LevelledRegion):
    """A division, zone or bloc (地区)."""

    parents: list[LevelledRegion] = Field(description="The regions it lies in directly (上级地区).")


class RegionCounts(Shape):
    """How much there is about a region and all below it (数量)."""

    proposals: int = Field(description="Proposals that name one of them (建言数).")
    metrics: int = Field(description="Metrics whose sentence names one of them (指标数).")
    institutions: int = Field(description="Institutions whose name carries one of them (机构数).")


class RegionDetail(Region):
    """A region with its names and what lies around it and in it (地区详情)."""

    aliases: list[str] = Field(description="Other names it goes by (别名), short forms among them.")
    ancestors: list[LevelledRegion] = Field(description="All regions it lies in (所属地区), nearest first.")
    children: list[LevelledRegion] = Field(description="The regions that lie in it directly (下级地区).")
    counts: RegionCounts = Field(description="How much there is about it and all below it (数量).")


class RegionList(Listing[Region]):
    """A page of regions (地区列表)."""
