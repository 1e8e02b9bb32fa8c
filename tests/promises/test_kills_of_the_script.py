"""scripts/ingest.py as users run it, with its own processes, killed whole or in part."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.extraction.pipeline import VERSION, Extractor
from tests.conftest import seed
from tests.contents import digest
from tests.databases import Databases
from tests.importing import imported
from tests.promises import newspapers
from tests.promises.killing import assert_kept, opened, settle
from tests.promises.soundness import assert_sound, counts_by_text
from tests.promises.victims import ROOT, Order, Victims

ARTICLES = 240
"""More than two batches: of fewer, no process is made for them."""
VERIFY = [sys.executable, str(ROOT / "scripts" / "verify.py"), "--database"]


class Script:
    """An import at work with two processes of its own."""

    def __init__(self, news: Path, url: str, data: Path) -> None:
        arguments = [str(news), "--json", "--workers", "2", "--database", url]
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "ingest.py"), *arguments],
            stdout=subprocess.PIPE,
            pipesize=4096,  # it can tell of few articles ahead, so that it is at work when it is killed
            text=True,
            start_new_session=True,
            env={**os.environ, "JIANYAN_DATA_DIR": str(data)},
        )

    def lines(self, most: int | None = None) -> list[dict[str, Any]]:
        """What it tells of the next articles, or of all up to its end; whole lines only."""
        assert self.process.stdout is not None
        found: list[dict[str, Any]] = []
        while most is None or len(found) < most:
            line = self.process.stdout.readline()
            if not line.endswith("\n"):
                break
            found.append(json.loads(line))
        return found

    def kill(self, whom: str, chance: random.Random) -> None:
        if whom == "all":
            os.killpg(self.process.pid, signal.SIGKILL)
        elif whom == "parent":
            self.process.kill()
        else:
            os.kill(chance.choice(self._workers()), signal.SIGKILL)

    def _workers(self) -> Sequence[int]:
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def is_gone(self) -> bool:
        """Whether nothing of it is left, once it had time to end."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.05)
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="how processes are found is Linux's")
@pytest.mark.parametrize(
    ("databases", "whom", "rounds"),
    [
        ("sqlite", "parent", 1),
        *(
            pytest.param(kind, whom, 5, marks=pytest.mark.long)
            for kind in ("sqlite", "postgresql")
            for whom in ("all", "parent", "worker")
        ),
    ],
    indirect=["databases"],
)
def test_the_script_loses_nothing_it_told_of_whichever_of_its_processes_is_killed(
    databases: Databases,
    victims: Victims,
    extractor: Extractor,
    jieba_cache: Path,
    tmp_path: Path,
    whom: str,
    rounds: int,
) -> None:
    news = newspapers.write(tmp_path / "news.jsonl", range(ARTICLES))
    with opened(databases.filled(seed)) as engine:
        imported(engine, [news], extractor.extract, VERSION)
        left_alone, counts = digest(engine), counts_by_text(engine)
    for number in range(rounds):
        url, chance = databases.filled(seed), random.Random(number)
        script = Script(news, url, jieba_cache)
        told = script.lines(chance.choice([1, 50, 100, 101, 150]))
        time.sleep(chance.uniform(0, 0.3))
        script.kill(whom, chance)
        told += script.lines()
        assert (script.process.wait() == 0) is (whom == "worker")
        assert script.is_gone()
        with opened(url) as engine:
            settle(engine)
            assert_kept(engine, told)
            assert_sound(engine)
            assert counts_by_text(engine).items() <= counts.items()
            victims.run(Order("ingest", [str(news), "--workers", "1", "--database", url], f"{news}.told"))
            assert digest(engine) == left_alone
            assert subprocess.run([*VERIFY, url], stdout=subprocess.DEVNULL).returncode == 0
