"""The promise: a database of every released version becomes one of this version with all that it holds, and
can be taken back; one of a newer version is left alone."""

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from app.database import for_writing, make_engine, migrate, newest_revision, revision_of
from app.main import create_app
from app.settings import REPOSITORY, Settings
from app.start import prepare
from tests.databases import Databases
from tests.promises import upgrading
from tests.promises.breaking import run
from tests.promises.upgrading import MADE, Rows, columns_of, config, made_of, revisions, rows_of
from tests.web import TestClient

SHORT = ("0001", "0007")
"""The first, and that before the newest: on their ways all migrations are passed."""

READ = [
    *("/proposals?facets=theme,region,speaker,kind,year&limit=200", "/proposals?q=科学城&sort=relevance"),
    *("/people?limit=200", "/institutions?limit=200", "/metrics?q=亿&facets=unit", "/articles?facets=source"),
    *("/proposals?region=四川&theme=funding", "/stats/timeline", "/search?q=汽车"),
]


@pytest.fixture
def full(databases: Databases) -> Iterator[Engine]:
    """Of this version, with rows in every table."""
    engine = make_engine(databases.filled(upgrading.fill))
    yield engine
    engine.dispose()


@pytest.fixture
def old(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.empty())
    yield engine
    engine.dispose()


def drift(engine: Engine) -> list[object]:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not str(name).startswith(("proposal_pieces", "metric_pieces"))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        return list(compare_metadata(context, SQLModel.metadata))


def assert_sound(engine: Engine) -> None:
    """That no row points to one that is not there; PostgreSQL sees to that itself."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]


def known(rows: Rows, columns: dict[str, list[str]], shape: dict[str, list[str]]) -> Rows:
    """Of rows with these columns, those columns that the shape has too; the data's version is no data."""
    kept = {}
    for name in shape.keys() - MADE - {"data_version"}:
        places = [columns[name].index(column) for column in shape[name]]
        kept[name] = sorted((tuple(row[place] for place in places) for row in rows[name]), key=repr)
    return kept


def answers(engine: Engine, folder: Path) -> dict[str, str]:
    url = engine.url.render_as_string(hide_password=False)
    with TestClient(create_app(Settings(data_dir=folder, database_url=url))) as client:
        found = {address: client.get(f"/api/v1{address}") for address in READ}
    assert {each.status_code for each in found.values()} == {200}
    return {address: each.text for address, each in found.items()}


def test_there_is_something_in_every_table(full: Engine) -> None:
    """Else what follows would hold of nothing."""
    assert {name for name, rows in rows_of(full).items() if not rows} == set()
    assert columns_of(full).keys() == SQLModel.metadata.tables.keys()


@pytest.mark.parametrize(
    "revision",
    [each if each in SHORT else pytest.param(each, marks=pytest.mark.long) for each in revisions()],
)
def test_what_a_version_stored_is_whole_after_upgrades_and_back_and_up_again(
    full: Engine, old: Engine, tmp_path: Path, revision: str
) -> None:
    upgrading.make(old, revision, full)
    before, shape = rows_of(old), columns_of(old)
    made, answered = made_of(full), answers(full, tmp_path)
    for _ in range(2):
        prepare(old)
        assert revision_of(old) == newest_revision()
        assert drift(old) == []
        assert_sound(old)
        assert known(rows_of(old), columns_of(old), shape) == known(before, shape, shape)
        assert made_of(old) == made
        assert answers(old, tmp_path) == answered
        for step in reversed(revisions()[revisions().index(revision) : -1]):
            command.downgrade(config(old), step)
            assert_sound(old)
        assert columns_of(old) == shape
        assert known(rows_of(old), shape, shape) == known(before, shape, shape)


def test_what_is_stored_goes_step_by_step_and_leaves_nothing_behind(full: Engine) -> None:
    for step in [*reversed(revisions()[:-1]), "base"]:
        command.downgrade(config(full), step)
        assert_sound(full)
    assert inspect(full).get_table_names() == ["alembic_version"]
    prepare(full)
    assert drift(full) == []


# --- newer ones

SAID = "was made by another version of Jianyan, as it is at revision 9999 and this version needs"


@pytest.fixture
def newer(old: Engine) -> str:
    """The URL of a database of a version to come."""
    migrate(old)
    with for_writing(old).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    return old.url.render_as_string(hide_password=False)


@pytest.mark.parametrize(
    "script",
    [
        ("ingest.py", str(REPOSITORY / "seeds/articles")),
        ("reextract.py", "--all"),
        ("verify.py",),
        ("keys.py", "add", "desk"),
        ("keys.py", "list"),
    ],
    ids=" ".join,
)
def test_a_script_leaves_a_newer_database_alone(
    newer: str, old: Engine, capfd: pytest.CaptureFixture[str], script: tuple[str, ...]
) -> None:
    before = rows_of(old)
    ended = run(capfd, *script, "--database", newer)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert SAID in ended.err
    assert ended.err.endswith("; use that version, or a newer one\n")
    assert (rows_of(old), revision_of(old)) == (before, "9999")


def test_a_start_leaves_a_newer_database_alone(newer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_DATABASE_URL", newer)
    monkeypatch.setattr(sys, "argv", ["start", "127.0.0.1", "0"])
    monkeypatch.delitem(sys.modules, "app.start")
    with pytest.raises(SystemExit, match=SAID):
        runpy.run_module("app.start", run_name="__main__")


def test_a_server_that_is_started_by_itself_refuses_a_newer_database_in_a_sentence(
    newer: str, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "uvicorn", "app.asgi:app", "--port", "0"],
        env={**os.environ, "JIANYAN_DATABASE_URL": newer, "PYTHONPATH": str(REPOSITORY)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 3
    assert SAID in ended.stderr
    assert "Traceback" not in ended.stderr
