"""The findings of one article as rows: written after it, taken out before it is replaced or deleted."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, delete, or_, select

from app.extraction.document import Span, evidence
from app.extraction.findings import Extraction, Institution, Person, Speaker
from app.extraction.findings import Metric as MetricFound
from app.extraction.findings import Proposal as ProposalFound
from app.store import postings
from app.store.duplicates import digest_of, link
from app.store.identities import (
    Surroundings,
    get_or_add_institution,
    get_or_add_person,
    get_or_add_region,
    note_names,
)
from app.store.names import key_of
from app.store.places import provinces_of, region_called
from app.store.rows import insert_row
from app.tables import (
    Actor,
    ActorMention,
    Article,
    Metric,
    MetricRegion,
    MetricTheme,
    Position,
    Proposal,
    ProposalRegion,
    ProposalSpeaker,
    ProposalTheme,
)
from app.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Former:
    """What an article had before its findings were removed.

    `actors` are the ids of all it named; `duplicates` those of proposals elsewhere that pointed to its.
    """

    actors: frozenset[int]
    duplicates: tuple[int, ...]


def write_findings(session: Session, article: Article, extraction: Extraction, former: frozenset[int]) -> int:
    """Store an article that has no findings yet with those of the extraction, which are checked; its id.

    `former` are the actors it named before.
    """
    id = insert_row(session, article)
    writer = _Writer(session, article, id, former, _provinces(session, extraction))
    for institution in extraction.institutions:
        writer.write_institution(institution)
    for person in extraction.people:
        writer.write_person(person)
    proposals = [writer.write_proposal(*each) for each in enumerate(extraction.proposals)]
    for ordinal, metric in enumerate(extraction.metrics):
        writer.write_metric(ordinal, metric, proposals)
    writer.write_mentions()
    link(session, proposals)
    postings.put_in(session, [id])
    return id


def remove_findings(session: Session, article_id: int | None) -> Former:
    """Take all findings of an article out; nothing for one that is not stored yet."""
    if article_id is None:
        return Former(frozenset(), ())
    own = select(Proposal.id).where(Proposal.article_id == article_id)
    pointing = select(Proposal.id).where(
        col(Proposal.duplicate_of).in_(own), Proposal.article_id != article_id
    )
    postings.take_out(session, [article_id])
    former = Former(_actors_of(session, article_id), tuple(id for id in session.exec(pointing) if id))
    for table in (Metric, Proposal, Position, ActorMention):
        session.exec(delete(table).where(col(table.article_id) == article_id))
    session.expire_all()  # the database itself has cleared what pointed to the removed rows
    return former


def remove_unmentioned(session: Session, actors: Collection[int]) -> None:
    """Remove those of the actors that no article names any more."""
    for actor in session.exec(select(Actor).where(col(Actor.id).in_(actors))).all():
        if actor.id is not None and not _is_named(session, actor.id):
            session.delete(actor)
    session.flush()


def relink(session: Session, duplicates: Collection[int]) -> None:
    """Find the earliest proposal anew for those whose earliest one was removed."""
    link(session, session.exec(select(Proposal).where(col(Proposal.id).in_(duplicates))).all())


@dataclass(slots=True)
class _Writer:
    """Writes one article's findings and keeps whom each name means there."""

    session: Session
    article: Article
    article_id: int
    former: frozenset[int]
    provinces: frozenset[str]
    institutions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    mentions: defaultdict[tuple[int, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[tuple[int, str], str] = field(default_factory=dict)

    def write_institution(self, found: Institution) -> None:
        actor = get_or_add_institution(self.session, found)
        self.institutions[key_of(found.name)] = actor
        forms = {key_of(form) for form in (found.name, *found.aliases)}
        in_parts = False
        for place in found.mentions:
            stated = self._stated(place)
            # A place may be a part of the name only: the first half of 四川省和重庆市政协, whose second half
            # belongs to it even where it is a form by itself.
            is_form = key_of(stated) in forms and not in_parts
            self._mention(actor, stated if is_form else found.name, place, found.rule)
            in_parts = not is_form and not in_parts

    def write_person(self, found: Person) -> None:
        posts = [self._post_at(position.institution) for position in found.positions]
        held = frozenset(post for post in posts if post is not None)
        actor = get_or_add_person(self.session, found.name, Surroundings(held, self.provinces, self.former))
        self.people.setdefault(key_of(found.name), actor)
        note_names(self.session, actor, [self._stated(place) for place in found.mentions])
        for place in found.mentions:
            self._mention(actor, self._stated(place), place, found.rule)
        for position, institution in zip(found.positions, posts, strict=True):
            row = Position(
                article_id=self.article_id,
                person_id=actor,
                institution_id=institution,
                institution_name=position.institution,
                title=position.title,
                spans=list(position.spans),
                rule=position.rule,
            )
            self.session.add(row)

    def write_proposal(self, ordinal: int, found: ProposalFound) -> Proposal:
        """The row, flushed and with its id."""
        text = evidence(self.article.text, found.spans)
        proposal = Proposal(
            article_id=self.article_id,
            ordinal=ordinal,
            kind=found.kind,
            text=text,
            spans=list(found.spans),
            rule=found.rule,
            form=found.form,
            confidence=found.confidence,
            spillover=found.spillover,
            published_on=self.article.published_on,
            digest=digest_of(text),
        )
        id = insert_row(self.session, proposal)
        self._write_speakers(id, found)
        day = self.article.published_on
        for code in dict.fromkeys(found.themes):
            self.session.add(ProposalTheme(proposal_id=id, theme_code=code, published_on=day))
        for code in dict.fromkeys(found.regions):
            self.session.add(ProposalRegion(proposal_id=id, region_code=code))
        return proposal

    def write_metric(self, ordinal: int, found: MetricFound, proposals: Sequence[Proposal]) -> None:
        metric = Metric(
            article_id=self.article_id,
            ordinal=ordinal,
            span_start=found.span.start,
            span_end=found.span.end,
            text=evidence(self.article.text, [found.span]),
            value=found.value,
            value_max=found.value_max,
            unit=found.unit,
            qualifier=found.qualifier,
            about=found.about,
            rule=found.rule,
            proposal_id=None if found.proposal is None else proposals[found.proposal].id,
            spillover=found.spillover,
        )
        id = insert_row(self.session, metric)
        for code in dict.fromkeys(found.themes):
            self.session.add(MetricTheme(metric_id=id, theme_code=code))
        for code in dict.fromkeys(found.regions):
            self.session.add(MetricRegion(metric_id=id, region_code=code))

    def write_mentions(self) -> None:
        """One row for every actor and form of the name noted so far."""
        for (actor, name), spans in self.mentions.items():
            row = ActorMention(
                article_id=self.article_id,
                actor_id=actor,
                name=name,
                spans=sorted(set(spans)),
                rule=self.rules[actor, name],
            )
            self.session.add(row)
        self.session.flush()

    def _write_speakers(self, proposal_id: int, found: ProposalFound) -> None:
        spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for speaker in found.speakers:
            spans[self._speaker(speaker, found)] += speaker.spans
        for ordinal, (actor, places) in enumerate(spans.items()):
            row = ProposalSpeaker(proposal_id=proposal_id, actor_id=actor, ordinal=ordinal, spans=places)
            self.session.add(row)

    def _speaker(self, speaker: Speaker, found: ProposalFound) -> int:
        known = self.people if speaker.kind is ActorKind.PERSON else self.institutions
        if speaker.kind is not ActorKind.REGION and key_of(speaker.name) in known:
            return known[key_of(speaker.name)]
        actor = self._unlisted_speaker(speaker, found)
        for place in speaker.spans:
            stated = self._stated(place)
            if self._is_name_of(speaker, stated, found):
                self._mention(actor, stated, place, found.rule)
        return actor

    def _is_name_of(self, speaker: Speaker, stated: str, found: ProposalFound) -> bool:
        """Whether a mention is a name and not a word like 两地 or 双方."""
        if key_of(stated) == key_of(speaker.name):
            return True
        if speaker.kind is not ActorKind.REGION:
            return False
        named, meant = (
            region_called(self.session, key_of(each), found.regions) for each in (stated, speaker.name)
        )
        return named is not None and named is meant

    def _unlisted_speaker(self, speaker: Speaker, found: ProposalFound) -> int:
        """The actor for a place, or for a delegation and its like that is no institution of the article."""
        if speaker.kind is ActorKind.REGION:
            return get_or_add_region(self.session, speaker.name, found.regions)
        if speaker.kind is ActorKind.INSTITUTION:
            return get_or_add_institution(self.session, _bare(speaker.name))
        return get_or_add_person(
            self.session, speaker.name, Surroundings(frozenset(), self.provinces, self.former)
        )

    def _post_at(self, name: str) -> int | None:
        """The institution a position names, or the place (重庆市副市长); None where it is neither."""
        if key_of(name) in self.institutions:
            return self.institutions[key_of(name)]
        place = region_called(self.session, key_of(name), self.provinces)
        return get_or_add_region(self.session, place.name, [place.code]) if place else None

    def _mention(self, actor: int, name: str, place: Span, rule: str) -> None:
        self.mentions[actor, name].append(place)
        self.rules.setdefault((actor, name), rule)

    def _stated(self, place: Span) -> str:
        """The name that stands there, without the blanks and line breaks inside it."""
        return "".join(evidence(self.article.text, [place]).split())


def _bare(name: str) -> Institution:
    """An institution of which only the name is known."""
    return Institution(name, aliases=(), mentions=(), region=None, rule="")


def _provinces(session: Session, extraction: Extraction) -> frozenset[str]:
    """Those the article speaks of."""
    codes = {each.region for each in extraction.institutions if each.region}
    codes.update(code for proposal in extraction.proposals for code in proposal.regions)
    codes.update(code for metric in extraction.metrics for code in metric.regions)
    return provinces_of(session, codes)


def _actors_of(session: Session, article_id: int) -> frozenset[int]:
    """All whom an article names, holds as a post's institution or lets speak."""
    spoke = select(ProposalSpeaker.actor_id).join(Proposal, col(Proposal.id) == ProposalSpeaker.proposal_id)
    named = (
        select(ActorMention.actor_id).where(ActorMention.article_id == article_id),
        select(Position.person_id).where(Position.article_id == article_id),
        select(Position.institution_id).where(Position.article_id == article_id),
        spoke.where(Proposal.article_id == article_id),
    )
    return frozenset(id for ids in named for id in session.exec(ids) if id is not None)


def _is_named(session: Session, actor: int) -> bool:
    places = (
        select(ActorMention.actor_id).where(ActorMention.actor_id == actor),
        select(Position.id).where(or_(Position.person_id == actor, Position.institution_id == actor)),
        select(ProposalSpeaker.actor_id).where(ProposalSpeaker.actor_id == actor),
    )
    return any(session.exec(each.limit(1)).first() is not None for each in places)
