"""scripts/keys.py as a process, on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.database import make_engine
from app.errors import KeyRefusedError, NoKeyError
from app.queries import keys
from app.queries.reader import Reader
from app.tables import ApiKey

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "keys.py"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path}/jianyan.db")


def run(engine: Engine, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments, "--database", str(engine.url)],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_key_is_told_once_on_stdout_and_its_holder_is_known_by_it(engine: Engine) -> None:
    done = run(engine, "add", "编辑部")
    assert done.returncode == 0, done.stderr
    key = done.stdout.strip()
    assert Reader(engine).ask(keys.holder_of, key) == "编辑部"
    assert key not in run(engine, "list").stdout
    with Session(engine) as session:
        assert key not in repr(session.exec(select(ApiKey)).one())


def test_keys_differ_and_a_name_is_given_once(engine: Engine) -> None:
    made = {run(engine, "add", name).stdout for name in ("a", "b")}
    assert len(made) == 2
    assert min(map(len, made)) > 43, "256 bits"
    again = run(engine, "add", "a")
    assert (again.returncode, again.stdout) == (2, "")
    assert "choose another name" in again.stderr


def test_a_revoked_key_is_listed_as_such_and_works_no_longer(engine: Engine) -> None:
    key = run(engine, "add", "a").stdout.strip()
    with pytest.raises(KeyRefusedError):
        Reader(engine).ask(keys.holder_of, "another")
    assert run(engine, "list").stdout.rstrip().endswith("works")
    assert run(engine, "revoke", "a").returncode == 0
    assert "revoked 20" in run(engine, "list").stdout
    with pytest.raises(NoKeyError, match=r"scripts/keys\.py add NAME"):
        Reader(engine).ask(keys.holder_of, key)


def test_a_name_without_a_key_cannot_be_revoked(engine: Engine) -> None:
    done = run(engine, "revoke", "a")
    assert done.returncode == 2
    assert "no key with id a" in done.stderr
