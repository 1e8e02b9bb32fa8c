"""A question that many ask at once, asked for all of them together."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Answers of a question to whoever asks, each of which was begun after they asked.

    Those who come while it is being asked wait for it to be asked once more, together. So what is asked with
    every request is asked once for all that are under way.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._current: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def get(self) -> T:
        """The answer. Raises what the question raises."""
        if not _is_of_this_loop(self._next):
            current = self._current if _is_of_this_loop(self._current) else None
            self._next = asyncio.create_task(self._ask_next(current))
        assert self._next is not None, "it was just made"
        # Others wait for it too, and go on doing so when one of them leaves.
        return await asyncio.shield(self._next)

    async def _ask_next(self, current: "asyncio.Task[T] | None") -> T:
        if current is not None:
            await asyncio.wait([current])
        self._current, self._next = self._next, None
        return await self._ask()


def _is_of_this_loop(task: "asyncio.Task[T] | None") -> bool:
    """Whether there is such a task: one of a loop that ended will never be done."""
    return task is not None and task.get_loop() is asyncio.get_running_loop()
