"""Extractions made by hand: every finding's place is looked up in the text, all its occurrences counting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.extraction.document import Span
from app.extraction.findings import Extraction, Institution, Metric, Person, Position, Proposal, Speaker
from app.importers.article import RawArticle
from app.vocabulary import ActorKind, AttributionForm, Kind


def places(text: str, words: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in re.finditer(re.escape(words), text))


@dataclass
class Draft:
    """An article and what is found in it; each method adds one finding and gives the draft back."""

    text: str
    version: str = "1"
    published_on: str | None = None
    people: list[Person] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)

    def person(self, name: str, *posts: tuple[str, str]) -> "Draft":
        """Posts are pairs of an institution and a title that stands in the text."""
        positions = tuple(
            Position(institution, title, places(self.text, title)[:1], "post") for institution, title in posts
        )
        self.people.append(Person(name, positions, places(self.text, name), "name"))
        return self

    def institution(self, name: str, *aliases: str, region: str | None = None) -> "Draft":
        mentions = sorted({place for form in (name, *aliases) for place in places(self.text, form)})
        self.institutions.append(Institution(name, aliases, tuple(mentions), region, "suffix"))
        return self

    def proposal(
        self,
        words: str,
        *speakers: str,
        kind: ActorKind = ActorKind.PERSON,
        themes: Sequence[str] = (),
        regions: Sequence[str] = (),
    ) -> "Draft":
        self.proposals.append(
            Proposal(
                spans=places(self.text, words),
                kind=Kind.RECOMMENDATION,
                speakers=tuple(Speaker(name, kind, places(self.text, name)[:1]) for name in speakers),
                themes=tuple(themes),
                regions=tuple(regions),
                rule="verb",
                form=AttributionForm.EXPLICIT,
                confidence=0.9,
            )
        )
        return self

    def metric(self, words: str, value: float, unit: str, proposal: int | None = None) -> "Draft":
        (place,) = places(self.text, words)
        self.metrics.append(
            Metric(place, value, None, unit, None, "…", "number", proposal, ("funding",), ("500000",))
        )
        return self

    @property
    def raw(self) -> RawArticle:
        return RawArticle(self.text, "draft.txt")

    @property
    def extraction(self) -> Extraction:
        return Extraction(
            version=self.version,
            title="标题",
            published_on=self.published_on,
            source=None,
            bylines=(),
            people=tuple(self.people),
            institutions=tuple(self.institutions),
            proposals=tuple(self.proposals),
            metrics=tuple(self.metrics),
        )

    def by_version(self, version: str) -> Extraction:
        return replace(self.extraction, version=version)
