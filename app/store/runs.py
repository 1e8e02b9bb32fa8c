"""Import runs, and what each did with every source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing
from app.store.rows import Rows, execute_all, insert_row
from app.tables import ImportOutcome, ImportRun, ImportSource
from app.vocabulary import Outcome

_KEEP = (
    "INSERT INTO import_source (name, validators) VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET validators = excluded.validators"
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did with one source; `validators` by which it is known again, empty where nothing is."""

    source: str
    outcome: Outcome
    article_id: int | None
    reason: str | None
    seconds: float
    validators: Mapping[str, str]


def start_run(engine: Engine, version: str, sources: Sequence[str] = ()) -> int:
    """Note that an import of these sources begins with that extractor version; the run's id."""
    with Session(for_writing(engine)) as session:
        run = ImportRun(started_at=datetime.now(UTC), extractor_version=version, sources=list(sources))
        id = insert_row(session, run)
        session.commit()
        return id


def record(session: Session, run_id: int, done: Sequence[Done]) -> None:
    """Note what a run did with these sources, in the transaction that did it."""
    rows = Rows(session)
    for each in done:
        rows.add(
            ImportOutcome,
            id=rows.number(ImportOutcome),
            run_id=run_id,
            source=each.source,
            outcome=each.outcome,
            article_id=each.article_id,
            reason=each.reason,
            seconds=each.seconds,
        )
    rows.write()
    known = {each.source: dumps(dict(each.validators)) for each in done if each.validators}
    execute_all(session.connection(), _KEEP, list(known.items()))
    run = session.get_one(ImportRun, run_id)
    counts = dict(run.counts)
    for each in done:
        counts[each.outcome.value] = counts.get(each.outcome.value, 0) + 1
    run.counts = counts
    session.flush()


def finish_run(engine: Engine, run_id: int, stopped_after: str | None) -> None:
    """Note that a run has come to its end, or after which source it was stopped."""
    with Session(for_writing(engine)) as session:
        run = session.get_one(ImportRun, run_id)
        run.finished_at = datetime.now(UTC)
        run.stopped_after = stopped_after
        session.commit()


def validators_of(engine: Engine, source: str) -> dict[str, str]:
    """By what a source was known when it was last imported; empty if it never was."""
    with Session(engine) as session:
        known = session.get(ImportSource, source)
        return known.validators if known else {}
