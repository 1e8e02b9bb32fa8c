"""The extraction: text in, findings out. The stages stand in their order on one screen.

    text → clean.lines → parts (the articles of a page, each by itself) → header
         → reading.document → sentences
         → places, bodies, people, metrics → cast
         → attribution → proposals (+ themes, regions) → merging → Extraction

Pure: no clock, no database, no network. An Extractor is built once and used for any number of texts.
"""

from bisect import bisect_right
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from app.extraction.attribution import Attributor
from app.extraction.cast import Cast, Mention, build_cast, overwritten
from app.extraction.clean import Cleaner
from app.extraction.document import Document, Line, Sentence, Span
from app.extraction.entities.institutions import Body, BodyFinder
from app.extraction.entities.metrics import Measurement, MetricFinder
from app.extraction.entities.people import Named, PeopleFinder
from app.extraction.entities.regions import PlaceFinder
from app.extraction.findings import Extraction, Institution, Metric, Person, Position, Proposal, Speaker
from app.extraction.header import find_header, printed_by
from app.extraction.identities import BodyNames, Entity, collect, pointed_at
from app.extraction.merging import Found, merged
from app.extraction.parts import split_parts
from app.extraction.proposals import Finding, ProposalFinder
from app.extraction.reading import build_document
from app.extraction.rules import alternation
from app.extraction.sentences import split_sentences
from app.extraction.themes import ThemeFinder
from app.extraction.tokens import Segmenter
from app.extraction.voices import Voice
from app.lexicon import Lexicon
from app.vocabulary import ActorKind, Kind, RegionLevel

VERSION = "4"
"""Changes with every change of what is found; stored articles of another version are extracted anew."""


REMEMBERED = 2
"""Sentences back that may say what a sentence is about whose own words do not."""
START = attrgetter("start")
BARE_SEATS = ("委员", "代表", "常委")


class Extractor:
    """Extracts an article's findings. `cache` is a folder of ours for jieba's prepared dictionary."""

    def __init__(self, lexicon: Lexicon, cache: Path) -> None:
        segmenter = Segmenter(cache)
        self._gazetteer = lexicon.gazetteer
        self._surnames = frozenset(
            (*lexicon.names.surnames, *(name[0] for name in lexicon.names.compound_surnames))
        )
        self._titles = alternation(lexicon.posts.honorifics)
        self._short_kinds = dict(pair.split("=") for pair in lexicon.bodies.short_kinds)
        self._cleaner = Cleaner(lexicon.pages, lexicon.gazetteer.safe_names())
        self._places = PlaceFinder(lexicon.gazetteer, segmenter)
        self._bodies = BodyFinder(lexicon.bodies, lexicon.posts.titles, lexicon.gazetteer, segmenter)
        self._people = PeopleFinder(lexicon, segmenter, self._bodies)
        self._metrics = MetricFinder(lexicon.measures)
        self._attributor = Attributor(lexicon)
        self._proposals = ProposalFinder(lexicon, _bloc_members(lexicon))
        self._themes = ThemeFinder(lexicon.themes)

    def extract(self, text: str) -> Extraction:
        """All findings of one page; offsets are indices into `text`, which is not changed.

        Each article on it is read by itself, so that no voice and no short name crosses from one to another.
        """
        parts = split_parts(self._cleaner.lines(text))
        headers = [find_header(text, lines, self._surnames) for lines in parts]
        page, *_ = headers
        source = page.source or printed_by(text, parts[1:])
        reporters = frozenset(name for header in headers for name in header.bylines)
        found = merged(
            [
                self._found(text, lines, header.source or source or "", reporters)
                for lines, header in zip(parts, headers, strict=True)
            ]
        )
        return Extraction(VERSION, page.title, page.published_on, source, page.bylines, *found)

    def _found(self, text: str, lines: tuple[Line, ...], outlet: str, reporters: frozenset[str]) -> Found:
        """The findings of one article of the page."""
        document = build_document(text, lines)
        sentences = split_sentences(document)
        places = self._places.find(document.text)
        bodies = tuple(
            body
            for body in self._bodies.find(document.text, places)
            if _holding(body.start, sentences) is not None
        )
        people = [one for one in self._people.find(document.text, places) if one.name not in reporters]
        names = BodyNames(document.text, self._gazetteer, bodies, people, places, self._short_kinds, outlet)
        named = [(body, names.full(body.name)) for body in bodies]
        pointed = list(pointed_at(document.text, named))
        cast = build_cast(document.text, people, named + pointed, places, self._titles)
        surfaces = _surfaces(document, named, people, names)
        article = _Article(document, sentences, cast, surfaces, _posts(people), lines[0].part if lines else 0)

        attributions = self._attributor.attribute(document, sentences, cast)
        findings = self._proposals.find(document, sentences, cast, attributions)
        proposals = tuple(self._proposal(article, finding) for finding in findings)
        entities = collect(self._existing(document.text, bodies, article, findings), names)
        return Found(
            people=tuple(self._person(article, one, names) for one in people),
            institutions=tuple(self._institutions(article, entities, people, names)),
            proposals=proposals,
            metrics=tuple(
                self._metric(article, m, findings) for m in self._metrics.find(document.text, places)
            ),
        )

    def _subject(self, article: "_Article", index: int) -> "_Subject":
        """What the sentence of that index is about; its proposal and each of its metrics ask for it."""
        subject = article.subjects.get(index)
        if subject is None:
            sentence = article.sentences[index]
            subject = _Subject(self._asked_for(article, index), self._regions(sentence, article))
            article.subjects[index] = subject
        return subject

    def _regions(self, sentence: Sentence, article: "_Article") -> tuple[str, ...]:
        """The codes of the places the sentence names, those inside names and posts left out."""
        mentions = article.cast.at(sentence.start, sentence.end)
        return tuple(dict.fromkeys(m.place for m in mentions if m.place and self._counts(m, article)))

    def _counts(self, mention: Mention, article: "_Article") -> bool:
        """Whether a place is what the sentence is about: not 重庆 in 重庆市科技局 or in 重庆一家企业负责人,
        but the place for which a body is to be founded."""
        if mention.kind is ActorKind.REGION:
            return mention.start not in article.posts
        return self._bodies.is_founded_at(article.cast.coded, mention.start)

    def _existing(
        self, text: str, bodies: tuple[Body, ...], article: "_Article", findings: tuple[Finding, ...]
    ) -> tuple[Body, ...]:
        """The bodies without those that are only proposed: 建议成立…领导小组."""
        asked = {finding.sentence for finding in findings if finding.kind is not Kind.AGREEMENT}
        asked |= {
            index
            for index, s in enumerate(article.sentences)
            if article.document.paragraphs[s.paragraph].kind != "body"
        }
        kept = {
            body.name
            for body in bodies
            if not (article.sentence_at(body.start) in asked and self._bodies.is_founded_at(text, body.start))
        }
        return tuple(body for body in bodies if body.name in kept)

    def _proposal(self, article: "_Article", finding: Finding) -> Proposal:
        sentence = article.sentences[finding.sentence]
        subject = self._subject(article, finding.sentence)
        return Proposal(
            spans=article.document.spans(article.begins(sentence, finding), sentence.end),
            kind=finding.kind,
            speakers=tuple(self._speaker(article, voice) for voice in finding.voices),
            themes=subject.themes,
            regions=subject.regions,
            rule=finding.rule,
            form=finding.form,
            confidence=finding.confidence,
            spillover=article.spillover,
        )

    def _speaker(self, article: "_Article", voice: Voice) -> Speaker:
        name = self._official(voice.name) if voice.kind is ActorKind.REGION else article.surface(voice.name)
        return Speaker(name, voice.kind, article.document.spans(voice.start, voice.end))

    def _official(self, word: str) -> str:
        readings = self._gazetteer.aliases.get(word, ())
        return self._gazetteer.by_code[readings[0].code].name if readings else word

    def _asked_for(self, article: "_Article", index: int) -> tuple[str, ...]:
        """The themes of a sentence; where its own words say none, the nearest it goes on from."""
        paragraph = article.sentences[index].paragraph
        for place in range(index, max(-1, index - 1 - REMEMBERED), -1):
            sentence = article.sentences[place]
            if sentence.paragraph < paragraph - 1:
                break
            if themes := self._themes.find(article.told(sentence)):
                return themes if place == index else themes[:1]
        return ()

    def _person(self, article: "_Article", one: Named, names: BodyNames) -> Person:
        document = article.document
        stated = [(names.full(post.institution) or names.seat_of(post.title), post) for post in one.posts]
        bodies = {(body, post.title) for body, post in stated if post.institution}
        positions = tuple(
            Position(
                article.surface(body),
                document.surface(post.end - len(post.title), post.end),
                document.spans(post.start, post.end),
                one.rule,
            )
            for body, post in stated
            # 张三委员 behind 省政协委员张三 says no new post.
            if post.institution or post.title not in BARE_SEATS or not bodies
        )
        mentions = tuple(_whole(document.spans(start, end)) for start, end in one.mentions)
        return Person(article.surface(one.name), positions, mentions, one.rule)

    def _institutions(
        self, article: "_Article", entities: dict[str, Entity], people: list[Named], names: BodyNames
    ) -> list[Institution]:
        document = article.document
        found = []
        for entity in entities.values():
            mentions = [span for body in entity.bodies for span in _body_spans(document, body)]
            forms = tuple(article.surface(form) for form in entity.forms)
            found.append(
                Institution(article.surface(entity.name), forms, tuple(mentions), entity.region, entity.rule)
            )
        known = set(entities)
        for one in people:
            for post in one.posts:
                name = names.full(post.institution)
                if name and name not in known and self._is_body(name):
                    known.add(name)
                    spans = document.spans(post.body_start, post.body_end) or document.spans(
                        post.start, post.end
                    )
                    found.append(Institution(article.surface(name), (), spans, post.region, "post"))
        return found

    def _is_body(self, name: str) -> bool:
        """A post's place alone (重庆市副市长) is no body, nor a field (工程界)."""
        return name not in self._gazetteer.aliases and len(name) > 2 and self._bodies.is_kind(name)

    def _metric(self, article: "_Article", measurement: Measurement, findings: tuple[Finding, ...]) -> Metric:
        index = article.sentence_at(measurement.start)
        subject = self._subject(article, index)
        spans = article.document.spans(measurement.start, measurement.end)
        proposal = next((place for place, finding in enumerate(findings) if finding.sentence == index), None)
        return Metric(
            span=_whole(spans),
            value=measurement.value,
            value_max=measurement.value_max,
            unit=_unit(article.document, measurement),
            qualifier=measurement.qualifier,
            about=measurement.about,
            rule=measurement.rule,
            proposal=proposal,
            themes=subject.themes,
            regions=subject.regions,
            spillover=article.spillover,
        )


class _Subject(NamedTuple):
    """The theme and region codes of a sentence."""

    themes: tuple[str, ...]
    regions: tuple[str, ...]


class _Article:
    """A document with its sentences, and the names of its people and bodies as the source writes them."""

    def __init__(
        self,
        document: Document,
        sentences: tuple[Sentence, ...],
        cast: Cast,
        surfaces: dict[str, str],
        posts: frozenset[int],
        part: int,
    ) -> None:
        self.document = document
        self.sentences = sentences
        self.cast = cast
        self.posts = posts
        """The places of the reading text that lie in somebody's post."""
        self.spillover = part > 0
        """Whether it is another article than the one the page is about."""
        self.subjects: dict[int, _Subject] = {}
        nameless = dict.fromkeys((ActorKind.PERSON, ActorKind.INSTITUTION), "·")
        self._told = overwritten(document.text, cast.mentions, nameless)
        self._surfaces = surfaces

    def told(self, sentence: Sentence) -> str:
        """The words of a sentence without the names of people and bodies, which carry no theme of it."""
        return self._told[sentence.start : sentence.end]

    def surface(self, name: str) -> str:
        """The name in the source's own characters (廣東省公安廳), where it stands there whole."""
        return self._surfaces.get(name, name)

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds the place."""
        index = _holding(place, self.sentences)
        return len(self.sentences) - 1 if index is None else index

    def begins(self, sentence: Sentence, finding: Finding) -> int:
        """Where the proposal's words begin: behind the label of an interview's answer."""
        return finding.content if finding.rule.startswith("label/") else sentence.start


def _surfaces(
    document: Document, bodies: list[tuple[Body, str]], people: list[Named], names: BodyNames
) -> dict[str, str]:
    """Names as the rules read them → as the source writes them; of full names that stand nowhere, the end."""
    places = {body.name: (body.start, body.end) for body, _ in bodies if not body.head}
    for one in people:
        places[one.name] = one.mentions[0]
        places |= {
            post.institution: (post.body_start, post.body_end)
            for post in one.posts
            if post.institution == document.text[post.body_start : post.body_end]
        }
    found = {name: "".join(document.surface(start, end).split()) for name, (start, end) in places.items()}
    shortened = [(body.name, full) for body, full in bodies]
    shortened += [(post.institution, names.full(post.institution)) for one in people for post in one.posts]
    for short, full in shortened:
        if full not in found and short in found and full.endswith(short):
            found[full] = full.removesuffix(short) + found[short]
    return found


def _holding(place: int, sentences: tuple[Sentence, ...]) -> int | None:
    """The index of the sentence that holds the place; None in a dateline."""
    index = bisect_right(sentences, place, key=START) - 1
    return index if index >= 0 and place < sentences[index].end else None


def _posts(people: list[Named]) -> frozenset[int]:
    return frozenset(place for one in people for post in one.posts for place in range(post.start, post.end))


def _whole(spans: tuple[Span, ...]) -> Span:
    """One span over all pieces, for a name or number that a line break cuts."""
    return Span(spans[0].start, spans[-1].end)


def _unit(document: Document, measurement: Measurement) -> str:
    """The unit in the source's own characters; % where the source says 百分之 or 成."""
    start = measurement.end - len(measurement.unit)
    if document.text[start : measurement.end] == measurement.unit:
        return document.surface(start, measurement.end)
    return measurement.unit


def _body_spans(document: Document, body: Body) -> tuple[Span, ...]:
    head = document.spans(*body.head) if body.head else ()
    return (*head, *document.spans(body.start, body.end))


def _bloc_members(lexicon: Lexicon) -> dict[str, tuple[tuple[str, str], ...]]:
    """The (name, code) of the provinces that make up each bloc of few provinces."""
    gazetteer = lexicon.gazetteer
    members: dict[str, list[tuple[str, str]]] = {}
    for region in gazetteer.by_code.values():
        if region.level is RegionLevel.PROVINCE:
            for parent in region.parents:
                members.setdefault(parent, []).append((region.name, region.code))
    return {code: tuple(provinces) for code, provinces in members.items() if len(provinces) <= 4}
