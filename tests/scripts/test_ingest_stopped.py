"""scripts/ingest.py stopped in its midst, and by several processes: what it stores is the same."""

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.database import make_engine
from app.extraction.pipeline import VERSION, Extractor
from tests.importing import imported
from tests.scripts.test_ingest_script import command, environment, ingest, rows

NUMBER = 600
LISTED = "SELECT of, facet, value, key FROM posting JOIN posting_list ON list_id = id"
WRITTEN = [
    "SELECT id, sha256, title, published_on, text, same_text_as FROM article",
    *(
        f"SELECT * FROM {table}"
        for table in (
            *("actor", "actor_alias", "actor_mention", "position", "article_band"),
            *("proposal", "proposal_speaker", "proposal_theme", "proposal_region", "proposal_band"),
            *("metric", "metric_theme", "metric_region"),
        )
    ),
    LISTED,
]


@dataclass(frozen=True)
class Place:
    """A folder with news.jsonl and a data folder, and what an import stores of the one in the other."""

    folder: Path
    stored: list[set[tuple[object, ...]]]

    @property
    def database(self) -> Path:
        return self.folder / "data" / "jianyan.db"


def written(database: Path) -> list[set[tuple[object, ...]]]:
    return [set(rows(database, statement)) for statement in WRITTEN]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, prepared: Path, extractor: Extractor) -> Place:
    """An import from beginning to end in one process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for number in range(NUMBER):
            file.write(json.dumps(record(number)) + "\n")
    shutil.copytree(prepared, folder / "data")
    engine = make_engine(f"sqlite:///{folder}/data/jianyan.db")
    assert len(imported(engine, [folder / "news.jsonl"], extractor.extract, VERSION)) == NUMBER
    engine.dispose()
    return Place(folder, written(folder / "data" / "jianyan.db"))


def record(number: int) -> dict[str, str]:
    who = ["余望舒", "车明浩", "苗雨"][number % 3]
    said = f"湖北省政协委员{who}建议,加快建设江汉实验室{number // 20}期,投入{number // 40 + 1}亿元。"
    return {"text": f"{said}会议编号{number}。", "published_on": f"2024-03-{number % 28 + 1:02}"}


@pytest.fixture
def place(undisturbed: Place, prepared: Path, tmp_path: Path) -> Place:
    """Where nothing was imported yet."""
    shutil.copytree(prepared, tmp_path / "data")
    shutil.copy(undisturbed.folder / "news.jsonl", tmp_path)
    return Place(tmp_path, undisturbed.stored)


def stopped(place: Place) -> tuple[int, list[dict[str, str]], str]:
    """An import that gets Ctrl-C as on a terminal, once it has told of an article: its exit code, what it
    told, and what it said of it."""
    with (place.folder / "said.txt").open("w+", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            command("news.jsonl", "--workers", 2, "--json"),
            cwd=place.folder,
            env=environment(place.folder),
            stdout=subprocess.PIPE,
            pipesize=4096,  # it can tell of few articles ahead, so that it is at work when it is stopped
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        told = [json.loads(process.stdout.readline())]
        os.killpg(process.pid, signal.SIGINT)
        told += map(json.loads, process.stdout)
        process.stdout.close()
        code = process.wait()
        stderr.seek(0)
        return code, told, stderr.read()


def test_after_ctrl_c_all_that_was_told_is_stored_and_the_next_run_goes_on(place: Place) -> None:
    code, told, said = stopped(place)
    assert code == 130
    assert "Traceback" not in said
    assert 0 < len(told) < NUMBER
    last = told[-1]["source"]
    assert f"stopped after {last}; the same command goes on from there" in said
    assert rows(place.database, "SELECT id FROM article ORDER BY id") == [(each["id"],) for each in told]
    assert rows(place.database, "SELECT stopped_after, finished_at IS NULL FROM import_run") == [(last, 0)]
    again = ingest(place.folder, "news.jsonl", "--workers", 1)
    assert again.returncode == 0, again.stderr
    assert f"{len(told)} unchanged" in again.stdout
    assert f"{NUMBER - len(told)} new" in again.stdout
    assert written(place.database) == place.stored


def test_several_processes_store_what_one_stores(place: Place) -> None:
    done = ingest(place.folder, "news.jsonl", "--workers", 2, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert written(place.database) == place.stored
    assert any(place.stored[WRITTEN.index("SELECT * FROM proposal")])
