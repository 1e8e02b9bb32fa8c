"""One article's annotation: the format of the gold files, which predictions come in too."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from app.errors import JianyanError
from app.vocabulary import Kind, Qualifier

Span = tuple[int, int]


class GoldError(JianyanError):
    """A gold file or its article is missing, broken, or the two do not fit together."""


class Entry(BaseModel):
    """Anything annotated. `rule` and `form` stand in predictions only: what found it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    optional: bool = False
    rule: str = ""
    form: str = ""


class Position(BaseModel):
    """A post as stated; `institution` is "" or null where none is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    institution: str | None = None
    title: str | None = None


class Person(Entry):
    name: str
    positions: tuple[Position, ...] = ()
    positions_optional: tuple[Position, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """People go by their full names alone."""
        return ()


class Institution(Entry):
    name: str
    aliases: tuple[str, ...] = ()


class Proposal(Entry):
    """Stands at `spans` where it is given, else from `start` to `end`."""

    start: int | None = None
    end: int | None = None
    spans: tuple[Span, ...] = ()
    text: str
    speakers: tuple[str, ...]
    kind: Kind
    themes: tuple[str, ...] = ()
    themes_optional: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    regions_optional: tuple[str, ...] = ()
    confidence: float | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self) -> "Proposal":
        if not self.spans and (self.start is None or self.end is None):
            raise ValueError("needs spans, or start and end")
        return self

    @property
    def places(self) -> tuple[Span, ...]:
        if self.spans or self.start is None or self.end is None:
            return self.spans
        return ((self.start, self.end),)


class Metric(Entry):
    start: int
    end: int
    text: str
    value: float
    value_max: float | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    about: str | None = None

    @property
    def places(self) -> tuple[Span, ...]:
        return ((self.start, self.end),)


class Annotation(BaseModel):
    """All that is annotated, or was found, in one article; `article` is its file's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    title: str | None = None
    published_on: str | None = None
    source: str | None = None
    bylines: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    institutions: tuple[Institution, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    metrics: tuple[Metric, ...] = ()


def load(path: Path) -> Annotation:
    """The annotation in a gold file. Raises GoldError."""
    try:
        return Annotation.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise GoldError(
            f"{path}: {place}: {first['msg']}; the format is described in tests/gold/README.md"
        ) from error


def check_places(annotation: Annotation, text: str, path: Path) -> None:
    """Raises GoldError unless every annotated text stands in the article where the annotation says."""
    entries: tuple[Proposal | Metric, ...] = (*annotation.proposals, *annotation.metrics)
    for entry in entries:
        standing = words_at(text, entry.places)
        if standing != entry.text:
            raise GoldError(
                f"{path}: {entry.text[:20]!r} is said to stand at {entry.places[0]}, and there stands "
                f"{standing[:20]!r}; were offsets or line ends of {annotation.article} changed?"
            )


def words_at(text: str, places: tuple[Span, ...]) -> str:
    return "".join(text[start:end] for start, end in places)
