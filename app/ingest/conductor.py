"""The conductor: brings articles into the database, and decides nothing itself.

    for batch in $(batches $(find SOURCE…)); do
        prepare $batch          # in any process: read, pass over what is stored, extract, check
        | save                  # one transaction a batch, with what is said of each of its articles
        | tell                  # a Report for each
    done

An article that fails is reported, and the others of its batch are stored.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import explained, for_writing, make_roomy
from app.errors import SourceError
from app.extraction.pipeline import VERSION
from app.importers.article import RawArticle
from app.ingest.preparing import Extract, Item, Prepare, Prepared, batches, reason_of
from app.store.articles import save_all
from app.store.drafts import Draft, draft
from app.store.runs import Done, finish_run, record, start_run
from app.store.saved import Changes, Counts, Saved, find_there
from app.vocabulary import Outcome

MEGABYTES = 48
"""Of the database that the writer keeps in memory."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was done with one article, or the reason why nothing was.

    `outcome` and `article_id` are None in a rehearsal; `was_read` tells whether it could be read at all.
    """

    source: str
    outcome: Outcome | None
    article_id: int | None
    counts: Counts
    changes: Changes | None
    reason: str | None
    was_read: bool
    seconds: float


@dataclass(slots=True)
class Summary:
    """What became of all articles of a run; `stopped_after` is the last one where it was stopped."""

    outcomes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    was_read: bool = False
    stopped: bool = False
    stopped_after: str | None = None

    @property
    def articles(self) -> int:
        return self.outcomes.total()


Tell = Callable[[Report], None]
"""Called with each report, once what it says is stored."""

Results = Iterable[list[Prepared]]


def ingest(
    engine: Engine,
    prepared: Results,
    *,
    version: str = VERSION,
    sources: Sequence[str] = (),
    tell: Tell = lambda report: None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Store what was prepared, batch by batch, in a migrated database that has the reference seeds.

    `version` is that of the extraction, `sources` what the user named. Once `stop` says so, nothing more is
    stored after the batch at hand. Raises DatabaseError when the database gives out.
    """
    with explained(engine.url):
        with Session(engine) as session:  # of the pool's one connection that will write
            make_roomy(session.connection(), MEGABYTES)
        run = start_run(engine, version, sources)
        summary = _summed((store(engine, batch, run) for batch in prepared), tell, stop)
        finish_run(engine, run, summary.stopped_after if summary.stopped else None)
    return summary


def rehearse_writing(
    engine: Engine,
    prepared: Results,
    tell: Tell = lambda report: None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Tell what an import would do, each batch in a transaction that is taken back.

    For what depends on what is stored, as the ids that findings keep. Raises DatabaseError.
    """
    with explained(engine.url):
        return _summed((store(engine, batch, None, keeps=False) for batch in prepared), tell, stop)


def rehearse(
    prepared: Results, tell: Tell = lambda report: None, stop: Callable[[], bool] = lambda: False
) -> Summary:
    """Tell what would be stored, and store nothing."""
    return _summed(([_report(each, None) for each in batch] for batch in prepared), tell, stop)


def prepared_here(items: Iterable[Item], prepare: Prepare) -> Results:
    """Items prepared in this process, one batch after the other."""
    return map(prepare, batches(items))


def store(engine: Engine, prepared: Sequence[Prepared], run: int | None, keeps: bool = True) -> list[Report]:
    """Write a batch in one transaction, or each article in its own where one of them cannot be written.

    What is done with each is recorded in that `run`; with None it is not, and the caller sees to it. Nothing
    stays written unless it `keeps` that.
    """
    try:
        return _stored(engine, prepared, run, keeps)
    except Exception as error:
        reason = reason_of(error)
        if len(prepared) > 1:
            return [report for each in prepared for report in store(engine, [each], run, keeps)]
        (one,) = prepared
        return _stored(engine, [Prepared(one.name, reason=reason, seconds=one.seconds)], run, keeps)


def ingest_article(engine: Engine, raw: RawArticle, extract: Extract, version: str = VERSION) -> Report:
    """Import one article that was read already, as `ingest` does, in a run of its own.

    Raises DatabaseError, and EvidenceError or whatever else kept the article out, once that is noted.
    """
    with explained(engine.url):
        run, fault = start_run(engine, version, [raw.name]), None
        try:
            prepared = Prepared(raw.name, draft(raw, extract(raw.text)))
        except Exception as error:
            prepared, fault = Prepared(raw.name, reason=reason_of(error)), error
        (report,) = store(engine, [prepared], run)
        finish_run(engine, run, None)
    if fault is not None:
        raise fault
    if report.reason is not None:
        raise RuntimeError(report.reason)
    return report


def rehearse_article(raw: RawArticle, extract: Extract) -> Report:
    """Extract and check one article as an import would, and store nothing. Raises EvidenceError."""
    return _report(Prepared(raw.name, draft(raw, extract(raw.text))), None)


def _stored(engine: Engine, prepared: Sequence[Prepared], run: int | None, keeps: bool) -> list[Report]:
    with Session(for_writing(engine)) as session:
        prepared = _still_there(session, prepared)
        drafts = [each.draft for each in prepared if each.draft]
        saved = iter(save_all(session, drafts))
        reports = [_report(each, next(saved) if each.draft else each.known) for each in prepared]
        if run is not None:
            record(session, run, [_done(*each) for each in zip(reports, prepared, strict=True)])
        if not keeps:
            return reports  # what was written goes with the session
        session.commit()
    return reports


def _still_there(session: Session, prepared: Sequence[Prepared]) -> Sequence[Prepared]:
    """What was prepared, but for articles that were known then and are deleted now."""
    there = find_there(session, {each.known.article_id for each in prepared if each.known})
    gone = "was deleted while it was imported; import it again"
    return [
        replace(each, known=None, reason=gone) if each.known and each.known.article_id not in there else each
        for each in prepared
    ]


def _report(each: Prepared, saved: Saved | None) -> Report:
    outcome = Outcome.FAILED if each.reason else saved.outcome if saved else None
    counts = saved.counts if saved else _counts(each.draft) if each.draft else Counts()
    changes = saved.changes if saved else None
    id = saved.article_id if saved else None
    return Report(each.name, outcome, id, counts, changes, each.reason, each.was_read, each.seconds)


def _done(report: Report, each: Prepared) -> Done:
    assert report.outcome is not None, "only a rehearsal has none"
    validators = () if each.reason else each.validators
    return Done(
        report.source, report.outcome, report.article_id, report.reason, report.seconds, dict(validators)
    )


def _summed(results: Iterable[Iterable[Report]], tell: Tell, stop: Callable[[], bool]) -> Summary:
    """What became of all, each told with its batch, up to the one after which `stop` says so."""
    summary = Summary()
    for reports in results:
        for report in reports:
            _note(summary, report, tell)
        if stop():
            break
    summary.stopped = stop()
    return summary


def _note(summary: Summary, report: Report, tell: Tell) -> None:
    summary.outcomes[report.outcome.value if report.outcome else "read"] += 1
    for name in Counts.__slots__:
        summary.counts[name] += getattr(report.counts, name)
    summary.was_read |= report.was_read
    summary.stopped_after = report.source
    tell(report)


def _counts(found: Draft) -> Counts:
    extraction = found.extraction
    return Counts(
        len(extraction.proposals),
        len(extraction.people),
        len(extraction.institutions),
        len(extraction.metrics),
    )


def crashed(item: Item) -> Prepared:
    """What is made of an article of which the process died that read it."""
    name = item.source if isinstance(item, SourceError) else item.name
    return Prepared(name, reason="made the program that reads it crash; please report it", was_read=False)
