"""Rows written straight into a database, a line each, for tests of what reads them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from app.database import for_writing
from app.store import postings
from app.tables import (
    Actor,
    ActorAlias,
    ActorMention,
    Article,
    ImportOutcome,
    ImportRun,
    Metric,
    MetricRegion,
    MetricTheme,
    Position,
    Proposal,
    ProposalRegion,
    ProposalSpeaker,
    ProposalTheme,
    Region,
    RegionAlias,
    RegionAncestor,
    Theme,
    ThemeAlias,
)
from app.vocabulary import ActorKind, AttributionForm, Kind, Outcome, Qualifier, RegionLevel

IMPORTED = datetime(2020, 10, 23, 8, 30, tzinfo=UTC)
SPANS = [(0, 2), (5, 8)]


@dataclass
class Library:
    """A migrated database to put rows into; every method commits, and gives the id where there is one."""

    engine: Engine

    def __post_init__(self) -> None:
        self._ordinals = count()
        self._changed: set[int] | None = None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Keeps the postings of all that the block writes at its end: sooner done than row by row."""
        self._changed = set()
        yield
        with Session(for_writing(self.engine)) as session:
            postings.put_in(session, self._changed)
            session.commit()
        self._changed = None

    def theme(self, code: str, zh: str, en: str, *aliases: str) -> None:
        self._add(Theme(code=code, name_zh=zh, name_en=en, ordinal=next(self._ordinals)))
        self._add(*(ThemeAlias(alias=name, theme_code=code) for name in {code, zh, en, *aliases}))

    def region(
        self, code: str, name: str, level: RegionLevel, *aliases: str, above: Sequence[str] = ()
    ) -> None:
        """`above` are the codes of the regions it lies in, the nearest first."""
        self._add(Region(code=code, name=name, level=level))
        self._add(*(RegionAlias(region_code=code, alias=alias) for alias in {name, *aliases}))
        around = enumerate((code, *above))
        self._add(*(RegionAncestor(region_code=code, ancestor_code=up, depth=depth) for depth, up in around))

    def article(self, day: str | None = "2020-10-22", text: str = "建议加快建设。", **changes: Any) -> int:
        values = {
            "sha256": sha256(f"{next(self._ordinals)}{text}".encode()).hexdigest(),
            "title": "政协委员建言",
            "source": "重庆日报",
            "published_on": date.fromisoformat(day) if day else None,
            "url": None,
            "bylines": ["戴娟"],
            "text": text,
            "extractor_version": "1",
            "imported_at": IMPORTED,
        }
        with self._listed() as articles:
            articles.append(self._add(Article(**{**values, **changes})))
        return articles[0]

    def person(self, name: str, *aliases: str) -> int:
        return self._actor(Actor(kind=ActorKind.PERSON, name=name), aliases)

    def institution(self, name: str, *aliases: str, region: str | None = None) -> int:
        return self._actor(Actor(kind=ActorKind.INSTITUTION, name=name, region_code=region), aliases)

    def party(self, name: str, region: str) -> int:
        """A region that acts as a party."""
        return self._actor(Actor(kind=ActorKind.REGION, name=name, region_code=region), ())

    def mention(
        self, article: int, actor: int, name: str, spans: Sequence[tuple[int, int]] = tuple(SPANS)
    ) -> None:
        places = list(spans)
        self._add(ActorMention(article_id=article, actor_id=actor, name=name, spans=places, rule="r"))

    def position(self, article: int, person: int, institution: int, title: str) -> int:
        with Session(self.engine) as session:
            body = session.get_one(Actor, institution).name
        with self._listed(article):
            return self._add(
                Position(
                    article_id=article,
                    person_id=person,
                    institution_id=institution,
                    institution_name=body,
                    title=title,
                    spans=SPANS,
                    rule="r",
                )
            )

    def proposal(
        self,
        article: int,
        speakers: Sequence[int] = (),
        themes: Sequence[str] = (),
        regions: Sequence[str] = (),
        **changes: Any,
    ) -> int:
        with Session(self.engine) as session:
            day = session.get_one(Article, article).published_on
        values = {
            "article_id": article,
            "ordinal": next(self._ordinals),
            "kind": Kind.RECOMMENDATION,
            "text": "建议加快建设。",
            "spans": SPANS,
            "rule": "speech-verb",
            "form": AttributionForm.EXPLICIT,
            "confidence": 0.9,
            "published_on": day,
            "digest": "d",
        }
        with self._listed(article):
            key = self._add(Proposal(**{**values, **changes}))
            speaks = enumerate(speakers)
            self._add(
                *(
                    ProposalSpeaker(proposal_id=key, actor_id=who, ordinal=n, spans=SPANS)
                    for n, who in speaks
                ),
                *(ProposalTheme(proposal_id=key, theme_code=code, published_on=day) for code in themes),
                *(ProposalRegion(proposal_id=key, region_code=code) for code in regions),
            )
        return key

    def metric(
        self, article: int, themes: Sequence[str] = (), regions: Sequence[str] = (), **changes: Any
    ) -> int:
        values = {
            "article_id": article,
            "ordinal": next(self._ordinals),
            "span_start": 4,
            "span_end": 9,
            "text": "约30亿元",
            "value": 3e9,
            "value_max": None,
            "unit": "元",
            "qualifier": Qualifier.ABOUT,
            "about": "投资",
            "rule": "number-unit",
        }
        with self._listed(article):
            key = self._add(Metric(**{**values, **changes}))
            self._add(*(MetricTheme(metric_id=key, theme_code=code) for code in themes))
            self._add(*(MetricRegion(metric_id=key, region_code=code) for code in regions))
        return key

    def imported(
        self,
        *outcomes: tuple[str, Outcome, str | None],
        article: int | None = None,
        is_counted: bool = True,
        **changes: Any,
    ) -> int:
        """An import with what became of each source and why it failed, in that order.

        Those that did not fail have the article. `is_counted` tells whether the import's own row has counts.
        """
        counts = Counter(outcome.value for _, outcome, _ in outcomes)
        values = {
            "started_at": IMPORTED,
            "finished_at": IMPORTED,
            "extractor_version": "7",
            "counts": dict(counts) if is_counted else {},
        }
        run: int = self._add(ImportRun(**{**values, **changes}))
        for source, outcome, reason in outcomes:
            self.outcome(run, source, outcome, reason, None if outcome is Outcome.FAILED else article)
        return run

    def outcome(
        self, run: int, source: str, outcome: Outcome, reason: str | None = None, article: int | None = None
    ) -> None:
        """What became of a further source of an import."""
        what = {"source": source, "outcome": outcome, "reason": reason, "article_id": article}
        self._add(ImportOutcome(run_id=run, seconds=0.5, **what))

    @contextmanager
    def _listed(self, *articles: int) -> Iterator[list[int]]:
        """Keeps the postings of articles whose rows change in the block; those added to the list are new."""
        if self._changed is None:
            with self.at_once(), self._listed(*articles) as new:
                yield new
            return
        if listed := set(articles) - self._changed:
            with Session(for_writing(self.engine)) as session:
                postings.take_out(session, listed)
                session.commit()
        changed = list(articles)
        yield changed
        self._changed.update(changed)

    def _actor(self, actor: Actor, aliases: Sequence[str]) -> int:
        key = self._add(actor)
        self._add(*(ActorAlias(actor_id=key, alias=alias) for alias in {actor.name, *aliases}))
        return key

    def _add(self, *rows: SQLModel) -> Any:
        """The id of the first row, if its table numbers them."""
        with Session(for_writing(self.engine)) as session:
            session.add_all(rows)
            session.commit()
            return getattr(rows[0], "id", None) if rows else None


def add_places_and_themes(library: Library) -> None:
    """成渝地区 over 四川省 (成都市 in it) and 重庆市; two 朝阳区; three themes."""
    library.region("chengyu", "成渝地区", RegionLevel.BLOC, "成渝", "川渝")
    library.region("510000", "四川省", RegionLevel.PROVINCE, "四川", "川", above=["chengyu"])
    library.region("510100", "成都市", RegionLevel.PREFECTURE, "成都", above=["510000", "chengyu"])
    library.region("500000", "重庆市", RegionLevel.PROVINCE, "重庆", "渝", above=["chengyu"])
    library.region("110105", "朝阳区", RegionLevel.COUNTY)
    library.region("220104", "朝阳区", RegionLevel.COUNTY)
    library.theme("5g", "5G与信息通信", "5G and telecommunications", "5G通信", "telecom")
    library.theme("automotive", "汽车产业", "Automotive industry", "汽车")
    library.theme("funding", "资金与金融", "Funding and finance", "资金")
