"""What is here, as it is answered."""

from datetime import datetime

from pydantic import Field

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


class ImportCounts(Shape):
    """How many articles an import brought to which end (导入数量)."""

    new: int = Field(description="Articles that were new (新增：新收录的文章数).", examples=[5])
    unchanged: int = Field(
        description="Articles that were in already (未变：已经收录、没有变化的文章数).", examples=[0]
    )
    replaced: int = Field(
        description="Articles whose findings were made anew (重新抽取：重新生成抽取结果的文章数).",
        examples=[0],
    )
    failed: int = Field(description="Sources that failed (失败：未能导入的来源数).", examples=[1])


class ImportFailure(Shape):
    """A source that could not be imported (失败的来源)."""

    source: str = Field(
        description="Name of the file or folder (文件名：文件或文件夹的名称，不含路径), without the way to "
        "it.",
        examples=["2020-10-22.md"],
    )
    reason: str = Field(
        description="Why it failed, and the way out (原因：失败的原因和解决办法).",
        examples=["file is empty; give one with text"],
    )


class LastImport(Shape):
    """The import that began last (最近一次导入)."""

    started_at: datetime = Field(
        description="When it began (开始时间：导入开始的时间，UTC), UTC.", examples=["2026-01-02T03:04:05Z"]
    )
    finished_at: datetime | None = Field(
        description="When it came to its end (结束时间：导入结束的时间，UTC，进行中或中断时为空), UTC; "
        "null while it runs or if it was cut short.",
        examples=["2026-01-02T03:04:06Z"],
    )
    extractor_version: str = Field(
        description="Version of the extractor it used (抽取版本：所用抽取程序的版本).", examples=["3"]
    )
    counts: ImportCounts = Field(description="What became of its sources (导入数量：各种结果的来源数).")
    failures: list[ImportFailure] = Field(
        description="What failed (失败明细：失败的来源，按导入顺序，至多 100 个), in the order of the "
        "import; the first 100."
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
    last_import: LastImport | None = Field(
        description="The import that began last (最近一次导入：最后开始的一次导入，从未导入时为空); null "
        "before the first."
    )
