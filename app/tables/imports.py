"""Import runs and what each did with every source."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from app.tables.columns import Id, value_of
from app.vocabulary import Outcome


class ImportRun(SQLModel, table=True):
    """One call of the import; `counts` maps each outcome to a number, `finished_at` is None while it runs.

    Where there are counts they are of all outcomes so far: none are read then to count them.
    `sources` is what was to be imported, as the user gave it. `stopped_after` is the last one that was done
    where the run was stopped before its end.
    """

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    started_at: datetime
    finished_at: datetime | None = None
    extractor_version: str
    sources: list[str] = Field(default_factory=list, sa_type=JSON)
    stopped_after: str | None = None
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)


class ImportOutcome(SQLModel, table=True):
    """What a run did with one source, a path or address; `reason` says why it failed."""

    __tablename__ = "import_outcome"
    __table_args__ = (Index(None, "run_id", "id"), Index(None, "run_id", "outcome", "id"))

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    run_id: int = Field(foreign_key="import_run.id", ondelete="CASCADE", sa_type=Id)
    source: str
    article_id: int | None = Field(
        default=None, foreign_key="article.id", ondelete="SET NULL", index=True, sa_type=Id
    )
    outcome: Outcome = Field(sa_type=value_of(Outcome))
    reason: str | None = None
    seconds: float


class ImportSource(SQLModel, table=True):
    """By what a source that was imported is known again, so that one that did not change is passed over.

    `validators` are of a file its `size` and `modified`, of an address the `etag` and `last_modified` that it
    answered with.
    """

    __tablename__ = "import_source"

    name: str = Field(primary_key=True)
    validators: dict[str, str] = Field(sa_type=JSON)
