"""Work on batches in several processes: its results in the order of the batches, few of them at a time."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], list[R]]

AHEAD = 2
"""Batches for each process that are being worked on or wait to be fetched."""

_work: Any = None
"""In a process of the pool: what it does with a batch."""


@dataclass
class Processes(Generic[T, R]):
    """Does `make()` of each batch in `number` processes, or in this one where there is one batch only.

    `make` is called once in each process, and must be picklable. `crashed` says what the result is for an
    item whose process died of it.
    """

    number: int
    make: Callable[[], Work[T, R]]
    crashed: Callable[[T], R]
    _pool: ProcessPoolExecutor = field(init=False)

    def results(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        """The results of each batch; at its end, or when it is closed, the processes end too."""
        rest = iter(batches)
        first = list(islice(rest, 2))
        batches = chain(first, rest)
        if self.number == 1 or len(first) < 2:
            work = self.make()
            yield from (work(batch) for batch in batches)
            return
        self._start()
        try:
            yield from self._in_pool(batches)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _in_pool(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        waiting: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submitted(batch)))
            while waiting[0][1].done() or len(waiting) >= AHEAD * self.number:
                yield self._result(waiting)
                if not waiting:
                    break
        while waiting:
            yield self._result(waiting)

    def _result(self, waiting: deque[tuple[Sequence[T], Future[list[R]]]]) -> list[R]:
        batch, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            results = [self._alone(item) for item in batch]
            for place, (other, _) in enumerate(waiting):  # they broke with it
                waiting[place] = (other, self._submitted(other))
            return results

    def _alone(self, item: T) -> R:
        """The result for one item, of which a process may die."""
        self._restart_if_broken()
        try:
            return self._submitted([item]).result()[0]
        except BrokenProcessPool:
            self._start()
            return self.crashed(item)

    def _submitted(self, batch: Sequence[T]) -> Future[list[R]]:
        try:
            return self._pool.submit(_do, batch)
        except BrokenProcessPool:
            self._start()
            return self._pool.submit(_do, batch)

    def _restart_if_broken(self) -> None:
        if self._pool._broken:
            self._start()

    def _start(self) -> None:
        # Not forked: threads of this process may hold locks, and connections are not to be shared.
        context = get_context("spawn")
        self._pool = ProcessPoolExecutor(self.number, context, initializer=_begin, initargs=(self.make,))


def _begin(make: Callable[[], Work[Any, Any]]) -> None:
    """Make a new process ready."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all: whoever started us decides
    _work = make()


def _do(batch: Sequence[Any]) -> list[Any]:
    found: list[Any] = _work(batch)
    return found
