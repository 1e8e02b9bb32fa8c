"""What the service says of itself."""

from typing import Literal

from pydantic import Field

from app.schemas.shape import Shape


class Index(Shape):
    """The addresses to begin from (入口)."""

    proposals: str = Field(description="Proposals (建言).")
    people: str = Field(description="People (人物).")
    institutions: str = Field(description="Institutions (机构).")
    metrics: str = Field(description="Metrics (指标).")
    articles: str = Field(description="Articles (文章).")
    themes: str = Field(description="Themes (主题).")
    regions: str = Field(description="Regions (地区).")
    search: str = Field(description="Search everything (检索); takes `q`.")
    matrix: str = Field(description="Proposals by two things at once (交叉统计); takes `rows` and `columns`.")
    timeline: str = Field(description="Proposals over time (时间线).")
    dictionary: str = Field(description="What fields and codes mean (数据字典).")
    export: str = Field(description="Everything as a zip file (全部数据).")
    coverage: str = Field(description="What is here (收录情况).")
    docs: str = Field(description="The docs page (文档).")


class Health(Shape):
    """That the server answers (运行状态)."""

    status: Literal["ok"] = Field(description="Always ok (状态：总是 ok).")
