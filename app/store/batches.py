"""Articles written together: who is who is read once, rows go in bulk, what is the same is found at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from app.errors import NotFoundError
from app.store import postings
from app.store.announcing import announced
from app.store.bands import add_article_bands
from app.store.casts import Named
from app.store.claims import Cast, cast_of
from app.store.drafts import Draft
from app.store.duplicates import Unlinked, free_articles, link, link_articles
from app.store.findings import Written, write_findings
from app.store.identities import Identities
from app.store.places import Places
from app.store.removal import Former, remove_findings, remove_unmentioned
from app.store.rows import Rows
from app.store.saved import Changes, Counts, Saved, Stored, counts_of, find_stored
from app.tables import Actor, Article, ArticleCast, ArticleClaim, Claim, Metric, Proposal
from app.tables.postings import Listed
from app.vocabulary import ActorKind, Outcome


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
        ids = {
            each.sha256: stored[each.sha256].id if each.sha256 in stored else self.rows.number(Article)
            for each in drafts
        }
        places = Places(self.session)
        casts = {ids[each.sha256]: cast_of(each.text, each.extraction, places) for each in drafts}
        identities = Identities(self.session, self.rows, places)
        claims = identities.settle(casts, {id for each in former.values() for id in each.claims})
        proposals: dict[int, str] = {}
        metrics: dict[int, str] = {}
        for each in drafts:
            id = ids[each.sha256]
            known, old = id in former, former.get(id, Former())
            self._write_article(id, each, is_new=not known)
            cast, own = casts[id], claims[id]
            named = Named(cast.as_row(own), identities.who)
            self._write_cast(id, named, own)
            before = len(old.proposals) + len(old.metrics)
            found = write_findings(self.rows, id, each, named, old)
            proposals |= zip(found.proposals, (one.text.pieces for one in each.proposals), strict=True)
            metrics |= zip(found.metrics, (one.text.pieces for one in each.metrics), strict=True)
            removed = len(old.proposals) + len(old.metrics)  # whose ids nobody took over
            kept = before - removed
            changes = Changes(kept, len(found.proposals) + len(found.metrics) - kept, removed)
            counts = _counted(found, cast, own, identities.who)
            self.written[each.sha256] = (
                Saved(Outcome.REPLACED, id, counts, changes) if known else Saved(Outcome.NEW, id, counts)
            )
        self.rows.write()
        unlinked = identities.apply(casts)
        remove_unmentioned(self.session, {id for each in former.values() for id in each.actors})
        others = frozenset[int]().union(*(each.unlinked for each in former.values()))
        link(self.session, unlinked | Unlinked(frozenset(proposals), others))
        self._connect(drafts, {Listed.PROPOSAL: proposals, Listed.METRIC: metrics}, former)

    def _write_cast(self, id: int, named: Named, claims: Iterable[int]) -> None:
        self.rows.add(ArticleCast, article_id=id, said=named.said)
        for claim in {claim for claim in claims if claim > 0}:
            self.rows.add(ArticleClaim, claim_id=claim, article_id=id)

    def _remove_former(self, articles: Sequence[int]) -> dict[int, Former]:
        if articles:
            # Some of the new rows take numbers over, and actors that go leave theirs to nobody in the batch.
            self.rows.keep_numbers(Proposal, Metric, Actor, Claim)
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
        """Find the articles of the same text as those that are written, and list what these say."""
        ids = [self.written[each.sha256].article_id for each in drafts]
        new = set(ids).difference(former)
        link_articles(self.session, new, free_articles(self.session, former.keys()))
        postings.put_in(self.session, ids, pieces)


def _is_current(each: Draft, stored: Mapping[str, Stored]) -> bool:
    known = stored.get(each.sha256)
    is_from_outside = each.article_id is None
    return is_from_outside and known is not None and known.version == each.extraction.version


def _require_stored(drafts: Sequence[Draft], stored: Mapping[str, Stored]) -> None:
    """Or one that was deleted while it was extracted would come back."""
    for each in drafts:
        if each.article_id is not None and each.sha256 not in stored:
            raise NotFoundError("article", each.article_id)


def _counted(found: Written, cast: Cast, claims: Sequence[int], who: Mapping[int, int]) -> Counts:
    """How much is found; of people and institutions those that are mentioned by a name."""
    kinds = {
        who[claims[mention.of]]: kind
        for mention in cast.mentions
        if (kind := cast.claims[mention.of].kind) is not ActorKind.REGION
    }
    named = Counter(kinds.values())
    return Counts(
        len(found.proposals), named[ActorKind.PERSON], named[ActorKind.INSTITUTION], len(found.metrics)
    )
