"""scripts/reextract.py as a process, with the real extraction."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.database import make_engine
from app.extraction.pipeline import VERSION, Extractor
from app.importers.article import RawArticle
from app.ingest.conductor import ingest, prepared_here
from app.ingest.preparing import Preparer
from tests.conftest import seed

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "reextract.py"
PLAIN = "贵州省政协委员罗青禾建议,加快建设乌江航道,投入6亿元。\n"
HEADED = "两省共治乌江\n\n2021-06-08 来源:乌江日报\n\n重庆市政协委员石大壮建议,联合巡查乌江水质。\n"


def reextract(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--workers", "1", *arguments],
        cwd=folder,
        env={**os.environ, "JIANYAN_DATA_DIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A database with two articles, 2 the one that tells its title, the source of 1 having said its own."""
    path = tmp_path_factory.mktemp("imported") / "jianyan.db"
    engine = make_engine(f"sqlite:///{path}")
    seed(engine)
    articles = [RawArticle(PLAIN, "a.txt", title="乌江通航"), RawArticle(HEADED, "b.txt")]
    ingest(engine, prepared_here(articles, Preparer(extractor.extract)))
    engine.dispose()
    return path


@pytest.fixture
def folder(imported: Path, tmp_path: Path, jieba_cache: Path) -> Path:
    """A data folder with that database, its findings made by an older version."""
    shutil.copytree(jieba_cache, tmp_path, dirs_exist_ok=True)
    shutil.copy(imported, tmp_path)
    change(tmp_path, "UPDATE article SET extractor_version = 'old'")
    return tmp_path


def change(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "jianyan.db") as connection:
        connection.execute(statement)


def asked(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "jianyan.db") as connection:
        return connection.execute(statement).fetchall()


def test_articles_of_an_older_version_are_brought_to_the_current_one(folder: Path) -> None:
    change(folder, "UPDATE article SET title = '旧题', source = NULL")
    findings = "SELECT id, text FROM proposal UNION ALL SELECT id, text FROM metric"
    before = asked(folder, findings)
    done = reextract(folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        f"2 articles: 2 replaced; 0 of them changed: {len(before)} findings kept, 0 added, 0 removed; "
    )
    assert asked(folder, findings) == before
    assert asked(folder, "SELECT extractor_version, title, source FROM article ORDER BY id") == [
        (VERSION, "旧题", None),
        (VERSION, "两省共治乌江", "乌江日报"),
    ], "what the source said stays, what the text says is made anew"
    assert asked(folder, "SELECT sources FROM import_run ORDER BY id DESC LIMIT 1") == [
        ('["re-extraction"]',)
    ]


def test_where_all_are_current_there_is_nothing_to_do(folder: Path) -> None:
    change(folder, f"UPDATE article SET extractor_version = '{VERSION}'")
    done = reextract(folder)
    assert done.returncode == 0
    assert done.stdout.startswith(f"0 articles: the findings of all are of extractor version {VERSION}; ")
    assert asked(folder, "SELECT count(*) FROM import_run") == [(1,)]


def test_an_article_whose_findings_changed_is_named_with_what_changed(folder: Path) -> None:
    change(folder, "UPDATE metric SET value = 7")
    change(folder, "UPDATE proposal SET spans = '[[0, 1]]' WHERE article_id = 2")
    before = asked(folder, "SELECT id FROM proposal WHERE article_id = 1")
    done = reextract(folder)
    one, two, summary = done.stdout.splitlines()
    assert one == "article 1 “乌江通航”: 1 kept, 1 added, 1 removed"
    assert two == "article 2 “两省共治乌江”: 0 kept, 1 added, 1 removed"
    assert "2 of them changed: 1 findings kept, 2 added, 2 removed" in summary
    assert asked(folder, "SELECT id FROM proposal WHERE article_id = 1") == before


def test_a_dry_run_over_all_tells_the_same_and_changes_nothing(folder: Path) -> None:
    change(folder, "UPDATE metric SET value = 7")
    change(folder, f"UPDATE article SET extractor_version = '{VERSION}' WHERE id = 1")
    done = reextract(folder, "--all", "--dry-run")
    assert done.returncode == 0, done.stderr
    line, summary = done.stdout.splitlines()
    assert line == "article 1 “乌江通航”: 1 kept, 1 added, 1 removed"
    assert summary.startswith("2 articles: 2 replaced; ")
    assert summary.endswith("; nothing was stored")
    assert asked(folder, "SELECT value FROM metric") == [(7,)]
    assert asked(folder, "SELECT extractor_version FROM article ORDER BY id") == [(VERSION,), ("old",)]
    assert asked(folder, "SELECT count(*) FROM import_run") == [(1,)]


def test_the_json_report_has_an_object_for_each_article_and_nothing_else(folder: Path) -> None:
    change(folder, f"UPDATE article SET extractor_version = '{VERSION}'")
    done = reextract(folder, "--article", "2", "--article", "9", "--json")
    assert done.returncode == 1
    one, none = map(json.loads, done.stdout.splitlines())
    changes = {"kept": 1, "added": 0, "removed": 0}
    assert one == {"source": "article 2 “两省共治乌江”", "id": 2, "changes": changes, "reason": None}
    reason = "is not stored; look its id up in the API"
    assert none == {"source": "article 9", "id": None, "changes": None, "reason": reason}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--database", "sqlite:///none.db"], "database none.db does not exist"),
        (["--all", "--article", "1"], "name articles or take all"),
        (["--article", "9"], "article 9: is not stored"),
    ],
)
def test_when_nothing_can_be_done_the_reason_is_told_with_exit_code_2(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = reextract(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert not (folder / "none.db").exists()
