import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app import database
from app.database import for_writing, make_engine, migrate, migrating, patient, revision_of
from app.errors import DatabaseError


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path}/jianyan.db")


def write_elsewhere(engine: Engine, statement: str) -> None:
    """Write as another process would, on a connection of its own that does not wait for locks."""
    other = sqlite3.connect(str(engine.url.database), timeout=0)
    with other:
        other.execute(statement)
    other.close()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    with make_engine(f"sqlite:///{tmp_path}/new/folder/jianyan.db").connect():
        assert (tmp_path / "new/folder/jianyan.db").exists()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("busy_timeout", 5000), ("synchronous", 2)],
)
def test_every_sqlite_connection_is_set_up(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_sees_one_snapshot_while_another_process_writes(engine: Engine) -> None:
    write_elsewhere(engine, "CREATE TABLE t (x)")
    with engine.connect() as reader:
        before = reader.scalar(text("SELECT count(*) FROM t"))
        write_elsewhere(engine, "INSERT INTO t VALUES (1)")
        assert reader.scalar(text("SELECT count(*) FROM t")) == before


def test_a_writer_holds_the_lock_from_its_first_read(engine: Engine) -> None:
    write_elsewhere(engine, "CREATE TABLE t (x)")
    with for_writing(engine).begin() as writer:
        writer.execute(text("SELECT * FROM t"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            write_elsewhere(engine, "INSERT INTO t VALUES (1)")


def test_an_import_waits_longer_for_other_writers(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SQLITE_PRAGMAS", ("busy_timeout = 20",))
    path = str(engine.url.database)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), for_writing(engine).begin():
        pass
    end = threading.Timer(0.5, other.close)
    end.start()
    with for_writing(patient(engine)).begin() as writer:
        writer.execute(text("CREATE TABLE t (x)"))
    end.join()


def test_a_failed_transaction_takes_its_new_tables_back(engine: Engine) -> None:
    def half_a_migration() -> None:
        with migrating(engine) as connection:
            connection.execute(text("CREATE TABLE half (x)"))
            connection.execute(text("SELECT * FROM missing"))

    with pytest.raises(OperationalError, match="missing"):
        half_a_migration()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sqlite_master")) == 0


def test_a_table_can_be_rebuilt_in_a_migration_without_losing_rows_that_point_at_it(engine: Engine) -> None:
    with for_writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (p REFERENCES parent (id) ON DELETE CASCADE)"))
        connection.execute(text("INSERT INTO parent VALUES (1)"))
        connection.execute(text("INSERT INTO child VALUES (1)"))
    with migrating(engine) as connection:
        connection.execute(text("CREATE TABLE new AS SELECT * FROM parent"))
        connection.execute(text("DROP TABLE parent"))
        connection.execute(text("ALTER TABLE new RENAME TO parent"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM child")) == 1
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_new_database_has_no_revision_and_a_migrated_one_has(engine: Engine) -> None:
    assert revision_of(engine) is None
    migrate(engine)
    assert revision_of(engine) is not None


def test_migrating_by_url_twice_changes_nothing_the_second_time(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    migrate(url)
    first = revision_of(engine)
    migrate(url)
    assert revision_of(engine) == first


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("jianyan.db", "database URL is not one; write sqlite:///PATH", id="a path"),
        pytest.param("sqlit:///x.db", "database kind 'sqlit' is unknown", id="unknown kind"),
    ],
)
def test_a_url_that_names_no_database_is_refused(url: str, message: str) -> None:
    with pytest.raises(DatabaseError, match=message):
        make_engine(url)


def test_a_malformed_url_is_refused_without_showing_its_password() -> None:
    with pytest.raises(DatabaseError) as refused:
        make_engine("postgresql//me:secret@host/db")
    assert "secret" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match=f"folder {tmp_path}/file/sub cannot be made"):
        make_engine(f"sqlite:///{tmp_path}/file/sub/jianyan.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database, but a page of notes\n" * 100)
    with pytest.raises(DatabaseError, match=r"notes\.db is not a SQLite database; name another file"):
        migrate(f"sqlite:///{tmp_path}/notes.db")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be opened"):
        revision_of(make_engine(f"sqlite:///{tmp_path}"))


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    migrate(engine)
    write_elsewhere(engine, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"made by another version of Jianyan.*9999"):
        migrate(engine)
    assert revision_of(engine) == "9999"
