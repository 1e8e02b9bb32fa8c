"""The findings of articles as rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.extraction.document import Span, evidence
from app.extraction.findings import Extraction, Institution, Person, Speaker
from app.extraction.findings import Proposal as ProposalFound
from app.store.drafts import Draft, DraftMetric, DraftProposal
from app.store.duplicates import add_bands, rank_of
from app.store.identities import Identities, Surroundings
from app.store.names import key_of
from app.store.removal import Former, key_of_metric, key_of_proposal
from app.store.rows import Rows
from app.tables import (
    ActorMention,
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
class Written:
    """The ids of the proposals, metrics and actors of an article, and how many people and institutions it
    mentions."""

    proposals: Sequence[int]
    metrics: Sequence[int]
    actors: frozenset[int]
    people: int
    institutions: int


def write_findings(rows: Rows, who: Identities, article_id: int, draft: Draft, former: Former) -> Written:
    """Add the findings of an article that has none yet to the rows of its batch."""
    writer = _Writer(rows, who, article_id, draft, former, _provinces(who, draft.extraction))
    for institution in draft.extraction.institutions:
        writer.write_institution(institution)
    for person in draft.extraction.people:
        writer.write_person(person)
    proposals = [writer.write_proposal(*each) for each in enumerate(draft.proposals)]
    metrics = [writer.write_metric(*each, proposals) for each in enumerate(draft.metrics)]
    writer.write_mentions()
    kinds = [who.actors.by_id(id).kind for id in {actor for actor, _ in writer.mentions}]
    people, institutions = kinds.count(ActorKind.PERSON), kinds.count(ActorKind.INSTITUTION)
    return Written(proposals, metrics, frozenset(writer.actors), people, institutions)


def names_in(extraction: Extraction) -> Iterable[str]:
    """All names by which the writing of an article asks for people and institutions."""
    for institution in extraction.institutions:
        yield institution.name
        yield from institution.aliases
    for person in extraction.people:
        yield person.name
    for proposal in extraction.proposals:
        yield from (speaker.name for speaker in proposal.speakers)


@dataclass(slots=True)
class _Writer:
    """Writes one article's findings and keeps whom each name means there."""

    rows: Rows
    who: Identities
    article_id: int
    draft: Draft
    former: Former
    provinces: frozenset[str]
    institutions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    mentions: defaultdict[tuple[int, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[tuple[int, str], str] = field(default_factory=dict)
    actors: set[int] = field(default_factory=set)

    def write_institution(self, found: Institution) -> None:
        actor = self.who.institution(found).id
        self.actors.add(actor)
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
        actor = self.who.person(found.name, Surroundings(held, self.provinces, self.former.actors))
        self.people.setdefault(key_of(found.name), actor.id)
        self.actors |= {actor.id, *held}
        self.who.actors.note_names(actor, [self._stated(place) for place in found.mentions])
        for place in found.mentions:
            self._mention(actor.id, self._stated(place), place, found.rule)
        for position, institution in zip(found.positions, posts, strict=True):
            self.rows.add(
                Position,
                id=self.rows.number(Position),
                article_id=self.article_id,
                person_id=actor.id,
                institution_id=institution,
                institution_name=position.institution,
                title=position.title,
                spans=position.spans,
                rule=position.rule,
            )

    def write_proposal(self, ordinal: int, draft: DraftProposal) -> int:
        """The id of the row."""
        found, day = draft.found, self.draft.description.published_on
        speakers = self._speakers(found)
        known = self.former.proposals.pop(key_of_proposal(found.spans, speakers), None)
        id = known or self.rows.number(Proposal)
        self.rows.add(
            Proposal,
            id=id,
            article_id=self.article_id,
            ordinal=ordinal,
            kind=found.kind,
            text=draft.text.text,
            spans=found.spans,
            rule=found.rule,
            form=found.form,
            confidence=found.confidence,
            spillover=found.spillover,
            published_on=day,
            digest=draft.digest,
            search_text=draft.text.search_text,
            duplicate_of=None,
        )
        for place, (actor, spans) in enumerate(speakers.items()):
            self.rows.add(ProposalSpeaker, proposal_id=id, actor_id=actor, ordinal=place, spans=spans)
        add_bands(self.rows, id, rank_of(self.draft.sha256, ordinal), draft.bands, speakers)
        for code in dict.fromkeys(found.themes):
            self.rows.add(ProposalTheme, proposal_id=id, theme_code=code, published_on=day)
        for code in dict.fromkeys(found.regions):
            self.rows.add(ProposalRegion, proposal_id=id, region_code=code)
        return id

    def write_metric(self, ordinal: int, draft: DraftMetric, proposals: Sequence[int]) -> int:
        """The id of the row."""
        found = draft.found
        known = self.former.metrics.pop(key_of_metric(found.span, found.value, found.unit), None)
        id = known or self.rows.number(Metric)
        self.rows.add(
            Metric,
            id=id,
            article_id=self.article_id,
            ordinal=ordinal,
            span_start=found.span.start,
            span_end=found.span.end,
            text=draft.text.text,
            value=found.value,
            value_max=found.value_max,
            unit=found.unit,
            qualifier=found.qualifier,
            about=found.about,
            rule=found.rule,
            proposal_id=None if found.proposal is None else proposals[found.proposal],
            spillover=found.spillover,
            search_text=draft.text.search_text,
        )
        for code in dict.fromkeys(found.themes):
            self.rows.add(MetricTheme, metric_id=id, theme_code=code)
        for code in dict.fromkeys(found.regions):
            self.rows.add(MetricRegion, metric_id=id, region_code=code)
        return id

    def write_mentions(self) -> None:
        """One row for every actor and form of the name noted so far."""
        for (actor, name), spans in self.mentions.items():
            self.rows.add(
                ActorMention,
                article_id=self.article_id,
                actor_id=actor,
                name=name,
                spans=sorted(set(spans)),
                rule=self.rules[actor, name],
            )

    def _speakers(self, found: ProposalFound) -> dict[int, list[Span]]:
        """The actors that speak, in their order, each with the places that tie them to the proposal."""
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for speaker in found.speakers:
            spans[self._speaker(speaker, found)] += speaker.spans
        self.actors |= spans.keys()
        return dict(spans)

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
            self.who.places.called(key_of(each), found.regions) for each in (stated, speaker.name)
        )
        return named is not None and named == meant

    def _unlisted_speaker(self, speaker: Speaker, found: ProposalFound) -> int:
        """The actor for a place, or for a delegation and its like that is no institution of the article."""
        if speaker.kind is ActorKind.REGION:
            return self.who.region(speaker.name, found.regions).id
        if speaker.kind is ActorKind.INSTITUTION:
            return self.who.institution(_bare(speaker.name)).id
        around = Surroundings(frozenset(), self.provinces, self.former.actors)
        return self.who.person(speaker.name, around).id

    def _post_at(self, name: str) -> int | None:
        """The institution a position names, or the place (重庆市副市长); None where it is neither."""
        if key_of(name) in self.institutions:
            return self.institutions[key_of(name)]
        place = self.who.places.called(key_of(name), self.provinces)
        return self.who.region(place.name, [place.code]).id if place else None

    def _mention(self, actor: int, name: str, place: Span, rule: str) -> None:
        self.mentions[actor, name].append(place)
        self.rules.setdefault((actor, name), rule)

    def _stated(self, place: Span) -> str:
        """The name that stands there, without the blanks and line breaks inside it."""
        return "".join(evidence(self.draft.text, [place]).split())


def _bare(name: str) -> Institution:
    """An institution of which only the name is known."""
    return Institution(name, aliases=(), mentions=(), region=None, rule="")


def _provinces(who: Identities, extraction: Extraction) -> frozenset[str]:
    """Those the article speaks of."""
    codes = {each.region for each in extraction.institutions if each.region}
    codes.update(code for proposal in extraction.proposals for code in proposal.regions)
    codes.update(code for metric in extraction.metrics for code in metric.regions)
    return who.places.provinces_of(codes)
