"""A client that a common generator makes from the schema reads well and works."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.main import create_app
from app.settings import Settings
from tests.web import TestClient

OVERRIDES = {"application/zip": "application/octet-stream"}
"""The generator knows no other name for bytes."""


@pytest.fixture
def served(seeded_database: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=seeded_database))) as client:
        yield client


@pytest.fixture
def generated(served: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The package openapi-python-client writes for the schema as it is served."""
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(served.get("/openapi.json").json()), "utf-8")
    folder = tmp_path / "jianyan_client"
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"content_type_overrides": OVERRIDES}), "utf-8")
    options = ["--path", str(schema), "--output-path", str(folder), "--config", str(config)]
    options += ["--meta", "none", "--fail-on-warning"]
    tools = Path(sys.executable).parent  # the generator calls ruff, which stands beside it
    command = [tools / "openapi-python-client", "generate", *options]
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    made = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": path})
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("jianyan_client")


def test_a_generated_client_lists_proposals_by_speaker(served: TestClient, generated: ModuleType) -> None:
    list_proposals = importlib.import_module("jianyan_client.api.proposals.list_proposals")
    client = generated.Client(base_url="http://testserver").set_httpx_client(served)
    found = list_proposals.sync(client=client, speaker=["陈放"], limit=5)
    assert type(found).__name__ == "ProposalList"
    assert found.total >= len(found.items) > 0
    assert {speaker.name for item in found.items for speaker in item.speakers} == {"陈放"}
