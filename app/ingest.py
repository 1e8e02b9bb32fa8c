"""The conductor: brings sources into the database, and decides nothing itself.

    for source in $(find_articles PATH…); do
        read $source            # RawArticle, or why it is none
        | extract               # Extraction, left out for a text that is stored by this version
        | save                  # one transaction, whole or not at all
        | tell                  # a Report, also kept in import_outcome
    done

An article that fails is reported, and the next one comes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.database import explained, for_writing
from app.errors import EvidenceError, SourceError
from app.extraction.findings import Extraction
from app.extraction.pipeline import VERSION, Extractor
from app.importers import RawArticle, find_articles, read
from app.lexicon import load_lexicon
from app.store.articles import Counts, find_current, save
from app.store.evidence import check
from app.store.runs import finish_run, record_outcome, start_run
from app.vocabulary import Outcome

CACHE = Path(__file__).resolve().parents[1] / "data"
"""Where nothing else is said, beside the database."""

Extract = Callable[[str], Extraction]
"""From an article's text to what is found in it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an article that was read; `outcome` and `article_id` are None in a rehearsal."""

    outcome: Outcome | None
    article_id: int | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Report:
    """What was done with one source: its result, or the reason why there is none.

    `was_read` tells whether it could be read as an article at all.
    """

    source: str
    result: Result | None
    reason: str | None
    was_read: bool
    seconds: float

    @property
    def outcome(self) -> Outcome | None:
        """FAILED without a result; None for what was only rehearsed."""
        return self.result.outcome if self.result else Outcome.FAILED


Tell = Callable[[Report, int], None]
"""Called after each source with its report and the number of all sources."""


def ingest(
    engine: Engine,
    paths: Iterable[Path],
    extract: Extract | None = None,
    version: str = VERSION,
    tell: Tell = lambda report, total: None,
) -> tuple[Report, ...]:
    """Import files and folders into a migrated database that has the reference seeds.

    `version` is that of `extract`, both our own by default. Raises DatabaseError when the database
    gives out, and LexiconError.
    """
    extract = extract or load_extract()
    with explained(engine.url):
        run = start_run(engine, version)

        def handle(raw: RawArticle) -> Result:
            return _import(engine, raw, extract, version)

        def note(report: Report, total: int) -> None:
            _record(engine, run, report)
            tell(report, total)

        reports = _handle_all(paths, handle, note)
        finish_run(engine, run, Counter(report.outcome for report in reports if report.outcome))
    return reports


def ingest_article(engine: Engine, raw: RawArticle, extract: Extract, version: str = VERSION) -> Result:
    """Import one article that was read already, as `ingest` does, in a run of its own.

    Raises DatabaseError, and EvidenceError or whatever else kept the article out, once that is noted.
    """
    with explained(engine.url):
        run = start_run(engine, version)
        report, error = _attempt(raw, lambda raw: _import(engine, raw, extract, version), perf_counter())
        _record(engine, run, report)
        finish_run(engine, run, Counter([report.outcome or Outcome.FAILED]))
    if report.result is None:
        assert error is not None, "something refused it"
        raise error
    return report.result


def rehearse(
    paths: Iterable[Path], extract: Extract | None = None, tell: Tell = lambda report, total: None
) -> tuple[Report, ...]:
    """Read, extract and check files and folders as an import would, and store nothing."""
    extract = extract or load_extract()

    return _handle_all(paths, lambda raw: rehearse_article(raw, extract), tell)


def rehearse_article(raw: RawArticle, extract: Extract) -> Result:
    """Extract and check one article as an import would, and store nothing. Raises EvidenceError."""
    extraction = extract(raw.text)
    check(raw.text, extraction)
    return Result(None, None, _counts(extraction))


def load_extract(cache: Path = CACHE) -> Extract:
    """Our own extraction; `cache` is where it keeps its prepared dictionary. Raises LexiconError."""
    return Extractor(load_lexicon(), cache).extract


def _import(engine: Engine, raw: RawArticle, extract: Extract, version: str) -> Result:
    with Session(engine) as session:
        saved = find_current(session, [raw.text], version).get(raw.text)
    if saved is None:
        extraction = extract(raw.text)
        with Session(for_writing(engine)) as session:
            saved = save(session, raw, extraction)
            session.commit()
    return Result(saved.outcome, saved.article_id, saved.counts)


def _handle_all(
    paths: Iterable[Path], handle: Callable[[RawArticle], Result], tell: Tell
) -> tuple[Report, ...]:
    sources = list(_sources(paths))
    return tuple(_handled(source, handle, tell, len(sources)) for source in sources)


def _handled(
    source: Path | SourceError, handle: Callable[[RawArticle], Result], tell: Tell, total: int
) -> Report:
    report = _report(source, handle)
    tell(report, total)
    return report


def _sources(paths: Iterable[Path]) -> Iterator[Path | SourceError]:
    """The articles at the paths; an error in place of a path that leads to none."""
    for path in paths:
        try:
            yield from find_articles([path])
        except SourceError as error:
            yield error


def _report(source: Path | SourceError, handle: Callable[[RawArticle], Result]) -> Report:
    started = perf_counter()
    try:
        raw = _read(source)
    except SourceError as error:
        return Report(error.source, None, error.reason, False, perf_counter() - started)
    return _attempt(raw, handle, started)[0]


def _attempt(
    raw: RawArticle, handle: Callable[[RawArticle], Result], started: float
) -> tuple[Report, Exception | None]:
    """What became of the article, and what refused it."""
    try:
        return Report(raw.name, handle(raw), None, True, perf_counter() - started), None
    except OperationalError:
        raise  # the database's fault and not the article's: no other would fare better
    except EvidenceError as error:
        reason = f"was refused, as what was found does not stand in it: {error}"
        return Report(raw.name, None, reason, True, perf_counter() - started), error
    except Exception as error:
        reason = f"hit a fault of this program, please report it: {type(error).__name__}: {error}"
        return Report(raw.name, None, reason, True, perf_counter() - started), error


def _read(source: Path | SourceError) -> RawArticle:
    if isinstance(source, SourceError):
        raise source
    return read(source)


def _record(engine: Engine, run: int, report: Report) -> None:
    result = report.result
    assert report.outcome is not None, "only a rehearsal has none"
    record_outcome(
        engine,
        run,
        report.source,
        report.outcome,
        result.article_id if result else None,
        report.reason,
        report.seconds,
    )


def _counts(extraction: Extraction) -> Counts:
    return Counts(
        len(extraction.proposals),
        len(extraction.people),
        len(extraction.institutions),
        len(extraction.metrics),
    )
