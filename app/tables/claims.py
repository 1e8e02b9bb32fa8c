"""What articles say of who is who, before anybody decides it: from this it can be decided again.

Derived from the articles' texts, and read by nobody but imports.
"""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, value_of
from app.vocabulary import ActorKind


class Claim(SQLModel, table=True):
    """What some articles say in just the same way of a person or body of a name.

    `key` is the name as names are compared, `said` what tells apart those who bear it, see
    `app.store.claims.Claim`. `actor_id` is who that is; of a person who was merged by hand it is the old one.
    """

    __tablename__ = "claim"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    kind: ActorKind = Field(sa_type=value_of(ActorKind))
    key: str = Field(index=True)
    name: str
    said: str
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=Id)


class ArticleClaim(SQLModel, table=True):
    """That an article says what a claim is."""

    __tablename__ = "article_claim"
    __table_args__ = ({"sqlite_with_rowid": False},)

    claim_id: int = Field(foreign_key="claim.id", primary_key=True, sa_type=Id)
    article_id: int = Field(
        foreign_key="article.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Id
    )


class ArticleCast(SQLModel, table=True):
    """Where an article names whom and lets whom speak, by claims: its rows by actors can be made anew."""

    __tablename__ = "article_cast"

    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    said: dict[str, Any] = Field(sa_type=JSON)
