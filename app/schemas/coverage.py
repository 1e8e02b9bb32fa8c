"""What is here, as it is answered."""

from datetime import datetime

from pydantic import Field

from app.schemas.regions import LevelledRegion
from app.schemas.shape import Shape


class CoveredSource(Shape):
    """A source with how much of it was read (来源)."""

    source: str | None = Field(description="Who published the articles (来源); null where none is said.")
    articles: int = Field(description="Articles of it (文章数).")


class CoveredMonth(Shape):
    """A month with how much of it was read (月份)."""

    month: str | None = Field(
        description="Month of publication (发表月份); null for articles without a date.", examples=["2020-10"]
    )
    articles: int = Field(description="Articles of it (文章数).")


class CoveredTheme(Shape):
    """A theme with how much is filed under it (主题)."""

    code: str = Field(description="Code of the theme (主题代码).", examples=["5g"])
    name_zh: str = Field(description="Chinese name (中文名).", examples=["5G与信息通信"])
    name_en: str = Field(description="English name (英文名).")
    proposals: int = Field(description="Proposals filed under it (建言数), as its filter finds them.")


class CoveredRegion(LevelledRegion):
    """A region that proposals name (地区)."""

    proposals: int = Field(
        description="Proposals that name it or a region below it (建言数), as its filter finds them."
    )


class CoveredExtractor(Shape):
    """A version of the extractor with the articles whose findings it made (抽取版本)."""

    version: str = Field(description="Version of the extractor (抽取版本).")
    articles: int = Field(description="Articles whose findings it made (文章数).")


class ImportCounts(Shape):
    """How many articles an import brought to which end (导入数量)."""

    new: int = Field(description="Articles that were new (新增).")
    unchanged: int = Field(description="Articles that were in already (未变).")
    replaced: int = Field(description="Articles whose findings were made anew (重新抽取).")
    failed: int = Field(description="Sources that failed (失败).")


class ImportFailure(Shape):
    """A source that could not be imported (失败的来源)."""

    source: str = Field(description="Name of the file or folder (文件名), without the way to it.")
    reason: str = Field(description="Why it failed, and the way out (原因).")


class LastImport(Shape):
    """The import that began last (最近一次导入)."""

    started_at: datetime = Field(description="When it began (开始时间), UTC.")
    finished_at: datetime | None = Field(
        description="When it came to its end (结束时间), UTC; null while it runs or if it was cut short."
    )
    extractor_version: str = Field(description="Version of the extractor it used (抽取版本).")
    counts: ImportCounts = Field(description="What became of its sources (导入数量).")
    failures: list[ImportFailure] = Field(
        description="What failed (失败明细), in the order of the import; the first 100."
    )


class Coverage(Shape):
    """What is here (收录范围)."""

    articles: int = Field(description="All articles (文章总数).")
    sources: list[CoveredSource] = Field(description="Articles by source (来源), most first, none said last.")
    months: list[CoveredMonth] = Field(description="Articles by month (月份) in order, undated ones last.")
    themes: list[CoveredTheme] = Field(description="All themes (主题) in their order, those without too.")
    regions: list[CoveredRegion] = Field(description="The regions proposals name (地区), most first.")
    extractors: list[CoveredExtractor] = Field(description="Articles by extractor version (抽取版本).")
    last_import: LastImport | None = Field(
        description="The import that began last (最近一次导入); null before the first."
    )
