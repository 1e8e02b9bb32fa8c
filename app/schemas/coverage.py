"""What is here, as it is answered."""

from pydantic import Field

from app.schemas.imports import ImportDetail
from app.schemas.regions import LevelledRegion
from app.schemas.shape import Shape


class CoveredSource(Shape):
    """A source with how much of it was read (来源)."""

    source: str | None = Field(
        description="Who published the articles (来源：发表文章的媒体或单位，不明时为空); null where none "
        "is said.",
        examples=["建言编写组"],
    )
    articles: int = Field(description="Articles of it (文章数：属于它的文章数).", examples=[5])


class CoveredMonth(Shape):
    """A month with how much of it was read (月份)."""

    month: str | None = Field(
        description="Month of publication (发表月份：发表的年月，无日期的文章为空); null for articles "
        "without a date.",
        examples=["2020-10"],
    )
    articles: int = Field(description="Articles of it (文章数：属于它的文章数).", examples=[5])


class CoveredTheme(Shape):
    """A theme with how much is filed under it (主题)."""

    code: str = Field(description="Code of the theme (主题代码：可用于筛选的代码).", examples=["5g"])
    name_zh: str = Field(description="Chinese name (中文名：主题的中文名称).", examples=["5G与信息通信"])
    name_en: str = Field(
        description="English name (英文名：主题的英文名称).", examples=["5G and telecommunications"]
    )
    proposals: int = Field(
        description="Proposals filed under it (建言数：属于该主题的建言条数，与按主题筛选的结果一致), as "
        "its filter finds them.",
        examples=[90],
    )


class CoveredRegion(LevelledRegion):
    """A region that proposals name (地区)."""

    proposals: int = Field(
        description="Proposals that name it or a region below it "
        "(建言数：提到该地区或其下级地区的建言条数，与按地区筛选的结果一致), as its filter "
        "finds them.",
        examples=[90],
    )


class CoveredExtractor(Shape):
    """A version of the extractor with the articles whose findings it made (抽取版本)."""

    version: str = Field(description="Version of the extractor (抽取版本：抽取程序的版本).", examples=["3"])
    articles: int = Field(
        description="Articles whose findings it made (文章数：由该版本抽取的文章数).", examples=[5]
    )


class Coverage(Shape):
    """What is here (收录范围)."""

    articles: int = Field(description="All articles (文章总数：收录的全部文章数).", examples=[5])
    sources: list[CoveredSource] = Field(
        description="Articles by source (来源：各来源的文章数，多者在前，来源不明者最后), most first, none "
        "said last."
    )
    months: list[CoveredMonth] = Field(
        description="Articles by month (月份：各月的文章数，按时间排列，无日期者最后) in order, undated "
        "ones last."
    )
    themes: list[CoveredTheme] = Field(
        description="All themes (主题：全部主题，没有建言的也在内) in their order, those without too."
    )
    regions: list[CoveredRegion] = Field(
        description="The regions proposals name (地区：建言提到的地区，多者在前), most first."
    )
    extractors: list[CoveredExtractor] = Field(
        description="Articles by extractor version (抽取版本：各抽取程序版本的文章数)."
    )
    last_import: ImportDetail | None = Field(
        description="The import that began last (最近一次导入：最后开始的一次导入，从未导入时为空); null "
        "before the first."
    )
