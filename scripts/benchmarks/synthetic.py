"""Rows of invented proposals, spread as real ones are: the same for the same number and seed.

A few people speak often and many seldom, a few themes and places come up often, and the sentences are put
together from those of the example articles, so that words are as frequent as there. Every finding stands in
its article's text as it would after an import. Articles have no order of dates.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate, count
from random import Random
from typing import Any, Generic, TypeVar

from app.lexicon import SEEDS
from app.lexicon.regions import Gazetteer, load_gazetteer
from app.lexicon.regions import Region as Place
from app.lexicon.themes import load_themes
from app.lexicon.words import NameWords, load_given_names, load_words
from app.store.reports import digest_of
from app.vocabulary import ActorKind, AttributionForm, Kind, Qualifier, RegionLevel

T = TypeVar("T")
Row = dict[str, Any]
Rows = defaultdict[str, list[Row]]
"""Rows by the name of their table; values as the columns take them."""

SEED = 20201022
PER_ARTICLE = 12
BATCH = 1000
"""Articles whose rows are given out at once."""

FIRST_DAY, DAYS = date(2015, 1, 1), 11 * 365
IMPORTED = datetime(2026, 1, 1, tzinfo=UTC)
SHORTEST, LONGEST = 40, 120
"""Characters of a proposal's text."""

BODIES = (
    *("政协", "人民政府", "人大常委会", "发展和改革委员会", "科学技术局"),
    *("交通运输局", "教育局", "生态环境局", "商务局", "大学"),
)
TITLES = ["委员", "主席", "副主席", "主任", "副主任", "常委", "局长", "院长", "教授"]
SOURCES = (
    *("重庆日报", "四川日报", "人民政协报", "经济日报", "成都日报"),
    *("新华社", "科技日报", "光明日报", "湖北日报", "浙江日报"),
)
CONFIDENCES = (0.55, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
WEIGHTS = {
    RegionLevel.BLOC: 40.0,
    RegionLevel.PROVINCE: 30.0,
    RegionLevel.PREFECTURE: 4.0,
    RegionLevel.ZONE: 2.0,
    RegionLevel.COUNTY: 0.3,
}
"""How often a place of each level is named, against the others."""


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """Things of which some are drawn more often than others; `sums` are the weights up to each."""

    things: Sequence[T]
    sums: Sequence[float]

    def some(self, random: Random, number: int) -> list[T]:
        """That many or, as none comes twice, fewer."""
        return list(dict.fromkeys(random.choices(self.things, cum_weights=self.sums, k=number)))


def zipf(things: Sequence[T], exponent: float = 0.8) -> Weighted[T]:
    """The first most often, the one at place n with the weight 1 / n ** exponent."""
    return Weighted(things, list(accumulate(1 / n**exponent for n in range(1, len(things) + 1))))


@dataclass(frozen=True, slots=True)
class Body:
    id: int
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person with the one post they hold."""

    id: int
    name: str
    body: Body
    title: str


@dataclass(frozen=True, slots=True)
class World:
    """What proposals are made of."""

    bodies: Sequence[Body]
    speakers: Weighted[Speaker]
    themes: Weighted[str]
    places: Weighted[Place]
    sources: Weighted[str]
    clauses: Sequence[str]


def batches(proposals: int, seed: int = SEED) -> Iterator[Rows]:
    """All rows but those of the seeds, with ids from 1, so that nothing refers to a later batch."""
    random = Random(seed)
    world = make_world(random, max(4, proposals // 20))
    rows = _actors(world)
    rows["import_run"].append(_import_run())
    writer = _Writer(world, random, rows)
    for articles in count(1):
        left = proposals - writer.proposals
        if not left or articles % BATCH == 0:
            yield writer.rows
            writer.rows = defaultdict(list)
        if not left:
            return
        writer.write_article(articles, min(left, random.randint(PER_ARTICLE - 6, PER_ARTICLE + 6)))


def make_world(random: Random, people: int) -> World:
    """That many people, a tenth as many bodies, and the themes and places of the seeds."""
    gazetteer = load_gazetteer(SEEDS / "regions")
    bodies = _bodies(gazetteer, random, max(4, people // 10))
    themes = [theme.code for theme in load_themes(SEEDS / "themes.toml")]
    random.shuffle(themes)
    return World(
        bodies=bodies,
        speakers=zipf(_speakers(bodies, random, people)),
        themes=zipf(themes),
        places=_places(gazetteer, random),
        sources=zipf(SOURCES),
        clauses=clauses(),
    )


def clauses() -> list[str]:
    """The pieces between the marks of the example articles that can stand anywhere in a sentence."""
    found: dict[str, None] = {}
    for path in sorted((SEEDS / "articles").glob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        pieces = re.split(r"[^\w、+·—-]+", body)
        found.update(dict.fromkeys(piece for piece in pieces if 5 <= len(piece) <= 24))
    return list(found)


def _bodies(gazetteer: Gazetteer, random: Random, number: int) -> list[Body]:
    named = [
        (place.name + body, place.code)
        for place in gazetteer.by_code.values()
        if place.level in (RegionLevel.PROVINCE, RegionLevel.PREFECTURE)
        for body in BODIES
    ]
    chosen = random.sample(named, min(number, len(named)))
    return [Body(id, name, code) for id, (name, code) in enumerate(chosen, 1)]


def _speakers(bodies: Sequence[Body], random: Random, number: int) -> list[Speaker]:
    """Their ids follow those of the bodies."""
    surnames = [
        each for each in load_words(SEEDS / "words" / "names.toml", NameWords).surnames if len(each) == 1
    ]
    given = sorted(load_given_names(SEEDS / "words" / "given_names.tsv").last)[:300]
    return [
        Speaker(
            len(bodies) + place,
            random.choice(surnames) + "".join(random.choices(given, k=random.choice((1, 2, 2)))),
            random.choice(bodies),
            random.choice(TITLES),
        )
        for place in range(1, number + 1)
    ]


def _places(gazetteer: Gazetteer, random: Random) -> Weighted[Place]:
    places = list(gazetteer.by_code.values())
    weights = (WEIGHTS[place.level] * random.lognormvariate(0, 0.6) for place in places)
    return Weighted(places, list(accumulate(weights)))


def _actors(world: World) -> Rows:
    rows: Rows = defaultdict(list)
    for body in world.bodies:
        _add_actor(rows, body.id, ActorKind.INSTITUTION, body.name, body.region_code)
    for speaker in world.speakers.things:
        _add_actor(rows, speaker.id, ActorKind.PERSON, speaker.name, None)
    return rows


def _add_actor(rows: Rows, id: int, kind: ActorKind, name: str, region_code: str | None) -> None:
    rows["actor"].append({"id": id, "kind": kind, "name": name, "region_code": region_code})
    rows["actor_alias"].append({"actor_id": id, "alias": name})


def _import_run() -> Row:
    """A finished one: a start would import the examples otherwise."""
    return {"id": 1, "started_at": IMPORTED, "finished_at": IMPORTED, "extractor_version": "0", "counts": {}}


@dataclass(slots=True)
class _Writer:
    """Writes articles one after the other into `rows`."""

    world: World
    random: Random
    rows: Rows
    proposals: int = 0
    metrics: int = 0
    positions: int = 0

    def write_article(self, id: int, proposals: int) -> None:
        page = _Page()
        day = self._day()
        cast = self.world.speakers.some(self.random, 4)
        for ordinal in range(proposals):
            self._write_proposal(page, id, ordinal, day, cast)
        self._write_people(page, id, cast)
        text = "".join(page.parts)
        self.rows["article"].append(
            {
                "id": id,
                "sha256": sha256(text.encode()).hexdigest(),
                "title": "、".join(self.random.choices(self.world.clauses, k=2)),
                "source": self.world.sources.some(self.random, 1)[0],
                "published_on": day,
                "url": None,
                "bylines": [],
                "text": text,
                "extractor_version": "0",
                "imported_at": IMPORTED,
            }
        )

    def _day(self) -> date | None:
        """One article in a hundred has none."""
        if self.random.random() < 0.01:
            return None
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))

    def _write_proposal(
        self, page: "_Page", article: int, ordinal: int, day: date | None, cast: Sequence[Speaker]
    ) -> None:
        self.proposals += 1
        id, random, start = self.proposals, self.random, page.length
        kind = random.choices(list(Kind), cum_weights=(78, 94, 100))[0]
        themes = self.world.themes.some(random, random.choice((1, 1, 2, 3)))
        places = self.world.places.some(random, random.choice((0, 1, 1, 1, 2, 3)))
        self._write_speakers(page, id, kind, cast)
        if places:
            page.say("在" + "、".join(place.name for place in places))
        if random.random() < 1 / 3:
            self._write_metric(page, article, id, themes, places)
        self._fill_up(page, start)
        text = page.since(start)
        self.rows["proposal"].append(
            {
                "id": id,
                "article_id": article,
                "ordinal": ordinal,
                "kind": kind,
                "text": text,
                "spans": [(start, page.length)],
                "rule": "person-and-verb/asked",
                "form": AttributionForm.EXPLICIT,
                "confidence": random.choice(CONFIDENCES),
                "published_on": day,
                "digest": digest_of(text),
            }
        )
        page.say("\n")
        for code in themes:
            self.rows["proposal_theme"].append({"proposal_id": id, "theme_code": code, "published_on": day})
        for place in places:
            self.rows["proposal_region"].append({"proposal_id": id, "region_code": place.code})

    def _write_speakers(self, page: "_Page", proposal: int, kind: Kind, cast: Sequence[Speaker]) -> None:
        """The beginning of the sentence: people recommend, bodies plan and agree."""
        if kind is Kind.RECOMMENDATION:
            people = self.random.sample(cast, 2 if len(cast) > 1 and self.random.random() < 0.2 else 1)
            ids = [page.name_person(person) for person in people]
            page.say("建议，")
        else:
            bodies = self.random.sample(self.world.bodies, 1 if kind is Kind.PLAN else 2)
            ids = [page.name_body(body) for body in bodies]
            page.say("将" if kind is Kind.PLAN else "签署协议，")
        for ordinal, id in enumerate(ids):
            row = {"proposal_id": proposal, "actor_id": id, "ordinal": ordinal, "spans": [page.last[id]]}
            self.rows["proposal_speaker"].append(row)

    def _write_metric(
        self, page: "_Page", article: int, proposal: int, themes: Sequence[str], places: Sequence[Place]
    ) -> None:
        self.metrics += 1
        number = self.random.randint(1, 999)
        page.say("投入不少于")
        start, end = page.say(f"{number}亿元")
        page.say("，")
        self.rows["metric"].append(
            {
                "id": self.metrics,
                "article_id": article,
                "ordinal": page.count_metric(),
                "span_start": start,
                "span_end": end,
                "text": f"{number}亿元",
                "value": number * 1e8,
                "value_max": None,
                "unit": "元",
                "qualifier": Qualifier.AT_LEAST,
                "about": "投入",
                "rule": "number-and-unit",
                "proposal_id": proposal,
            }
        )
        for code in themes:
            self.rows["metric_theme"].append({"metric_id": self.metrics, "theme_code": code})
        for place in places:
            self.rows["metric_region"].append({"metric_id": self.metrics, "region_code": place.code})

    def _fill_up(self, page: "_Page", start: int) -> None:
        """Clauses until the sentence is as long as one drawn from SHORTEST to LONGEST."""
        wanted = self.random.randint(SHORTEST, LONGEST)
        page.say(self.random.choice(self.world.clauses))
        while page.length - start < wanted:
            clause = self.random.choice(self.world.clauses)
            if page.length - start + len(clause) + 2 > LONGEST and page.length - start >= SHORTEST:
                break
            page.say("，" + clause)
        page.say("。")

    def _write_people(self, page: "_Page", article: int, cast: Sequence[Speaker]) -> None:
        """The mentions of all who were named, and the post each person holds."""
        for (actor, name), spans in page.mentions.items():
            row = {"article_id": article, "actor_id": actor, "name": name, "spans": spans, "rule": "post"}
            self.rows["actor_mention"].append(row)
        for person in cast:
            if person.id not in page.posts:
                continue
            self.positions += 1
            self.rows["position"].append(
                {
                    "id": self.positions,
                    "article_id": article,
                    "person_id": person.id,
                    "institution_id": person.body.id,
                    "institution_name": person.body.name,
                    "title": person.title,
                    "spans": [page.posts[person.id]],
                    "rule": "body-and-title",
                }
            )


@dataclass(slots=True)
class _Page:
    """An article's text as it grows, and who is named where in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    metrics: int = 0
    mentions: defaultdict[tuple[int, str], list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    last: dict[int, tuple[int, int]] = field(default_factory=dict)
    posts: dict[int, tuple[int, int]] = field(default_factory=dict)

    def say(self, text: str) -> tuple[int, int]:
        """Where it stands then."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def since(self, start: int) -> str:
        """The text from there on, which must be where something was said."""
        length, at = self.length, len(self.parts)
        while length > start:
            at -= 1
            length -= len(self.parts[at])
        return "".join(self.parts[at:])

    def name_person(self, person: Speaker) -> int:
        """Their id; with body and title before the name, and a mark after another name."""
        start, _ = self._name(person.body.id, person.body.name)
        _, end = self.say(person.title)
        self.posts.setdefault(person.id, (start, end))
        self._name(person.id, person.name, marked=False)
        return person.id

    def name_body(self, body: Body) -> int:
        self._name(body.id, body.name)
        return body.id

    def count_metric(self) -> int:
        """The ordinal of the next metric."""
        self.metrics += 1
        return self.metrics - 1

    def _name(self, id: int, name: str, marked: bool = True) -> tuple[int, int]:
        if marked and self.parts and self.parts[-1] != "\n":
            self.say("、")
        place = self.say(name)
        self.mentions[id, name].append(place)
        self.last[id] = place
        return place
