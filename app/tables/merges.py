"""What was whose before two people were said to be one, so that it can be given back."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.tables.columns import Id


class PersonMerge(SQLModel, table=True):
    """A person who was merged into another, which their `Actor.merged_into` names.

    `aliases` are all the names they went by, `brought` those that the other did not go by before.
    """

    __tablename__ = "person_merge"

    person_id: int = Field(foreign_key="actor.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    aliases: list[str] = Field(sa_type=JSON)
    brought: list[str] = Field(sa_type=JSON)
    merged_at: datetime


class MergedArticle(SQLModel, table=True):
    """An article that named the one who was merged, and not the other."""

    __tablename__ = "merged_article"

    person_id: int = Field(
        foreign_key="person_merge.person_id", ondelete="CASCADE", primary_key=True, sa_type=Id
    )
    article_id: int = Field(
        foreign_key="article.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Id
    )
