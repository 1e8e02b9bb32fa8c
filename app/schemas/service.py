"""What the service says of itself."""

from typing import Literal

from pydantic import Field

from app.schemas.shape import Shape


class Index(Shape):
    """The addresses to begin from (入口)."""

    proposals: str = Field(
        description="Proposals (建言：建言列表的网址).", examples=["http://127.0.0.1:8000/api/v1/proposals"]
    )
    people: str = Field(
        description="People (人物：人物列表的网址).", examples=["http://127.0.0.1:8000/api/v1/people"]
    )
    institutions: str = Field(
        description="Institutions (机构：机构列表的网址).",
        examples=["http://127.0.0.1:8000/api/v1/institutions"],
    )
    metrics: str = Field(
        description="Metrics (指标：指标列表的网址).", examples=["http://127.0.0.1:8000/api/v1/metrics"]
    )
    articles: str = Field(
        description="Articles (文章：文章列表的网址).", examples=["http://127.0.0.1:8000/api/v1/articles"]
    )
    themes: str = Field(
        description="Themes (主题：主题列表的网址).", examples=["http://127.0.0.1:8000/api/v1/themes"]
    )
    regions: str = Field(
        description="Regions (地区：地区列表的网址).", examples=["http://127.0.0.1:8000/api/v1/regions"]
    )
    search: str = Field(
        description="Search everything (检索：检索全部内容的网址，需要 q); takes `q`.",
        examples=["http://127.0.0.1:8000/api/v1/search"],
    )
    matrix: str = Field(
        description="Proposals by two things at once (交叉统计：按两项统计建言的网址，需要 rows 和 "
        "columns); takes `rows` and `columns`.",
        examples=["http://127.0.0.1:8000/api/v1/stats/matrix"],
    )
    timeline: str = Field(
        description="Proposals over time (时间线：按时间统计建言的网址).",
        examples=["http://127.0.0.1:8000/api/v1/stats/timeline"],
    )
    dictionary: str = Field(
        description="What fields and codes mean (数据字典：字段和代码的含义).",
        examples=["http://127.0.0.1:8000/api/v1/dictionary"],
    )
    export: str = Field(
        description="Everything as a zip file (全部数据：全部数据的 zip 文件).",
        examples=["http://127.0.0.1:8000/api/v1/export.zip"],
    )
    coverage: str = Field(
        description="What is here (收录情况：收录了哪些内容).",
        examples=["http://127.0.0.1:8000/api/v1/coverage"],
    )
    imports: str = Field(
        description="Imports (导入：导入列表的网址).", examples=["http://127.0.0.1:8000/api/v1/imports"]
    )
    docs: str = Field(
        description="The docs page (文档：文档页的网址).", examples=["http://127.0.0.1:8000/docs"]
    )


class Health(Shape):
    """That the server answers (运行状态)."""

    status: Literal["ok"] = Field(description="Always ok (状态：总是 ok).", examples=["ok"])
