"""The lock files: complete, with hashes, in step with pyproject.toml, and silent on where they were made."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-test.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-test.txt": PROJECT["dependencies"]
    + [each for extra in PROJECT["optional-dependencies"].values() for each in extra],
}


def entries(lock: str) -> list[str]:
    """The lock's requirements, each on one line with its hashes, comments left out."""
    text = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / lock).read_text("utf-8"))
    return text.replace("\\\n", " ").strip().splitlines()


def pins(lock: str) -> dict[str, str]:
    """Name → version of all packages in a lock."""
    requirements = [Requirement(entry.split(" --hash")[0]) for entry in entries(lock)]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_package_index_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\S*://\S*|--(?:extra-)?index\S*|--find-links\S*|\S* @ \S*|(?<!\S)[/~]\S+", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_is_one_version_with_hashes(lock: str) -> None:
    loose = [
        e for e in entries(lock) if not re.match(r"[\w.-]+==[\w.]+( ;.+?)? +--hash=sha256:[0-9a-f]{64}", e)
    ]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_pyproject_asks_for(lock: str) -> None:
    held = pins(lock)
    for needed in map(Requirement, NEEDED[lock]):
        name = canonicalize_name(needed.name)
        assert name in held, f"{lock} lacks {name}; run the command at its head"
        assert needed.specifier.contains(held[name]), f"{lock} has {name} {held[name]}, asked for is {needed}"


def test_the_test_lock_holds_the_very_versions_that_are_served() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()
