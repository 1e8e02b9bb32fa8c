"""What changes the database over HTTP: articles in and out, people merged and split.

Each change is one transaction that is committed when its method returns, so that no answer comes before it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import explained, for_writing
from app.vocabulary import Outcome

# The others are imported where they are used: a server that is only read from does without the extraction,
# and comes up a second sooner.
if TYPE_CHECKING:
    from app.extraction.findings import Extraction
    from app.importers.article import RawArticle
    from app.ingest.preparing import Extract

P = ParamSpec("P")
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Submission:
    """An article as somebody sends it: its text, or only the address to fetch it from.

    What it says of the article wins over what the text says.
    """

    text: str | None
    url: str | None
    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article: `outcome` and `article_id` are None where it was only extracted.

    `item` has what was found and what is known of the article, by the names of the answer's fields.
    """

    outcome: Outcome | None
    article_id: int | None
    item: Item


@dataclass(frozen=True, slots=True)
class Terms:
    """On what an address is fetched: whether from private networks too, in how long, and how much."""

    allow_private: bool
    seconds: float
    most_bytes: int


@dataclass
class Writer:
    """Changes a database; `folder` is where the extraction keeps its prepared dictionary.

    `loaded` is the extraction, None until the first article comes. Every method raises DatabaseError when
    the database gives out.
    """

    engine: Engine
    folder: Path
    terms: Terms
    loaded: "Extract | None" = None
    _loading: Lock = field(default_factory=Lock)

    def add_article(self, submission: Submission, sender: str, dry_run: bool) -> Written:
        """Import an article, or only extract it. Raises SourceError and EvidenceError."""
        from app.ingest.conductor import ingest_article, rehearse_article

        raw = self._read(submission, sender)
        extract = cache(self._extraction())  # once for what is stored and for what is answered
        report = rehearse_article(raw, extract) if dry_run else ingest_article(self.engine, raw, extract)
        found = _as_item(raw, extract(raw.text))
        return Written(report.outcome, report.article_id, {**found, "counts": asdict(report.counts)})

    def delete_article(self, article_id: int) -> None:
        """Remove an article with its findings and whom only it names. Raises NotFoundError."""
        from app.store.articles import delete

        self._change(delete, article_id)

    def merge_person(self, person_id: int, into_id: int) -> None:
        """Give all that is a person's to another. Raises NotFoundError and ConflictError."""
        from app.store.merges import merge

        self._change(merge, person_id, into_id)

    def split_person(self, person_id: int) -> None:
        """Undo the merge of a person. Raises NotFoundError and ConflictError."""
        from app.store.merges import split

        self._change(split, person_id)

    def _change(
        self, change: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        with explained(self.engine.url), Session(for_writing(self.engine)) as session:
            change(session, *args, **kwargs)
            session.commit()

    def _extraction(self) -> "Extract":
        from app.ingest.preparing import load_extract

        with self._loading:
            if self.loaded is None:
                self.loaded = load_extract(self.folder)
        return self.loaded

    def _read(self, submission: Submission, sender: str) -> "RawArticle":
        from app.importers import formats, markdown, web

        if submission.text is None:
            raw = web.fetch(submission.url or "", **asdict(self.terms))
        else:
            name = submission.url or f"text sent by {sender}"
            raw = formats.storable(markdown.read(submission.text.encode(), name))
        said = {name: value for name, value in asdict(submission).items() if value and name != "text"}
        return replace(raw, **said)


def _as_item(raw: "RawArticle", extraction: "Extraction") -> Item:
    """Description and findings by the names of the answer's fields, with the words at their places."""
    from app.extraction.document import evidence
    from app.store.drafts import described

    found = asdict(extraction)
    for proposal in found["proposals"]:
        proposal["text"] = evidence(raw.text, proposal["spans"])
    for metric in found["metrics"]:
        metric["text"] = evidence(raw.text, [metric["span"]])
    return {**found, **asdict(described(raw, extraction)), "extractor_version": extraction.version}
