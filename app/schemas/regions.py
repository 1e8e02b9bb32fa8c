"""Regions as they are answered."""

from pydantic import Field

from app.schemas.shape import Listing, RegionReference, Shape
from app.vocabulary import RegionLevel


class LevelledRegion(RegionReference):
    """A region with its level (地区)."""

    level: RegionLevel = Field(
        description="Its rung (级别：省级、地级、县级、功能区或合作区域): province, prefecture, county, "
        "zone or bloc."
    )


class Region(LevelledRegion):
    """A division, zone or bloc (地区)."""

    parents: list[LevelledRegion] = Field(
        description="The regions it lies in directly (上级地区：直接所属的地区)."
    )


class RegionCounts(Shape):
    """How much there is about a region and all below it (数量)."""

    proposals: int = Field(
        description="Proposals that name one of them (建言数：提到它或其下级地区的建言条数).", examples=[90]
    )
    metrics: int = Field(
        description="Metrics whose sentence names one of them "
        "(指标数：所在句子提到它或其下级地区的指标条数).",
        examples=[71],
    )
    institutions: int = Field(
        description="Institutions whose name carries one of them (机构数：名称带有它或其下级地区的机构数).",
        examples=[91],
    )


class RegionDetail(Region):
    """A region with its names and what lies around it and in it (地区详情)."""

    aliases: list[str] = Field(
        description="Other names it goes by (别名：其他名称，包括简称), short forms among them.",
        examples=[["四川", "川", "蜀"]],
    )
    ancestors: list[LevelledRegion] = Field(
        description="All regions it lies in (所属地区：所属的全部地区，近者在前), nearest first."
    )
    children: list[LevelledRegion] = Field(
        description="The regions that lie in it directly (下级地区：直接位于其中的地区)."
    )
    counts: RegionCounts = Field(
        description="How much there is about it and all below it (数量：关于它及其下级地区的数量)."
    )


class RegionList(Listing[Region]):
    """A page of regions (地区列表)."""
