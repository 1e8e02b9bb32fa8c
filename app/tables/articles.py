"""Articles as they were read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, search_text


class Article(SQLModel, table=True):
    """One article; `text` is never rewritten, as all spans count in it.

    `sha256` is the hex digest of the text in UTF-8. `extractor_version` made the findings
    stored with it. `imported_at` is UTC. `page_sha256` is that of the bytes the text was taken out of, None
    where it is all of them. `same_text_as` is the earliest article of nearly the same text, None for that one
    itself. `given` tells where title, source, published_on and bylines come from, if not from the text:
    under "said" are the names of those that the article's source said, under "fallback" is by its name what
    stands in where the text is silent, dates as 2020-10-22. It is None in rows older than the column, which
    do not tell. `search_text` is to be set anew whenever the title changes.
    """

    __tablename__ = "article"
    __table_args__ = (Index(None, "published_on", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    sha256: str = Field(max_length=64, unique=True)
    title: str | None
    source: str | None
    published_on: date | None
    url: str | None
    bylines: list[str] = Field(default_factory=list, sa_type=JSON)
    text: str
    extractor_version: str
    imported_at: datetime
    page_sha256: str | None = Field(default=None, max_length=64)
    same_text_as: int | None = Field(
        default=None, foreign_key="article.id", ondelete="SET NULL", index=True, sa_type=Id
    )
    given: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    search_text: str = Field(default=None, sa_column=search_text("title", "text"))
