"""The check that every finding stands in its article's text where it says it does.

It is made when an article is written and again when a database is verified. Names and words are compared
as `key_of` writes them, so blanks and line breaks inside (蔡 拓), full-width and traditional characters make
no difference.

Literal, and held against the characters at the span:
- a person's name at each of its mentions;
- the title of a position, at the end of its spans;
- a body's name or alias at each of its mentions;
- the text of a proposal and of a metric;
- a metric's number, in Arabic and Chinese numerals with 万, 亿 and their like multiplied out, and its unit;
  the unit % may be written as 百分之, 成 or a share (三分之一);
- a speaker's name, short form (邢老师) or, for speech that goes on, an earlier mention of them.

Resolved, and held against the words there and the rest of the text:
- a body's full name where the words are shorter (市政协 → 重庆市政协, 该校 → a university): it ends with
  these words, and how it begins stands elsewhere in the text, or is a place of which the text names any
  form or any place within (省政协 → 福建省政协 in an article that says 泉州);
- a body of which place and rest stand apart (四川省和重庆市发改委): both pieces stand there;
- a position's institution, by the words before the title; where these name none (…党组书记、局长), by
  pieces that stand anywhere in the text;
- a place that speaks, by any name of it or of one around or in it (川渝 → 重庆市), or together with
  others (两地).

Not checked are judgements: kind, themes, regions, confidence, qualifier, what a metric measures, and whether
the place of a resolved name is the right one of those the text names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from app.errors import EvidenceError
from app.extraction.document import Span, evidence
from app.extraction.entities.people import POINTS_AT
from app.extraction.findings import Extraction, Institution, Metric, Proposal
from app.store.names import key_of
from app.store.stated_names import SHORTEST, can_mean_place, is_composed, means, shares_its_end
from app.store.stated_numbers import says
from app.vocabulary import ActorKind

MOST_PIECES = 4
"""Into how many spans line breaks may cut one mention of a body."""


def check(text: str, extraction: Extraction) -> None:
    """Raises EvidenceError for the first finding of an extraction that the text does not bear out."""
    text_of = Evidence(text)
    for person in extraction.people:
        text_of.check_person(person.name, person.mentions)
        for position in person.positions:
            text_of.check_position(position.title, position.institution, position.spans)
    for institution in extraction.institutions:
        _check_institution(text_of, institution)
    places = _places_of_actors(extraction)
    for proposal in extraction.proposals:
        _check_proposal(text_of, proposal, places)
    for metric in extraction.metrics:
        _check_metric(text_of, metric, len(extraction.proposals))


@dataclass
class Evidence:
    """What one article's text bears out; every method raises EvidenceError for what it does not.

    Positions are checked before bodies, as a body may be named by nothing but a post (管委会主任), and
    people before speakers, as another's full name is no short form.
    """

    text: str
    _posts: defaultdict[tuple[Span, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _people: set[str] = field(default_factory=set)

    def check_person(self, name: str, mentions: Iterable[Span]) -> None:
        """The full name stands at every mention."""
        what = f"person {name}"
        for place in self._places(mentions, what):
            if self._words([place]) != key_of(name):
                raise EvidenceError(f"{what}: {self._quoted([place])} stands there instead")
        self._people.add(key_of(name))

    def check_position(self, title: str, institution: str, spans: Iterable[Span]) -> None:
        """The title stands at the end of the spans, and before it words that can mean the institution."""
        what = f"position {title} of {institution or 'no institution'}"
        places = self._places(spans, what)
        words = self._words(places)
        if not title or not words.endswith(key_of(title)):
            raise EvidenceError(f"{what}: {self._quoted(places)} stands there instead")
        body = words.removesuffix(key_of(title))
        if institution and not self._can_hold(institution, body.removesuffix("的")):
            raise EvidenceError(f"{what}: {self._quoted(places)} does not say so of that institution")
        self._posts[places].add(key_of(institution))

    def check_body(self, name: str, aliases: Collection[str], mentions: Iterable[Span]) -> None:
        """One of the names stands at every mention, each of them at one, or is what a mention means."""
        what = f"institution {name}"
        stated = self._groups(name, aliases, self._places(mentions, what), what)
        for form in (name, *aliases):
            if not any(self._is_said(form, words) for words in stated):
                raise EvidenceError(f"{what}: {form} is at none of its mentions")

    def check_proposal(self, text: str, spans: Iterable[Span]) -> None:
        """The text is that of its spans, which follow each other."""
        places = self._places(spans, "proposal")
        if any(after.start < before.end for before, after in pairwise(places)):
            raise EvidenceError(f"proposal: its spans {[tuple(each) for each in places]} are out of order")
        if text != evidence(self.text, places):
            raise EvidenceError(f"proposal: {self._quoted(places)} stands there instead of {text!r}")

    def check_speaker(self, name: str, kind: ActorKind, spans: Iterable[Span], known: set[Span]) -> None:
        """The spans name the speaker, of whom `known` are all other places in the text."""
        what = f"speaker {name}"
        places = self._places(spans, what)
        if not (known or kind is ActorKind.REGION or key_of(name) in self.key):
            raise EvidenceError(f"{what}: the article does not name them")
        whole = self._names(name, kind, places)
        if not whole and not all(
            _holds(place, known) or self._names(name, kind, [place]) for place in places
        ):
            raise EvidenceError(f"{what}: {self._quoted(places)} stands there instead")

    def check_metric(self, text: str, span: Span, value: float, value_max: float | None, unit: str) -> None:
        """The text is that of the span and says the number and the unit."""
        what = f"metric {value:.15g}{'' if value_max is None else f'–{value_max:.15g}'} {unit}".rstrip()
        self._places([span], what)
        if text != evidence(self.text, [span]):
            raise EvidenceError(f"{what}: {self._quoted([span])} stands there instead of {text!r}")
        if not says(key_of(text), value, value_max, key_of(unit)):
            raise EvidenceError(f"{what}: {self._quoted([span])} stands there instead")

    @cached_property
    def key(self) -> str:
        """The text as names are compared."""
        return key_of(self.text)

    def _names(self, name: str, kind: ActorKind, places: Sequence[Span]) -> bool:
        """Whether the words there are a name or short form of the speaker."""
        full, words = key_of(name), self._words(places)
        if kind is ActorKind.PERSON:
            return words == full or (words[0] == full[0] and len(words) > 1 and words not in self._people)
        if kind is ActorKind.REGION:
            return can_mean_place(full, words)
        return means(full, words, self.key)

    def _groups(
        self, name: str, aliases: Collection[str], places: tuple[Span, ...], what: str
    ) -> list[tuple[Span, ...]]:
        """The mentions, each of one or several spans."""
        groups: list[tuple[Span, ...]] = []
        start = 0
        while start < len(places):
            ends = range(start + 1, min(start + MOST_PIECES, len(places)) + 1)
            pieces = (places[start:end] for end in ends)
            said = (each for each in pieces if any(self._is_said(form, each) for form in (name, *aliases)))
            group = next(said, None)
            if group is None:
                raise EvidenceError(f"{what}: {self._quoted([places[start]])} stands there instead")
            groups.append(group)
            start += len(group)
        return groups

    def _is_said(self, name: str, places: tuple[Span, ...]) -> bool:
        """Whether the spans together are a mention of a body by that name."""
        full, words = key_of(name), self._words(places)
        if means(full, words, self.key) or means(full, words.removesuffix("的"), self.key):
            return True
        if full in self._posts.get(places, ()):  # it is named by a post only, and checked there
            return True
        return shares_its_end(full, [self._words([place]) for place in places])

    def _can_hold(self, institution: str, words: str) -> bool:
        """Whether words before a title can mean the institution; those in 另一位代表 name none."""
        if means(key_of(institution), words, self.key, is_bare=True):
            return True
        names_none = len(words) < SHORTEST or POINTS_AT.search(words) is not None
        return names_none and is_composed(key_of(institution), self.key)

    def _places(self, spans: Iterable[Span], what: str) -> tuple[Span, ...]:
        places = tuple(Span(*place) for place in spans)
        if not places:
            raise EvidenceError(f"{what}: has no place in the text")
        for start, end in places:
            if not (0 <= start < end <= len(self.text) and self.text[start:end].strip()):
                raise EvidenceError(f"{what}: nothing stands at [{start}, {end}) of the text")
        return places

    def _words(self, places: Iterable[Span]) -> str:
        return key_of(evidence(self.text, places))

    def _quoted(self, places: Iterable[Span]) -> str:
        return repr(evidence(self.text, places))


def _holds(place: Span, known: set[Span]) -> bool:
    """Whether a place is one of the others or more words around it: 三市政协 around 政协."""
    return any(place.start <= start and end <= place.end for start, end in known)


def _check_institution(text_of: Evidence, institution: Institution) -> None:
    text_of.check_body(institution.name, institution.aliases, institution.mentions)


def _check_proposal(text_of: Evidence, proposal: Proposal, places: dict[str, set[Span]]) -> None:
    text_of.check_proposal(evidence(text_of.text, proposal.spans), proposal.spans)
    for speaker in proposal.speakers:
        known = places.get(key_of(speaker.name), set())
        text_of.check_speaker(speaker.name, speaker.kind, speaker.spans, known)


def _check_metric(text_of: Evidence, metric: Metric, proposals: int) -> None:
    text = evidence(text_of.text, [metric.span])
    text_of.check_metric(text, metric.span, metric.value, metric.value_max, metric.unit)
    if metric.proposal is not None and not 0 <= metric.proposal < proposals:
        raise EvidenceError(f"metric {text}: it says it stands in proposal {metric.proposal} of {proposals}")


def _places_of_actors(extraction: Extraction) -> dict[str, set[Span]]:
    """Where each name's bearer is mentioned or given a post."""
    places: defaultdict[str, set[Span]] = defaultdict(set)
    for person in extraction.people:
        posts = (place for position in person.positions for place in position.spans)
        places[key_of(person.name)].update(person.mentions, posts)
    for institution in extraction.institutions:
        places[key_of(institution.name)].update(institution.mentions)
    return dict(places)
