"""scripts/verify.py as a process, on databases that were altered behind the store's back."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.database import make_engine, migrate
from app.extraction.pipeline import Extractor
from app.lexicon import SEEDS
from app.store.seeds import load_seeds
from tests.importing import imported as import_all

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify.py"

ALTERED = [
    # (table, where one row of it is found, what is written there)
    ("article", "id = 1", "text = text || '!'"),
    ("actor", "id = (SELECT max(person_id) FROM position)", "name = '甲乙丙'"),
    ("actor", "kind = 'institution' AND name LIKE '%大学'", "name = '甲大学'"),
    ("actor", "kind = 'region'", "name = '甲市'"),
    ("actor_mention", "actor_id = (SELECT min(person_id) FROM position)", "name = '甲乙丙'"),
    ("actor_mention", "name LIKE '%公司'", "name = '甲公司'"),
    ("actor_mention", "name LIKE '%局'", "spans = '[[0, 2]]'"),
    ("actor_mention", "name LIKE '%政协'", "spans = '[[7]]'"),
    ("actor_mention", "name LIKE '%中心'", "spans = '[]'"),
    ("actor_mention", "name LIKE '%厅'", "actor_id = (SELECT min(person_id) FROM position)"),
    ("position", "title = '副主席'", "title = '主席'"),
    ("position", "title = '厅长'", "title = '前常委'"),
    ("position", "title = '局长'", "spans = '[[1, 3]]'"),
    ("position", "title = '首席专家'", "institution_name = '甲大学'"),
    ("position", "title = '委员'", "person_id = 999999"),
    ("proposal", "kind = 'recommendation'", "text = replace(text, '建', '健') || '。'"),
    ("proposal", "kind = 'plan'", "spans = '[[0, 4]]'"),
    ("proposal", "kind = 'agreement'", "spans = '[[99999, 99999]]'"),
    ("proposal_speaker", "proposal_id = 5", "spans = '[[1, 3]]'"),
    ("proposal_speaker", "proposal_id = 9", "actor_id = (SELECT max(person_id) FROM position)"),
    ("metric", "unit = '元'", "value = value * 10"),
    ("metric", "unit = '%'", "value = value + 1"),
    ("metric", "value_max IS NOT NULL", "value_max = value_max + 1"),
    ("metric", "unit = '条'", "unit = '套'"),
    ("metric", "unit = '个'", "text = '九个'"),
    ("metric", "unit = '公里'", "span_start = span_start + 1"),
    ("metric", "unit = '家'", "span_start = -9"),
    ("metric", "unit = '项'", "proposal_id = 999999"),
]


def verify(database: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    url = f"sqlite:///{database}" if isinstance(database, Path) else database
    done = subprocess.run(
        [sys.executable, SCRIPT, "--database", url, *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A database with the example articles."""
    path = tmp_path_factory.mktemp("imported") / "jianyan.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    load_seeds(engine)
    import_all(engine, [SEEDS / "articles"], extractor.extract)
    engine.dispose()
    return path


@pytest.fixture
def database(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(imported, tmp_path))


def alter(database: Path, table: str, where: str, change: str) -> tuple[str, str]:
    """Alter the first such row, and give its table and its key afterwards."""
    connection = sqlite3.connect(database)
    keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
    found = connection.execute(f"SELECT rowid FROM {table} WHERE {where}").fetchone()
    assert found, f"no {table} where {where}"
    connection.execute(f"UPDATE {table} SET {change} WHERE rowid = ?", found)
    key = connection.execute(f"SELECT {', '.join(keys)} FROM {table} WHERE rowid = ?", found).fetchone()
    connection.commit()
    connection.close()
    return table, "/".join(map(str, key))


def test_freshly_imported_articles_are_all_borne_out(imported: Path) -> None:
    done = verify(imported, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert (report["flaws"], report["flawed"]) == ([], 0)
    assert report["checked"]["article"] == 5
    assert all(report["checked"][table] for table in ("actor", "position", "proposal", "metric"))


def test_every_row_that_was_altered_is_named(database: Path) -> None:
    altered = {alter(database, *each) for each in ALTERED}
    done = verify(database, "--json")
    assert done.returncode == 1
    named = {(flaw["table"], flaw["row"]) for flaw in json.loads(done.stdout)["flaws"]}
    assert len(altered) == len(ALTERED)
    assert altered - named == set()


def test_a_line_tells_the_article_the_row_and_what_stands_there(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE article SET title = '题目'")
    _, row = alter(database, "metric", "text = '712条'", "value = 721")
    line, count = verify(database).stdout.splitlines()
    assert line.endswith(f" “题目”: metric {row}: metric 721 条: '712条' stands there instead")
    assert count.startswith("1 of ")


def test_a_reference_to_a_row_that_is_gone_is_named(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        (gone,) = connection.execute("SELECT min(actor_id) FROM proposal_speaker").fetchone()
        connection.execute("DELETE FROM actor WHERE id = ?", [gone])
    done = verify(database)
    assert done.returncode == 1
    assert f"actor_id {gone}: there is no such actor" in done.stdout


def test_a_column_that_cannot_be_read_ends_the_check_with_the_reason(database: Path) -> None:
    alter(database, "proposal", "id = 1", "spans = '[['")
    done = verify(database)
    assert done.returncode == 2
    assert "holds a row that cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.db", None, "does not exist"),
        ("empty.db", b"", "was never migrated"),
        ("article.txt", "建议加快建设。".encode() * 99, "is not a SQLite database"),
    ],
)
def test_what_is_no_database_of_ours_is_told_and_left_as_it_was(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = verify(path)
    assert done.returncode == 2
    assert reason in done.stderr
    assert path.exists() is (content is not None)


def test_an_address_that_is_none_is_told() -> None:
    done = verify("jianyan.db")
    assert done.returncode == 2
    assert "write sqlite:///PATH" in done.stderr
