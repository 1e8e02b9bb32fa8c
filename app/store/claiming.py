"""Makes claims of what an older version stored, which kept only whom it had taken everybody for.

So all stay who they are until something new is said of their names; what their articles themselves said is
known again once they are extracted anew.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from app.store.chunks import chunks
from app.store.claims import Claim, Held
from app.store.names import key_of
from app.store.places import Places
from app.store.rows import Rows
from app.tables import (
    Actor,
    ActorMention,
    ArticleCast,
    ArticleClaim,
    DataVersion,
    MergedArticle,
    MetricRegion,
    Position,
    Proposal,
    ProposalRegion,
    ProposalSpeaker,
)
from app.tables import Claim as ClaimRow
from app.tables import Metric as MetricRow
from app.vocabulary import ActorKind

VERSION = "1"
"""To be raised when other claims are made of the same rows."""

CHUNK = 500
"""Articles whose rows are held in memory at once."""


def are_claimed(session: Session) -> bool:
    """Whether there are claims of all articles."""
    made = session.get(DataVersion, "claims")
    return made is not None and made.version == VERSION


def claim_all(session: Session) -> None:
    """Make the claims of all articles that have none, and note that they are there; the caller commits."""
    has_cast = select(col(ArticleCast.article_id))
    named = select(col(ActorMention.article_id)).union(select(col(Proposal.article_id))).subquery()
    wanted = select(named.c.article_id).where(named.c.article_id.not_in(has_cast))
    articles = session.execute(wanted).scalars().all()
    claiming = _Claiming(session, Places(session))
    for some in chunks(articles, CHUNK):
        claiming.claim(some)
    session.execute(delete(DataVersion).where(col(DataVersion.part) == "claims"))
    session.add(DataVersion(part="claims", version=VERSION))


@dataclass(slots=True)
class _Article:
    """The rows of one article that name anybody."""

    mentions: list[Any] = field(default_factory=list)
    positions: list[Any] = field(default_factory=list)
    speakers: list[Any] = field(default_factory=list)
    regions: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Claiming:
    session: Session
    places: Places
    known: dict[tuple[int, str], int] = field(default_factory=dict)

    def claim(self, articles: Sequence[int]) -> None:
        """Write what these articles say."""
        rows = Rows(self.session)
        actors = {row.id: row for row in self.session.execute(select(*_columns(Actor)))}
        old = select(col(MergedArticle.article_id), col(MergedArticle.person_id))
        merged: defaultdict[int, list[int]] = defaultdict(list)
        for article, person in self.session.execute(old.where(col(MergedArticle.article_id).in_(articles))):
            merged[article].append(person)
        for id, own in self._rows_of(articles).items():
            self._claim_one(rows, id, own, actors, merged[id])
        rows.write()

    def _claim_one(self, rows: Rows, id: int, own: _Article, actors: Any, merged: list[int]) -> None:
        ids: dict[int, int] = {}
        named = [row.actor_id for row in (*own.mentions, *own.speakers)]
        named += [each for row in own.positions for each in (row.person_id, row.institution_id) if each]
        for actor in dict.fromkeys(named):
            if actors[actor].kind is ActorKind.REGION:
                ids[actor] = -actor
                continue
            # Who was merged stays who they were, the innermost of several.
            was = next((each for each in merged if _leads(actors, each, actor)), actor)
            claim = self._claim_of(own, actor, actors[was], actors)
            ids[actor] = self._id_of(rows, claim, was)
            rows.add(ArticleClaim, claim_id=ids[actor], article_id=id)
        said = {
            "mentions": [(ids[m.actor_id], m.name, span, m.rule) for m in own.mentions for span in m.spans],
            "posts": [
                (
                    ids[p.person_id],
                    ids[p.institution_id] if p.institution_id else None,
                    p.institution_name,
                    p.title,
                    p.spans,
                    p.rule,
                )
                for p in own.positions
            ],
            "voices": [(s.ordinal, ids[s.actor_id], s.spans) for s in own.speakers],
        }
        rows.add(ArticleCast, article_id=id, said=said)

    def _claim_of(self, own: _Article, actor: int, was: Any, actors: Any) -> Claim:
        forms = frozenset(row.name for row in own.mentions if row.actor_id == actor)
        if was.kind is ActorKind.INSTITUTION:
            return Claim(was.kind, was.name, was.region_code, forms - {was.name})
        posts = frozenset(
            _held(actors[row.institution_id])
            for row in own.positions
            if row.person_id == actor and row.institution_id
        )
        bodies = {actors[row.actor_id].region_code for row in own.mentions} - {None}
        around = frozenset() if posts else self.places.provinces_of(own.regions | bodies)
        return Claim(was.kind, was.name, None, forms - {was.name, key_of(was.name)}, posts, around)

    def _id_of(self, rows: Rows, claim: Claim, actor: int) -> int:
        content = (actor, f"{claim.name} {claim.said}")
        if content not in self.known:
            id = self.known[content] = rows.number(ClaimRow)
            values = {"kind": claim.kind, "key": claim.key, "name": claim.name, "said": claim.said}
            rows.add(ClaimRow, id=id, actor_id=actor, **values)
        return self.known[content]

    def _rows_of(self, articles: Sequence[int]) -> dict[int, _Article]:
        found = {id: _Article() for id in articles}
        for row in self.session.execute(_of(ActorMention, articles)):
            found[row.article_id].mentions.append(row)
        for row in self.session.execute(_of(Position, articles).order_by(col(Position.id))):
            found[row.article_id].positions.append(row)
        spoke = (
            select(col(Proposal.article_id), col(Proposal.ordinal), *_columns(ProposalSpeaker)[1:2])
            .add_columns(col(ProposalSpeaker.spans))
            .join(ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Proposal.id)
            .where(col(Proposal.article_id).in_(articles))
            .order_by(col(Proposal.id), col(ProposalSpeaker.ordinal))
        )
        for row in self.session.execute(spoke):
            found[row.article_id].speakers.append(row)
        for table, link in ((Proposal, ProposalRegion.proposal_id), (MetricRow, MetricRegion.metric_id)):
            code = col(ProposalRegion.region_code if table is Proposal else MetricRegion.region_code)
            told = select(col(table.article_id), code).join(table, col(table.id) == link)
            for id, region in self.session.execute(told.where(col(table.article_id).in_(articles))):
                found[id].regions.add(region)
        return found


def _columns(table: Any) -> list[Any]:
    return list(table.__table__.columns)


def _of(table: Any, articles: Sequence[int]) -> Any:
    return select(*_columns(table)).where(col(table.article_id).in_(articles))


def _leads(actors: Any, one: int, other: int) -> bool:
    """Whether somebody was merged into the other."""
    while (one := actors[one].merged_into) is not None:
        if one == other:
            return True
    return False


def _held(actor: Any) -> Held:
    return ("" if actor.kind is ActorKind.REGION else key_of(actor.name), actor.region_code)
