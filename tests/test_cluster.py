"""Imports on a real Dask cluster, two workers on this machine, into a real PostgreSQL."""

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path

import pytest
from distributed import Client
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from app.database import make_engine, patient
from app.errors import ClusterError, SourceError
from app.importers.article import RawArticle
from app.importers.pieces import Piece, Said
from app.ingest import cluster, preparing
from app.ingest.cluster import Order, carried, connected, prepare_and_store, release
from app.ingest.conductor import Report, Summary, ingest
from app.ingest.preparing import Item
from app.tables import Article, ImportOutcome, ImportRun
from app.vocabulary import Outcome
from tests.conftest import seed
from tests.databases import PostgresqlDatabases

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120
"""Seconds after which a test gives up what never comes."""
SAID = Said(source="红河日报")
FATAL = "读到这里就停机"
# Loaded by each worker: there is an article that none of them survives.
PRELOADED = f"""
import os, signal
from app.importers.formats import FORMATS
def reading(data, name, charset, read=FORMATS["text"]):
    if "{FATAL}".encode() in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(data, name, charset)
FORMATS["text"] = reading
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory, jieba_cache: Path) -> Iterator[str]:
    """The address of one with two workers, each of which is started again when it dies."""
    folder = tmp_path_factory.mktemp("cluster")
    known = folder / "scheduler.json"
    common = ("--scheduler-file", known, "--no-dashboard")
    preloaded = folder / "preloaded.py"
    preloaded.write_text(PRELOADED, "utf-8")
    workers = (*("--nworkers", "2", "--nthreads", "1"), "--local-directory", folder, "--preload", preloaded)
    commands = [
        ("scheduler", *common, "--host", "127.0.0.1", "--port", "0"),
        ("worker", *common, *workers),
    ]
    environment = {**os.environ, "JIANYAN_DATA_DIR": str(jieba_cache)}
    with (folder / "log").open("w") as log:
        running = [
            subprocess.Popen([sys.executable, "-m", "dask", *each], cwd=ROOT, env=environment, stderr=log)
            for each in commands
        ]
        try:
            yield address_in(known)
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait()


@pytest.fixture
def address(scheduler: str) -> str:
    """That of the scheduler, once both workers are there again, if a test before had one killed."""
    with Client(scheduler, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(2, PATIENCE)
    return scheduler


def address_in(known: Path) -> str:
    """What the scheduler wrote there once it is up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if known.exists() and known.read_text().endswith("}"):
            address: str = json.loads(known.read_text())["address"]
            return address
        time.sleep(0.05)
    raise AssertionError((known.parent / "log").read_text())


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    yield postgresql_databases.filled(seed)
    postgresql_databases.clear()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "NUMBER", 12)


def text_of(number: int) -> str:
    return f"云南省政协委员罗星禾建议,在第{number}个乡镇建设数字书屋,投入{number}万元。"


def pieces(number: int) -> list[Item]:
    return [Piece(f"{place}.txt", "text", data=text_of(place).encode()) for place in range(number)]


def imported(
    engine: Engine, address: str, items: list[Item], said: Said = SAID
) -> tuple[Summary, list[Report]]:
    reports: list[Report] = []
    url = engine.url.render_as_string(hide_password=False)
    with connected(address, url, said) as there:
        summary = ingest(patient(engine), there.results(items), tell=reports.append)
    return summary, reports


def recorded(engine: Engine) -> Counter[str]:
    """How often each source stands among the outcomes."""
    with Session(engine) as session:
        return Counter(session.exec(select(ImportOutcome.source)))


def stored(engine: Engine) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Article)).one()


def test_a_killed_worker_costs_no_article(engine: Engine, address: str, small_batches: None) -> None:
    reports: list[Report] = []
    with connected(address, engine.url.render_as_string(hide_password=False), SAID) as there:
        running = there.client.run(os.getpid)

        def tell(report: Report) -> None:
            if not reports:
                os.kill(next(iter(running.values())), signal.SIGKILL)
            reports.append(report)

        summary = ingest(patient(engine), there.results(pieces(120)), tell=tell)
    assert recorded(engine) == {f"{number}.txt": 1 for number in range(120)}
    assert stored(engine) == 120
    # What the killed one had stored and not yet told of was found unchanged.
    assert summary.outcomes["new"] + summary.outcomes["unchanged"] == summary.articles == 120
    assert (summary.counts["proposals"], summary.counts["metrics"]) == (120, 120)
    assert {report.article_id for report in reports} == ids(engine)
    with Session(engine) as session:
        run = session.exec(select(ImportRun)).one()
        assert run.counts == dict(summary.outcomes)
        assert run.finished_at is not None
        assert set(session.exec(select(Article.source))) == {"红河日报"}


def ids(engine: Engine) -> set[int]:
    with Session(engine) as session:
        return set(session.exec(select(col(Article.id))))


def test_only_the_article_that_kills_each_worker_fails(engine: Engine, address: str) -> None:
    with Client(address, set_as_default=False) as client:
        # What one worker died of is not tried on three more.
        client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
    items = pieces(3)
    items.insert(1, Piece("fatal.txt", "text", data=FATAL.encode()))
    summary, reports = imported(engine, address, items)
    assert summary.outcomes == {"failed": 1, "new": 3}
    (failed,) = (report for report in reports if report.reason)
    assert failed.source == "fatal.txt"
    assert "made the program that reads it crash" in str(failed.reason)
    assert stored(engine) == 3


def test_once_stopped_all_that_was_begun_is_stored_and_told(
    engine: Engine, address: str, small_batches: None
) -> None:
    reports: list[Report] = []
    with connected(address, engine.url.render_as_string(hide_password=False), SAID) as there:
        summary = ingest(
            patient(engine),
            there.results(takewhile(lambda _: not reports, pieces(120))),
            tell=reports.append,
            stop=lambda: bool(reports) and there.is_idle,
        )
    assert summary.stopped
    assert 0 < len(reports) < 120
    assert len(reports) == stored(engine) == recorded(engine).total()


def test_the_script_imports_files_that_only_it_can_see(url: str, address: str, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(text_of(number), "utf-8")
    (tmp_path / "empty.txt").touch()
    done = script(".", "--cluster", address, "--database", url, "--json", folder=tmp_path)
    assert done.returncode == 1, done.stderr
    found = {each["source"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert {name: each["outcome"] for name, each in found.items()} == {
        **{f"{number}.txt": "new" for number in range(3)},
        "empty.txt": "failed",
    }
    assert found["0.txt"]["proposals"] == 1


def script(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "ingest.py", *arguments],
        cwd=folder,
        env={**os.environ, "JIANYAN_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return done


def test_a_scheduler_that_cannot_be_reached_ends_the_script_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text_of(1), "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens there
        nobody = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        done = script(
            "a.txt", "--cluster", nobody, "--database", "postgresql://localhost:1/none", folder=tmp_path
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"no Dask scheduler answers at {nobody}; check address and network")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("given", ["", "127.0.0.1", "http://127.0.0.1:8786", "tcp://127.0.0.1"])
def test_what_is_no_address_is_told_at_once(given: str) -> None:
    with pytest.raises(ClusterError, match="is no address of a scheduler; write tcp://HOST:8786"):
        enter(given)


def enter(address: str, database: str | None = None) -> None:
    with connected(address, database, SAID):
        pytest.fail("connected")


def test_sqlite_is_refused_before_anybody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"cannot store into SQLite, .*; name a PostgreSQL database"):
        enter("tcp://127.0.0.1:1", f"sqlite:///{tmp_path}/jianyan.db")


def test_without_the_package_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"install it, .*: \.venv/bin/python -m pip install distributed"):
        enter("tcp://127.0.0.1:1")


def test_a_worker_refuses_the_work_of_another_version(
    engine: Engine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "release", lambda: "extractor 0, schema 0")
    with pytest.raises(
        ClusterError, match=f"worker on .* has {release()} and the import extractor 0, schema 0"
    ):
        imported(engine, address, pieces(1))
    assert stored(engine) == 0


def test_a_worker_says_what_keeps_it_from_the_database(address: str) -> None:
    with (
        connected(address, "postgresql://127.0.0.1:1/none", SAID) as there,
        pytest.raises(ClusterError, match=r"worker on .*: database .* cannot be reached"),
    ):
        list(there.results(pieces(1)))


def test_a_rehearsal_needs_no_database(address: str) -> None:
    with connected(address, None, SAID) as there:
        ((only,),) = there.results(pieces(1))
    assert only.draft is not None
    assert (only.draft.text, only.known, only.reason) == (text_of(0), None, None)


def test_a_task_that_is_done_twice_changes_nothing(
    url: str, engine: Engine, jieba_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANYAN_DATA_DIR", str(jieba_cache))
    packed = pickle.dumps((Order(url, SAID), pieces(5)))
    with ThreadPoolExecutor(2) as both:  # as when a worker was given up that still is at it
        tasks = [both.submit(prepare_and_store, release(), packed) for _ in range(2)]
        first, second = (task.result() for task in tasks)
    found = [(each.known, other.known) for each, other in zip(first, second, strict=True)]
    assert all(one and other and one.article_id == other.article_id for one, other in found)
    assert all(one and other and one.counts == other.counts for one, other in found)
    outcomes = Counter(each.known.outcome for each in (*first, *second) if each.known)
    assert outcomes == {Outcome.NEW: 5, Outcome.UNCHANGED: 5}
    assert stored(engine) == 5


def test_files_travel_as_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text_of(1), "utf-8")
    piece = Piece("a.txt", "text", path)
    assert carried(piece) == Piece("a.txt", "text", data=text_of(1).encode())
    path.unlink()
    gone = carried(piece)
    assert isinstance(gone, SourceError)
    assert gone.reason == "is no longer there; it was moved or deleted"


def test_what_is_in_memory_already_travels_as_it_is() -> None:
    for item in (SourceError("a", "is empty"), RawArticle("文", "a"), Piece("a", "text", data=b"a")):
        assert carried(item) is item
