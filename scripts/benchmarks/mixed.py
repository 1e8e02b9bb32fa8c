"""The fast list while others ask for what is slow."""

import asyncio
from dataclasses import dataclass

from scripts.benchmarks.load import Client, Download, Stage, connected, load, requests
from scripts.benchmarks.questions import CSV, FACETS, LIST

CLIENTS = 2
"""Who ask for facets, one after the other."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """The list meanwhile, and how much the others got."""

    rps: float
    p50_ms: float
    p99_ms: float
    facets: int
    megabytes: float


async def mixed(port: int, seconds: float, connections: int) -> Mixed:
    """Load the list for that long beside clients of facets and a download of everything, which go on all
    the time. What they have asked for is not waited for at the end. Raises LoadError."""
    loop = asyncio.get_running_loop()
    counting = Stage(requests([FACETS]), loop.create_future())
    downloading = Stage(requests([CSV]), loop.create_future())
    others = [await connected(port, lambda: Client(counting)) for _ in range(CLIENTS)]
    download = await connected(port, lambda: Download(downloading))
    for other in (*others, download):
        other.ask()
    try:
        listed = await load(port, requests([LIST]), connections, seconds)
    finally:
        for other in (*others, download):
            other.close()
    for stage in (counting, downloading):
        if stage.done.done():
            stage.done.result()  # raises what went wrong
    return Mixed(
        rps=listed.rps,
        p50_ms=listed.percentile(0.5),
        p99_ms=listed.percentile(0.99),
        facets=len(counting.latencies),
        megabytes=download.taken / 1_000_000,
    )
