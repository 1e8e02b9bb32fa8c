"""How a reader asks, at once or in a thread, and what a memory keeps."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.database import make_engine, migrate
from app.queries.memory import OVERHEAD, Memory
from app.queries.reader import Reader
from app.queries.shared import Shared

COUNTING = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {}) SELECT max(x) FROM n"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    engine = make_engine(f"sqlite:///{tmp_path}/jianyan.db")
    migrate(engine)
    reader = Reader(engine, at_once=True)
    yield reader
    reader.close()
    engine.dispose()


def count_to(number: int) -> Callable[[Connection], tuple[int, int]]:
    """A question that takes as many steps, and tells which thread it was answered in."""

    def question(connection: Connection) -> tuple[int, int]:
        return connection.scalar(text(COUNTING.format(number))), threading.get_ident()

    return question


def test_what_is_quick_is_answered_where_it_is_asked(reader: Reader) -> None:
    assert asyncio.run(reader.answer(count_to(10))) == (10, threading.get_ident())


def test_what_takes_long_is_answered_in_a_thread(reader: Reader) -> None:
    found, thread = asyncio.run(reader.answer(count_to(200_000)))
    assert found == 200_000
    assert thread != threading.get_ident()


def test_others_are_answered_while_something_takes_long(reader: Reader) -> None:
    answered = threading.Event()

    def long(connection: Connection) -> bool:
        count_to(200_000)(connection)
        return answered.wait(60)  # it takes as long as the other one takes to be answered

    async def short() -> None:
        assert (await reader.answer(count_to(10)))[0] == 10
        answered.set()

    async def ask() -> bool:
        return (await asyncio.gather(reader.answer(long), short()))[0]

    assert asyncio.run(ask()), "the short one was held up"


def test_a_question_that_fails_leaves_the_next_one_its_connection(reader: Reader) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        asyncio.run(reader.answer(lambda connection: connection.execute(text("SELECT * FROM missing"))))
    assert asyncio.run(reader.answer(count_to(10)))[0] == 10


def test_those_who_ask_at_once_share_an_answer_begun_after_they_asked() -> None:
    begun = []

    async def ask() -> int:
        begun.append(len(begun))
        number = len(begun)
        await asyncio.sleep(0.01)
        return number

    async def ask_often() -> list[int]:
        shared = Shared(ask)
        first = asyncio.create_task(shared.get())
        await asyncio.sleep(0.005)
        later = [asyncio.create_task(shared.get()) for _ in range(3)]
        await asyncio.sleep(0)
        later[0].cancel()
        return [await first, *await asyncio.gather(*later[1:]), await shared.get()]

    assert asyncio.run(ask_often()) == [1, 2, 2, 3]


def test_a_shared_question_that_fails_fails_for_all_and_is_asked_again() -> None:
    answers = iter([OSError("gone"), 1])

    async def ask() -> int:
        if isinstance(answer := next(answers), int):
            return answer
        raise answer

    async def ask_twice() -> list[object]:
        shared = Shared(ask)
        failed = await asyncio.gather(shared.get(), shared.get(), return_exceptions=True)
        return [*map(str, failed), await shared.get()]

    assert asyncio.run(ask_twice()) == ["gone", "gone", 1]


def test_memory_keeps_one_version_and_no_more_than_it_may() -> None:
    memory = Memory(most_bytes=3 * (100 + OVERHEAD))
    for key in "abcd":
        memory.keep("1", key, key.upper(), 100)
    assert [memory.recall("1", key) for key in "abcd"] == [None, "B", "C", "D"]
    memory.recall("1", "b")
    memory.keep("1", "e", "E", 100)
    assert [memory.recall("1", key) for key in "bce"] == ["B", None, "E"]
    assert memory.recall("2", "b") is None
    memory.keep("2", "f", "F", 100)
    assert [memory.recall("2", "f"), memory.recall("1", "b")] == ["F", None]
