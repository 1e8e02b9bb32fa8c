"""Imports on several machines: the workers of a Dask scheduler prepare and store, this process records.

    here:         read the files, AHEAD batches for each thread of the cluster on their way at a time
    a worker:     prepare a batch, and write its articles in one transaction
    here:         record what became of each of them, and tell

An article is stored by its text and the extractor's version, so that a task that is done again, as its
worker died, changes nothing: what the first attempt stored is then told as unchanged, as it was found. What
became of it is recorded here alone, and so once for each article, however often its task was begun.
"""

import logging
import pickle
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from platform import node
from socket import create_connection
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.database import explained, is_file, make_engine, newest_revision, patient
from app.errors import ClusterError, JianyanError, SourceError
from app.extraction.pipeline import VERSION
from app.importers.formats import bytes_of
from app.importers.pieces import Piece, Said
from app.ingest.conductor import Report, crashed, store
from app.ingest.preparing import Item, Prepared, Preparer, batches, load_extract
from app.settings import Settings
from app.store.saved import Saved

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 2
"""Batches for each thread of the cluster that are being worked on or wait to be fetched."""

CONNECTING = 10
"""Seconds that the scheduler has to answer, and to have a worker."""

ALONE = 60
"""Seconds for which an import waits for other workers when the last one is gone."""

ADDRESS = re.compile(r"(?P<protocol>tcp|tls)://(?P<host>[^/]+):(?P<port>\d+)")

START = "start one in Jianyan's folder: .venv/bin/python -m dask"

# --- in a worker

_preparing = Lock()  # pdfium is not made for several threads of one process, which a worker may have
_extract = lru_cache(1)(load_extract)
_engine = lru_cache(4)(make_engine)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with all batches; `database` is the URL of where to store, None for nowhere."""

    database: str | None
    said: Said


def release() -> str:
    """What workers must have in common with whom they work for."""
    return f"extractor {VERSION}, schema {newest_revision()}"


def prepare_and_store(wanted: str, packed: bytes) -> list[Prepared]:
    """What became of each item: of what was stored no draft is left, and `known` says what was done.

    `packed` are an Order and its items, pickled: another release than `wanted` may not have their classes.
    Raises ClusterError for that, and for whatever else stands in the way of all articles.
    """
    try:
        if wanted != release():
            raise ClusterError(f"has {release()} and the import {wanted}; install the same on both")
        return _prepared_and_stored(*pickle.loads(packed))
    except JianyanError as error:
        raise ClusterError(f"worker on {node()}: {error}") from None


def _prepared_and_stored(order: Order, items: Sequence[Item]) -> list[Prepared]:
    if order.database is None:
        with _preparing:
            return Preparer(_extract(Settings().data_dir), said=order.said)(items)
    engine = patient(_engine(order.database))
    with explained(engine.url):
        with _preparing:
            prepared = Preparer(_extract(Settings().data_dir), engine=engine, said=order.said)(items)
        reports = store(engine, prepared, None)
    return [_done(*each) for each in zip(prepared, reports, strict=True)]


def _done(each: Prepared, report: Report) -> Prepared:
    if report.outcome is None or report.article_id is None:
        return replace(each, draft=None, reason=report.reason)
    saved = Saved(report.outcome, report.article_id, report.counts, report.changes)
    return replace(each, draft=None, known=saved)


# --- in the process that was started


@contextmanager
def connected(address: str, database: str | None, said: Said) -> Iterator["Cluster"]:
    """The cluster of the scheduler at `address`, as tcp://10.0.0.1:8786, for imports into `database`.

    Raises ClusterError where it cannot be used, or not for that database.
    """
    if database and is_file(make_engine(database)):
        raise ClusterError(
            "--cluster cannot store into SQLite, a file that other machines cannot write; "
            "name a PostgreSQL database with --database"
        )
    client = _client(address)
    try:
        _wait_for_worker(client, address, CONNECTING)
        _refuse_others(client, address)
        yield Cluster(client, address, Order(database, said))
    finally:
        with suppress(OSError, TimeoutError):
            client.close(CONNECTING)


def _client(address: str) -> "Client":
    try:
        import dask
        from distributed import Client
    except ModuleNotFoundError as error:
        raise ClusterError(
            "--cluster needs the Python package distributed; install it, here and where workers run: "
            ".venv/bin/python -m pip install distributed"
        ) from error
    _knock(address)
    for name in ("distributed", "distributed.client"):  # each with a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong we tell ourselves
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})  # articles are our data
    try:
        return Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"what answers at {address} is no Dask scheduler, or one of another version"
        ) from error


def _knock(address: str) -> None:
    """Raise ClusterError at once where nothing listens, which Dask would try for long."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ClusterError(f"{address!r} is no address of a scheduler; write tcp://HOST:8786, for example")
    try:
        with create_connection((found["host"].strip("[]"), int(found["port"])), CONNECTING) as line:
            if found["protocol"] == "tcp":
                line.recv(1)  # a scheduler speaks first
    except (OSError, OverflowError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}; check address and network, or {START} scheduler"
        ) from error


def _wait_for_worker(client: "Client", address: str, seconds: float) -> None:
    try:
        with _explained(address):
            client.wait_for_workers(1, seconds)
    except TimeoutError as error:
        raise ClusterError(f"the scheduler at {address} has no worker; {START} worker {address}") from error


def _refuse_others(client: "Client", address: str) -> None:
    """Raise ClusterError for a worker that has another Jianyan, or none, of which it would die."""
    with _explained(address):
        found = client.run(release, on_error="return")
    for worker, theirs in found.items():
        if theirs != release():
            has = f"no Jianyan ({theirs})" if isinstance(theirs, Exception) else theirs
            raise ClusterError(
                f"the worker at {worker} has {has}, and this has {release()}; "
                f"{START} worker {address}, with the same Jianyan"
            )


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Turn what comes of a scheduler that goes away in the block into a ClusterError."""
    try:
        yield
    except TimeoutError:
        raise
    except (OSError, CancelledError) as error:
        raise ClusterError(
            f"the scheduler at {address} went away; what was stored is kept, "
            "and the same command goes on from there"
        ) from error


@dataclass(slots=True)
class Cluster:
    """Does batches on the workers of a scheduler."""

    client: "Client"
    address: str
    order: Order
    _waiting: "dict[Future[Any], Sequence[Item]]" = field(default_factory=dict)
    _suspects: deque[Item] = field(default_factory=deque)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way of which `results` did not tell yet."""
        return not self._waiting and not self._suspects

    def results(self, items: Iterable[Item]) -> Iterator[list[Prepared]]:
        """What became of the items, a batch at a time as they are done. Raises ClusterError."""
        with _explained(self.address):
            for batch in batches(map(carried, items)):
                self._submit(batch)
                while self._is_full() or any(future.done() for future in self._waiting):
                    yield from self._next()
            while not self.is_idle:
                yield from self._next()

    def _is_full(self) -> bool:
        # Where some are suspected the others are finished first, so that none dies with them.
        threads = max(1, sum(self.client.nthreads().values()))
        return bool(self._suspects) or len(self._waiting) >= AHEAD * threads

    def _submit(self, batch: Sequence[Item]) -> None:
        packed = pickle.dumps((self.order, batch))
        future = self.client.submit(prepare_and_store, release(), packed, pure=False)
        self._waiting[future] = batch

    def _next(self) -> Iterator[list[Prepared]]:
        """The results of one batch; none where its articles are to be done one by one."""
        is_alone = not self._waiting
        if is_alone:
            self._submit([self._suspects.popleft()])
        future = self._finished()
        batch = self._waiting.pop(future)
        found = self._result(future)
        if found is not None:
            yield found
        elif is_alone:
            yield [crashed(item) for item in batch]
        else:
            self._suspects.extend(batch)

    def _finished(self) -> "Future[Any]":
        from distributed import wait

        while True:
            for future in self._waiting:
                if future.done():
                    return future
            try:
                wait(list(self._waiting), timeout=CONNECTING, return_when="FIRST_COMPLETED")
            except TimeoutError:
                _wait_for_worker(self.client, self.address, ALONE)

    def _result(self, future: "Future[Any]") -> list[Prepared] | None:
        """None where each worker died that tried it."""
        from distributed import KilledWorker

        while True:
            try:
                found: list[Prepared] = future.result(CONNECTING)
                return found
            except KilledWorker:
                return None
            except JianyanError:
                raise
            except Exception as error:
                if future.status == "error":
                    raise self._refused(error) from error
                if not isinstance(error, TimeoutError):
                    raise
                # It was lost with its worker, and is done again.
                _wait_for_worker(self.client, self.address, ALONE)

    def _refused(self, error: Exception) -> ClusterError:
        return ClusterError(
            f"the cluster at {self.address} cannot do this ({type(error).__name__}: {error}); "
            "have scheduler and workers of the same Jianyan as this, started in its folder"
        )


def carried(item: Item) -> Item:
    """The item with its file's bytes, as the file may not be there where it is read. Raises nothing."""
    if not isinstance(item, Piece) or item.path is None or item.data is not None:
        return item
    try:
        return replace(item, path=None, data=bytes_of(item.path, item.name))
    except SourceError as error:
        return error
