"""Keeps the postings that lists are read from; see `app.tables.postings`.

Whoever changes what rows of an article say calls `take_out` before and `put_in` after, in one transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Insert,
    Integer,
    Null,
    Select,
    String,
    and_,
    bindparam,
    cast,
    delete,
    extract,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    union,
    union_all,
    update,
)
from sqlmodel import Session, SQLModel, col

from app.database import make_roomy
from app.store import pairs, pieces
from app.store.chunks import chunks
from app.store.days import Ordinal
from app.store.rows import insert_values
from app.tables import (
    Actor,
    ActorMention,
    Article,
    DataVersion,
    Metric,
    MetricRegion,
    MetricTheme,
    Position,
    Posting,
    PostingList,
    PostingPair,
    Proposal,
    ProposalRegion,
    ProposalSpeaker,
    ProposalTheme,
    RegionAncestor,
)
from app.tables.postings import DAY, IDS, PIECES, Facet, Listed, key_of, list_ids
from app.vocabulary import ActorKind

_POSTING = SQLModel.metadata.tables["posting"]
_LIST = SQLModel.metadata.tables["posting_list"]

VERSION = "2"
"""To be raised when other postings, or other pieces of texts, are made of the same rows."""

CHUNK = 500
"""Articles whose texts are held in memory at once."""

Value = tuple[Listed, Facet, str]
Values = dict[Value, set[int]]
"""The keys of all rows that have a value."""


Pieces = Mapping[Listed, Mapping[int, str]]
"""The joined pieces of texts, by the ids of their rows."""


def put_in(session: Session, articles: Collection[int], made: Pieces | None = None) -> None:
    """Make the postings of all that these articles say; there must be none of it yet.

    `made` are the pieces of all their texts, where they were made already.
    """
    session.flush()
    values = _values(session, articles)
    if not values:
        return
    lists = _lists_for(session, values)
    rows = sorted((lists[value], key) for value, keys in values.items() for key in keys)
    insert_values(session.connection(), _POSTING.name, ("list_id", "key"), rows)
    pairs.put_in(session, _paired_lists(values, lists))
    for of in PIECES:
        own = _pieces(session, of, articles) if made is None else _by_key(values, of, made[of])
        pieces.put_in(session, of, own)


def take_out(session: Session, articles: Collection[int]) -> None:
    """Remove the postings of all that these articles say."""
    session.flush()
    for of in PIECES:
        pieces.take_out(session, of, _pieces(session, of, articles))
    for of in Listed:
        rows = session.execute(_KEYS[of].where(col(Article.id).in_(articles)))
        keys = [key_of(day, id) for _, day, id in rows]
        wanted = and_(col(Posting.key).in_(keys), _is_of(of))
        pairs.take_out(session, of, wanted)
        _remove(session, wanted)


def make_anew(session: Session) -> None:
    """Make all postings anew and note that they are of this VERSION; the caller commits."""
    make_roomy(session.connection())
    for model in (Posting, PostingList, PostingPair):
        session.execute(delete(model))
    pieces.clear(session)
    _fill_sorted(session)
    articles: Sequence[Any] = session.scalars(select(col(Article.id))).all()
    for some in chunks(articles, CHUNK):
        for of in PIECES:
            pieces.put_in(session, of, _pieces(session, of, some))
    session.merge(DataVersion(part="postings", version=VERSION))


def _fill_sorted(session: Session) -> None:
    """All postings by the database itself and in their order: one by one, a million take an hour."""
    by_key = next(index for index in _POSTING.indexes if index.columns.keys()[0] == "key")
    by_key.drop(session.connection())
    for of in Listed:
        for facet in Facet:
            for statement in _filling(of, facet):
                session.connection().execute(statement)
    by_key.create(session.connection())
    pairs.fill(session)


@cache
def _filling(of: Listed, facet: Facet) -> tuple[Insert, ...]:
    """What makes the lists of a facet and then their postings; nothing where rows of that kind have none."""
    sources = [each[2] for each in _SOURCES if each[:2] == (of, facet)]
    if not sources:
        return ()
    entries = union(*map(_as_entries, sources)).subquery()
    value = entries.c.value
    counted = select(value, func.count().label("count")).where(value.is_not(None)).group_by(value).subquery()
    number = list_ids(of, facet).start - 1 + func.row_number().over(order_by=counted.c.value)
    lists = select(number, literal(of.value), literal(facet.value), counted.c.value, counted.c.count)
    is_theirs = and_(_LIST.c.of == of.value, _LIST.c.facet == facet.value, _LIST.c.value == value)
    postings = select(_LIST.c.id, entries.c.key).join(entries, is_theirs)
    return (
        insert(_LIST).from_select(["id", "of", "facet", "value", "count"], lists),
        insert(_POSTING).from_select(["list_id", "key"], postings.order_by(_LIST.c.id, entries.c.key)),
    )


def _as_entries(statement: Select[Any]) -> Select[Any]:
    """What a source selects as the database makes `value` and `key` of it; see `key_of`."""
    value, day, id = statement.selected_columns
    number = literal(0, BigInteger()) if isinstance(day, Null) else func.coalesce(Ordinal(day), 0)
    key = number.op("<<")(literal(DAY, Integer())).op("|")(id)
    return statement.with_only_columns(cast(value, String).label("value"), key.label("key")).distinct()


def are_made(session: Session) -> bool:
    """Whether the postings are those of this VERSION."""
    made = session.get(DataVersion, "postings")
    return made is not None and made.version == VERSION


def _remove(session: Session, wanted: Any) -> None:
    counts = select(col(Posting.list_id), func.count()).where(wanted).group_by(col(Posting.list_id))
    gone = {list_id: -count for list_id, count in session.execute(counts)}
    if not gone:
        return
    _raise(session, gone)
    session.execute(delete(Posting).where(wanted))
    session.execute(delete(PostingList).where(col(PostingList.id).in_(gone), col(PostingList.count) == 0))


def _is_of(of: Listed) -> Any:
    ids = [list_ids(of, facet) for facet in Facet]
    return col(Posting.list_id).between(ids[0].start, ids[-1].stop - 1)


def _lists_for(session: Session, values: Values) -> dict[Value, int]:
    """The id of the list of each value, its count raised by the keys that it gets."""
    wanted: dict[str, list[str]] = {name: [] for name in _LISTED}
    for of, facet, value in values:
        wanted[_name(of, facet)].append(value)
    lists: dict[Value, int] = {}
    for name, value, id in session.connection().execute(_KNOWN, wanted).all():
        lists[*_LISTED[name], value] = id
    new = sorted(values.keys() - lists.keys())
    if new:
        lists |= _new_lists(session, new)
    _raise(session, {id: len(values[value]) for value, id in lists.items()})
    return lists


def _new_lists(session: Session, new: Sequence[Value]) -> dict[Value, int]:
    """Lists of none of the rows, which `_raise` counts with those of all others."""
    last = {_LISTED[name]: id for name, id in session.connection().execute(_LAST).all()}
    lists: dict[Value, int] = {}
    for of, facet, value in new:
        used = last[of, facet]
        last[of, facet] = lists[of, facet, value] = list_ids(of, facet).start if used is None else used + 1
    rows = [(id, *value, 0) for value, id in lists.items()]
    insert_values(session.connection(), "posting_list", ("id", '"of"', "facet", "value", "count"), rows)
    return lists


def _raise(session: Session, counts: Mapping[int, int]) -> None:
    """Add to the counts of lists by their ids."""
    if counts:
        raised = update(PostingList).where(col(PostingList.id) == bindparam("at"))
        values = raised.values(count=col(PostingList.count) + bindparam("more"))
        session.connection().execute(values, [{"at": id, "more": more} for id, more in counts.items()])


def _paired_lists(values: Values, lists: Mapping[Value, int]) -> Collection[Sequence[int]]:
    """The lists whose pairs are counted that each row is in, in order."""
    found: defaultdict[tuple[Listed, int], list[int]] = defaultdict(list)
    for (of, facet, value), keys in values.items():
        if facet in pairs.COUNTED:
            for key in keys:
                found[of, key].append(lists[of, facet, value])
    return [sorted(own) for own in found.values()]


# --- what is listed


def _values(session: Session, articles: Collection[int]) -> Values:
    values: Values = defaultdict(set)
    # By the connection, as the session would make rows of its own of all that it fetches.
    rows = session.connection().execute(_VALUES, {"articles": list(articles)}).all()
    for place, value, day, id in rows:
        if value is not None:
            of, facet, _ = _SOURCES[place]
            values[of, facet, value].add(key_of(day, id))
    return values


def _pieces(session: Session, of: Listed, articles: Collection[int]) -> dict[int, str]:
    """The joined pieces of search texts by the keys of their rows."""
    rows = session.execute(_TEXTS[of].where(col(Article.id).in_(articles)))
    return {key_of(day, id): pieces.joined(text) for text, day, id in rows}


def _by_key(values: Values, of: Listed, by_id: Mapping[int, str]) -> dict[int, str]:
    return {key: by_id[key & IDS] for key in values.get((of, Facet.ALL, ""), ())}


# Each selects a value, a day and an id.


def _of_proposals(value: Any) -> Select[Any]:
    return select(value, col(Article.published_on), col(Proposal.id)).join_from(Article, Proposal)


def _of_metrics(value: Any) -> Select[Any]:
    # Without a day: metrics are listed by id.
    return select(value, null(), col(Metric.id)).join_from(Article, Metric)


def _of_articles(value: Any) -> Select[Any]:
    return select(value, col(Article.published_on), col(Article.id)).select_from(Article)


def _with_region(statement: Select[Any], code: Any) -> Select[Any]:
    """A region counts for all around it."""
    return statement.join(RegionAncestor, col(RegionAncestor.region_code) == code)


def _spoken(value: Any) -> Select[Any]:
    return _of_proposals(value).join(ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Proposal.id)


def _speaking(value: Any) -> Select[Any]:
    """Of actors that speak."""
    return _spoken(value).join(Actor, col(Actor.id) == ProposalSpeaker.actor_id)


def _held(value: Any) -> Select[Any]:
    """Of actors where a speaker holds a post in the same article."""
    held = and_(
        col(Position.person_id) == ProposalSpeaker.actor_id, col(Position.article_id) == Proposal.article_id
    )
    return _spoken(value).join(Position, held).join(Actor, col(Actor.id) == Position.institution_id)


_ALL, _YEAR = literal(""), extract("year", col(Article.published_on))
_AROUND = col(RegionAncestor.ancestor_code)
_IS_BODY = col(Actor.kind) == ActorKind.INSTITUTION

_SOURCES: Sequence[tuple[Listed, Facet, Select[Any]]] = (
    (Listed.PROPOSAL, Facet.ALL, _of_proposals(_ALL)),
    (Listed.PROPOSAL, Facet.THEME, _of_proposals(col(ProposalTheme.theme_code)).join(ProposalTheme)),
    (
        Listed.PROPOSAL,
        Facet.REGION,
        _with_region(_of_proposals(_AROUND).join(ProposalRegion), ProposalRegion.region_code),
    ),
    (Listed.PROPOSAL, Facet.SPEAKER, _spoken(col(ProposalSpeaker.actor_id))),
    (Listed.PROPOSAL, Facet.SPEAKER_REGION, _with_region(_speaking(_AROUND), Actor.region_code)),
    (Listed.PROPOSAL, Facet.SPEAKER_REGION, _with_region(_held(_AROUND), Actor.region_code)),
    (Listed.PROPOSAL, Facet.INSTITUTION, _speaking(col(Actor.id)).where(_IS_BODY)),
    (Listed.PROPOSAL, Facet.INSTITUTION, _held(col(Actor.id))),
    (Listed.PROPOSAL, Facet.KIND, _of_proposals(col(Proposal.kind))),
    (Listed.PROPOSAL, Facet.YEAR, _of_proposals(_YEAR)),
    (Listed.PROPOSAL, Facet.SOURCE, _of_proposals(col(Article.source))),
    (Listed.METRIC, Facet.ALL, _of_metrics(_ALL)),
    (Listed.METRIC, Facet.THEME, _of_metrics(col(MetricTheme.theme_code)).join(MetricTheme)),
    (
        Listed.METRIC,
        Facet.REGION,
        _with_region(_of_metrics(_AROUND).join(MetricRegion), MetricRegion.region_code),
    ),
    (
        Listed.METRIC,
        Facet.SPEAKER,
        _of_metrics(col(ProposalSpeaker.actor_id)).join(
            ProposalSpeaker, col(ProposalSpeaker.proposal_id) == Metric.proposal_id
        ),
    ),
    (Listed.METRIC, Facet.UNIT, _of_metrics(col(Metric.unit))),
    (Listed.METRIC, Facet.YEAR, _of_metrics(_YEAR)),
    (Listed.METRIC, Facet.SOURCE, _of_metrics(col(Article.source))),
    (Listed.ARTICLE, Facet.ALL, _of_articles(_ALL)),
    (Listed.ARTICLE, Facet.YEAR, _of_articles(_YEAR)),
    (Listed.ARTICLE, Facet.SOURCE, _of_articles(col(Article.source))),
    (Listed.ARTICLE, Facet.MENTIONED, _of_articles(col(ActorMention.actor_id)).join(ActorMention)),
)
_TEXTS = {
    Listed.PROPOSAL: _of_proposals(col(Proposal.search_text)),
    Listed.METRIC: _of_metrics(col(Metric.search_text)),
}
_KEYS = {of: statement for of, facet, statement in _SOURCES if facet is Facet.ALL}


# Asked with every batch of articles, so each as one statement.


def _name(of: Listed, facet: Facet) -> str:
    return f"{of.value}_{facet.value}"


def _placed(place: int, statement: Select[Any]) -> Select[Any]:
    """What a source selects of some articles, with the place of the source and its values as texts."""
    value, day, id = statement.selected_columns
    dated = cast(day, Date) if isinstance(day, Null) else day
    own = statement.with_only_columns(literal_column(str(place)), cast(value, String), dated, id)
    return own.where(col(Article.id).in_(bindparam("articles", expanding=True)))


def _known(name: str, of: Listed, facet: Facet) -> Any:
    # SQLite looks rows of several columns up one by one only where the first are given.
    return select(literal_column(f"'{name}'"), col(PostingList.value), col(PostingList.id)).where(
        col(PostingList.of) == of.value,
        col(PostingList.facet) == facet.value,
        col(PostingList.value).in_(bindparam(name, expanding=True)),
    )


def _last(name: str, ids: range) -> Any:
    last: Any = select(literal_column(f"'{name}'"), func.max(PostingList.id))
    return last.where(col(PostingList.id).between(ids.start, ids.stop - 1))


_LISTED = {_name(of, facet): (of, facet) for of, facet, _ in _SOURCES}
_VALUES = union_all(*(_placed(place, each[2]) for place, each in enumerate(_SOURCES)))
_KNOWN = union_all(*(_known(name, *of) for name, of in _LISTED.items()))
_LAST = union_all(*(_last(name, list_ids(*of)) for name, of in _LISTED.items()))
