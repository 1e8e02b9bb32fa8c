"""scripts/ingest.py as a process, with the real extraction."""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "ingest.py"
ARTICLE = "四川省政协副主席陈放建议,加快建设西部科学城,投入3亿元。\n"
OTHER = "湖北省政协委员余望舒建议,加快建设江汉实验室。\n"


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(SCRIPT), *map(str, arguments)]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    return {**os.environ, "JIANYAN_DATA_DIR": str(folder / "data"), **variables}


def ingest(
    folder: Path, *arguments: object, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """The finished process, run in the folder, where its database lies too."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(folder, **variables),
        input=stdin,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return done


def rows(database: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def articles_in(database: Path) -> int:
    return len(rows(database, "SELECT id FROM article"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with one good article in articles/."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "good.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


@pytest.fixture
def folder(bare: Path, prepared: Path) -> Path:
    """The same with all that a first import takes a while to prepare."""
    shutil.copytree(prepared, bare / "data")
    return bare


def test_good_articles_are_imported_and_the_second_time_left_as_they_are(bare: Path) -> None:
    first = ingest(bare, "articles")
    assert first.returncode == 0, first.stderr
    (summary,) = first.stdout.splitlines()
    assert summary.startswith("1 articles: 1 new; 1 proposals, 1 people, ")
    assert summary.endswith(f"database sqlite:///{bare}/data/jianyan.db")
    assert articles_in(bare / "data/jianyan.db") == 1
    second = ingest(bare, "articles")
    assert second.returncode == 0
    assert second.stdout.startswith("1 articles: 1 unchanged; 1 proposals, 1 people, ")


def test_bad_articles_are_named_with_the_reason_and_the_rest_is_imported(bare: Path) -> None:
    (bare / "articles" / "[bold]empty.txt").touch()
    (bare / "articles" / "picture.md").write_bytes(b"\x89PNG\x00")
    (bare / "broken.zip").write_bytes(b"PK\x03\x04damaged")
    with zipfile.ZipFile(bare / "more.zip", "w") as archive:
        archive.writestr("a.txt", OTHER)
        archive.writestr("b.txt", "")
    records = [{"text": f"{OTHER}第{number}次会议。"} for number in range(2)]
    lines = "\n".join([*(json.dumps(each) for each in records), '{"text": '])
    (bare / "lines.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    given = ("articles", "gone.txt", "broken.zip", "more.zip", "lines.jsonl.gz")
    done = ingest(bare, *given, "--database", f"sqlite:///{bare}/other.db")
    assert done.returncode == 1
    assert "failed  articles/[bold]empty.txt: is empty; an article needs words" in done.stdout
    assert "articles/picture.md: is a picture; import the text that it shows" in done.stdout
    assert "gone.txt: does not exist" in done.stdout
    assert "broken.zip: is " in done.stdout
    assert "more.zip/b.txt: is empty" in done.stdout
    assert "lines.jsonl.gz:3: is no valid JSON" in done.stdout
    assert "10 articles: " in done.stdout
    assert "6 failed" in done.stdout
    assert "4 new" in done.stdout
    assert articles_in(bare / "other.db") == 4


def test_a_dry_run_finds_the_same_and_stores_nothing(bare: Path) -> None:
    done = ingest(bare, "articles", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 articles: 1 read; 1 proposals, 1 people, ")
    assert done.stdout.rstrip().endswith("nothing was stored")
    assert not (bare / "data" / "jianyan.db").exists()


def test_the_json_report_is_an_article_a_line_and_all_that_stands_on_stdout(folder: Path) -> None:
    (folder / "articles" / "empty.txt").touch()
    done = ingest(folder, "articles", "--json")
    assert done.returncode == 1
    empty, good = map(json.loads, done.stdout.splitlines())
    assert empty["source"] == "articles/empty.txt"
    assert (empty["outcome"], empty["id"]) == ("failed", None)
    assert empty["reason"] == "is empty; an article needs words"
    assert (good["outcome"], good["id"], good["reason"]) == ("new", 1, None)
    assert (good["proposals"], good["people"]) == (1, 1)
    assert done.stderr.startswith("2 articles: 1 failed, 1 new; ")


def test_one_line_tells_of_a_hundred_articles_where_there_is_no_terminal(folder: Path) -> None:
    lines = "".join(json.dumps({"text": f"{number}{OTHER}"}) + "\n" for number in range(250))
    done = ingest(folder, "-", "--workers", 1, stdin=lines)
    first, second, summary = done.stdout.splitlines()
    assert first.startswith("100 articles, ")
    assert second.startswith("200 articles, ")
    assert summary.startswith("250 articles: 250 new; ")


def test_what_the_user_says_counts_for_all_and_only_what_fails_is_told_when_quiet(folder: Path) -> None:
    record = json.dumps({"text": OTHER, "source": "江报", "title": "题", "published_on": "2020-01-01"})
    (folder / "list.txt").write_text("# both\narticles/good.txt\ngone.txt\n", "utf-8")
    said = ("--source", "滇报", "--published-on", "2021-02-03", "--url", "https://a.example/1")
    done = ingest(folder, "-", "--from-list", "list.txt", *said, "--quiet", stdin=record)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("failed  list.txt:3: gone.txt does not exist")
    assert len(done.stderr.splitlines()) == 1
    stored = rows(folder / "data/jianyan.db", "SELECT title, source, published_on, url FROM article")
    told = ("滇报", "2021-02-03", "https://a.example/1")
    assert [(each[0] == "题", *each[1:]) for each in stored] == [(True, *told), (False, *told)]
    (sources,) = rows(folder / "data/jianyan.db", "SELECT sources FROM import_run")
    assert json.loads(str(sources[0])) == ["-", "list.txt"]


def test_since_last_passes_over_what_did_not_change_and_tries_what_failed_again(folder: Path) -> None:
    changing, failing = folder / "articles" / "b.txt", folder / "articles" / "c.txt"
    changing.write_text(OTHER, "utf-8")
    failing.touch()
    (folder / "articles" / "lines.jsonl").write_text(json.dumps({"text": "第一次" + OTHER}), "utf-8")
    first = ingest(folder, "articles", "--since-last", "--json")
    assert outcomes(first) == {"good.txt": "new", "b.txt": "new", "c.txt": "failed", "lines.jsonl:1": "new"}
    changing.write_text("第二次" + OTHER, "utf-8")
    second = ingest(folder, "articles", "--since-last", "--json")
    assert outcomes(second) == {"b.txt": "new", "c.txt": "failed"}
    failing.write_text("第三次" + OTHER, "utf-8")
    assert outcomes(ingest(folder, "articles", "--since-last", "--json")) == {"c.txt": "new"}
    last = ingest(folder, "articles", "--since-last")
    assert (last.returncode, last.stdout[:12]) == (0, "0 articles; ")


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    reports = map(json.loads, done.stdout.splitlines())
    return {report["source"].removeprefix("articles/"): report["outcome"] for report in reports}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["gone.txt"], "gone.txt: does not exist", id="nothing readable"),
        pytest.param(["-"], "stdin: holds no article; it needs one JSON object", id="empty stdin"),
        pytest.param([], "name files, folders or addresses, or a list of them", id="nothing named"),
        pytest.param(["articles", "--databse", "x"], "No such option", id="unknown option"),
        pytest.param(["articles", "--workers", "0"], "0 is not in the range", id="no process"),
        pytest.param(["articles", "--published-on", "2021"], "2021", id="no date"),
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
