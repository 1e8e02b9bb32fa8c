"""Ways in which databases break, each on a copy of a good SQLite file, and scripts run on it here."""

import os
import runpy
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from app.settings import REPOSITORY

PAGE = 4096
SCRIPTS = REPOSITORY / "scripts"

Break = Callable[[Path], AbstractContextManager[object]]
"""Breaks a database file, for as long as the block lasts where it can be mended."""


@dataclass(frozen=True)
class Ended:
    """How a script ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def run(capfd: pytest.CaptureFixture[str], name: str, *arguments: object, stdout: str = "") -> Ended:
    """A script run to its end, as `python scripts/NAME …` does it, but for the start of the process.

    What it reports is written to the file `stdout`, if one is named.
    """
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(sys, "argv", [name, *map(str, arguments)])
        changed.syspath_prepend(SCRIPTS)
        # Of this process, in which all tests that follow would have the least of the processor.
        changed.setattr(os, "nice", lambda _: 0)
        if stdout:
            changed.setattr(sys, "stdout", Path(stdout).open("w"))  # noqa: SIM115  closed by nobody, as ever
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(SCRIPTS / name), run_name="__main__")
    return Ended(int(end.value.code or 0), *capfd.readouterr())


def whole(path: Path) -> None:
    """Bring all that is in the log into the file, so that the file alone is the database."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    connection.close()


def overwrite(path: Path, start: int, end: int | None, with_: bytes = b"\xff") -> None:
    end = path.stat().st_size if end is None else end
    with path.open("r+b") as file:
        file.seek(start)
        file.write((with_ * (end - start))[: end - start])


@contextmanager
def damaged(path: Path, damage: Callable[[Path], object]) -> Iterator[None]:
    """The file as the damage leaves it; afterwards the good bytes stand in the same file again."""
    whole(path)
    good = path.read_bytes()
    damage(path)
    yield
    path.write_bytes(good)


def with_pages_overwritten(path: Path) -> AbstractContextManager[None]:
    return damaged(path, lambda file: overwrite(file, 2 * PAGE, None))


def with_header_overwritten(path: Path) -> AbstractContextManager[None]:
    return damaged(path, lambda file: overwrite(file, 0, 100))


def cut_short(path: Path) -> AbstractContextManager[None]:
    return damaged(path, lambda file: os.truncate(file, file.stat().st_size // 2))


def replaced_by_notes(path: Path) -> AbstractContextManager[None]:
    return damaged(path, lambda file: file.write_bytes("这不是数据库,是一页会议记录。\n".encode() * 300))


@contextmanager
def emptied_beside_its_log(path: Path) -> Iterator[None]:
    log = path.with_name(f"{path.name}-wal")
    good = path.read_bytes()
    path.write_bytes(b"")
    log.write_bytes(b"frames that belong to the file that was" * 200)
    yield
    log.unlink()
    path.write_bytes(good)


@contextmanager
def removed(path: Path) -> Iterator[None]:
    """Gone, and afterwards back as a copy, which is another file."""
    whole(path)
    aside = path.with_name("aside.db")
    path.rename(aside)
    yield
    shutil.copy(aside, path.with_name("copy.db"))
    path.with_name("copy.db").rename(path)


@contextmanager
def full(path: Path, room: int = 0) -> Iterator[None]:
    """With no more than so many pages to come, for every connection that is asked for meanwhile."""
    connection = sqlite3.connect(path)
    pages = connection.execute("PRAGMA page_count").fetchone()[0] + room
    connection.close()
    limited: list[sqlite3.Connection] = []

    def limit(driver: sqlite3.Connection, *_: object) -> None:
        driver.execute(f"PRAGMA max_page_count = {pages}")
        limited.append(driver)

    event.listen(Pool, "checkout", limit)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", limit)
        for driver in limited:
            with suppress(sqlite3.ProgrammingError):  # closed by now
                driver.execute("PRAGMA max_page_count = 1000000000")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """By another connection that writes."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


def as_common_user() -> None:
    """To be called in a process between fork and exec: modes of files count from now on, for root too."""
    import ctypes

    dac_override, dac_read_search, drop_from_bounding_set = 1, 2, 24
    for capability in (dac_override, dac_read_search):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@contextmanager
def small_disk(folder: Path, size: str, owner: int = 0) -> Iterator[Path]:
    """A file system of its own with no more room than that; the test is skipped where none can be mounted."""
    folder.mkdir()
    options = f"size={size},mode=700,uid={owner}"
    command: Sequence[object] = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        pytest.skip(f"no small disk can be mounted: {error}")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Take all room but so many bytes; the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * PAGE)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return filler
