"""Work on batches in several processes: its results in the order of the batches, few of them at a time."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], list[R]]

AHEAD = 2
"""Batches for each process that are being worked on or wait to be fetched."""

_make: Any = None
_work: Any = None
"""In a process of the pool: what makes, and what it does with a batch."""


@dataclass
class Processes(Generic[T, R]):
    """Does `make()` of each batch in `number` processes, or in this one where there is one batch only.

    `make` is called once in each process, and must be picklable. `crashed` says what the result is for an
    item whose process died of it; one that `is_risky` is always done in a process that may. What `make` and
    its work raise is raised here.
    """

    number: int
    make: Callable[[], Work[T, R]]
    crashed: Callable[[T], R]
    is_risky: Callable[[T], bool] = lambda item: False
    _pool: ProcessPoolExecutor = field(init=False)

    def results(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        """The results of each batch; at its end, or when it is closed, the processes end too."""
        rest = iter(batches)
        # Of one process alone, nothing waits for a second batch, which may come late.
        first = list(islice(rest, 2)) if self.number > 1 else []
        if len(first) < 2:
            yield from self._here(chain(first, rest))
            return
        self._pool = self._new_pool(self.number)
        try:
            yield from self._in_pool(chain(first, rest))
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _here(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        work: Work[T, R] | None = None
        for batch in batches:
            if any(map(self.is_risky, batch)):
                yield self._one_by_one(batch)
            else:
                work = work or self.make()
                yield work(batch)

    def _in_pool(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        waiting: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submitted(batch)))
            while waiting and (waiting[0][1].done() or len(waiting) >= AHEAD * self.number):
                yield self._result(waiting)
        while waiting:
            yield self._result(waiting)

    def _result(self, waiting: deque[tuple[Sequence[T], Future[list[R]]]]) -> list[R]:
        batch, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            for place, (other, its) in enumerate(waiting):
                if isinstance(its.exception(), BrokenProcessPool):  # it broke with the pool
                    waiting[place] = (other, self._submitted(other))
            return self._one_by_one(batch)

    def _submitted(self, batch: Sequence[T]) -> Future[list[R]]:
        try:
            return _submit(self._pool, batch)
        except BrokenProcessPool:
            self._pool = self._new_pool(self.number)
            return _submit(self._pool, batch)

    def _one_by_one(self, batch: Sequence[T]) -> list[R]:
        """The results for items of which a process may die, from one that does nothing else meanwhile."""
        results: list[R] = []
        pool = self._new_pool(1)
        try:
            for item in batch:
                try:
                    results += _submit(pool, [item]).result()
                except BrokenProcessPool:
                    results.append(self.crashed(item))
                    pool.shutdown()
                    pool = self._new_pool(1)
        finally:
            pool.shutdown(cancel_futures=True)
        return results

    def _new_pool(self, number: int) -> ProcessPoolExecutor:
        # Not forked: threads of this process may hold locks, and connections are not to be shared.
        return ProcessPoolExecutor(number, get_context("spawn"), initializer=_begin, initargs=(self.make,))


def _submit(pool: ProcessPoolExecutor, batch: Sequence[T]) -> Future[list[Any]]:
    with _unheard():  # the pool starts its processes when work comes
        return pool.submit(_do, batch)


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl-C goes to all processes: those that the block starts never hear it, and who started them decides.

    Not by a handler of theirs, as it may come before they have one.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _begin(make: Callable[[], Work[Any, Any]]) -> None:
    """Make a new process ready, which ends with the one that started it."""
    global _make
    _make = make
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(batch: Sequence[Any]) -> list[Any]:
    global _work
    if _work is None:
        _work = _make()
    found: list[Any] = _work(batch)
    return found
