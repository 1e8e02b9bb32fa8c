"""Proposals judged by the character and by the item, with their kinds, themes and regions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.evaluation.annotation import Proposal, words_at
from scripts.evaluation.counts import Count, Fault, Outcome
from scripts.evaluation.names import all_comparable, share_a_speaker
from scripts.evaluation.text import letters_at, on_one_line


@dataclass(frozen=True)
class Item:
    """A proposal with the letters and digits it covers, and its speakers in comparable form."""

    proposal: Proposal
    letters: frozenset[int]
    speakers: frozenset[str]
    sentence: str

    @property
    def label(self) -> str:
        return f"{'、'.join(self.proposal.speakers) or '(nobody)'} [{self.proposal.kind}]"

    def has_speaker_of(self, other: "Item") -> bool:
        return share_a_speaker(self.speakers, other.speakers)

    def meets(self, other: "Item") -> bool:
        """Whether they share at least half of the shorter one."""
        return 2 * len(self.letters & other.letters) >= min(len(self.letters), len(other.letters))


class Layer:
    """The gold proposals of a text, or the predicted ones, and which of them cover each character."""

    def __init__(self, text: str, proposals: Iterable[Proposal]) -> None:
        items = (_item(text, proposal) for proposal in proposals)
        self.items = [item for item in items if item.letters]

    @cached_property
    def over(self) -> dict[int, list[Item]]:
        """By index of the character, the items that cover it."""
        covered: dict[int, list[Item]] = {}
        for item in self.items:
            for index in item.letters:
                covered.setdefault(index, []).append(item)
        return covered

    @property
    def required(self) -> list[Item]:
        return [item for item in self.items if not item.proposal.optional]

    @property
    def optional_only(self) -> set[int]:
        """The characters that nothing but optional items covers: no decision is made there."""
        return {index for index, items in self.over.items() if all(i.proposal.optional for i in items)}


@dataclass(frozen=True, slots=True)
class Graded:
    """A predicted proposal's confidence, and whether it was right in place and speaker."""

    confidence: float
    right: bool


def judge_proposals(gold: Layer, found: Layer) -> Outcome:
    faults = list(_reaching_beyond(gold, found))
    spurious = sum(fault.figure == "items" for fault in faults)
    counts = _count_characters(gold, found) | {"items": Count(spurious=spurious)}
    for item in gold.required:
        for part in (_judge_item(item, found), _judge_kind(item, found), _judge_labels(item, found)):
            faults += part.faults
            for figure, count in part.counts.items():
                counts[figure] = counts.get(figure, Count()) + count
    return Outcome(counts, tuple(faults))


def grade(gold: Layer, found: Layer) -> tuple[Graded, ...]:
    """Every predicted proposal but for those that stand mostly where only optional ones do.

    Right is one of which at least half the judged characters are covered by a gold proposal of a
    common speaker.
    """
    unjudged = gold.optional_only
    graded = []
    for item in found.items:
        judged = item.letters - unjudged
        right = sum(any(g.has_speaker_of(item) for g in gold.over.get(index, ())) for index in judged)
        if 2 * len(judged) >= len(item.letters) and item.proposal.confidence is not None:
            graded.append(Graded(item.proposal.confidence, 2 * right >= len(judged)))
    return tuple(graded)


def _item(text: str, proposal: Proposal) -> Item:
    return Item(
        proposal,
        letters_at(text, proposal.places),
        all_comparable(proposal.speakers),
        on_one_line(words_at(text, proposal.places)),
    )


def _count_characters(gold: Layer, found: Layer) -> dict[str, Count]:
    unjudged = gold.optional_only
    wanted, claimed = gold.over.keys() - unjudged, found.over.keys() - unjudged
    met = wanted & claimed
    pairs = {index: [(g, f) for g in gold.over[index] for f in found.over[index]] for index in met}
    voiced = sum(any(g.has_speaker_of(f) for g, f in each) for each in pairs.values())
    sorted_right = sum(any(g.proposal.kind == f.proposal.kind for g, f in each) for each in pairs.values())
    return {
        "proposals": _compared(voiced, len(claimed), len(wanted)),
        "detected": _compared(len(met), len(claimed), len(wanted)),
        "kinds": _compared(sorted_right, len(met), len(met)),
    }


def _compared(right: int, predicted: int, gold: int) -> Count:
    return Count(right, predicted - right, gold - right)


def _reaching_beyond(gold: Layer, found: Layer) -> Iterator[Fault]:
    """The predictions with more than half outside the gold, spurious items; and those with less."""
    for item in found.items:
        beyond, size = len(item.letters - gold.over.keys()), len(item.letters)
        if 2 * beyond > size:
            yield _fault("items", "spurious", item, "", [item])
        elif beyond:
            yield _fault("detected", "reaches too far", item, f"{beyond} of {size} characters", [item])


def _judge_item(item: Item, found: Layer) -> Outcome:
    heard: set[int] = set()
    for other in found.items:
        if other.has_speaker_of(item):
            heard |= other.letters & item.letters
    if 2 * len(heard) >= len(item.letters):
        return Outcome({"items": Count(right=1)}, tuple(_cut(item, found)))
    meeting = _meeting(item, found)
    detail = f"got {' / '.join(other.label for other in meeting)}" if meeting else ""
    fault = _fault("items", "wrong speaker" if meeting else "missed", item, detail, meeting)
    return Outcome({"items": Count(missed=1)}, (fault,))


def _cut(item: Item, found: Layer) -> Iterator[Fault]:
    missing = len(item.letters - found.over.keys())
    if missing:
        detail = f"without {missing} of {len(item.letters)} characters"
        yield _fault("detected", "cut", item, detail, _meeting(item, found))


def _judge_kind(item: Item, found: Layer) -> Outcome:
    """No counts, which go by the character; the fault of a detected item whose kind nobody got."""
    meeting = _meeting(item, found)
    kinds = {other.proposal.kind for other in meeting}
    if not kinds or item.proposal.kind in kinds:
        return Outcome({})
    return Outcome({}, (_fault("kinds", "wrong", item, f"got {'/'.join(sorted(kinds))}", meeting),))


def _judge_labels(item: Item, found: Layer) -> Outcome:
    """Themes and regions of a detected item, those of all predictions that meet it taken together."""
    meeting = _meeting(item, found)
    if not meeting:
        return Outcome({})
    one, others = item.proposal, [other.proposal for other in meeting]
    themes = _Labels(one.themes, one.themes_optional, [label for o in others for label in o.themes])
    regions = _Labels(one.regions, one.regions_optional, [label for o in others for label in o.regions])
    faults = (*themes.faults("themes", item, meeting), *regions.faults("regions", item, meeting))
    return Outcome({"themes": themes.count, "regions": regions.count}, faults)


class _Labels:
    """The labels of one gold item against those predicted for it."""

    def __init__(self, wanted: Iterable[str], optional: Iterable[str], got: Iterable[str]) -> None:
        wanted_names, got_names = all_comparable(wanted), all_comparable(got)
        self.right = wanted_names & got_names
        self.spurious = got_names - wanted_names - all_comparable(optional)
        self.missed = wanted_names - got_names

    @property
    def count(self) -> Count:
        return Count(len(self.right), len(self.spurious), len(self.missed))

    def faults(self, figure: str, item: Item, meeting: Sequence[Item]) -> Iterator[Fault]:
        for problem, labels in (("missed", self.missed), ("spurious", self.spurious)):
            for label in sorted(labels):
                yield Fault(figure, problem, label, item.sentence, **_by(meeting))


def _meeting(item: Item, found: Layer) -> list[Item]:
    return [other for other in found.items if other.meets(item)]


def _fault(figure: str, problem: str, item: Item, detail: str, meeting: Sequence[Item]) -> Fault:
    return Fault(figure, problem, item.label, item.sentence, detail, **_by(meeting))


def _by(found: Sequence[Item]) -> dict[str, str]:
    """What found the predictions, each named once."""
    return {
        "rule": "/".join(dict.fromkeys(item.proposal.rule for item in found)),
        "form": "/".join(dict.fromkeys(item.proposal.form for item in found)),
    }
