"""What an article says of who is who and where it names whom, before anybody decides who that is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from json import dumps, loads
from typing import Any, NamedTuple

from app.extraction.document import Span, evidence
from app.extraction.findings import Extraction, Institution, Person, Speaker
from app.extraction.findings import Proposal as ProposalFound
from app.store.names import key_of
from app.store.places import Places
from app.vocabulary import ActorKind

Held = tuple[str, str | None]
"""Where a post is held: the key of a body's name and its region, or "" and the code of a place."""


@dataclass(frozen=True)  # without slots, for what is cached
class Claim:
    """What an article says of a person, body or place of a name.

    `region` is a body's or the place itself, `aliases` are further forms of the name, `posts` a person's;
    `around` are the provinces of an article that tells of no post of theirs.
    """

    kind: ActorKind
    name: str
    region: str | None = None
    aliases: frozenset[str] = frozenset()
    posts: frozenset[Held] = frozenset()
    around: frozenset[str] = frozenset()

    @cached_property
    def key(self) -> str:
        return key_of(self.name)

    @cached_property
    def said(self) -> str:
        """All but kind and name, the same text for the same."""
        told = [
            self.region,
            sorted(self.aliases),
            sorted(map(list, self.posts), key=str),
            sorted(self.around),
        ]
        return dumps(told, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, kind: ActorKind, name: str, said: str) -> "Claim":
        region, aliases, posts, around = loads(said)
        return cls(
            kind,
            name,
            region,
            frozenset(aliases),
            frozenset((key, code) for key, code in posts),
            frozenset(around),
        )


class Mention(NamedTuple):
    """A place where a claim's bearer is named."""

    of: int
    name: str
    place: Span
    rule: str


class Post(NamedTuple):
    """A position as the article states it; `at` is the claim of the institution, None where it has none."""

    of: int
    at: int | None
    institution: str
    title: str
    spans: tuple[Span, ...]
    rule: str


class Voice(NamedTuple):
    """That a claim's bearer stands behind a proposal, by its ordinal."""

    ordinal: int
    of: int
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Cast:
    """All whom an article names; `of` and `at` in the others are places in `claims`."""

    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)

    def as_row(self, ids: list[int]) -> dict[str, Any]:
        """As it is stored: with the ids of the claims, and those of actors below 0 for places."""
        return {
            "mentions": [(ids[each.of], *each[1:]) for each in self.mentions],
            "posts": [
                (ids[each.of], None if each.at is None else ids[each.at], *each[2:]) for each in self.posts
            ],
            "voices": [(each.ordinal, ids[each.of], each.spans) for each in self.voices],
        }


def cast_of(text: str, extraction: Extraction, places: Places) -> Cast:
    """The cast of an article with these findings."""
    return _Reader(text, places, _provinces(places, extraction)).read(extraction)


@dataclass(slots=True)
class _Reader:
    """Notes what one article says, and whom each name means there."""

    text: str
    places: Places
    provinces: frozenset[str]
    cast: Cast = field(default_factory=Cast)
    institutions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    regions: dict[tuple[str | None, str], int] = field(default_factory=dict)

    def read(self, extraction: Extraction) -> Cast:
        for institution in extraction.institutions:
            self._read_institution(institution)
        named: defaultdict[str, list[Person]] = defaultdict(list)
        for person in extraction.people:
            named[key_of(person.name)].append(person)
        for people in named.values():
            self._read_person(people)
        for ordinal, proposal in enumerate(extraction.proposals):
            for speaker in proposal.speakers:
                self.cast.voices.append(Voice(ordinal, self._speaker(speaker, proposal), speaker.spans))
        return self.cast

    def _read_institution(self, found: Institution) -> None:
        of = self._body(found.name, found.region, found.aliases)
        forms = {key_of(form) for form in (found.name, *found.aliases)}
        in_parts = False
        for place in found.mentions:
            stated = self._stated(place)
            # A place may be a part of the name only: the first half of 四川省和重庆市政协, whose second half
            # belongs to it even where it is a form by itself.
            is_form = key_of(stated) in forms and not in_parts
            self._mention(of, stated if is_form else found.name, place, found.rule)
            in_parts = not is_form and not in_parts

    def _read_person(self, found: list[Person]) -> None:
        """All that is said of whoever bears a name."""
        positions = [
            (position, self._post_at(position.institution)) for p in found for position in p.positions
        ]
        stated = [(self._stated(place), place, person.rule) for person in found for place in person.mentions]
        posts = frozenset(self._held(at) for _, at in positions if at is not None)
        of = self._person(found[0].name, {name for name, _, _ in stated}, posts)
        for name, place, rule in stated:
            self._mention(of, name, place, rule)
        for position, at in positions:
            self.cast.posts.append(
                Post(of, at, position.institution, position.title, position.spans, position.rule)
            )

    def _speaker(self, speaker: Speaker, found: ProposalFound) -> int:
        known = self.people if speaker.kind is ActorKind.PERSON else self.institutions
        if speaker.kind is not ActorKind.REGION and key_of(speaker.name) in known:
            return known[key_of(speaker.name)]
        of = self._unlisted_speaker(speaker, found)
        for place in speaker.spans:
            stated = self._stated(place)
            if self._is_name_of(speaker, stated, found):
                self._mention(of, stated, place, found.rule)
        return of

    def _unlisted_speaker(self, speaker: Speaker, found: ProposalFound) -> int:
        """A place, or a delegation and its like that is no institution of the article."""
        if speaker.kind is ActorKind.REGION:
            place = self.places.called(key_of(speaker.name), found.regions)
            return self._place(place.name, place.code) if place else self._place(speaker.name, None)
        if speaker.kind is ActorKind.INSTITUTION:
            return self._body(speaker.name, None, ())
        return self._person(speaker.name, (), frozenset())

    def _is_name_of(self, speaker: Speaker, stated: str, found: ProposalFound) -> bool:
        """Whether a mention is a name and not a word like 两地 or 双方."""
        if key_of(stated) == key_of(speaker.name):
            return True
        if speaker.kind is not ActorKind.REGION:
            return False
        named, meant = (self.places.called(key_of(each), found.regions) for each in (stated, speaker.name))
        return named is not None and named == meant

    def _post_at(self, name: str) -> int | None:
        """The institution a position names, or the place (重庆市副市长); None where it is neither."""
        if key_of(name) in self.institutions:
            return self.institutions[key_of(name)]
        place = self.places.called(key_of(name), self.provinces)
        return self._place(place.name, place.code) if place else None

    def _held(self, at: int) -> Held:
        claim = self.cast.claims[at]
        return ("" if claim.kind is ActorKind.REGION else claim.key, claim.region)

    def _body(self, name: str, region: str | None, aliases: Iterable[str]) -> int:
        claim = Claim(ActorKind.INSTITUTION, name, region, frozenset(aliases) - {name})
        of = self.institutions[claim.key] = self._claimed(claim)
        return of

    def _person(self, name: str, forms: Iterable[str], posts: frozenset[Held]) -> int:
        around = frozenset() if posts else self.provinces
        forms = frozenset(forms) - {name, key_of(name)}
        of = self._claimed(Claim(ActorKind.PERSON, name, None, forms, posts, around))
        return self.people.setdefault(key_of(name), of)

    def _place(self, name: str, code: str | None) -> int:
        key = (code, "" if code else name)
        if key not in self.regions:
            self.regions[key] = self._claimed(Claim(ActorKind.REGION, name, code))
        return self.regions[key]

    def _claimed(self, claim: Claim) -> int:
        self.cast.claims.append(claim)
        return len(self.cast.claims) - 1

    def _mention(self, of: int, name: str, place: Span, rule: str) -> None:
        self.cast.mentions.append(Mention(of, name, place, rule))

    def _stated(self, place: Span) -> str:
        """The name that stands there, without the blanks and line breaks inside it."""
        return "".join(evidence(self.text, [place]).split())


def _provinces(places: Places, extraction: Extraction) -> frozenset[str]:
    """Those the article speaks of."""
    codes = {each.region for each in extraction.institutions if each.region}
    codes.update(code for proposal in extraction.proposals for code in proposal.regions)
    codes.update(code for metric in extraction.metrics for code in metric.regions)
    return places.provinces_of(codes)


def names_of(claims: Iterable[Claim]) -> Mapping[str, None]:
    """All names by which these are to be found, as stated and as `key_of` writes them."""
    forms = (form for each in claims for form in (each.name, *each.aliases))
    return dict.fromkeys(name for form in forms for name in (form, key_of(form)))
