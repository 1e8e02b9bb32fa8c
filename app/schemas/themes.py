"""Themes as they are answered."""

from pydantic import Field

from app.schemas.shape import Listing, Shape


class Theme(Shape):
    """A subject proposals are filed under (主题)."""

    code: str = Field(description="Stable code (代码：固定不变的代码).", examples=["5g"])
    name_zh: str = Field(description="Chinese name (中文名：主题的中文名称).", examples=["5G与信息通信"])
    name_en: str = Field(
        description="English name (英文名：主题的英文名称).", examples=["5G and telecommunications"]
    )
    aliases: list[str] = Field(
        description="Other names one may filter by (别名：筛选时可用的其他名称).", examples=[["5G"]]
    )


class ThemeCounts(Shape):
    """How much is filed under a theme (数量)."""

    proposals: int = Field(description="Proposals (建言数：归入此主题的建言条数).", examples=[90])
    metrics: int = Field(description="Metrics (指标数：归入此主题的指标条数).", examples=[71])


class ThemeDetail(Theme):
    """A theme with how much is filed under it (主题详情)."""

    counts: ThemeCounts = Field(description="How much is filed under it (数量：归入此主题的数量).")


class ThemeList(Listing[Theme]):
    """A page of themes (主题列表)."""
