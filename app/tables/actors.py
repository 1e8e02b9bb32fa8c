"""Actors: whoever can stand behind a proposal, with every name they go by."""

from sqlalchemy import JSON, Column, Index, String
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlmodel import Field, SQLModel

from app.language.pinyin import spelt
from app.tables.columns import Id, Spans, search_text, value_of
from app.vocabulary import ActorKind

LONGEST_PERSON = 4
"""Characters of a name up to which its first one is read as a surname."""


def pinyin_of(alias: str) -> str:
    """All beginnings a name can be typed by, as its row keeps them."""
    return spelt(alias, is_person=len(alias) <= LONGEST_PERSON)


def _pinyin() -> Column[str]:
    def filled(context: DefaultExecutionContext) -> str:
        return pinyin_of(context.get_current_parameters()["alias"])  # type: ignore[no-untyped-call]

    return Column("pinyin", String, nullable=False, default=filled)


class Actor(SQLModel, table=True):
    """A person, a body, or a place that acts as a party; `name` is the canonical one.

    Two people may share a name. `region_code` is the region a body's name carries or the place
    itself; None for people. `merged_into` is the person that somebody said this one is: the row then only
    keeps the id, and all that was theirs stands with the other one.
    """

    __tablename__ = "actor"
    __table_args__ = (Index(None, "kind", "merged_into", "name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    kind: ActorKind = Field(sa_type=value_of(ActorKind))
    name: str
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)
    merged_into: int | None = Field(
        default=None, foreign_key="actor.id", ondelete="CASCADE", index=True, sa_type=Id
    )


class ActorAlias(SQLModel, table=True):
    """A name an actor goes by. The canonical name is one too, so that one lookup finds all.

    `pinyin` are all beginnings it can be typed by, see `app.language.pinyin.spelt`.
    """

    __tablename__ = "actor_alias"

    actor_id: int = Field(foreign_key="actor.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    alias: str = Field(primary_key=True, index=True)
    search_text: str = Field(default=None, sa_column=search_text("alias"))
    pinyin: str = Field(default=None, sa_column=_pinyin())


class ActorMention(SQLModel, table=True):
    """Where an article names an actor, one row for each form of the name."""

    __tablename__ = "actor_mention"

    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, sa_type=Id)
    name: str = Field(primary_key=True)
    spans: Spans = Field(sa_type=JSON)
    rule: str
