"""Load: requests over a fixed number of kept connections, the next one as soon as an answer is there.

Sockets right under the event loop and no more parsing than needed, as the server shares the processor: see
`ceiling` for how many answers a second can be taken.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 300.0
"""Seconds after which an answer is not waited for any longer."""

LAST_CHUNK = b"0\r\n\r\n"
"""The end of an answer that does not say how long it is."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class LoadError(Exception):
    """An answer that is not a 200, or none at all."""


def request(path: str) -> bytes:
    """A GET that asks for no compression."""
    head = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: identity", "Accept: */*")
    return "\r\n".join((*head, "", "")).encode("ascii")


def requests(paths: Sequence[str]) -> Iterator[bytes]:
    """Requests for the addresses over and over."""
    return cycle([request(path) for path in paths])


@dataclass(slots=True)
class Measured:
    """Answers to requests: the seconds each took, and those from the first to the last of all."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rps(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def pooled(rounds: Iterable[Measured]) -> Measured:
    """All answers of several rounds together."""
    whole = Measured()
    for each in rounds:
        whole.latencies += each.latencies
        whole.seconds += each.seconds
    return whole


def run(work: Coroutine[Any, Any, T]) -> T:
    """asyncio.run on the fastest event loop there is."""
    try:
        from uvloop import new_event_loop
    except ImportError:  # not on every system
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


async def load(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Measured:
    """Ask for that long, and wait for what was asked by then. Raises LoadError."""
    loop = asyncio.get_running_loop()
    stage = Stage(requests, loop.create_future())
    clients = [await connected(port, lambda: Client(stage)) for _ in range(connections)]
    started = perf_counter()
    stage.until = started + seconds
    for client in clients:
        client.ask()
    try:
        await asyncio.wait_for(stage.done, seconds + PATIENCE)
    except TimeoutError:
        raise LoadError(f"no answer in {PATIENCE:.0f} seconds to {clients[0].path}") from None
    finally:
        for client in clients:
            client.close()
    return Measured(stage.latencies, perf_counter() - started)


async def connected(port: int, client: "Callable[[], C]") -> "C":
    _, protocol = await asyncio.get_running_loop().create_connection(client, "127.0.0.1", port)
    return protocol


@dataclass(slots=True)
class Stage:
    """What the clients of one load share; `done` when the last of them has its last answer."""

    requests: Iterator[bytes]
    done: asyncio.Future[None]
    until: float = float("inf")
    busy: int = 0
    latencies: list[float] = field(default_factory=list)

    def fail(self, reason: str) -> None:
        if not self.done.done():
            self.done.set_exception(LoadError(reason))

    def finish_one(self) -> None:
        self.busy -= 1
        if not self.busy and not self.done.done():
            self.done.set_result(None)


class Client(asyncio.Protocol):
    """One connection; asks again when it has been answered."""

    transport: asyncio.Transport

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.asked: bytes = b""
        self.asked_at = 0.0
        self.buffer = bytearray()
        self.wanted = 0
        self.chunked = False
        self.waiting = False

    @property
    def path(self) -> str:
        return self.asked.split(b" ", 2)[1].decode() if self.asked else "nothing"

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    def ask(self) -> None:
        self.stage.busy += 1
        self._ask()

    def _ask(self) -> None:
        self.asked = next(self.stage.requests)
        self.waiting = True
        self.asked_at = perf_counter()
        self.transport.write(self.asked)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.wanted and not self._read_head():
            return
        if len(self.buffer) >= self.wanted and (not self.chunked or self.buffer.endswith(LAST_CHUNK)):
            self._take()

    def _read_head(self) -> bool:
        """Whether all of the head is there; notes how long head and body are together, if it says so."""
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = _LENGTH.search(self.buffer, 0, end + 2)
        self.chunked = length is None
        self.wanted = end + 4 + (int(length[1]) if length else 0)
        return True

    def _take(self) -> None:
        now = perf_counter()
        if self.buffer[9:12] != b"200":
            self.stage.fail(f"{self.path}: {self.buffer.decode(errors='replace')}")
            return
        self.stage.latencies.append(now - self.asked_at)
        self.waiting = False
        self.buffer.clear()
        self.wanted = 0
        self.ask_next()

    def ask_next(self) -> None:
        if perf_counter() < self.stage.until:
            self._ask()
        else:
            self.stage.finish_one()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting:  # one that waits for the other clients may be closed: it was idle for long
            self.stage.fail(f"{self.path}: the server closed the connection")

    def close(self) -> None:
        self.waiting = False
        self.transport.abort()


class Download(Client):
    """Takes answers of any length, one after the other, and throws them away; `taken` counts their bytes."""

    taken = 0
    _tail = b""

    def data_received(self, data: bytes) -> None:
        if not self.wanted:
            self.wanted = 1
            if data[9:12] != b"200":
                self.stage.fail(f"{self.path}: {data.decode(errors='replace')}")
                return
        self.taken += len(data)
        self._tail = (self._tail + data)[-5:]
        if self._tail == LAST_CHUNK:
            self.wanted, self._tail = 0, b""
            self._ask()


C = TypeVar("C", bound=Client)


def ceiling(body: bytes, connections: int, seconds: float) -> float:
    """Answers a second that `load` takes from a process which does nothing but send this body."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer_at_once, args=(body, theirs), daemon=True)
    process.start()
    try:
        port = ours.recv()
        asked = request("/")
        return run(load(port, iter(lambda: asked, None), connections, seconds)).rps
    finally:
        process.terminate()
        process.join()


def _answer_at_once(body: bytes, pipe: Any) -> None:
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    run(_serve(head + body, pipe))


async def _serve(answer: bytes, pipe: Any) -> None:
    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            self.transport = transport

        def data_received(self, _data: bytes) -> None:
            self.transport.write(answer)

    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
