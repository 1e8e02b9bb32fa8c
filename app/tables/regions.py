"""Regions: reference rows, loaded from the seeds."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.tables.columns import value_of
from app.vocabulary import RegionLevel


class Region(SQLModel, table=True):
    """A division, zone or bloc. `code` is GB/T 2260's six digits for a division, else a slug: chengyu."""

    __tablename__ = "region"

    code: str = Field(primary_key=True)
    name: str
    level: RegionLevel = Field(sa_type=value_of(RegionLevel))


class RegionAlias(SQLModel, table=True):
    """A name a region goes by, its full name among them; several may share one (朝阳区, 鼓楼区)."""

    __tablename__ = "region_alias"

    region_code: str = Field(foreign_key="region.code", ondelete="CASCADE", primary_key=True)
    alias: str = Field(primary_key=True, index=True)


class RegionAncestor(SQLModel, table=True):
    """Every region a region lies in, and itself at depth 0: all below X are the rows with ancestor X.

    A division lies in its parent, a zone in each division it covers, and both in every bloc that spans
    them; `depth` is the shortest way up. So 成渝地区 includes 四川省 and all below it, while 四川省
    includes 成都市 and 天府新区 but no bloc, even one that spans it.
    """

    __tablename__ = "region_ancestor"
    __table_args__ = (Index(None, "ancestor_code", "region_code"),)

    region_code: str = Field(foreign_key="region.code", ondelete="CASCADE", primary_key=True)
    ancestor_code: str = Field(foreign_key="region.code", ondelete="CASCADE", primary_key=True)
    depth: int
