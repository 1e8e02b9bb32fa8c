"""Positions: the posts people hold, each as one article states it."""

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, Spans


class Position(SQLModel, table=True):
    """A post one article gives a person; a promotion in a later article is a second row.

    `institution_name` is the resolved full name, "" where the article names no institution, and then
    `institution_id` is None.
    """

    __tablename__ = "position"
    __table_args__ = (
        Index(None, "article_id", "person_id"),
        Index(None, "person_id", "institution_name", "title"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", sa_type=Id)
    person_id: int = Field(foreign_key="actor.id", sa_type=Id)
    institution_id: int | None = Field(default=None, foreign_key="actor.id", index=True, sa_type=Id)
    institution_name: str
    title: str
    spans: Spans = Field(sa_type=JSON)
    rule: str
