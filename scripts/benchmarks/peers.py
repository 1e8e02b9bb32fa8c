"""Another server of the same data beside ours."""

import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median
from urllib.parse import quote

from sqlalchemy import make_url

from app.errors import JianyanError
from scripts.benchmarks.load import Measured, load, pooled, requests, run
from scripts.benchmarks.server import started

ROUNDS = 3


class Name(StrEnum):
    """The peers there are."""

    DATASETTE = "datasette"


class PeerError(JianyanError):
    """A peer that cannot serve the database."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What was measured of it; `ratio` is the rps of our list over its own, both measured in turns."""

    name: str
    rps: float
    p50_ms: float
    p99_ms: float
    ratio: float


def require(name: Name, place: str) -> None:
    """Raises PeerError where the peer is not installed or cannot read databases in that place."""
    if "://" in place:
        raise PeerError(f"--peer {name}: it reads SQLite files only; leave out --database")
    if shutil.which(name) is None:
        raise PeerError(f"--peer {name}: it is not installed; pip install {name} and put it on the PATH")


def compare(name: Name, url: str, port: int, path: str, seconds: float, connections: int) -> Peer:
    """The peer on the SQLite file of the URL, against the address `path` of our server on that port.

    Of Datasette it is the page of twenty rows of the table alone: no count, no facets, nothing joined.
    """
    file = Path(make_url(url).database or "")
    page = f"/{quote(file.stem)}/proposal.json?_size=20&_shape=array&_nocount=1&_nofacet=1&_nosuggest=1"
    with started([str(shutil.which(name)), "serve", str(file), "--host", "127.0.0.1"], page) as server:
        return run(_in_turns(_called(name), (port, path), (server.port, page), seconds, connections))


async def _in_turns(
    name: str, ours: tuple[int, str], theirs: tuple[int, str], seconds: float, connections: int
) -> Peer:
    own: list[Measured] = []
    other: list[Measured] = []
    for _ in range(ROUNDS):
        for (port, path), measured in ((ours, own), (theirs, other)):
            measured.append(await load(port, requests([path]), connections, seconds / ROUNDS))
    rps = median(each.rps for each in other)
    whole = pooled(other)
    ratio = median(each.rps for each in own) / rps
    return Peer(name, rps, whole.percentile(0.5), whole.percentile(0.99), ratio)


def _called(name: Name) -> str:
    """The name with its version."""
    return subprocess.check_output([name, "--version"], text=True).strip()
