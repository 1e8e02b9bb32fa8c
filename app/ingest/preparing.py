"""What is done with articles before they are written, in any process and with no lock.

They are read, those that are stored are passed over, the others are extracted, and what was found is checked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from app.database import make_engine
from app.errors import EvidenceError, NotFoundError, SourceError
from app.extraction.findings import Extraction
from app.extraction.pipeline import VERSION, Extractor
from app.importers.article import RawArticle
from app.importers.formats import read
from app.importers.pieces import Piece, Said
from app.lexicon import load_lexicon
from app.store.drafts import Draft, draft
from app.store.saved import Saved, find_current
from app.store.stored import StoredArticle

CACHE = Path(__file__).resolve().parents[2] / "data"
"""Where nothing else is said, beside the database."""

NUMBER, BYTES, SECONDS = 100, 2_000_000, 1.0
"""What a batch has at most: articles, bytes as far as they are known before, and time to come together."""

NOTHING_SAID = Said()

Extract = Callable[[str], Extraction]
"""From an article's text to what is found in it."""

Item = Piece | RawArticle | StoredArticle | SourceError
"""What an import gets: an article that is to be read, was read already or is stored, or why there is none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of one item: a draft to be written, or what is stored of it already, or a reason why
    there is neither.

    `was_read` tells whether it could be read as an article at all; `validators` are those of its piece.
    """

    name: str
    draft: Draft | None = None
    known: Saved | None = None
    reason: str | None = None
    was_read: bool = True
    seconds: float = 0.0
    validators: tuple[tuple[str, str], ...] = ()


Prepare = Callable[[Sequence[Item]], list[Prepared]]
"""Makes of each item of a batch what can be made of it without writing, in their order."""


@dataclass(frozen=True, slots=True)
class Preparer:
    """Prepares batches with one extraction, whose version is `version`.

    Without an `engine` nothing counts as stored. What is `said` of all articles wins over what they say.
    """

    extract: Extract
    version: str = VERSION
    engine: Engine | None = None
    said: Said = NOTHING_SAID

    def __call__(self, items: Sequence[Item]) -> list[Prepared]:
        """Raises DBAPIError when the database gives out, and nothing for an article."""
        said = {name: value for name, value in asdict(self.said).items() if value is not None}
        read_ones = [_Read.of(item, said) for item in items]
        known = self._known([each.raw.text for each in read_ones if each.raw])
        return [self._prepared(each, known) for each in read_ones]

    def _known(self, texts: Sequence[str]) -> dict[str, Saved]:
        if self.engine is None or not texts:
            return {}
        with Session(self.engine) as session:
            return find_current(session, texts, self.version)

    def _prepared(self, each: "_Read", known: dict[str, Saved]) -> Prepared:
        if each.raw is None:
            return Prepared(each.name, reason=each.reason, was_read=False, seconds=each.seconds)
        stored, started = known.get(each.raw.text), perf_counter()
        found, reason = (None, None) if stored else self._draft(each.raw)
        seconds = each.seconds + perf_counter() - started
        return Prepared(each.name, found, stored, reason, True, seconds, each.validators)

    def _draft(self, raw: RawArticle | StoredArticle) -> tuple[Draft | None, str | None]:
        """The draft, or the reason why there is none."""
        try:
            return draft(raw, self.extract(raw.text)), None
        except Exception as error:
            return None, reason_of(error)


@dataclass(frozen=True, slots=True)
class _Read:
    """An item that was read, or the reason why it could not be."""

    name: str
    raw: RawArticle | StoredArticle | None
    reason: str | None
    seconds: float
    validators: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, item: Item, said: dict[str, Any]) -> "_Read":
        started = perf_counter()
        try:
            raw = replace(_raw(item), **said)
        except SourceError as error:
            return cls(error.source, None, error.reason, perf_counter() - started)
        except Exception as error:
            name = str(item) if isinstance(item, SourceError) else item.name
            return cls(name, None, reason_of(error), perf_counter() - started)
        validators = item.validators if isinstance(item, Piece) else ()
        return cls(raw.name, raw, None, perf_counter() - started, validators)


def _raw(item: Item) -> RawArticle | StoredArticle:
    if isinstance(item, SourceError):
        raise item
    return read(item) if isinstance(item, Piece) else item


def is_risky(item: Item) -> bool:
    """Whether a broken one can end the process that reads it: PDFs are read by a library in C."""
    return isinstance(item, Piece) and item.format == "pdf"


def reason_of(error: Exception) -> str:
    """Why an article was not stored, for whoever wanted it to be."""
    if isinstance(error, OperationalError) and not _is_too_much(error):
        raise error  # the database's fault and not the article's: no other would fare better
    if isinstance(error, NotFoundError):
        return "is no longer stored with the text that it had; it was deleted meanwhile"
    if isinstance(error, EvidenceError):
        return f"was refused, as what was found does not stand in it: {error}"
    # Without the statement and its values, which may be the whole article.
    fault = (error.orig or error) if isinstance(error, DBAPIError) else error
    told = " ".join(str(fault).split())
    return f"hit a fault of this program, please report it: {type(fault).__name__}: {told}"


def _is_too_much(error: OperationalError) -> bool:
    """Whether a statement held more than a database takes, as that of one odd article may."""
    if str(getattr(error.orig, "sqlstate", "")).startswith("54"):  # PostgreSQL's "program limit exceeded"
        return True
    told = str(error.orig)
    return "too many SQL variables" in told or "number of parameters" in told


def load_extract(cache: Path = CACHE) -> Extract:
    """Our own extraction; `cache` is where it keeps its prepared dictionary. Raises LexiconError."""
    return Extractor(load_lexicon(), cache).extract


def our_preparer(cache: Path, database: str | None, said: Said = NOTHING_SAID) -> Preparer:
    """A preparer with our own extraction; `database` is the URL of where articles are stored, None for none.

    Raises LexiconError and DatabaseError.
    """
    return Preparer(load_extract(cache), VERSION, make_engine(database) if database else None, said)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in their order, as many together as are worth a transaction.

    No more than come within SECONDS, so that what comes slowly is not kept waiting.
    """
    batch: list[Item] = []
    held, started = 0, perf_counter()
    for item in items:
        batch.append(item)
        held += _size(item)
        if len(batch) == NUMBER or held >= BYTES or perf_counter() - started >= SECONDS:
            yield batch
            batch, held, started = [], 0, perf_counter()
    if batch:
        yield batch


def _size(item: Item) -> int:
    """Bytes, as far as they are known before it is read."""
    if isinstance(item, RawArticle | StoredArticle):
        return len(item.text)
    if isinstance(item, Piece):
        return len(item.data) if item.data is not None else int(dict(item.validators).get("size", 0))
    return 0
