"""Proposals with their speakers, themes and regions."""

from datetime import date

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, Spans, search_text, value_of
from app.vocabulary import AttributionForm, Kind


class Proposal(SQLModel, table=True):
    """One sentence that puts something forward; `ordinal` counts those of its article from 0.

    `published_on` is the article's, so that keys sort by date without a join. `digest` is a hash of
    the normalised text; `duplicate_of` is the proposal that another article reported before. `reported_with`
    is, of two proposals of one article that others report as one, for the later one the id of the earlier.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("article_id", "ordinal"), Index(None, "published_on", "id"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", sa_type=Id)
    ordinal: int
    kind: Kind = Field(sa_type=value_of(Kind))
    text: str
    spans: Spans = Field(sa_type=JSON)
    rule: str
    form: AttributionForm = Field(sa_type=value_of(AttributionForm))
    confidence: float
    spillover: bool = False
    published_on: date | None
    digest: str = Field(max_length=64, index=True)
    search_text: str = Field(default=None, sa_column=search_text("text"))
    duplicate_of: int | None = Field(
        default=None, foreign_key="proposal.id", ondelete="SET NULL", index=True, sa_type=Id
    )
    # No foreign key: both go together.
    reported_with: int | None = Field(default=None, sa_type=Id)


class ProposalSpeaker(SQLModel, table=True):
    """Who stands behind a proposal; `spans` is the mention that ties them to it.

    The position held then is no column: it is every `Position` of that person in the proposal's article.
    """

    __tablename__ = "proposal_speaker"
    __table_args__ = (Index(None, "actor_id", "proposal_id"),)

    proposal_id: int = Field(foreign_key="proposal.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, sa_type=Id)
    ordinal: int
    spans: Spans = Field(sa_type=JSON)


class ProposalTheme(SQLModel, table=True):
    """A theme of a proposal, with its date: few themes have many proposals each, read newest first."""

    __tablename__ = "proposal_theme"
    __table_args__ = (Index(None, "theme_code", "published_on", "proposal_id"),)

    proposal_id: int = Field(foreign_key="proposal.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    theme_code: str = Field(foreign_key="theme.code", primary_key=True)
    published_on: date | None


class ProposalRegion(SQLModel, table=True):
    """A region a proposal names; those around it are found through `RegionAncestor`."""

    __tablename__ = "proposal_region"
    __table_args__ = (Index(None, "region_code", "proposal_id"),)

    proposal_id: int = Field(foreign_key="proposal.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    region_code: str = Field(foreign_key="region.code", primary_key=True)
