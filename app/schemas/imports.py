"""Imports as they are answered."""

from datetime import datetime

from pydantic import Field

from app.schemas.shape import Listing, Shape
from app.vocabulary import Outcome


class ImportCounts(Shape):
    """How many sources an import brought to which end (导入数量)."""

    new: int = Field(description="Articles that were new (新增：新收录的文章数).", examples=[5])
    unchanged: int = Field(
        description="Articles that were in already (未变：已经收录、没有变化的文章数).", examples=[0]
    )
    replaced: int = Field(
        description="Articles whose findings were made anew (重新抽取：重新生成抽取结果的文章数).",
        examples=[0],
    )
    failed: int = Field(description="Sources that failed (失败：未能导入的来源数).", examples=[1])


class Import(Shape):
    """One call of the import (导入)."""

    id: int = Field(description="Id of the import (导入编号：导入的编号).", examples=[1])
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
    sources: list[str] = Field(
        description="What was to be imported (导入对象：要导入的文件、文件夹或网址，不含路径，未记录时为"
        "空): names of files and folders, without the way to them, and addresses; empty where "
        "that was not noted.",
        examples=[["articles"]],
    )
    stopped_after: str | None = Field(
        description="The last source that was done where it was stopped before its end "
        "(止于：提前停止时最后处理的来源，否则为空); else null.",
        examples=["2020-10-22.md"],
    )


class ImportFailure(Shape):
    """A source that could not be imported (失败的来源)."""

    source: str = Field(
        description="Name of the file or folder, without the way to it, or an address "
        "(来源：文件或文件夹的名称，不含路径，或网址).",
        examples=["2020-10-22.md"],
    )
    reason: str = Field(
        description="Why it failed, and the way out (原因：失败的原因和解决办法).",
        examples=["file is empty; give one with text"],
    )


class ImportDetail(Import):
    """An import with what failed (导入详情)."""

    failures: list[ImportFailure] = Field(
        description="What failed (失败明细：失败的来源，按导入顺序，至多 100 个), in the order of the "
        "import; the first 100."
    )


class ImportList(Listing[Import]):
    """A page of imports (导入列表)."""


class ImportOutcome(Shape):
    """What an import did with one source (来源的导入结果)."""

    id: int = Field(description="Id of this entry (记录编号：本条记录的编号).", examples=[1])
    source: str = Field(
        description="Name of the file, without the way to it, or an address "
        "(来源：文件名，不含路径，或网址).",
        examples=["2020-10-22.md"],
    )
    outcome: Outcome = Field(
        description="What became of it (结果：新增、未变、更新或失败): new, unchanged, replaced or failed."
    )
    article_id: int | None = Field(
        description="Id of its article (文章编号：所得文章的编号，失败或文章已删除时为空); null where it "
        "failed or the article was deleted.",
        examples=[3],
    )
    reason: str | None = Field(
        description="Why it failed, and the way out (原因：失败的原因和解决办法，未失败时为空); null "
        "unless it did.",
        examples=["file is empty; give one with text"],
    )
    seconds: float = Field(
        description="How long it took (用时：处理该来源所用的秒数), in seconds.", examples=[0.01]
    )


class ImportOutcomeList(Listing[ImportOutcome]):
    """A page of what an import did (导入结果列表)."""
