"""Articles as they are answered."""

from datetime import datetime

from pydantic import Field

from app.schemas.shape import ArticleReference, SearchableListing, Shape, SnippetField, Spans
from app.vocabulary import FindingType


class Article(ArticleReference):
    """An article as it was read (文章), without its text."""

    url: str | None = Field(
        description="Address it was published at (网址：文章发表的网址).",
        examples=["https://example.com/2020/1022.html"],
    )
    bylines: list[str] = Field(
        description="Reporters and editors (记者、编辑：署名的记者和编辑).", examples=[["建言编写组"]]
    )
    extractor_version: str = Field(
        description="Version of the extractor that made its findings (抽取版本：生成其抽取结果的程序版本).",
        examples=["3"],
    )
    imported_at: datetime = Field(
        description="When it was imported (导入时间：导入的时间，UTC), UTC.",
        examples=["2026-01-02T03:04:05Z"],
    )
    same_text_as: int | None = Field(
        description="Id of the earliest article of nearly the same text "
        "(同文于：全文几乎相同的最早一篇的编号，本文即最早或没有同文时为空); null for that one itself, "
        "and where there is no other.",
        examples=[3],
    )


class ArticleText(Shape):
    """The text of an article by itself (文章全文)."""

    id: int = Field(description="Id of the article (文章编号：文章的编号).", examples=[3])
    sha256: str = Field(
        description="SHA-256 of the text in UTF-8 (摘要：全文 UTF-8 的 SHA-256), in hex.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    text: str = Field(
        description="The text as it was read (全文：读入的全文，从不改写); all spans count in it.",
        examples=["郝康理建议，两地设立战略发展资金。"],
    )


class ArticleCounts(Shape):
    """What was found in an article (数量)."""

    proposals: int = Field(description="Proposals (建言数：其中的建言条数).", examples=[90])
    metrics: int = Field(description="Metrics (指标数：其中的指标条数).", examples=[71])
    people: int = Field(description="People (人物数：其中提到的人数).", examples=[36])
    institutions: int = Field(description="Institutions (机构数：其中提到的机构数).", examples=[91])


class Finding(Shape):
    """Something found in an article (抽取结果)."""

    type: FindingType = Field(
        description="What it is (类型：建言、指标，或提到人物、机构、地区之处): a proposal, a metric, or the "
        "mention of a person, institution or region that acts as a party."
    )
    id: int = Field(
        description="Id of the proposal, metric, person, institution or region that acts (编号：建言、"
        "指标、人物、机构或行动地区的编号).",
        examples=[80],
    )
    name: str | None = Field(
        description="Canonical name of whom it mentions (姓名或名称：所提到者的规范名称，建言和指标为空); "
        "null for proposals and metrics.",
        examples=["郝康理"],
    )
    text: str = Field(description="The words that stand there (原文：该处的文字).", examples=["郝康理"])
    spans: Spans


class FoundArticle(Article):
    """One of a list, with what was searched for (检索到的文章)."""

    snippet: SnippetField


class ArticleList(SearchableListing[FoundArticle]):
    """A page of articles (文章列表)."""


class ArticleDetail(Article):
    """An article with the text that all spans count in, and the parts that `include` names (文章详情)."""

    text: str = Field(
        description="The text as it was read (全文：读入的全文，从不改写，所有位置按它计算), never "
        "rewritten; spans count in it.",
        examples=["郝康理建议，两地设立战略发展资金。"],
    )
    sha256: str = Field(
        description="SHA-256 of the text in UTF-8 (摘要：全文 UTF-8 的 SHA-256，十六进制), in hex.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    page_sha256: str | None = Field(
        description="SHA-256 of the file or page the text was taken out of "
        "(原件摘要：取出全文的文件或网页的 SHA-256，十六进制，全文即原件时为空), in hex; null "
        "where it is the text itself.",
        examples=["60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"],
    )
    counts: ArticleCounts = Field(description="What was found in it (数量：其中各类抽取结果的条数).")
    findings: list[Finding] | None = Field(
        description="All that was found in it, in order of position (抽取结果：文中抽取到的一切，"
        "按位置排列，未要求时为空); null unless included."
    )
    same_text: ArticleList | None = Field(
        description="The other articles of nearly the same text (同文：全文几乎相同的其他文章，新者在前，"
        "未要求时为空), newest first; null unless included."
    )
