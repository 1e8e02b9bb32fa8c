"""Articles as they were read."""

from datetime import date, datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, search_text


class Article(SQLModel, table=True):
    """One article; `text` is never rewritten, as all spans count in it.

    `sha256` is the hex digest of the text in UTF-8. `extractor_version` made the findings
    stored with it. `imported_at` is UTC. `search_text` is
    to be set anew whenever the title changes.
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
    search_text: str = Field(default=None, sa_column=search_text("title", "text"))
