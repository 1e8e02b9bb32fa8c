"""Makes the project's own environment, .venv, with nothing but Python's standard library.

Its state is one line in .venv/jianyan-installed.txt: absent in an environment made by hand, UNFINISHED
while pip works, and afterwards the Python version and the digest of the lock file that was installed.
So a second start has nothing to do, and a start after a killed one begins afresh.

Every Python from 3.6 on must be able to read this file down to the version check.
"""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

MINIMUM = (3, 11)

if sys.version_info < MINIMUM:
    sys.exit(
        f"Jianyan needs Python 3.11 or newer, and this is {sys.version.split()[0]} ({sys.executable}). "
        f"Start the script with a newer one: python3.11 {sys.argv[0]}"
    )

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
SERVE_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-test.txt"

UNFINISHED = "unfinished"
# The lock is complete: with --no-deps pip has nothing to resolve, and older ones fail at it.
# jieba comes as source only: --use-pep517 lets every pip build it the same way.
PIP_OPTIONS = ("--require-hashes", "--no-deps", "--use-pep517", "--no-input", "--disable-pip-version-check")
PROBE = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ConnectionError|ReadTimeout|ProxyError"
    r"|Max retries exceeded|connection broken|timed out",
    re.IGNORECASE,
)


class SetupError(Exception):
    """The environment cannot be made; the message names the reason and the way out."""


class Environment:
    """A virtual environment in a folder, whether it exists yet or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.stamp = folder / "jianyan-installed.txt"

    def provide(self, lock: Path, covered_by: tuple[Path, ...] = ()) -> None:
        """Make the environment hold all of the lock file, doing only what is not done yet.

        `covered_by` are lock files that hold all of `lock` too. Raises SetupError.
        """
        if self._state() == UNFINISHED or not self._works():
            self._make()
        version = self._version()
        if self._state() not in {_state_after(version, each) for each in (lock, *covered_by)}:
            self._install(lock)
            self.stamp.write_text(_state_after(version, lock))

    def _state(self) -> str | None:
        return self.stamp.read_text() if self.stamp.is_file() else None

    def _works(self) -> bool:
        """Whether its Python runs, is new enough and still finds its own packages."""
        version = self._version()
        return version is not None and tuple(map(int, version.split("."))) >= MINIMUM

    def _version(self) -> str | None:
        try:
            probe = _run([self.python, "-I", "-c", PROBE])
        except OSError:
            return None
        return probe.stdout.strip() if probe.returncode == 0 else None

    def _make(self) -> None:
        say(f"Making the environment {self.folder} ...")
        made = _run([sys.executable, "-m", "venv", "--clear", self.folder])
        if made.returncode != 0:
            raise SetupError(
                f"{made.stdout.strip()}\n{self.folder} could not be made. On Debian and Ubuntu run "
                "`apt install python3-venv` first; elsewhere check that the folder may be written."
            )

    def _install(self, lock: Path) -> None:
        say(f"Installing the packages of {lock.name}, which takes a while the first time ...")
        self.stamp.write_text(UNFINISHED)
        installed = _run([self.python, "-m", "pip", "install", *PIP_OPTIONS, "--requirement", lock])
        if installed.returncode != 0:
            self.stamp.unlink()  # pip has undone its work itself; the environment is good to go on with
            raise SetupError(_reason(installed.stdout))


def start_in_own_environment() -> None:
    """Unless the packages are there, go on with the Python of .venv, made and filled when needed.

    Stdout is left to what the script reports.
    """
    if find_spec("typer") is not None:
        return
    environment = Environment(FOLDER)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            environment.provide(SERVE_LOCK, covered_by=(TEST_LOCK,))
    except SetupError as error:
        sys.exit(str(error))
    os.execve(environment.python, [str(environment.python), *sys.argv], clean_environ())


def clean_environ() -> dict[str, str]:
    """Our environment variables without those that would lead Python or pip elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**kept, "PIP_USER": "0"}


def say(line: str) -> None:
    """Tell the user what is being done, at once."""
    print(line, flush=True)


def _run(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end with its output, both streams, kept back."""
    return subprocess.run(
        command, env=clean_environ(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def _state_after(version: str | None, lock: Path) -> str:
    return f"{version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def _reason(output: str) -> str:
    if UNREACHABLE.search(output):
        return (
            "The packages could not be fetched, as no package index could be reached: connect to "
            "the network, or set PIP_INDEX_URL to a mirror or PIP_FIND_LINKS to wheels, and start again."
        )
    last = "\n".join(output.strip().splitlines()[-15:])
    return f"{last}\nThe packages could not be installed; pip's last words stand above."
