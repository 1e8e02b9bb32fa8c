"""Requests at a steady rate, whether or not those before are answered: what people and dashboards do."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from time import perf_counter

from scripts.benchmarks.load import PATIENCE, Client, LoadError, Measured, Stage, connected


async def paced(
    port: int, requests: Iterator[bytes], rate: float, is_over: Callable[[], bool], connections: int = 64
) -> Measured:
    """Ask so many times a second until it is over, and wait for all answers. Raises LoadError.

    A request counts from the moment it was due: one that has to wait for a free connection is late by that.
    """
    stage = _Paced(requests, asyncio.get_running_loop().create_future())
    clients = [await connected(port, lambda: _Client(stage)) for _ in range(connections)]
    stage.idle.extend(clients)
    started = due = perf_counter()
    try:
        while not is_over() and not stage.done.done():
            stage.ask(due)
            due += 1 / rate
            await asyncio.sleep(due - perf_counter())
        await _drained(stage)
    finally:
        for client in clients:
            client.close()
    return Measured(stage.latencies, perf_counter() - started)


class _Paced(Stage):
    """Requests that are due wait here for a connection that is idle."""

    def __init__(self, requests: Iterator[bytes], done: asyncio.Future[None]) -> None:
        super().__init__(requests, done)
        self.idle: deque[_Client] = deque()
        self.due: deque[float] = deque()

    def ask(self, due: float) -> None:
        self.due.append(due)
        self.busy += 1
        self.go_on()

    def go_on(self) -> None:
        while self.due and self.idle:
            self.idle.popleft().ask_due(self.due.popleft())


class _Client(Client):
    stage: _Paced

    def ask_due(self, due: float) -> None:
        self._ask()
        self.asked_at = due

    def ask_next(self) -> None:
        self.stage.busy -= 1
        self.stage.idle.append(self)
        self.stage.go_on()


async def _drained(stage: _Paced) -> None:
    """Returns when nothing is under way any more. Raises LoadError."""
    deadline = perf_counter() + PATIENCE
    while stage.busy and not stage.done.done():
        if perf_counter() > deadline:
            raise LoadError(f"{stage.busy} requests had no answer in {PATIENCE:.0f} seconds")
        await asyncio.sleep(0.01)
    if stage.done.done():
        stage.done.result()  # raises what went wrong
