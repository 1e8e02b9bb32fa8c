"""scripts/backup.py: what it writes, what it refuses, and what it says of a copy."""

import os
import resource
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.database import make_engine, newest_revision
from app.store.backups import copy_to
from tests.contents import digest
from tests.scripts.test_verify_script import alter

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "backup.py"


@dataclass(frozen=True)
class Done:
    """How the script ended, and what it told."""

    code: int
    out: str
    err: str


Backup = Callable[..., Done]


@pytest.fixture
def backup(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Backup:
    """Runs the script in this process, which has all loaded that it needs."""
    monkeypatch.syspath_prepend(SCRIPT.parent)

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", [str(SCRIPT), *map(str, arguments)])
        capsys.readouterr()
        former = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(SCRIPT), run_name="__main__")
        signal.signal(signal.SIGTERM, former)
        return Done(int(end.value.code or 0), *capsys.readouterr())

    return run


def of(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder for copies, which has nothing else in it."""
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory, seeded_database: str) -> Path:
    """A database with the example articles, in one file."""
    file = tmp_path_factory.mktemp("articles") / "jianyan.db"
    copy_to(make_engine(seeded_database), file)
    return file


@pytest.fixture
def database(articles: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(articles, tmp_path))


@pytest.fixture
def copied(database: Path, shelf: Path, backup: Backup) -> Path:
    done = backup(shelf / "jianyan.db", "--database", of(database))
    assert done.code == 0, done.err
    return shelf / "jianyan.db"


def test_a_copy_is_one_file_that_says_what_the_database_says(
    database: Path, copied: Path, backup: Backup
) -> None:
    assert [path.name for path in copied.parent.iterdir()] == ["jianyan.db"]
    with sqlite3.connect(copied) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert digest(make_engine(f"sqlite:///{copied}")) == digest(make_engine(f"sqlite:///{database}"))


def test_a_check_counts_what_a_copy_holds_and_leaves_it_as_it_is(copied: Path, backup: Backup) -> None:
    before = copied.read_bytes()
    done = backup("--check", copied)
    assert done.code == 0, done.out
    assert done.out.startswith(f"backup {copied}: sound; 5 articles, ")
    assert copied.read_bytes() == before
    assert [path.name for path in copied.parent.iterdir()] == ["jianyan.db"]


def test_a_copy_that_may_only_be_read_is_checked_too(copied: Path, backup: Backup) -> None:
    copied.chmod(0o400)
    copied.parent.chmod(0o500)
    try:
        assert backup("--check", copied).code == 0
    finally:
        copied.parent.chmod(0o700)


def test_a_file_that_is_there_stays_unless_it_is_to_be_written_over(
    database: Path, copied: Path, backup: Backup
) -> None:
    copied.write_text("mine")
    refused = backup(copied, "--database", of(database))
    assert (refused.code, copied.read_text()) == (2, "mine")
    assert "is there already; name another file, or write over it with --force" in refused.err
    assert backup(copied, "--database", of(database), "--force").code == 0
    assert backup("--check", copied).code == 0


def test_the_database_itself_is_never_written_over(database: Path, shelf: Path, backup: Backup) -> None:
    (shelf / "link.db").symlink_to(database)
    for file in (database, shelf / "link.db"):
        refused = backup(file, "--database", of(database), "--force")
        assert refused.code == 2
        assert "is the database itself; name another file" in refused.err


@pytest.mark.parametrize(
    ("database_name", "file", "reason"),
    [
        ("none.db", "copy.db", "none.db does not exist"),
        ("empty.db", "copy.db", "was never migrated; there is nothing to copy"),
        ("text.db", "copy.db", "is not a SQLite database"),
        ("jianyan.db", "none/copy.db", "(No such file or directory); check that its folder is there"),
        ("jianyan.db", "", "is a folder; name a file in it"),
    ],
)
def test_what_cannot_be_copied_is_told_in_a_sentence(
    database: Path, shelf: Path, database_name: str, file: str, reason: str, backup: Backup
) -> None:
    (database.parent / "empty.db").touch()
    (database.parent / "text.db").write_text("建议加快建设。" * 99)
    done = backup(shelf / file, "--database", of(database.parent / database_name))
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    assert list(shelf.iterdir()) == []


def test_a_disk_without_room_leaves_nothing_and_is_told(database: Path, shelf: Path, backup: Backup) -> None:
    (shelf / "jianyan.db").write_text("the copy of yesterday")
    with no_file_larger_than(database.stat().st_size // 2):
        done = backup(shelf / "jianyan.db", "--database", of(database), "--force")
    assert done.code == 2
    assert "has room for the whole database" in done.err
    assert (shelf / "jianyan.db").read_text() == "the copy of yesterday"
    assert len(list(shelf.iterdir())) == 1


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """To SQLite it is as if the disk were full."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


RESTING = """
import runpy, sys, time
from sqlite3 import dbapi2

class Connection(dbapi2.Connection):
    def backup(self, target, *, pages, progress):
        def rest(*_):
            print("begun", flush=True)
            time.sleep(600)
        super().backup(target, pages=pages, progress=rest)

usual = dbapi2.connect
dbapi2.connect = lambda *given, **named: usual(*given, **{"factory": Connection, **named})
del sys.argv[0]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script that rests once a part is copied, so that it is ended there on a machine of any speed."""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_copy_that_is_ended_before_its_end_has_no_name(
    database: Path, shelf: Path, number: signal.Signals
) -> None:
    with sqlite3.connect(database) as connection:  # so large that it is copied in several parts
        connection.execute("CREATE TABLE ballast AS SELECT randomblob(20000000) AS ballast")
    connection.close()
    command = [sys.executable, "-c", RESTING, str(SCRIPT), str(shelf / "jianyan.db")]
    command += ["--database", f"sqlite:///{database}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    (part,) = shelf.glob(".jianyan.db.*/jianyan.db")
    assert 0 < part.stat().st_size < database.stat().st_size
    process.send_signal(number)
    _, said = process.communicate()
    if number is signal.SIGTERM:
        assert (process.returncode, said) == (130, "Stopped; nothing was written.\n")
        assert list(shelf.iterdir()) == []
    assert not (shelf / "jianyan.db").exists()


def test_postgresql_is_told_how_to_be_copied_without_the_password(shelf: Path, backup: Backup) -> None:
    url = "postgresql://me:secret@db.example.org:5433/jianyan"
    done = backup(shelf / "my copy.dump", "--database", url)
    assert (done.code, done.out) == (2, "")
    plain = "postgresql://me@db.example.org:5433/jianyan"
    assert f"pg_dump --format=custom --file='{shelf}/my copy.dump' {plain}\n" in done.err
    assert "pg_restore " in done.err
    assert "secret" not in done.err


def test_a_check_names_each_row_that_is_not_borne_out(copied: Path, backup: Backup) -> None:
    _, row = alter(copied, "metric", "text = '712条'", "value = 721")
    done = backup("--check", copied)
    assert done.code == 1
    assert f": metric {row}: metric 721 条: '712条' stands there instead" in done.out + done.err
    assert done.out.endswith("1 faults; use another copy\n")


def test_a_check_finds_damage(copied: Path, backup: Backup) -> None:
    whole = copied.read_bytes()
    places = range(4096 * 20, len(whole), 4096 * 40)
    damaged = bytearray(whole)
    for place in places:
        damaged[place : place + 64] = os.urandom(64)
    for content in (damaged, whole[: len(whole) // 2]):
        copied.write_bytes(content)
        done = backup("--check", copied)
        assert done.code in (1, 2)
        assert "sound" not in done.out + done.err


@pytest.mark.parametrize("revision", ["0007", newest_revision()])
def test_a_check_finds_references_to_nothing(copied: Path, revision: str, backup: Backup) -> None:
    with sqlite3.connect(copied) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
        connection.execute("DELETE FROM theme WHERE code = '5g'")
    done = backup("--check", copied)
    assert done.code == 1
    assert "there is no such theme" in done.out


@pytest.mark.parametrize(
    ("revision", "code", "reason"),
    [
        ("0007", 0, "sound as a file; a start brings it from schema 0007 to "),
        ("9999", 2, "was made by a newer version of Jianyan; check it with that"),
    ],
)
def test_a_copy_of_another_version_is_known_as_such(
    copied: Path, revision: str, code: int, reason: str, backup: Backup
) -> None:
    with sqlite3.connect(copied) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    done = backup("--check", copied)
    assert done.code == code
    assert reason in done.out + done.err


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "does not exist"), ("", "no database"), ("a" * 999, "not a")]
)
def test_what_is_no_copy_is_told(shelf: Path, content: str | None, reason: str, backup: Backup) -> None:
    if content is not None:
        (shelf / "copy.db").write_text(content)
    done = backup("--check", shelf / "copy.db")
    assert done.code == 2
    assert reason in done.out + done.err
