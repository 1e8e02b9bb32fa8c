"""Articles checked and ready to be written: all that needs no database, and can be done in any process."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from app.extraction.document import evidence
from app.extraction.findings import Extraction
from app.extraction.findings import Metric as MetricFound
from app.extraction.findings import Proposal as ProposalFound
from app.language.bands import bands
from app.store.bands import ARTICLE_BANDS, PROPOSAL_BANDS
from app.store.evidence import check
from app.store.pieces import joined
from app.store.reports import digest_of
from app.store.stored import StoredArticle
from app.tables.columns import searched


class Fallback(Protocol):
    """What is told of an article and is less sure than what its text says."""

    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def published_on(self) -> date | None: ...


class Source(Protocol):
    """What is stored of an article as it was read; None and () where its source is silent."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def bylines(self) -> tuple[str, ...]: ...
    @property
    def page_sha256(self) -> str | None: ...
    @property
    def fallback(self) -> Fallback: ...


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of an article beside its text and its findings."""

    title: str | None
    source: str | None
    published_on: date | None
    url: str | None
    bylines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a finding with what is made of it: its form for searches, and the pieces of that."""

    text: str
    search_text: str
    pieces: str


@dataclass(frozen=True, slots=True)
class DraftProposal:
    """A proposal with its text, the hash and the bands by which it is found again."""

    found: ProposalFound
    text: Text
    digest: str
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DraftMetric:
    """A metric with its text; what it is searched by has what it measures too."""

    found: MetricFound
    text: Text


@dataclass(frozen=True, slots=True)
class Draft:
    """An article with its findings, which stand in its text, before anybody knows who is who.

    `given` is that of `app.tables.Article`. `article_id` is the id of the stored article that was extracted
    anew, None for one that comes from outside.
    """

    sha256: str
    text: str
    search_text: str
    page_sha256: str | None
    description: Description
    given: dict[str, Any]
    article_id: int | None
    bands: tuple[int, ...]
    extraction: Extraction
    proposals: tuple[DraftProposal, ...] = field(default=())
    metrics: tuple[DraftMetric, ...] = field(default=())


def draft(raw: Source, extraction: Extraction) -> Draft:
    """The draft of an article. Raises EvidenceError when a finding does not stand in the text."""
    check(raw.text, extraction)
    known = described(raw, extraction)
    return Draft(
        sha256=sha256_of(raw.text),
        text=raw.text,
        search_text=searched(known.title, raw.text),
        page_sha256=raw.page_sha256,
        description=known,
        given=_given(raw),
        article_id=raw.id if isinstance(raw, StoredArticle) else None,
        bands=bands(raw.text, ARTICLE_BANDS),
        extraction=extraction,
        proposals=tuple(_proposal(raw.text, found) for found in extraction.proposals),
        metrics=tuple(_metric(raw.text, found) for found in extraction.metrics),
    )


def described(raw: Source, extraction: Extraction) -> Description:
    """What the source itself says of the article wins over what was extracted, and that over its fallback."""
    day = date.fromisoformat(extraction.published_on) if extraction.published_on else None
    return Description(
        title=raw.title or extraction.title or raw.fallback.title,
        source=raw.source or extraction.source or raw.fallback.source,
        published_on=raw.published_on or day or raw.fallback.published_on,
        url=raw.url,
        bylines=raw.bylines or extraction.bylines,
    )


def _given(raw: Source) -> dict[str, Any]:
    """What does not come from the text, as `app.tables.Article` keeps it."""
    said = [name for name in ("title", "source", "published_on", "bylines") if getattr(raw, name)]
    less_sure = {name: getattr(raw.fallback, name) for name in ("title", "source", "published_on")}
    needed = {name: str(value) for name, value in less_sure.items() if value and name not in said}
    return {"said": said, "fallback": needed}


def sha256_of(text: str) -> str:
    """The hex digest by which an article's text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


def _proposal(text: str, found: ProposalFound) -> DraftProposal:
    said = evidence(text, found.spans)
    return DraftProposal(found, _text(said, said), digest_of(said), bands(said, PROPOSAL_BANDS))


def _metric(text: str, found: MetricFound) -> DraftMetric:
    said = evidence(text, [found.span])
    return DraftMetric(found, _text(said, found.about, said))


def _text(text: str, *parts: str) -> Text:
    search_text = searched(*parts)
    return Text(text, search_text, joined(search_text))
