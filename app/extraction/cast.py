"""Who is on the stage: every mention of a person or body in reading order, and the coded text.

The coded text is the reading text with each mention overwritten by one sign per kind, so that a rule
can say "a person, then a verb" as a plain regular expression: ☺☺☺建议,…
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from app.extraction.entities.institutions import Body
from app.extraction.entities.people import Named
from app.extraction.entities.regions import Place
from app.vocabulary import ActorKind

PERSON, BODY, PLACE = "\ue000", "\ue001", "\ue002"
"""The signs of the coded text, from the private use area."""
LEVEL_WORD = 4
"""Characters between the last place and the rest of 松原三市政协, 三省两市政府."""
HAN = re.compile("[一-鿿]")
SIGNS = {ActorKind.PERSON: PERSON, ActorKind.INSTITUTION: BODY, ActorKind.REGION: PLACE}


class Mention(NamedTuple):
    """A place where somebody is named; `name` is the actor's full name, `place` a region's code."""

    start: int
    end: int
    kind: ActorKind
    name: str
    place: str | None = None
    short: bool = False


@dataclass(frozen=True)
class Cast:
    """The mentions of an article in order, overlapping none, and its coded text."""

    mentions: tuple[Mention, ...]
    coded: str

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def at(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in `[start, end)`."""
        left = bisect_left(self._starts, start)
        return self.mentions[left : bisect_left(self._starts, end, left)]

    def before(self, place: int, kind: ActorKind) -> Mention | None:
        """The last mention of that kind that begins before the place."""
        index = bisect_left(self._starts, place)
        return next((mention for mention in reversed(self.mentions[:index]) if mention.kind is kind), None)


def build_cast(
    text: str, people: list[Named], bodies: list[tuple[Body, str]], places: tuple[Place, ...], titles: str
) -> Cast:
    """The cast of a reading text. `bodies` come with the full name each stands for; `titles` is a pattern."""
    taken = bytearray(len(text))
    mentions: list[Mention] = []

    def add(mention: Mention) -> None:
        if taken.find(1, mention.start, mention.end) >= 0:
            return
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        mentions.append(mention)

    for person in sorted(people, key=lambda one: -len(one.name)):
        for start, end in person.mentions:
            add(Mention(start, end, ActorKind.PERSON, person.name))
    for mention in _surnames(text, people, titles):
        add(mention)
    for body, name in bodies:
        start, end = body.head or (body.start, body.end)
        if body.rule == "several-places" and body.start - end <= LEVEL_WORD:
            end = body.end
        add(Mention(start, end, ActorKind.INSTITUTION, name, body.region))
    for place in places:
        add(Mention(place.start, place.end, ActorKind.REGION, place.word, place.code))
    mentions.sort(key=lambda mention: mention.start)
    return Cast(tuple(mentions), overwritten(text, mentions, SIGNS))


def overwritten(text: str, mentions: Iterable[Mention], signs: Mapping[ActorKind, str]) -> str:
    """The text with every character of the mentions, by their kind, overwritten by a sign."""
    parts: list[str] = []
    done = 0
    for mention in mentions:
        if sign := signs.get(mention.kind):
            parts += (text[done : mention.start], sign * (mention.end - mention.start))
            done = mention.end
    return "".join([*parts, text[done:]])


def innermost(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without the places that only say where the next one lies: 重庆市 of 重庆市江津区."""
    following = {mention.start for mention in mentions if mention.kind is ActorKind.REGION}
    return tuple(m for m in mentions if m.kind is not ActorKind.REGION or m.end not in following)


@cache
def _titled(titles: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{titles})(?!会|团|们)")


def _surnames(text: str, people: list[Named], titles: str) -> list[Mention]:
    """陈主席, 李教授: the one person of that surname, where only one has it."""
    owners: dict[str, list[str]] = {}
    for person in people:
        surname = person.name[:2] if len(person.name) == 4 and "·" not in person.name else person.name[:1]
        owners.setdefault(surname, []).append(person.name)
    found = []
    for title in _titled(titles).finditer(text):
        for start in (title.start() - 1, title.start() - 2):
            names = owners.get(text[start : title.start()], ()) if start >= 0 else ()
            if len(names) == 1 and not (start and HAN.match(text, start - 1)):
                found.append(Mention(start, title.end(), ActorKind.PERSON, names[0], short=True))
    return found
