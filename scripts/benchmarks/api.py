"""The speed of the API: one worker of it on synthetic databases, held against a static answer of its own.

The machine may be busy with other things and the load comes from the same processors, so figures are
compared by their ratio to the reference, which is measured again and again between the routes.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Any

from app.database import make_engine
from scripts.benchmarks import peers
from scripts.benchmarks.databases import database
from scripts.benchmarks.load import Measured, ceiling, load, pooled, requests, run
from scripts.benchmarks.mixed import Mixed, mixed
from scripts.benchmarks.questions import LIST, ROUTES, Paths, questions
from scripts.benchmarks.served import BARE, REFERENCE
from scripts.benchmarks.server import Server, application, get, log_level, put
from scripts.benchmarks.statements import Cost, costs

ROUNDS = 3
REFERENCE_SHARE = 0.5
"""How long the reference is measured before each route, against the route itself."""

OVERDUE = 3.0
"""A route whose round took this many times its share of the seconds is measured in no further one."""


@dataclass(frozen=True, slots=True)
class Route:
    """What was measured of a route.

    `p50_ms` and `p99_ms` are with all connections busy, and of what was asked before and is remembered too;
    `first_ms` and `sql_ms` are of one request by itself for what was not, see `Cost`. `ratio` is its rps over
    that of the reference. `growth` is p50 over that with the fewest rows, `first_growth` likewise of
    `first_ms`; None for one size. `in_flight` is 1 where one request by itself takes longer than the route is
    loaded; where only one of the two sizes was measured so, `growth` is that of `sql_ms`.
    """

    rps: float
    p50_ms: float
    p99_ms: float
    first_ms: float
    sql_ms: float
    ratio: float
    in_flight: int
    growth: float | None = None
    first_growth: float | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured with that many rows; `memory_mb` is the server's after the load of all routes."""

    rows: int
    database: str
    reference_rps: float
    reference_p50_ms: float
    reference_p99_ms: float
    memory_mb: float
    first_answer_seconds: float
    answer_bytes: int
    routes: dict[str, Route]
    mixed: Mixed
    peer: peers.Peer | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One run; `sizes` from the fewest rows to the most. `generator_rps` is what the load could take."""

    connections: int
    seconds: float
    log_level: str
    generator_rps: float
    sizes: list[Size]

    def document(self) -> dict[str, Any]:
        """Those of the largest size, and all of them under `sizes` by their rows."""
        written = asdict(self)
        written["sizes"] = {str(size["rows"]): size for size in written["sizes"]}
        return {**written, **asdict(self.sizes[-1])}


@dataclass(frozen=True, slots=True)
class Options:
    """How to measure: `seconds` of load for each route, that many requests in flight.

    `place` is where databases are kept, a folder or a PostgreSQL URL.
    """

    seconds: float
    connections: int
    place: str
    peer: peers.Name | None = None


def measure(rows: Sequence[int], options: Options) -> Figures:
    """The figures of one run. Raises JianyanError, LoadError, ServerError."""
    if options.peer:
        peers.require(options.peer, options.place)
    urls = {number: database(number, options.place) for number in sorted(set(rows))}
    sizes = [_measure_size(number, url, options) for number, url in urls.items()]
    generator = ceiling(b" " * sizes[-1].answer_bytes, options.connections, min(1.0, options.seconds))
    if len(sizes) > 1:
        sizes = [replace(size, routes=grown(size.routes, sizes[0].routes)) for size in sizes]
    return Figures(options.connections, options.seconds, log_level(), generator, sizes)


def grown(routes: Mapping[str, Route], least: Mapping[str, Route]) -> dict[str, Route]:
    """The routes with their growth from `least`, the same routes with the fewest rows."""
    return {name: _grown_from(least[name], route) for name, route in routes.items()}


def _grown_from(least: Route, route: Route) -> Route:
    is_alike = route.in_flight == least.in_flight
    growth = route.p50_ms / least.p50_ms if is_alike else route.sql_ms / least.sql_ms
    first = route.first_ms / least.first_ms if least.first_ms else None
    return replace(route, growth=growth, first_growth=first)


def _measure_size(rows: int, url: str, options: Options) -> Size:
    seconds, connections = options.seconds, options.connections
    engine = make_engine(url)
    asked = questions(engine)
    engine.dispose()
    _tell(f"{rows:,} proposals: each route by itself")
    # Before the load, so that what is read is in the system's memory from then on.
    cost = run(costs(url, {name: paths for name, paths in asked.items() if name in _WITH_SQL}, seconds))
    with application(url, LIST) as server:
        _, answer = get(server.port, LIST)
        put(server.port, REFERENCE, answer)
        put(server.port, BARE, answer)
        _tell(f"{rows:,} proposals: the routes under load")
        slow = {name for name, each in cost.items() if each.sql_ms > 1000 * seconds}
        in_flight = {name: 1 if name in slow else connections for name in asked}
        reference, measured = run(_in_rounds(server.port, asked, seconds, connections, in_flight))
        memory = server.memory()
        peer = _peer(url, server, options)
        both = run(mixed(server.port, seconds, connections))
    reference_rps = median(each.rps for each in reference)
    whole = pooled(reference)
    return Size(
        rows=rows,
        database=engine.url.render_as_string(hide_password=True),
        reference_rps=reference_rps,
        reference_p50_ms=whole.percentile(0.5),
        reference_p99_ms=whole.percentile(0.99),
        memory_mb=memory,
        first_answer_seconds=server.first_answer,
        answer_bytes=len(answer),
        routes={
            name: _route(rounds, cost.get(name, Cost()), reference_rps, in_flight[name])
            for name, rounds in measured.items()
        },
        mixed=both,
        peer=peer,
    )


def _tell(stage: str) -> None:
    print(stage, "...", file=sys.stderr, flush=True)


def _peer(url: str, server: Server, options: Options) -> peers.Peer | None:
    if options.peer is None:
        return None
    return peers.compare(options.peer, url, server.port, LIST, options.seconds, options.connections)


_WITH_SQL = set(ROUTES) - {"tagged", "bare"}


def _route(rounds: Sequence[Measured], cost: Cost, reference_rps: float, in_flight: int) -> Route:
    rps, whole = median(each.rps for each in rounds), pooled(rounds)
    latencies = whole.percentile(0.5), whole.percentile(0.99)
    return Route(rps, *latencies, cost.first_ms, cost.sql_ms, rps / reference_rps, in_flight)


async def _in_rounds(
    port: int,
    asked: Mapping[str, Paths],
    seconds: float,
    connections: int,
    in_flight: Mapping[str, int],
) -> tuple[list[Measured], dict[str, list[Measured]]]:
    """The reference and every route, each in turn, several times over."""
    share = seconds / ROUNDS
    reference, ask_reference = [], requests([REFERENCE])
    asking = {name: requests(paths) for name, paths in asked.items()}
    measured: dict[str, list[Measured]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, rounds in measured.items():
            if rounds and rounds[-1].seconds > OVERDUE * share:
                continue
            reference.append(await load(port, ask_reference, connections, REFERENCE_SHARE * share))
            rounds.append(await load(port, asking[name], in_flight[name], share))
    return reference, measured


def table(figures: Figures) -> Iterator[str]:
    """The figures as lines for a terminal."""
    yield f"one worker, {figures.connections} requests in flight, log level {figures.log_level}"
    yield f"the load generator alone takes {figures.generator_rps:,.0f} answers a second"
    for size in figures.sizes:
        yield ""
        yield from _size_lines(size)


def _as_column(growth: float | None) -> str:
    return f"{'':9}" if growth is None else f"{growth:9,.1f}"


def _size_lines(size: Size) -> Iterator[str]:
    yield f"{size.rows:,} proposals in {size.database}"
    columns = f"{'':34}{'rps':>9}{'p50 ms':>10}{'p99 ms':>10}"
    yield f"{columns}{'first ms':>10}{'SQL ms':>10}{'x reference':>13}{'growth':>9}{'first':>9}"
    reference = (size.reference_rps, size.reference_p50_ms, size.reference_p99_ms)
    yield "{:34}{:9,.1f}{:10,.1f}{:10,.1f}".format(f"reference, {size.answer_bytes:,} bytes", *reference)
    for name, route in size.routes.items():
        growths = "".join(_as_column(each) for each in (route.growth, route.first_growth))
        alone = "  one at a time" if route.in_flight == 1 else ""
        yield (
            f"{ROUTES[name]:34}{route.rps:9,.1f}{route.p50_ms:10,.1f}{route.p99_ms:10,.1f}"
            f"{route.first_ms:10,.1f}{route.sql_ms:10,.2f}{route.ratio:13,.3f}{growths}{alone}"
        )
    yield f"memory {size.memory_mb:,.0f} MB; first answer {size.first_answer_seconds:.2f} s after the start"
    yield (
        f"20 newest beside two clients of facets and a download of all as csv: {size.mixed.rps:,.1f} rps, "
        f"p50 {size.mixed.p50_ms:,.1f} ms, p99 {size.mixed.p99_ms:,.1f} ms"
    )
    if peer := size.peer:
        yield (
            f"{peer.name}, twenty rows of the table alone: {peer.rps:,.1f} rps, p50 {peer.p50_ms:,.1f} ms, "
            f"p99 {peer.p99_ms:,.1f} ms; 20 newest has {peer.ratio:.2f} times its rps"
        )
