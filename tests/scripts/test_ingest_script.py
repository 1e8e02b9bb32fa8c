"""scripts/ingest.py as a process, with the real extraction."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "ingest.py"
ARTICLE = "四川省政协副主席陈放建议,加快建设西部科学城,投入3亿元。\n"


def ingest(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The finished process, run in the folder, where its database lies too."""
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        cwd=folder,
        env={**os.environ, "JIANYAN_DATA_DIR": str(folder / "data"), **variables},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return done


def articles_in(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        count: int = connection.execute("SELECT count(*) FROM article").fetchone()[0]
    return count


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article in articles/."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "good.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


def test_good_articles_are_imported_and_the_second_time_left_as_they_are(folder: Path) -> None:
    first = ingest(folder, "articles")
    assert first.returncode == 0, first.stderr
    line, summary = first.stdout.splitlines()
    assert line.startswith("new        articles/good.txt: 1 proposals, 1 people, ")
    assert summary.startswith("1 articles: 1 new; 1 proposals, 1 people, ")
    assert articles_in(folder / "data/jianyan.db") == 1
    second = ingest(folder, "articles")
    assert second.returncode == 0
    assert second.stdout.startswith("unchanged  articles/good.txt: 1 proposals")


def test_bad_articles_are_named_with_the_reason_and_the_rest_is_imported(folder: Path) -> None:
    (folder / "articles" / "[bold]empty.txt").touch()
    (folder / "articles" / "picture.md").write_bytes(b"\x89PNG\x00")
    done = ingest(folder, "articles", "gone.txt", "--database", f"sqlite:///{folder}/other.db")
    assert done.returncode == 1
    assert "articles/[bold]empty.txt: is empty; an article needs words" in done.stdout
    assert "articles/picture.md: is binary, not text" in done.stdout
    assert "gone.txt: does not exist" in done.stdout
    assert "4 articles: 3 failed, 1 new; " in done.stdout
    assert articles_in(folder / "other.db") == 1


def test_a_dry_run_finds_the_same_and_stores_nothing(folder: Path) -> None:
    done = ingest(folder, "articles", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("read       articles/good.txt: 1 proposals, 1 people, ")
    assert done.stdout.rstrip().endswith("nothing was stored")
    assert [path.name for path in folder.iterdir()] == ["articles"]


def test_the_json_report_is_all_that_stands_on_stdout(folder: Path) -> None:
    (folder / "articles" / "empty.txt").touch()
    done = ingest(folder, "articles", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["outcomes"] == {"failed": 1, "new": 1}
    assert report["proposals"] == 1
    empty, good = report["articles"]
    assert empty["source"] == "articles/empty.txt"
    assert (empty["outcome"], empty["article_id"]) == ("failed", None)
    assert empty["reason"] == "is empty; an article needs words"
    assert (good["outcome"], good["article_id"], good["reason"]) == ("new", 1, None)
    assert (good["proposals"], good["people"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["gone.txt"], "gone.txt: does not exist", id="nothing readable"),
        pytest.param(["articles", "--databse", "x"], "No such option", id="unknown option"),
        pytest.param(["articles", "--database", "x.db"], "write sqlite:///PATH", id="no database URL"),
        pytest.param(
            ["articles", "--database", "sqlite:///articles/good.txt"],
            "is not a SQLite database",
            id="no database",
        ),
    ],
)
def test_when_nothing_can_be_done_the_reason_is_told_with_exit_code_2(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = ingest(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr


def test_a_wrong_setting_is_named(folder: Path) -> None:
    done = ingest(folder, "articles", JIANYAN_DATABASE_ULR="sqlite:///x.db")
    assert done.returncode == 2
    assert "did you mean JIANYAN_DATABASE_URL" in done.stderr


def test_chinese_names_do_no_harm_on_a_terminal_without_chinese(folder: Path) -> None:
    (folder / "文章.txt").write_text("", "utf-8")
    done = ingest(folder, "文章.txt", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert r"\u6587\u7ae0.txt: is empty" in done.stdout
