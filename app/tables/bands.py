"""By which texts that are nearly the same are found without comparing all; see `app.language.bands`.

Derived from the other tables, and can be made anew. `rank` is an order that has nothing to do with when what
it is of came in, see `app.store.duplicates.rank_of`.
"""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from app.tables.columns import Id


class ProposalBand(SQLModel, table=True):
    """A band of a proposal's text, mixed with one of its speakers: only theirs can be the same proposal."""

    __tablename__ = "proposal_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(primary_key=True, sa_type=BigInteger)
    rank: int = Field(primary_key=True, sa_type=BigInteger)
    proposal_id: int = Field(
        foreign_key="proposal.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Id
    )


class ArticleBand(SQLModel, table=True):
    """A band of an article's text."""

    __tablename__ = "article_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(primary_key=True, sa_type=BigInteger)
    rank: int = Field(primary_key=True, sa_type=BigInteger)
    article_id: int = Field(
        foreign_key="article.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Id
    )
