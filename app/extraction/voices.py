"""Who speaks, and how: what stage 5 says of each sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.extraction.cast import Mention
from app.vocabulary import ActorKind, AttributionForm


class Manner(StrEnum):
    """How the speaker speaks in a sentence."""

    ASKING = "asking"
    """建议, 呼吁: what follows is a recommendation."""
    SAYING = "saying"
    """说, 表示: what follows is judged by its own words."""
    FINDING = "finding"
    """发现, 注意到: what follows are facts, unless it asks outright."""
    PLANNING = "planning"
    """Under a heading of plans: what is to be done will be done by the speaker."""
    TELLING = "telling"
    """The reporter tells; no one speaks."""


class Voice(NamedTuple):
    """Someone who speaks: the name, and the mention that says so."""

    name: str
    kind: ActorKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks in a sentence. `content` is where what is said begins; `goes_on` tells that the speech
    was begun before."""

    voices: tuple[Voice, ...]
    form: AttributionForm
    manner: Manner
    content: int
    rule: str
    goes_on: bool = False
    source: tuple[Voice, ...] = ()
    """Of a sentence in which no one speaks: whom the reporter has it from."""
    listed: bool = False
    """Whether it is a point of a list that was announced as what is asked."""


SILENT = Attribution((), AttributionForm.NONE, Manner.TELLING, 0, "narration")
UNREAD = Attribution((), AttributionForm.NONE, Manner.TELLING, 0, "unread-name")
"""Somebody with a post speaks whose name no rule can read."""


def voice_of(mention: Mention) -> Voice:
    """The mention as someone who speaks."""
    return Voice(mention.name, mention.kind, mention.start, mention.end)
