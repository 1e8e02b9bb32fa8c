"""The same proposal by the same speaker in several articles, and articles of the same text: all point to the
earliest."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, case, delete, func, literal, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from app.language.bands import bands, letters, mixed_with
from app.store.rows import Rows
from app.tables import Article, ArticleBand, DataVersion, Proposal, ProposalBand, ProposalSpeaker

ALIKE = 0.9
"""From which share of common character pairs two texts are the same: of all pairs of two proposals, of the
pairs of either of two articles, which have heads and credits of their own."""

PROPOSAL_BANDS, ARTICLE_BANDS = 6, 10
"""How many bands a text has; the more, the fewer like ones are missed."""

MOST = 4
"""Texts of a band that all others of it are compared with, those of least rank: the others are reports of the
same. As ranks are as good as drawn by lot, few of thousands ever come to be among them."""

BESIDE = 0.5
"""From which share of common pairs two proposals of one article may have been reported as one elsewhere."""

OWN = 24
"""Bits of a proposal's rank below those that it has in common with others of its words."""

MOST_AT_ONCE = 5000
"""Texts that are linked together; a statement takes some ten thousand values."""

VERSION = "2"
"""To be raised when other bands are made of the same texts."""

CHUNK = 500
"""Rows whose texts are held in memory at once."""


Like = Mapping[int, Collection[int]]
"""The ids of those that each is compared with, by its id."""


def digest_of(text: str) -> str:
    """The hash by which a proposal is found again whatever its punctuation and character forms."""
    return hashlib.sha256(letters(text).encode()).hexdigest()


def similarity(one: str, other: str) -> float:
    """Common character pairs among all of two texts, punctuation left out: 0 for none, 1 for the same."""
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(letters(text)))


def rank_of(sha256: str, ordinal: int = 0, digest: str | None = None) -> int:
    """A number of 60 bits for what is the so manieth of an article of that hash, whenever it came in.

    With the digest of a proposal those of the same words follow each other: the upper bits are theirs.
    """
    if digest is None:
        return int(sha256[:15], 16)
    return int(digest[:9], 16) << OWN | (int(sha256[:6], 16) + ordinal) % (1 << OWN)


@dataclass(frozen=True)  # without slots, for what is cached
class _Report:
    """A proposal or an article that may be the same as others; `points_to` is the id of the earliest one."""

    id: int
    article_id: int
    sha256: str
    ordinal: int
    day: date | None
    digest: str
    text: str
    points_to: int | None

    @cached_property
    def pairs(self) -> set[tuple[str, str]]:
        return _pairs(self.text)

    @property
    def age(self) -> tuple[bool, date, str, int]:
        """By date, the undated last; of one day's it is the same whichever came first to us."""
        return self.day is None, self.day or date.max, self.sha256, self.ordinal


@dataclass(frozen=True, slots=True)
class _Kind:
    """What reports are rows of, and how they point to the earliest.

    `least` is the share of common pairs among all from which two are the same, `shared` the number of bands
    that such two share at least.
    """

    table: type[SQLModel]
    bands: type[SQLModel]
    id_name: str
    article_name: str
    pointer: str
    reports: Any
    least: float
    shared: int

    def column(self, name: str) -> Any:
        return getattr(self.table, name)


_PROPOSALS = _Kind(
    Proposal,
    ProposalBand,
    "proposal_id",
    "article_id",
    "duplicate_of",
    select(
        col(Proposal.id),
        col(Proposal.article_id),
        col(Article.sha256),
        col(Proposal.ordinal),
        col(Proposal.published_on),
        col(Proposal.digest),
        col(Proposal.text),
        col(Proposal.duplicate_of),
    ).join(Article, col(Article.id) == Proposal.article_id),
    ALIKE,
    1,
)
_ARTICLES = _Kind(
    Article,
    ArticleBand,
    "article_id",
    "id",
    "same_text_as",
    select(
        col(Article.id),
        col(Article.id),
        col(Article.sha256),
        literal(0),
        col(Article.published_on),
        col(Article.sha256),
        col(Article.text),
        col(Article.same_text_as),
    ),
    ALIKE / (2 - ALIKE),  # 90 % of the pairs of either, as a share of all
    2,
)


def link(session: Session, proposals: Collection[int]) -> None:
    """Point these proposals, whose bands must be stored, and those that are the same to the earliest."""
    _link(session, _PROPOSALS, proposals)


def link_articles(session: Session, articles: Collection[int]) -> None:
    """Point these articles, whose bands must be stored, and those of the same text to the earliest."""
    _link(session, _ARTICLES, articles)


def add_bands(rows: Rows, proposal: int, rank: int, own: Sequence[int], speakers: Iterable[int]) -> None:
    """Make a proposal findable for what else its speakers say."""
    found = {mixed_with(band, speaker) for speaker in speakers for band in own}
    for band in found:
        rows.add(ProposalBand, band=band, rank=rank, proposal_id=proposal)


def add_article_bands(rows: Rows, article: int, sha256: str, own: Iterable[int]) -> None:
    """Make an article findable for others of its text."""
    for band in set(own):
        rows.add(ArticleBand, band=band, rank=rank_of(sha256), article_id=article)


def free(session: Session, proposals: Collection[int]) -> set[int]:
    """Let stored proposals whose speakers will be others no more be the same as any; all that are to be
    linked anew once they have their new bands."""
    return _free(session, _PROPOSALS, proposals)


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


def are_banded(session: Session) -> bool:
    """Whether all bands are those of this VERSION."""
    made = session.get(DataVersion, "bands")
    return made is not None and made.version == VERSION


def band_all(session: Session) -> None:
    """Make all bands anew and note that they are of this VERSION; the caller commits."""
    session.execute(delete(ArticleBand))
    proposals = session.execute(select(col(Proposal.id)).order_by(col(Proposal.id))).scalars().all()
    for start in range(0, len(proposals), CHUNK):
        band_anew(session, proposals[start : start + CHUNK])
    articles = session.execute(select(col(Article.id)).order_by(col(Article.id))).scalars().all()
    for start in range(0, len(articles), CHUNK):
        _band_articles(session, articles[start : start + CHUNK])
    session.merge(DataVersion(part="bands", version=VERSION))


def _band_articles(session: Session, articles: Collection[int]) -> None:
    rows = Rows(session)
    texts = select(col(Article.id), col(Article.sha256), col(Article.text))
    for id, sha256, text in session.execute(texts.where(col(Article.id).in_(articles))):
        add_article_bands(rows, id, sha256, bands(text, ARTICLE_BANDS))
    rows.write()


def unlink(session: Session, articles: Collection[int]) -> set[int]:
    """Free articles from those of the same text, to be linked again: their ids and those that point there."""
    own = select(col(Article.id)).where(col(Article.same_text_as).in_(articles))
    freed = {*articles, *session.execute(own).scalars()}
    session.execute(update(Article).where(col(Article.id).in_(freed)).values(same_text_as=None))
    return freed


def _link(session: Session, kind: _Kind, ids: Collection[int]) -> None:
    """What comes out is the same in whichever order they came in, so some are gone through again: all that a
    new one now stands for, and families that another proposal beside their earliest one may belong to."""
    todo, represented = {*ids}, set[int]()
    for some in _chunks(ids):
        replaced, others = _represented(session, kind, some, ids)
        todo |= replaced
        represented |= others
    todo |= _free(session, kind, represented)
    done: set[int] = set()
    while todo:
        done |= todo
        like = _with_shared_bands(session, kind, todo)
        todo = _free(session, kind, _link_some(session, kind, like, done) if like else ())


def _chunks(ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), MOST_AT_ONCE):
        yield ordered[start : start + MOST_AT_ONCE]


def _link_some(session: Session, kind: _Kind, like: Like, done: Collection[int]) -> set[int]:
    """The earliest ones of families, but those of `done`, beside which their article says much the same."""
    known = _load(session, kind, {*like, *(other for others in like.values() for other in others)})
    known |= _load(session, kind, {r.points_to for r in known.values() if r.points_to} - known.keys())
    pointers: dict[int, int | None] = {}
    former: list[_Report] = []
    for family in _families(kind, like, known):
        earliest = min(family, key=lambda report: report.age)
        pointers |= {r.id: None if r.article_id == earliest.article_id else earliest.id for r in family}
        former += (r for r in family if r.points_to is None and r.id not in done)
        roots = [r.id for r in family if r.points_to is None and r.id not in like and r is not earliest]
        _move(session, kind, roots, earliest)
    changed = [{"at": id, "to": to} for id, to in pointers.items() if to != known[id].points_to]
    if changed:
        pointed = update(kind.table).where(kind.column("id") == bindparam("at"))
        session.connection().execute(pointed.values({kind.pointer: bindparam("to")}), changed)
    return set(_beside(session, kind, former))


def _with_shared_bands(session: Session, kind: _Kind, ids: Collection[int]) -> dict[int, set[int]]:
    """For each that shares a band with others the ids of those, as far as they are the first of it."""
    own, other = (aliased(kind.bands) for _ in range(2))
    own_id, other_id = (getattr(each, kind.id_name) for each in (own, other))
    own_band, other_band = (getattr(each, "band") for each in (own, other))  # noqa: B009
    pairs = (
        select(own_id, other_id)
        .join(other, other_band == own_band)
        .where(other_id != own_id, other_id.in_(_first_of(kind, own_band, own)))
        .group_by(own_id, other_id)
        .having(func.count() >= kind.shared)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for some in _chunks(ids):
        for one, another in session.connection().execute(pairs.where(own_id.in_(some))).all():
            found[one].add(another)
    return found


def _represented(
    session: Session, kind: _Kind, some: Sequence[int], ids: Collection[int]
) -> tuple[set[int], set[int]]:
    """Those that were among the first of bands before some of these came; and all others of such bands, where
    the first say something else now."""
    own: Any = aliased(kind.bands)
    last = _first_of(kind, own.band, own, column="rank").limit(1).offset(MOST - 1).scalar_subquery()
    entered = select(own.band).where(getattr(own, kind.id_name).in_(some), own.rank <= last).distinct()
    bands = session.connection().execute(entered).scalars().all()
    if not bands:
        return set(), set()
    now, former = _first(session, kind, bands, ()), _first(session, kind, bands, ids)
    replaced: set[int] = set()
    anew: list[int] = []
    for band, before in former.items():
        replaced |= before.keys() - now[band].keys()
        if before.keys() - now[band].keys() and _said(kind, before) != _said(kind, now[band]):
            anew.append(band)
    member: Any = aliased(kind.bands)
    others = select(getattr(member, kind.id_name)).where(member.band.in_(anew))
    represented = set(session.connection().execute(others).scalars()) if anew else set()
    return replaced, represented - set(ids)


def _first(
    session: Session, kind: _Kind, bands: Sequence[int], without: Collection[int]
) -> defaultdict[int, dict[int, int]]:
    """The ranks by their ids of the first of each band, when some are left out."""
    of: Any = kind.bands
    band = select(of.band).where(of.band.in_(bands)).distinct().subquery()
    other: Any = aliased(kind.bands)
    id = getattr(other, kind.id_name)
    first = _first_of(kind, band.c.band, band, without)
    rows = select(band.c.band, id, other.rank).join(other, other.band == band.c.band).where(id.in_(first))
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for in_band, member, rank in session.connection().execute(rows).all():
        found[in_band][member] = rank
    return found


def _said(kind: _Kind, first: Mapping[int, int]) -> set[int]:
    return {rank >> OWN if kind is _PROPOSALS else rank for rank in first.values()}


def _free(session: Session, kind: _Kind, ids: Collection[int]) -> set[int]:
    """Let no more point anywhere what is of the families of these; all of them."""
    if not ids:
        return set()
    id, pointer = kind.column("id"), kind.column(kind.pointer)
    roots = set(session.execute(select(func.coalesce(pointer, id)).where(id.in_(ids))).scalars())
    roots |= set(_beside(session, kind, _load(session, kind, roots).values()).values())
    freed = {*ids, *roots, *session.execute(select(id).where(pointer.in_(roots))).scalars()}
    session.connection().execute(
        update(kind.table).where(id.in_(freed), pointer.is_not(None)).values({kind.pointer: None})
    )
    return freed


def _beside(session: Session, kind: _Kind, reports: Iterable[_Report]) -> dict[int, int]:
    """Of these the ids of those with a proposal of much the same words in their article that points nowhere
    either, as one of both is the earliest; by each the id of another."""
    wanted: defaultdict[int, list[_Report]] = defaultdict(list)
    for report in reports:
        wanted[report.article_id].append(report)
    if kind is not _PROPOSALS or not wanted:
        return {}
    own = kind.reports.where(col(Proposal.article_id).in_(wanted), col(Proposal.duplicate_of).is_(None))
    others = [_Report(*row) for row in session.connection().execute(own).all()]
    return {
        one.id: other.id
        for other in others
        for one in wanted[other.article_id]
        if one.id != other.id and _share(one, other) >= BESIDE
    }


def _first_of(
    kind: _Kind, band: Any, own: Any, without: Collection[int] = (), column: str | None = None
) -> Any:
    """The ids of the first of a band, by rank; or another column of theirs."""
    first: Any = aliased(kind.bands)
    id = getattr(first, kind.id_name)
    found = getattr(first, column) if column else id
    ordered = select(found).where(first.band == band).order_by(first.rank, id).limit(MOST)
    return (ordered.where(id.not_in(without)) if without else ordered).correlate(own)


def _load(session: Session, kind: _Kind, ids: Collection[int]) -> dict[int, _Report]:
    found: dict[int, _Report] = {}
    for some in _chunks(ids):
        rows = session.connection().execute(kind.reports.where(kind.column("id").in_(some))).all()
        found |= {row[0]: _Report(*row) for row in rows}
    return found


def _families(
    kind: _Kind, like: Mapping[int, Iterable[int]], known: Mapping[int, _Report]
) -> Iterable[Sequence[_Report]]:
    """Those that are the same, however many steps away."""
    parents: dict[int, int] = {}

    def root(id: int) -> int:
        while id in parents:
            id = parents[id]
        return id

    def join(one: int, other: int) -> None:
        if root(one) != root(other):
            parents[root(one)] = root(other)

    for report in known.values():
        if report.points_to is not None:
            join(report.id, report.points_to)
    for id, others in like.items():
        for other in others:
            if root(id) != root(other) and _are_same(kind, known[id], known[other]):
                join(id, other)
    families: defaultdict[int, list[_Report]] = defaultdict(list)
    for id, report in known.items():
        families[root(id)].append(report)
    return [family for family in families.values() if len(family) > 1]


def _are_same(kind: _Kind, one: _Report, other: _Report) -> bool:
    if one.article_id == other.article_id:
        return False
    if one.digest == other.digest:
        return True
    common = len(one.pairs & other.pairs)
    return 0 < kind.least * (len(one.pairs) + len(other.pairs) - common) <= common


def _share(one: _Report, other: _Report) -> float:
    common = len(one.pairs & other.pairs)
    return common / ((len(one.pairs) + len(other.pairs) - common) or 1)


def _move(session: Session, kind: _Kind, roots: Sequence[int], earliest: _Report) -> None:
    """Point all that points to former roots to the one that turned out to be earlier."""
    if roots:
        is_beside = kind.column(kind.article_name) == earliest.article_id
        moved = update(kind.table).where(kind.column(kind.pointer).in_(roots))
        target = case((is_beside, None), else_=earliest.id)
        session.connection().execute(moved.values({kind.pointer: target}))
