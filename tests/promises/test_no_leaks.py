"""Nothing leaks: files, threads and memory stay flat, however often it is started and whatever is imported.

The memory is what the operating system counts for the process after what is free was given back to it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import REPOSITORY

SHARE = 1.10
"""Of what was held after the first part of the rounds, at most that may be held at the end."""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells what a process holds")
@pytest.mark.parametrize(
    ("kind", "rounds"),
    [
        ("cycles", 10),
        ("imports", 50),
        pytest.param("cycles", 1000, marks=pytest.mark.long),
        pytest.param("imports", 10_000, marks=pytest.mark.long),
    ],
)
def test_what_a_process_holds_stays_flat(kind: str, rounds: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.promises.leaking", kind, str(tmp_path), str(rounds)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    looks = [json.loads(line) for line in done.stdout.splitlines()]
    assert (looks[0][0], looks[-1][0]) == (0, rounds)
    _, *first = looks[1]  # a tenth of the rounds has filled what is remembered
    for number, *held in looks[2:]:
        for name, now, before in zip(("files", "threads", "memory"), held, first, strict=True):
            assert now <= before * SHARE, f"{name} after {number} rounds: {now}, and {before} at first"
