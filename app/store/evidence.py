"""The check that every finding stands in its article's text where it says it does."""

import re
from collections.abc import Iterable

from app.errors import EvidenceError
from app.extraction.document import Span, evidence
from app.extraction.findings import Extraction, Metric, Person, Proposal, Speaker
from app.store.names import key_of
from app.vocabulary import ActorKind

ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?")
NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半双俩几数翻倍]")


def check(text: str, extraction: Extraction) -> None:
    """Raises EvidenceError for the first finding of an extraction that the text does not bear out."""
    for person in extraction.people:
        _check_person(text, person)
    for institution in extraction.institutions:
        _check_places(text, institution.mentions, f"institution {institution.name}")
    names = {key_of(person.name) for person in extraction.people}
    names.update(key_of(institution.name) for institution in extraction.institutions)
    for proposal in extraction.proposals:
        _check_proposal(text, proposal, names)
    for metric in extraction.metrics:
        _check_metric(text, metric, len(extraction.proposals))


def _check_person(text: str, person: Person) -> None:
    _check_places(text, person.mentions, f"person {person.name}")
    for place in person.mentions:
        if key_of(evidence(text, [place])) != key_of(person.name):
            raise EvidenceError(f"person {person.name}: {_quoted(text, [place])} stands there instead")
    for position in person.positions:
        what = f"position {position.title} of {person.name}"
        _check_places(text, position.spans, what)
        if key_of(position.title) not in key_of(evidence(text, position.spans)):
            raise EvidenceError(f"{what}: {_quoted(text, position.spans)} stands there instead")


def _check_proposal(text: str, proposal: Proposal, names: set[str]) -> None:
    _check_places(text, proposal.spans, "proposal")
    for speaker in proposal.speakers:
        _check_places(text, speaker.spans, f"speaker {speaker.name}")
        if not _is_known(text, speaker, names):
            raise EvidenceError(f"speaker {speaker.name}: the article does not name them")


def _is_known(text: str, speaker: Speaker, names: set[str]) -> bool:
    """A place may be named by what it is part of: 两地 for 成渝地区."""
    key = key_of(speaker.name)
    return speaker.kind is ActorKind.REGION or key in names or key in key_of(text)


def _check_metric(text: str, metric: Metric, proposals: int) -> None:
    what = f"metric {metric.value:g} {metric.unit}"
    _check_places(text, [metric.span], what)
    if not _says(key_of(evidence(text, [metric.span])), metric.value):
        raise EvidenceError(f"{what}: {_quoted(text, [metric.span])} stands there instead")
    if metric.proposal is not None and not 0 <= metric.proposal < proposals:
        raise EvidenceError(f"{what}: it says it stands in proposal {metric.proposal} of {proposals}")


def _says(words: str, value: float) -> bool:
    """Whether words can mean a value: they hold a numeral, and a single Arabic one has its first digits.

    1.4万 says 14000 and 2万五千 says 25000; what Chinese numerals alone mean is not looked into.
    """
    written = ARABIC.findall(words)
    if len(written) != 1:
        return NUMERAL.search(words) is not None
    return _digits(f"{abs(value):.12g}").startswith(_digits(written[0]))


def _digits(number: str) -> str:
    """The digits that count: 1400 → 14, 0.50 → 5."""
    mantissa = number.partition("e")[0].replace(",", "")
    digits = mantissa.replace(".", "").lstrip("0")
    return digits.rstrip("0")


def _check_places(text: str, spans: Iterable[Span], what: str) -> None:
    places = tuple(spans)
    if not places:
        raise EvidenceError(f"{what}: has no place in the text")
    for start, end in places:
        if not (0 <= start < end <= len(text) and text[start:end].strip()):
            raise EvidenceError(f"{what}: nothing stands at [{start}, {end}) of the text")


def _quoted(text: str, spans: Iterable[Span]) -> str:
    return repr(evidence(text, spans))
