"""The image: what the Dockerfile makes runs as nobody in particular, and writes to its volume alone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from scripts.benchmarks.server import held_port
from tests.promises.dockerfile import ROOT, Image, Step, ignoring, python_of_this_machine, steps_of, why_not

STEPS = steps_of((ROOT / "Dockerfile").read_text())
INSTALL = "pip install"
OWN_PACKAGES = pytest.param(True, marks=pytest.mark.long, id="installed")
STOPS_WITHIN = 10.0
"""Seconds that Docker waits before it kills."""


def only(name: str) -> Step:
    (step,) = [each for each in STEPS if each.name == name]
    return step


def test_what_is_not_needed_stays_out_of_the_image() -> None:
    is_left_out = ignoring(ROOT / ".dockerignore")
    for name in ("data/jianyan.db", ".git/config", "tests/conftest.py", ".env", "app/__pycache__/main.pyc"):
        assert is_left_out(name), name
    for name in ("app/main.py", "seeds/words/titles.toml", "requirements.txt", "scripts/ingest.py"):
        assert not is_left_out(name), name


def test_packages_come_from_the_lock_alone_with_their_hashes() -> None:
    (install,) = [each.rest for each in STEPS if each.name == "RUN" and "pip" in each.rest]
    assert {"--require-hashes", "--no-deps", "requirements.txt"} <= set(install.split())
    lines = (ROOT / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert wanted
    for line in wanted:
        assert "==" in line
        assert "--hash=sha256:" in line, line


def test_the_user_is_a_fixed_number_and_not_root_for_all_that_runs() -> None:
    user, group = only("USER").rest.split(":")
    assert user.isdigit()
    assert group.isdigit()
    assert "0" not in (user, group)
    after = [each.name for each in STEPS[STEPS.index(only("USER")) :]]
    assert "RUN" not in after
    assert "COPY" not in after


@dataclass
class Container:
    """The image with an empty volume, and a port of this machine in place of its own."""

    image: Image
    volume: Path
    port: str

    def command(self, name: str) -> list[str]:
        return [word.replace(only("EXPOSE").rest, self.port) for word in self.image.last[name].command]

    def get(self, path: str) -> Any:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return json.load(answer) if "json" in answer.headers["content-type"] else answer.read()

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return self.image.run(list(command), self.volume)


@pytest.fixture(params=[pytest.param(False, id="packages-of-here"), OWN_PACKAGES])
def container(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Container]:
    if reason := why_not():
        pytest.skip(reason)
    path, reads = python_of_this_machine()
    root = tmp_path / "image"
    root.mkdir()
    image = Image(root, path, reads)
    if request.param:
        image.do(Step("RUN", f"{os.path.realpath(sys.executable)} -m venv --copies /opt/venv"))
        image.path.insert(0, "/opt/venv/bin")
    for step in STEPS:
        image.do(step, skipped=None if request.param else INSTALL)
    volume = tmp_path / "volume"
    volume.mkdir(mode=0o700)
    # As Docker makes a new volume: like the folder in the image that it is mounted on.
    like = (root / image.last["VOLUME"].rest.lstrip("/")).stat()
    os.chown(volume, like.st_uid, like.st_gid)
    with held_port() as port:
        yield Container(image, volume, str(port))


@pytest.fixture
def started(container: Container, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    with (tmp_path / "log").open("w") as log:
        process = container.image.start(
            container.command("CMD"), container.volume, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + 120
        while True:
            try:
                container.get("/healthz")
                break
            except (URLError, TimeoutError):  # it listens before it is ready to answer
                said = (tmp_path / "log").read_text()
                assert process.poll() is None, said
                assert time.monotonic() < deadline, said
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def test_it_serves_imports_exports_and_stops_with_nothing_but_its_volume_to_write_to(
    container: Container, started: "subprocess.Popen[str]"
) -> None:
    assert who(started) == tuple(map(int, only("USER").rest.split(":")))
    for folder in ("/", "/tmp", "/var/tmp", "/srv/jianyan", "/srv/jianyan/app", "/root", "/etc"):
        tried = container.run("sh", "-c", f"cd {folder} && touch here")
        assert "Read-only" in tried.stderr or "denied" in tried.stderr, (folder, tried)
    assert is_healthy(container)
    assert container.get(f"/api/v1/proposals?speaker={quote('陈放')}")["total"] > 0
    for address in ("proposals?format=xlsx", "export.zip"):
        assert container.get(f"/api/v1/{address}").startswith(b"PK"), address
    before = container.get("/api/v1/articles")["total"]
    (container.volume / "a.txt").write_text("湖北省政协委员余望舒建议,拿出3亿元建设汉江实验室。\n")
    imported = container.run("python", "scripts/ingest.py", "--quiet", "/data/a.txt")
    assert (imported.returncode, imported.stdout) == (0, ""), imported.stderr
    assert container.get("/api/v1/articles")["total"] == before + 1
    assert ending(started) == 0
    assert not is_healthy(container)
    left = {each.name for each in container.volume.iterdir()} - {"a.txt"}
    assert all(name.startswith(("jianyan.db", "jieba-")) for name in left), left


def test_it_stops_at_once_also_while_it_is_made_ready(container: Container) -> None:
    process = container.image.start(
        container.command("CMD"), container.volume, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    assert "Importing" in process.stdout.readline()
    assert ending(process) == 0, process.stdout.read()


def is_healthy(container: Container) -> bool:
    """As Docker sees it, which asks three times before it takes a container for sick."""
    asked = (container.run(*container.command("HEALTHCHECK")) for _ in range(3))
    return any(each.returncode == 0 for each in asked)


def inner(process: "subprocess.Popen[str]") -> int:
    """The process that is number 1 in the container."""
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def who(process: "subprocess.Popen[str]") -> tuple[int, int]:
    status = Path(f"/proc/{inner(process)}/status").read_text().splitlines()
    fields = dict(line.split(":\t", 1) for line in status if ":\t" in line)
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0
    return int(fields["Uid"].split()[0]), int(fields["Gid"].split()[0])


def ending(process: "subprocess.Popen[str]") -> int:
    """The exit code after Docker's signal; fails where it would have to be killed."""
    os.kill(inner(process), getattr(signal, only("STOPSIGNAL").rest))
    return process.wait(STOPS_WITHIN)
