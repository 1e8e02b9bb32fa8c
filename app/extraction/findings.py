"""What an extraction finds. Every finding keeps its places in the text and the rule that found it."""

from dataclasses import dataclass

from app.extraction.document import Span
from app.vocabulary import ActorKind, AttributionForm, Kind, Qualifier


@dataclass(frozen=True, slots=True)
class Position:
    """A post as the article states it: 全国政协 + 常委. `institution` is "" where none is said.

    `spans` is where it is stated; `title` stands there literally, `institution` as the resolved
    full name, which may be longer than the words there (市政协 → 重庆市政协).
    """

    institution: str
    title: str
    spans: tuple[Span, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article; `mentions` are the places where the full name stands."""

    name: str
    positions: tuple[Position, ...]
    mentions: tuple[Span, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Institution:
    """A named body; `aliases` are the other forms used, `mentions` all places of any form.

    `region` is the code of the region its name carries, None where it names none.
    """

    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    region: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a proposal: a person or body by the name it has in this extraction.

    `spans` is the mention that ties it to the proposal: in the sentence itself or, for speech that
    goes on, the last one before it.
    """

    name: str
    kind: ActorKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One sentence that puts something forward. `themes` and `regions` are codes.

    `confidence` is between 0 and 1; `rule` names what found it, `form` how its speaker was named.
    """

    spans: tuple[Span, ...]
    kind: Kind
    speakers: tuple[Speaker, ...]
    themes: tuple[str, ...]
    regions: tuple[str, ...]
    rule: str
    form: AttributionForm
    confidence: float
    spillover: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that measures something: 1.4万余台(套) → 14000, unit 台(套), over.

    `proposal` is the index of the proposal in whose sentence it stands, None outside of one;
    `themes` and `regions` are codes, those of its sentence.
    """

    span: Span
    value: float
    value_max: float | None
    unit: str
    qualifier: Qualifier | None
    about: str
    rule: str
    proposal: int | None
    themes: tuple[str, ...]
    regions: tuple[str, ...]
    spillover: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article, and the version of the extractor that found it."""

    version: str
    title: str | None
    published_on: str | None
    """ISO date, or None where the article states no full date."""
    source: str | None
    bylines: tuple[str, ...]
    people: tuple[Person, ...]
    institutions: tuple[Institution, ...]
    proposals: tuple[Proposal, ...]
    metrics: tuple[Metric, ...]
