"""One order done again and again, killed at another moment each time, and what it leaves held against what it
told and against the same order left alone."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, inspect
from sqlmodel import Session, select

from app.database import for_writing, make_engine, patient, revision_of
from app.store.saved import Counts
from app.tables import Article, ImportOutcome
from tests.contents import digest
from tests.promises.soundness import assert_sound, counts_by_text
from tests.promises.victims import Order, Victim, Victims

Line = Mapping[str, Any]
"""What was told of an article."""


@dataclass(frozen=True)
class Undisturbed:
    """What an order left alone comes to, how long it takes and how many points it passes.

    `before` has what was found in each article by the hash of its text when it began, `after` when it ended.
    """

    digest: str
    before: Mapping[str, Counts]
    after: Mapping[str, Counts]
    seconds: float
    points: int


@dataclass(frozen=True)
class Killing:
    """Orders on databases that `begin` makes, each like the others."""

    begin: Callable[[], str]
    order: Callable[[str], Order]
    victims: Victims

    def rounds(self, number: int) -> int:
        """Kill it so often, have it go on from what it left, and begin anew where it came to its end.

        How many of the kills met it at work.
        """
        left_alone = self._leave_alone()
        killed, place = 0, 0
        while place < number:
            with opened(self.begin()) as engine:
                while place < number and self._is_killed(engine, place, left_alone):
                    killed, place = killed + 1, place + 1
                place += 1
                self.victims.run(self.order(url_of(engine)))
                assert digest(engine) == left_alone.digest, f"kill {place} of {number}"
        return killed

    def _leave_alone(self) -> Undisturbed:
        with opened(self.begin()) as engine:
            before = counts_by_text(engine) if revision_of(engine) else {}
            started = time.monotonic()
            victim = self.victims.run(self.order(url_of(engine)))
            seconds = time.monotonic() - started
            assert_sound(engine)
            assert_kept(engine, victim.lines())
            return Undisturbed(digest(engine), before, counts_by_text(engine), seconds, victim.points())

    def _is_killed(self, engine: Engine, place: int, left_alone: Undisturbed) -> bool:
        """Whether it was at work when it was to be killed; what it left is looked at."""
        victim = self._victim(self.order(url_of(engine)), place, left_alone)
        is_killed = victim.ended() != 0
        settle(engine)
        if revision_of(engine) is None:
            assert inspect(engine).get_table_names() == [], "half migrated"
            return is_killed
        assert_sound(engine)
        assert_kept(engine, victim.lines())
        for sha256, counts in counts_by_text(engine).items():
            assert counts in (left_alone.before.get(sha256), left_alone.after[sha256]), "half stored"
        return is_killed

    def _victim(self, order: Order, place: int, left_alone: Undisturbed) -> Victim:
        """One that is killed at a random moment, or every second time at a random point of its way."""
        chance = random.Random(place)
        if place % 2:
            return self.victims.begin(replace(order, die_at=chance.randint(1, left_alone.points)))
        victim = self.victims.begin(order)
        time.sleep(chance.uniform(0, left_alone.seconds))
        victim.kill()
        return victim


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def settle(engine: Engine) -> None:
    """Wait until the database has done what a killed process told it last.

    PostgreSQL does that to its end before it hears that nobody is there any more, and whoever writes holds
    the lock until then.
    """
    with patient(for_writing(engine)).begin():
        pass


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def assert_kept(engine: Engine, told: Sequence[Line]) -> None:
    """All that was told of is stored as it was told, and noted as an outcome of the run."""
    with Session(engine) as session:
        articles = dict(session.exec(select(Article.id, Article.sha256)).all())
        outcomes = session.exec(select(ImportOutcome.article_id, ImportOutcome.outcome)).all()
    stored = counts_by_text(engine)
    for each in told:
        assert each["reason"] is None, each
        assert each["id"] in articles, each
        if "changes" in each:  # of an extraction anew
            continue
        assert (each["id"], each["outcome"]) in outcomes, each
        found = stored[articles[each["id"]]]
        assert {name: each[name] for name in Counts.__slots__} == {
            name: getattr(found, name) for name in Counts.__slots__
        }
