"""Articles as they are answered."""

from datetime import datetime

from pydantic import Field

from app.schemas.shape import ArticleReference, SearchableListing, Shape, SnippetField


class Article(ArticleReference):
    """An article as it was read (文章), without its text."""

    url: str | None = Field(description="Address it was published at (网址：文章发表的网址).")
    bylines: list[str] = Field(description="Reporters and editors (记者、编辑：署名的记者和编辑).")
    extractor_version: str = Field(
        description="Version of the extractor that made its findings (抽取版本：生成其抽取结果的程序版本)."
    )
    imported_at: datetime = Field(description="When it was imported (导入时间：导入的时间，UTC), UTC.")


class ArticleText(Shape):
    """The text of an article by itself (文章全文)."""

    id: int = Field(description="Id of the article (文章编号).")
    sha256: str = Field(description="SHA-256 of the text in UTF-8 (摘要：全文 UTF-8 的 SHA-256), in hex.")
    text: str = Field(
        description="The text as it was read (全文：读入的全文，从不改写); all spans count in it."
    )


class ArticleCounts(Shape):
    """What was found in an article (数量)."""

    proposals: int = Field(description="Proposals (建言数：其中的建言条数).")
    metrics: int = Field(description="Metrics (指标数：其中的指标条数).")
    people: int = Field(description="People (人物数：其中提到的人数).")
    institutions: int = Field(description="Institutions (机构数：其中提到的机构数).")


class ArticleDetail(Article):
    """An article with the text that all spans count in (文章详情)."""

    text: str = Field(
        description="The text as it was read (全文：读入的全文，从不改写，所有位置按它计算), never "
        "rewritten; spans count in it."
    )
    sha256: str = Field(
        description="SHA-256 of the text in UTF-8 (摘要：全文 UTF-8 的 SHA-256，十六进制), in hex."
    )
    counts: ArticleCounts = Field(description="What was found in it (数量).")


class FoundArticle(Article):
    """One of a list, with what was searched for (检索到的文章)."""

    snippet: SnippetField


class ArticleList(SearchableListing[FoundArticle]):
    """A page of articles (文章列表)."""
