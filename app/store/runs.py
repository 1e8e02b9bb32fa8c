"""Import runs: what each did with every source, in transactions of their own."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing
from app.store.rows import insert_row
from app.tables import ImportOutcome, ImportRun
from app.vocabulary import Outcome


def start_run(engine: Engine, version: str) -> int:
    """Note that an import begins with that extractor version; the run's id."""
    with Session(for_writing(engine)) as session:
        id = insert_row(session, ImportRun(started_at=datetime.now(UTC), extractor_version=version))
        session.commit()
        return id


def record_outcome(
    engine: Engine,
    run_id: int,
    source: str,
    outcome: Outcome,
    article_id: int | None,
    reason: str | None,
    seconds: float,
) -> None:
    """Note what a run did with one source."""
    with Session(for_writing(engine)) as session:
        row = ImportOutcome(
            run_id=run_id,
            source=source,
            outcome=outcome,
            article_id=article_id,
            reason=reason,
            seconds=seconds,
        )
        session.add(row)
        session.commit()


def finish_run(engine: Engine, run_id: int, counts: Mapping[Outcome, int]) -> None:
    """Note that a run has come to its end, and its numbers."""
    with Session(for_writing(engine)) as session:
        run = session.get_one(ImportRun, run_id)
        run.finished_at = datetime.now(UTC)
        run.counts = {outcome.value: count for outcome, count in counts.items()}
        session.commit()
