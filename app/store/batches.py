"""Articles written together: who is who is read once, rows go in bulk, what is the same is found at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from app.errors import NotFoundError
from app.store import postings
from app.store.actors import Actors
from app.store.announcing import announced
from app.store.drafts import Draft
from app.store.duplicates import add_article_bands, link, link_articles, unlink
from app.store.findings import Written, names_in, write_findings
from app.store.identities import Identities
from app.store.places import Places
from app.store.removal import Former, remove_findings, remove_unmentioned
from app.store.rows import Rows
from app.store.saved import Changes, Counts, Saved, Stored, counts_of, find_stored
from app.tables import Actor, Article, Metric, Proposal
from app.tables.postings import Listed
from app.vocabulary import Outcome


@dataclass(slots=True)
class Batch:
    """Articles written together; `written` has those by the hash of their texts."""

    session: Session
    rows: Rows = field(init=False)
    written: dict[str, Saved] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = Rows(self.session)

    def save(self, drafts: Sequence[Draft]) -> list[Saved]:
        stored = find_stored(self.session, [each.sha256 for each in drafts])
        _require_stored(drafts, stored)
        current = {each.sha256: stored[each.sha256].id for each in drafts if _is_current(each, stored)}
        counts = counts_of(self.session, current.values())
        self.written = {each: Saved(Outcome.UNCHANGED, id, counts[id]) for each, id in current.items()}
        others: dict[str, Draft] = {}
        for each in drafts:
            if each.sha256 not in current:
                others.setdefault(each.sha256, each)
        if others:
            with announced(self.session):
                self._write(list(others.values()), stored)
        return [self._told(each.sha256) for each in drafts]

    def _told(self, sha256: str) -> Saved:
        """What became of a text; of several that are the same only the first is new."""
        first = self.written[sha256]
        self.written[sha256] = Saved(Outcome.UNCHANGED, first.article_id, first.counts)
        return first

    def _write(self, drafts: Sequence[Draft], stored: Mapping[str, Stored]) -> None:
        former = self._remove_former([stored[each.sha256].id for each in drafts if each.sha256 in stored])
        actors = Actors(self.session, self.rows)
        actors.load(name for each in drafts for name in names_in(each.extraction))
        for old in former.values():
            actors.keep_posts(old.posts)
        who = Identities(self.session, actors, Places(self.session))
        proposals: dict[int, str] = {}
        metrics: dict[int, str] = {}
        leaving = _Leaving(self.session, actors, former.values())
        for each in drafts:
            known = stored.get(each.sha256)
            id = known.id if known else self.rows.number(Article)
            self._write_article(id, each, is_new=known is None)
            old = former.get(id, Former())
            actors.forget_posts(old.posts)
            before = len(old.proposals) + len(old.metrics)
            found = write_findings(self.rows, who, id, each, old)
            leaving.note(found, old)
            proposals |= zip(found.proposals, (one.text.pieces for one in each.proposals), strict=True)
            metrics |= zip(found.metrics, (one.text.pieces for one in each.metrics), strict=True)
            removed = len(old.proposals) + len(old.metrics)  # whose ids nobody took over
            kept = before - removed
            changes = Changes(kept, len(found.proposals) + len(found.metrics) - kept, removed)
            self.written[each.sha256] = (
                Saved(Outcome.REPLACED, id, _counted(each, found), changes)
                if known
                else Saved(Outcome.NEW, id, _counted(each, found))
            )
        actors.add_rows()
        self.rows.write()
        self._connect(drafts, {Listed.PROPOSAL: proposals, Listed.METRIC: metrics}, former)

    def _remove_former(self, articles: Sequence[int]) -> dict[int, Former]:
        if articles:
            # Some of the new rows take numbers over, and actors that go leave theirs to nobody in the batch.
            self.rows.keep_numbers(Proposal, Metric, Actor)
        return {id: remove_findings(self.session, id) for id in articles}

    def _write_article(self, id: int, each: Draft, is_new: bool) -> None:
        known = each.description
        described = {
            "title": known.title,
            "source": known.source,
            "published_on": known.published_on,
            "bylines": list(known.bylines),
            "extractor_version": each.extraction.version,
            "given": each.given,
            "search_text": each.search_text,
        }
        if not is_new:
            addressed = {"url": known.url, "page_sha256": each.page_sha256}
            described |= {name: value for name, value in addressed.items() if value}
            self.session.execute(update(Article).where(col(Article.id) == id).values(described))
            return
        self.rows.add(
            Article,
            id=id,
            sha256=each.sha256,
            text=each.text,
            url=known.url,
            page_sha256=each.page_sha256,
            imported_at=datetime.now(UTC),
            same_text_as=None,
            **described,
        )
        add_article_bands(self.rows, id, each.sha256, each.bands)

    def _connect(
        self, drafts: Sequence[Draft], pieces: postings.Pieces, former: Mapping[int, Former]
    ) -> None:
        """Find what is the same as what is written, and list it."""
        link(
            self.session,
            [*pieces[Listed.PROPOSAL], *(id for each in former.values() for id in each.duplicates)],
        )
        ids = [self.written[each.sha256].article_id for each in drafts]
        link_articles(self.session, unlink(self.session, former.keys()) | set(ids))
        postings.put_in(self.session, ids, pieces)


class _Leaving:
    """Removes the actors of replaced articles that no article names any more, as soon as that is so.

    Else who comes later in the batch would be taken for somebody who is there no more.
    """

    def __init__(self, session: Session, actors: Actors, former: Iterable[Former]) -> None:
        self._session = session
        self._actors = actors
        self._waiting = Counter(actor for each in former for actor in each.actors)
        self._named: set[int] = set()

    def note(self, found: Written, former: Former) -> None:
        """What an article names now, and named before."""
        self._named |= found.actors
        self._waiting.subtract(former.actors)
        left = {id for id in former.actors if not self._waiting[id] and id not in self._named}
        if left:
            self._actors.forget(remove_unmentioned(self._session, left))


def _is_current(each: Draft, stored: Mapping[str, Stored]) -> bool:
    known = stored.get(each.sha256)
    is_from_outside = each.article_id is None
    return is_from_outside and known is not None and known.version == each.extraction.version


def _require_stored(drafts: Sequence[Draft], stored: Mapping[str, Stored]) -> None:
    """Or one that was deleted while it was extracted would come back."""
    for each in drafts:
        if each.article_id is not None and each.sha256 not in stored:
            raise NotFoundError("article", each.article_id)


def _counted(each: Draft, found: Written) -> Counts:
    return Counts(len(found.proposals), found.people, found.institutions, len(each.metrics))
