"""Extractions of which one finding is altered, in every way that its article's text does not bear out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.extraction.document import Span
from app.extraction.findings import Extraction, Institution, Metric, Person, Position, Proposal, Speaker

Finding = TypeVar("Finding", Person, Institution, Proposal, Metric)
Other = Callable[[str], str]
"""From a name to another one that an article gives to the same kind of thing."""


@dataclass(frozen=True)
class Altered:
    """An extraction with one alteration, and what it is."""

    what: str
    extraction: Extraction


def misspelt(name: str) -> str:
    """The name with the character in its middle changed."""
    place = len(name) // 2
    return name[:place] + ("乙" if name[place] == "甲" else "甲") + name[place + 1 :]


def shifted(span: Span, by: int = 1) -> Span:
    return Span(span.start + by, span.end + by)


def alterations(text: str, extraction: Extraction) -> Iterator[Altered]:
    """Every alteration of every finding, one at a time."""
    people = _another([person.name for person in extraction.people])
    bodies = _another([institution.name for institution in extraction.institutions])
    ways: tuple[tuple[str, Callable[..., Iterator[tuple[str, object]]], Other], ...] = (
        ("people", _people, people),
        ("institutions", _institutions, bodies),
        ("proposals", _proposals(text), lambda name: people(bodies(name))),
        ("metrics", _metrics, str),
    )
    for field, alter, other in ways:
        findings = getattr(extraction, field)
        for index, finding in enumerate(findings):
            for what, altered in alter(finding, other):
                changed = (*findings[:index], altered, *findings[index + 1 :])
                yield Altered(f"{field}[{index}]: {what}", replace(extraction, **{field: changed}))


def _another(names: Sequence[str]) -> Other:
    following = dict(zip(names, [*names[1:], *names[:1]], strict=True))
    return lambda name: following.get(name, name)


def _people(person: Person, other: Other) -> Iterator[tuple[str, Person]]:
    first, *rest = person.mentions
    yield "a character of the name", replace(person, name=misspelt(person.name))
    if other(person.name) != person.name:
        yield "another's name", replace(person, name=other(person.name))
    yield "a mention, shifted", replace(person, mentions=(shifted(first), *rest))
    for index, position in enumerate(person.positions):
        for what, altered in _positions(position):
            posts = (*person.positions[:index], altered, *person.positions[index + 1 :])
            yield what, replace(person, positions=posts)


def _positions(position: Position) -> Iterator[tuple[str, Position]]:
    yield "a character of a title", replace(position, title=misspelt(position.title))
    yield "a longer title", replace(position, title=f"前{position.title}")
    spans = tuple(shifted(span) for span in position.spans)
    yield "a position's place, shifted", replace(position, spans=spans)
    if position.institution:
        yield "a position's body", replace(position, institution=misspelt(position.institution))


def _institutions(institution: Institution, other: Other) -> Iterator[tuple[str, Institution]]:
    first, *rest = institution.mentions
    yield "a character of the body", replace(institution, name=misspelt(institution.name))
    yield "another body", replace(institution, name=other(institution.name))
    yield "a body's mention, shifted", replace(institution, mentions=(shifted(first), *rest))
    aliases = tuple(misspelt(alias) for alias in institution.aliases)
    if aliases:
        yield "a character of the aliases", replace(institution, aliases=aliases)


def _proposals(text: str) -> Callable[[Proposal, Other], Iterator[tuple[str, Proposal]]]:
    def alter(proposal: Proposal, other: Other) -> Iterator[tuple[str, Proposal]]:
        beyond = shifted(proposal.spans[0], len(text))
        yield "a place behind the text", replace(proposal, spans=(*proposal.spans, beyond))
        yield "a place without words", replace(proposal, spans=(Span(3, 3), *proposal.spans))
        yield "its words twice", replace(proposal, spans=proposal.spans * 2)
        for speaker in proposal.speakers[:1]:
            for what, altered in _speakers(speaker, other):
                yield what, replace(proposal, speakers=(altered, *proposal.speakers[1:]))

    return alter


def _speakers(speaker: Speaker, other: Other) -> Iterator[tuple[str, Speaker]]:
    yield "a character of the speaker", replace(speaker, name=misspelt(speaker.name))
    if other(speaker.name) != speaker.name:
        yield "another speaker", replace(speaker, name=other(speaker.name))
    spans = tuple(shifted(span) for span in speaker.spans)
    yield "a speaker's place, shifted", replace(speaker, spans=spans)


def _metrics(metric: Metric, _: Other) -> Iterator[tuple[str, Metric]]:
    yield "a digit more", replace(metric, value=metric.value * 10)
    yield "a digit raised", replace(metric, value=_with_last_digit_raised(metric.value))
    yield "an end of a range", replace(metric, value_max=(metric.value_max or metric.value) * 2)
    yield "another unit", replace(metric, unit="公里" if metric.unit != "公里" else "亩")
    yield "a metric's place, shifted", replace(metric, span=shifted(metric.span))


def _with_last_digit_raised(value: float) -> float:
    """1400 → 1500, 3.5 → 3.6."""
    digits = f"{value:.12g}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}".rstrip("0")
    step = 10 ** -len(digits.partition(".")[2]) if value % 1 else 10 ** (len(f"{value:.0f}") - len(digits))
    return value + step
