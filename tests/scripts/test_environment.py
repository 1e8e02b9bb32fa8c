"""How scripts/serve and scripts/test come by their environment, with venv and pip played by a stand-in."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import _environment
from scripts._environment import Environment, SetupError
from tests.postgresql import REQUIRED_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = (
    "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution"
)


class Machine:
    """Stands in for the commands run: a venv whose Python answers with `version`, a pip that does `pip()`."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.made = False
        self.version = "3.12"
        self.venv_output = ""
        self.pip: Callable[[], str] = lambda: ""  # the error output, empty when all went well

    def run(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        if "-c" in command:
            return self.answer("" if self.made else "no pip", self.version)
        if "venv" in command:
            return self.make(Path(command[-1]))
        self.done.append(f"install {Path(command[-1]).name}")
        return self.answer(self.pip())

    def make(self, folder: Path) -> subprocess.CompletedProcess[str]:
        self.done.append("make")
        folder.mkdir(exist_ok=True)
        for left in folder.iterdir():
            left.unlink()
        self.made, self.version = True, "3.12"
        return self.answer(self.venv_output)

    def answer(self, fault: str, output: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1 if fault else 0, fault or output)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stand_in = Machine()
    monkeypatch.setattr(_environment, "_run", stand_in.run)
    return stand_in


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text("fastapi==0.1\n")
    return path


@pytest.fixture
def wider(tmp_path: Path) -> Path:
    path = tmp_path / "requirements-test.txt"
    path.write_text("fastapi==0.1\npytest==9.0\n")
    return path


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(tmp_path / ".venv")


def test_the_first_start_makes_the_environment_and_installs(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    environment.provide(lock)
    assert machine.done == ["make", "install requirements.txt"]


def test_a_second_start_has_nothing_to_do(machine: Machine, environment: Environment, lock: Path) -> None:
    environment.provide(lock)
    machine.done.clear()
    environment.provide(lock)
    assert machine.done == []


def test_a_changed_lock_is_installed_into_the_environment_there_is(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    environment.provide(lock)
    machine.done.clear()
    lock.write_text("fastapi==0.2\n")
    environment.provide(lock)
    assert machine.done == ["install requirements.txt"]


def test_a_wider_lock_spares_the_narrower_one_and_not_the_other_way_round(
    machine: Machine, environment: Environment, lock: Path, wider: Path
) -> None:
    environment.provide(wider)
    environment.provide(lock, covered_by=(wider,))
    assert machine.done == ["make", "install requirements-test.txt"]
    wider.write_text("fastapi==0.2\npytest==9.0\n")
    environment.provide(lock, covered_by=(wider,))
    environment.provide(wider)
    assert machine.done[2:] == ["install requirements.txt", "install requirements-test.txt"]


def test_an_installation_that_was_killed_is_begun_afresh(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    def killed() -> str:
        raise KeyboardInterrupt

    machine.pip = killed
    with pytest.raises(KeyboardInterrupt):
        environment.provide(lock)
    machine.done.clear()
    machine.pip = lambda: ""
    environment.provide(lock)
    assert machine.done == ["make", "install requirements.txt"]


def test_without_a_network_one_sentence_names_the_way_out_and_the_next_start_goes_on(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    machine.pip = lambda: OFFLINE
    with pytest.raises(SetupError, match="PIP_INDEX_URL") as caught:
        environment.provide(lock)
    assert "\n" not in str(caught.value)
    machine.done.clear()
    machine.pip = lambda: ""
    environment.provide(lock)
    assert machine.done == ["install requirements.txt"]


def test_another_failure_of_pip_shows_its_last_words(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    machine.pip = lambda: "Collecting fastapi\nERROR: [Errno 28] No space left on device"
    with pytest.raises(SetupError, match="No space left on device"):
        environment.provide(lock)


def test_a_broken_environment_is_made_anew(machine: Machine, environment: Environment, lock: Path) -> None:
    environment.provide(lock)
    machine.done.clear()
    machine.made = False
    environment.provide(lock)
    assert machine.done == ["make", "install requirements.txt"]


def test_an_environment_of_a_python_too_old_is_made_anew(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    machine.made, machine.version = True, "3.9"
    environment.provide(lock)
    assert machine.done == ["make", "install requirements.txt"]


def test_an_environment_made_by_hand_is_kept_and_completed(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    environment.folder.mkdir()
    machine.made = True
    environment.provide(lock)
    assert machine.done == ["install requirements.txt"]


def test_a_python_that_cannot_make_environments_is_told_with_the_way_out(
    machine: Machine, environment: Environment, lock: Path
) -> None:
    machine.venv_output = "ensurepip is not available"
    with pytest.raises(SetupError, match="apt install python3-venv"):
        environment.provide(lock)


def test_a_missing_environment_is_found_missing_by_the_real_commands(environment: Environment) -> None:
    assert not environment._works()


@pytest.mark.parametrize("name", ["serve", "test", "_environment.py"])
def test_an_old_python_can_read_the_scripts(name: str) -> None:
    ast.parse((ROOT / "scripts" / name).read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("name", ["serve", "test"])
def test_a_python_too_old_gets_one_sentence(name: str) -> None:
    pretend = (
        f"import runpy, sys; sys.version_info = (3, 10, 4); sys.path.insert(0, {str(ROOT / 'scripts')!r}); "
    )
    ran = run(sys.executable, "-c", f"{pretend} runpy.run_path({str(ROOT / 'scripts' / name)!r})")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Jianyan needs Python 3.11 or newer")
    assert ran.stderr.count("\n") == 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the scripts with an installed environment whose Python only says how it was called."""
    root = tmp_path / "a project"
    (root / "scripts").mkdir(parents=True)
    for name in ("scripts/serve", "scripts/test", "scripts/_environment.py", "requirements-test.txt"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    environment = Environment(root / ".venv")
    environment.python.parent.mkdir(parents=True)
    environment.python.write_text(
        '#!/bin/sh\ncase "$*" in\n'
        "*import*pip*) echo 3.12 ;;\n"
        '*mypy*) echo "mypy finds fault"; exit 1 ;;\n'
        '*pytest*) echo "$@ | required=$TEST_POSTGRESQL_REQUIRED" ;;\n'
        '*) echo "$@ | PYTHONPATH=$PYTHONPATH" ;;\nesac\n'
    )
    environment.python.chmod(0o755)
    environment.stamp.write_text(_environment._state_after("3.12", root / "requirements-test.txt"))
    (root / "requirements.txt").write_text("fastapi==0.1\n")
    return root


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_serve_hands_over_from_any_folder_and_under_any_environment(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    foreign = {**os.environ, "VIRTUAL_ENV": "/nowhere", "PYTHONPATH": str(elsewhere)}
    script = project / "scripts" / "serve"
    ran = run(sys.executable, script, "--port", "8123", cwd=elsewhere, env=foreign)
    assert ran.stdout == f"-P -m app.start 127.0.0.1 8123 1 | PYTHONPATH={project}\n"


def test_serve_refuses_a_bad_option_before_it_makes_anything(project: Path) -> None:
    for left in (project / ".venv" / "bin" / "python", project / "requirements.txt"):
        left.unlink()
    ran = run(sys.executable, project / "scripts" / "serve", "--port", "http")
    assert ran.returncode == 2
    assert "--port" in ran.stderr


def test_all_checks_run_although_one_fails_and_the_exit_code_tells(project: Path, tmp_path: Path) -> None:
    ran = run(sys.executable, project / "scripts" / "test", "-k", "5g", cwd=tmp_path)
    assert ran.returncode == 1
    for expected in ("-m ruff check |", "-m ruff format --check |", "mypy finds fault", "-m pytest -k 5g |"):
        assert expected in ran.stdout
    assert ran.stdout.splitlines()[-1] == "Failed: mypy"


def test_the_long_rounds_and_the_audit_run_only_when_asked_for(project: Path) -> None:
    script = project / "scripts" / "test"
    plain, asked = run(sys.executable, script), run(sys.executable, script, "--all", "--audit", "-x")
    assert "pip_audit" not in plain.stdout
    assert "-m pytest |" in plain.stdout
    assert "-m pip_audit --strict --disable-pip --require-hashes -r requirements.txt" in asked.stdout
    assert "-m pytest -m long or not long -x |" in asked.stdout


def test_the_test_command_lets_no_test_of_postgresql_be_skipped(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(REQUIRED_VARIABLE, raising=False)
    ran = run(sys.executable, project / "scripts" / "test")
    assert "-m pytest | required=1" in ran.stdout


def test_ci_runs_the_test_command_and_nothing_else(project: Path, tmp_path: Path) -> None:
    (project / ".ci").mkdir()
    (project / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    (project / "scripts" / "test").write_text("#!/bin/sh\necho the tests ran\nexit 3\n")
    (project / "scripts" / "test").chmod(0o755)
    ran = run("bash", ".ci/run", cwd=project)
    assert (ran.returncode, ran.stdout) == (3, "the tests ran\n")
