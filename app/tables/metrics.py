"""Metrics: the figures articles give, with the themes and regions of their sentences."""

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, search_text, value_of
from app.vocabulary import Qualifier


class Metric(SQLModel, table=True):
    """A number that measures something; `ordinal` counts those of its article from 0.

    `value` is the plain number in `unit` (2000亿元 is 200000000000 元), `value_max` the upper end of a
    range, `about` the thing measured. `proposal_id` is the proposal in whose sentence it stands.
    """

    __tablename__ = "metric"
    __table_args__ = (UniqueConstraint("article_id", "ordinal"), Index(None, "unit", "value"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", sa_type=Id)
    ordinal: int
    span_start: int
    span_end: int
    text: str
    value: float
    value_max: float | None
    unit: str
    qualifier: Qualifier | None = Field(sa_type=value_of(Qualifier))
    about: str
    rule: str
    proposal_id: int | None = Field(
        default=None, foreign_key="proposal.id", ondelete="SET NULL", index=True, sa_type=Id
    )
    spillover: bool = False
    search_text: str = Field(default=None, sa_column=search_text("about", "text"))


class MetricTheme(SQLModel, table=True):
    """A theme of the sentence a metric stands in."""

    __tablename__ = "metric_theme"
    __table_args__ = (Index(None, "theme_code", "metric_id"),)

    metric_id: int = Field(foreign_key="metric.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    theme_code: str = Field(foreign_key="theme.code", primary_key=True)


class MetricRegion(SQLModel, table=True):
    """A region the sentence of a metric names."""

    __tablename__ = "metric_region"
    __table_args__ = (Index(None, "region_code", "metric_id"),)

    metric_id: int = Field(foreign_key="metric.id", ondelete="CASCADE", primary_key=True, sa_type=Id)
    region_code: str = Field(foreign_key="region.code", primary_key=True)
