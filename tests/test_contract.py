"""The contract with clients: a change of the schema is seen in openapi.json, and meant."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "openapi.json"


def test_the_schema_is_the_one_that_was_agreed_on() -> None:
    printed = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "openapi.py")], capture_output=True, text=True, check=True
    ).stdout
    hint = "if the change is meant, run: .venv/bin/python scripts/openapi.py > tests/openapi.json"
    assert printed == SNAPSHOT.read_text("utf-8"), hint
