"""Actors: whoever can stand behind a proposal, with every name they go by."""

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, Spans, value_of
from app.vocabulary import ActorKind


class Actor(SQLModel, table=True):
    """A person, a body, or a place that acts as a party; `name` is the canonical one.

    Two people may share a name. `region_code` is the region a body's name carries or the place
    itself; None for people.
    """

    __tablename__ = "actor"
    __table_args__ = (Index(None, "kind", "name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    kind: ActorKind = Field(sa_type=value_of(ActorKind))
    name: str
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)


class ActorAlias(SQLModel, table=True):
    """A name an actor goes by. The canonical name is one too, so that one lookup finds all."""

    __tablename__ = "actor_alias"

    actor_id: int = Field(foreign_key="actor.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    alias: str = Field(primary_key=True, index=True)


class ActorMention(SQLModel, table=True):
    """Where an article names an actor, one row for each form of the name."""

    __tablename__ = "actor_mention"

    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, sa_type=Id)
    name: str = Field(primary_key=True)
    spans: Spans = Field(sa_type=JSON)
    rule: str
