"""A backup made while an import writes is one moment of the database, and the import goes on from it."""

import os
import runpy
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.database import make_engine
from app.errors import DatabaseError
from app.extraction.pipeline import VERSION, Extractor
from app.importers.sources import find
from app.ingest import preparing
from app.ingest.conductor import Report, ingest, prepared_here
from app.ingest.preparing import Preparer
from tests.conftest import seed, skip_unless_required
from tests.contents import digest
from tests.databases import ONLY_SQLITE, Databases
from tests.postgresql import find_programs
from tests.promises import newspapers
from tests.promises.killing import opened
from tests.promises.soundness import assert_sound
from tests.promises.victims import ROOT, Order, Victims

ARTICLES, BATCH = 24, 2
AMIDST = 6
"""Commits after which an import is in its midst: each batch has one, and few others."""
ONLY_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return newspapers.write(tmp_path / "news.jsonl", range(ARTICLES))


@pytest.fixture
def moments(
    databases: Databases, news: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> Sequence[str]:
    """What a database says before the first batch of an import that is left alone, and after each."""
    monkeypatch.setattr(preparing, "NUMBER", BATCH)
    with opened(databases.filled(seed)) as engine:
        told: list[Report] = []
        digests = [digest(engine)]

        def tell(report: Report) -> None:
            told.append(report)
            if len(told) % BATCH == 0:
                digests.append(digest(engine))

        prepare = Preparer(extractor.extract, VERSION, engine)
        ingest(engine, prepared_here(find([str(news)]), prepare), tell=tell)
    assert len(set(digests)) == 1 + ARTICLES // BATCH
    return digests


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The functions of scripts/backup.py."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return runpy.run_path(str(ROOT / "scripts" / "backup.py"))


def order(url: str, news: Path) -> Order:
    arguments = [str(news), "--json", "--workers", "1", "--database", url]
    return Order("ingest", arguments, str(news.parent / "told"), batch=BATCH)


def copies_of(url: str, news: Path, victims: Victims, copy: Callable[[Path], object]) -> list[Path]:
    """Made one after the other from the midst of an import to its end; for the first of them it rests."""
    made: list[Path] = []

    def make() -> None:
        made.append(news.with_name(f"copy{len(made)}"))
        copy(made[-1])

    victim = victims.begin(replace(order(url, news), rest_after=AMIDST))
    victim.await_rest()
    make()
    victim.order.resting.unlink()
    while len(victim.lines()) < ARTICLES:
        make()
    assert victim.ended() == 0, victim.said()
    return made


@ONLY_SQLITE
def test_copies_made_while_an_import_runs_are_moments_of_it_and_it_goes_on_from_them(
    databases: Databases,
    moments: Sequence[str],
    news: Path,
    victims: Victims,
    script: dict[str, Any],
    tmp_path: Path,
) -> None:
    url = databases.filled(seed)
    copies = copies_of(url, news, victims, lambda file: script["copied"](url, file, False))
    found = {digest(make_engine(f"sqlite:///{copy}")): copy for copy in copies}
    assert found.keys() <= set(moments)
    amidst = [found[moment] for moment in moments[1:-1] if moment in found]
    assert amidst
    assert script["checked"](amidst[0]) is False
    data = tmp_path / "data"
    assert restored(amidst[0], data, news, victims) == moments[-1]


def restored(copy: Path, data: Path, news: Path, victims: Victims) -> str:
    """What an import comes to that goes on in a copy, which took the place of a damaged database."""
    data.mkdir()
    for name in ("jianyan.db", "jianyan.db-wal", "jianyan.db-shm"):  # as a server leaves them that was killed
        (data / name).write_bytes(os.urandom(5000))
    (data / "old").mkdir()
    for path in data.glob("jianyan.db*"):
        path.rename(data / "old" / path.name)
    shutil.copy(copy, data / "jianyan.db")
    with opened(f"sqlite:///{data}/jianyan.db") as engine:
        assert_sound(engine)
        victims.run(order(f"sqlite:///{data}/jianyan.db", news))
        assert_sound(engine)
        return digest(engine)


@ONLY_POSTGRESQL
def test_the_commands_that_are_named_for_postgresql_copy_a_moment_and_bring_it_back(
    databases: Databases, moments: Sequence[str], news: Path, victims: Victims, script: dict[str, Any]
) -> None:
    programs = find_programs()
    if programs is None or not (programs / "pg_dump").is_file():
        skip_unless_required("no pg_dump beside the server's programs")
    url = databases.filled(seed)
    copies = copies_of(url, news, victims, lambda file: run(programs, commands(script, url, file)[0]))
    found = []
    for copy in copies:
        run(programs, commands(script, url, copy)[1])
        with opened(url) as engine:
            found.append(digest(engine))
            if found[-1] in moments[1:-1]:
                break
    assert set(found) <= set(moments)
    assert found[-1] in moments[1:-1]
    with opened(url) as engine:
        assert_sound(engine)
        victims.run(order(url, news))
        assert digest(engine) == moments[-1]


def commands(script: dict[str, Any], url: str, file: Path) -> list[str]:
    """The two that copy the database to that file and back."""
    with pytest.raises(DatabaseError) as told:
        script["copied"](url, file, False)
    return [line for line in str(told.value).splitlines() if line.startswith("  ")]


def run(programs: Path | None, command: str) -> None:
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
