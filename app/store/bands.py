"""The bands by which reports that may be the same are found without comparing all; see `app.language.bands`.

Each of a band is compared with the first of it by rank alone: the others are reports of the same. As ranks
are as good as drawn by lot, few of thousands ever come to be among the first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.language.bands import bands, mixed_with
from app.store.chunks import chunks
from app.store.reports import ARTICLES, PROPOSALS, ReportKind
from app.store.rows import Rows
from app.tables import Article, ArticleBand, Proposal, ProposalBand, ProposalSpeaker

PROPOSAL_BANDS, ARTICLE_BANDS = 6, 10
"""How many bands a text has; the more, the fewer like ones are missed."""

MOST = 4
"""How many of a band are the first."""

OWN = 24
"""Bits of a proposal's rank below those that it has in common with others of its words."""

Ranks = dict[int, int]
"""The ranks of all of a band by their ids, the least first."""

CHUNK = 500
"""Rows whose texts are held in memory at once."""


def rank_of(sha256: str, ordinal: int = 0, digest: str | None = None) -> int:
    """A number of 60 bits for what is the so manieth of an article of that hash, whenever it came in.

    With the digest of a proposal those of the same words follow each other: the upper bits are theirs.
    """
    if digest is None:
        return int(sha256[:15], 16)
    return int(digest[:9], 16) << OWN | (int(sha256[:6], 16) + ordinal) % (1 << OWN)


def add_bands(rows: Rows, proposal: int, rank: int, own: Sequence[int], speakers: Iterable[int]) -> None:
    """Make a proposal findable for what else its speakers say."""
    found = {mixed_with(band, speaker) for speaker in speakers for band in own}
    for band in found:
        rows.add(ProposalBand, band=band, rank=rank, proposal_id=proposal)


def add_article_bands(rows: Rows, article: int, sha256: str, own: Iterable[int]) -> None:
    """Make an article findable for others of its text."""
    for band in set(own):
        rows.add(ArticleBand, band=band, rank=rank_of(sha256), article_id=article)


def band_anew(session: Session, proposals: Collection[int]) -> None:
    """Make the bands of stored proposals again, whose speakers are others now."""
    session.execute(delete(ProposalBand).where(col(ProposalBand.proposal_id).in_(proposals)))
    speakers: defaultdict[int, list[int]] = defaultdict(list)
    spoke = select(col(ProposalSpeaker.proposal_id), col(ProposalSpeaker.actor_id))
    for proposal, actor in session.execute(spoke.where(col(ProposalSpeaker.proposal_id).in_(proposals))):
        speakers[proposal].append(actor)
    rows = Rows(session)
    columns = (
        *(col(Proposal.id), col(Proposal.text)),
        *(col(Article.sha256), col(Proposal.ordinal), col(Proposal.digest)),
    )
    texts = select(*columns).join(Article, col(Article.id) == Proposal.article_id)
    for id, text, *place in session.execute(texts.where(col(Proposal.id).in_(proposals))):
        add_bands(rows, id, rank_of(*place), bands(text, PROPOSAL_BANDS), speakers[id])
    rows.write()


def make_all(session: Session) -> None:
    """Make all bands anew."""
    session.execute(delete(ArticleBand))
    for some in chunks(session.scalars(select(PROPOSALS.id)).all(), CHUNK):
        band_anew(session, some)
    for some in chunks(session.scalars(select(ARTICLES.id)).all(), CHUNK):
        _band_articles(session, some)


def _band_articles(session: Session, articles: Collection[int]) -> None:
    rows = Rows(session)
    texts = select(col(Article.id), col(Article.sha256), col(Article.text))
    for id, sha256, text in session.execute(texts.where(col(Article.id).in_(articles))):
        add_article_bands(rows, id, sha256, bands(text, ARTICLE_BANDS))
    rows.write()


# --- who is compared with whom


def like_ones(session: Session, kind: ReportKind, ids: Collection[int]) -> dict[int, set[int]]:
    """By each of these that shares bands with others the ids of those, where they are the first."""
    own, other = (aliased(kind.bands) for _ in range(2))
    own_id, other_id = (getattr(each, kind.id_name) for each in (own, other))
    own_band, other_band = (getattr(each, "band") for each in (own, other))  # noqa: B009
    first: Any = aliased(kind.bands)
    first_id = getattr(first, kind.id_name)
    firsts = select(first_id).where(first.band == own_band).order_by(first.rank, first_id).limit(MOST)
    pairs = (
        select(own_id, other_id)
        .join(other, other_band == own_band)
        .where(other_id != own_id, other_id.in_(firsts.correlate(own)))
        .group_by(own_id, other_id)
        .having(func.count() >= kind.shared)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for some in chunks(ids):
        for one, another in session.connection().execute(pairs.where(own_id.in_(some))).all():
            found[one].add(another)
    return found


def displaced(session: Session, kind: ReportKind, new: Collection[int]) -> tuple[set[int], set[int]]:
    """Those that are no longer among the first of a band since these are there; and all of such bands, who
    are to be compared with others now.

    But not where two of different articles, who were among the first and still are, say the same as who went
    and who came: through these two all are of one family that are so through the others.
    """
    changed: list[tuple[Ranks, set[int], set[int]]] = []
    for band in _headed_by(session, kind, new):
        before, now = {*islice((id for id in band if id not in new), MOST)}, {*islice(band, MOST)}
        if before - now:
            changed.append((band, before, now))
    articles = _articles_of(session, kind, {id for _, *both in changed for some in both for id in some})
    former, members = set[int](), set[int]()
    for band, before, now in changed:
        said = Counter(words for words, _ in {(band[id] >> OWN, articles[id]) for id in before & now})
        if kind.shared > 1 or any(said[band[id] >> OWN] < 2 for id in before ^ now):
            former |= before - now
            members.update(band)
    return former, members


def promoting(session: Session, kind: ReportKind, gone: Collection[int]) -> set[int]:
    """All of the bands of which others will be among the first when these are gone."""
    return {id for band in _headed_by(session, kind, gone) if len(band) > MOST for id in band}


def _articles_of(session: Session, kind: ReportKind, ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in chunks(ids):
        rows = session.connection().execute(select(kind.id, kind.article).where(kind.id.in_(some)))
        found |= {row.id: row[1] for row in rows}
    return found


def _headed_by(session: Session, kind: ReportKind, ids: Collection[int]) -> Iterator[Ranks]:
    """Each band of at least MOST of which some of these are among the first."""
    own: Any = aliased(kind.bands)
    own_id = getattr(own, kind.id_name)
    ranked: Any = aliased(kind.bands)
    ranks = select(ranked.rank).where(ranked.band == own.band)
    last = ranks.order_by(ranked.rank).limit(1).offset(MOST - 1).correlate(own).scalar_subquery()
    headed = select(own.band).where(own.rank <= last).distinct()
    member: Any = aliased(kind.bands)
    id = getattr(member, kind.id_name)
    for some in chunks(ids):
        bands = session.connection().execute(headed.where(own_id.in_(some))).scalars().all()
        for part in chunks(bands):
            rows = select(member.band, id, member.rank).where(member.band.in_(part))
            found = session.connection().execute(rows.order_by(member.band, member.rank, id)).all()
            for _, band in groupby(found, lambda row: row[0]):
                yield {row[1]: row[2] for row in band}
