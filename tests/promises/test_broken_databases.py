"""The promise: whatever befalls the database ends in one clear sentence, and what can be read is read on."""

import gc
import json
import os
import runpy
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from threading import Thread
from uuid import uuid4

import httpx
import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import URL, Engine, event, make_url, text
from sqlmodel import Session

from app import database, start
from app.database import for_writing, make_engine
from app.extraction.pipeline import Extractor
from app.ingest import preparing
from app.main import create_app
from app.settings import Settings
from app.store.keys import add_key
from tests.conftest import seed
from tests.databases import PostgresqlDatabases
from tests.postgresql import URL_VARIABLE
from tests.promises import breaking
from tests.promises.breaking import Break, Ended, run
from tests.web import TestClient

NUMBER = 250
"""Articles of news.jsonl: three batches."""

STOPPING = [
    pytest.param(breaking.with_pages_overwritten, "is damaged; restore a copy of it", id="pages"),
    pytest.param(breaking.with_header_overwritten, "is not a SQLite database; name another", id="header"),
    pytest.param(breaking.cut_short, "is damaged; restore a copy of it", id="cut short"),
    pytest.param(breaking.replaced_by_notes, "is not a SQLite database; name another", id="notes"),
    pytest.param(
        breaking.emptied_beside_its_log, "is empty, and jianyan.db-wal beside it is not; restore", id="empty"
    ),
]
"""What no script goes on with, and what each says of it."""

WRITES = {
    "ingest": ("ingest.py", "few.jsonl", "--quiet", "--workers", "1"),
    "reextract": ("reextract.py", "--all", "--quiet", "--workers", "1"),
    "a new key": ("keys.py", "add", "desk"),
}
READS = {"verify": ("verify.py",), "the keys": ("keys.py", "list")}


@pytest.fixture
def place(
    tmp_path: Path,
    seeded_database: str,
    jieba_cache: Path,
    extractor: Extractor,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """A folder with a good database and new articles; nobody waits long for a lock.

    The scripts, which run in this process, find the extraction loaded.
    """
    shutil.copy(seeded_database.removeprefix("sqlite:///"), tmp_path / "jianyan.db")
    lines = [json.dumps(record(number), ensure_ascii=False) + "\n" for number in range(NUMBER)]
    (tmp_path / "news.jsonl").write_text("".join(lines), "utf-8")
    (tmp_path / "few.jsonl").write_text("".join(lines[:20]), "utf-8")
    pragmas = ("busy_timeout = 20", *database._SQLITE_PRAGMAS[1:])
    monkeypatch.setattr(database, "_SQLITE_PRAGMAS", pragmas)
    monkeypatch.setattr(database, "_PATIENTLY", f"PRAGMA {pragmas[0]}")
    monkeypatch.setattr(preparing, "load_extract", lambda cache: extractor.extract)
    monkeypatch.setenv("JIANYAN_DATA_DIR", str(jieba_cache))
    monkeypatch.setenv("JIANYAN_DATABASE_URL", url_of(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def key(place: Path) -> str:
    return new_key(make_engine(url_of(place)))


def new_key(engine: Engine) -> str:
    with Session(for_writing(engine)) as session:
        key = add_key(session, "newsroom")
        session.commit()
    engine.dispose()
    return key


def record(number: int) -> dict[str, str]:
    who = ["闻人达", "柳青禾", "石敬川"][number % 3]
    said = f"陕西省政协委员{who}建议,加快建设关中实验室{number // 20}期,投入{number // 40 + 1}亿元。"
    return {"text": f"{said}会议编号{number}。", "published_on": f"2024-05-{number % 28 + 1:02}"}


def url_of(place: Path) -> str:
    return f"sqlite:///{place}/jianyan.db"


def rows(place: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(place / "jianyan.db")
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def content(place: Path) -> dict[object, list[tuple[object, ...]]]:
    """All rows, by their table."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    return {name: rows(place, f"SELECT * FROM {name}") for (name,) in rows(place, tables)}


def assert_sentence(ended: Ended, place: Path, sentence: str) -> None:
    """That it is one and all that was said, naming the database."""
    assert ended.code == 2, ended
    assert ended.out == ""
    said = ended.err.removeprefix("The key of desk; keep it, it cannot be shown again:\n")
    assert said.count("\n") == 1, said
    assert said.startswith("database "), said
    assert f"{place}/jianyan.db {sentence}" in said


# --- scripts


@pytest.mark.parametrize(("broken", "sentence"), STOPPING)
def test_every_script_says_in_one_sentence_what_is_wrong_with_the_file_and_goes_on_when_it_is_back(
    place: Path, capfd: pytest.CaptureFixture[str], broken: Break, sentence: str
) -> None:
    before = content(place)
    with broken(place / "jianyan.db"):
        for name, command in (WRITES | READS).items():
            assert_sentence(run(capfd, *command), place, sentence), name
        with pytest.raises(SystemExit) as refused:
            started()
        assert sentence in str(refused.value)
    assert content(place) == before
    assert run(capfd, "verify.py").code == 0


def started() -> None:
    """What scripts/serve goes on with, on any free port."""
    sys.modules.pop("app.start", None)
    given = sys.argv
    sys.argv = ["start", "127.0.0.1", "0"]
    try:
        runpy.run_module("app.start", run_name="__main__")
    finally:
        sys.argv = given
        sys.modules["app.start"] = start


HINDERING = [
    pytest.param(breaking.full, "has no room left on its disk; make some and try again", id="full"),
    pytest.param(breaking.locked, "is in use by another process; try again", id="locked"),
]
"""What keeps scripts from writing and not from reading."""


@pytest.mark.parametrize(("broken", "sentence"), HINDERING)
def test_while_nothing_can_be_written_each_writing_script_says_so_and_the_others_read(
    place: Path, capfd: pytest.CaptureFixture[str], broken: Break, sentence: str
) -> None:
    before = content(place)
    with broken(place / "jianyan.db"):
        for name, command in WRITES.items():
            if (name, broken) != ("a new key", breaking.full):  # for which there is room in a page
                assert_sentence(run(capfd, *command), place, sentence), name
        for name, command in READS.items():
            assert run(capfd, *command).code == 0, name
        start.prepare(make_engine(url_of(place)))  # nothing is to be done before it serves
    if broken is breaking.locked:
        assert content(place) == before
    assert run(capfd, "verify.py").code == 0


def test_a_database_that_may_only_be_read_is_read_and_not_written(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///file:{place}/jianyan.db?mode=ro&uri=true"
    for command in WRITES.values():
        ended = run(capfd, *command, "--database", url)
        assert (ended.code, ended.err.count("\n")) == (2, 1 + ended.err.startswith("The key of"))
        assert "may not be written; check who owns the file and its folder" in ended.err
    for command in READS.values():
        assert run(capfd, *command, "--database", url).code == 0
    start.prepare(make_engine(url))


@pytest.mark.parametrize("mode_of_folder", [0o755, 0o555])
def test_without_the_right_to_write_a_file_its_owner_is_told_to_be_looked_at(
    place: Path, mode_of_folder: int
) -> None:
    folder = place / "closed"
    folder.mkdir()
    (place / "jianyan.db").rename(folder / "jianyan.db")
    (folder / "jianyan.db").chmod(0o444)
    folder.chmod(mode_of_folder)
    command = ["keys.py", "add", "desk", "--database", url_of(folder)]
    ended = subprocess.run(
        [sys.executable, breaking.SCRIPTS / command[0], *command[1:]],
        capture_output=True,
        text=True,
        preexec_fn=breaking.as_common_user,
    )
    folder.chmod(0o755)
    told = "may not be written; check who owns the file and its folder"
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (2, f"database {url_of(folder)} {told}")
    assert rows(folder, "SELECT * FROM api_key") == []


def test_a_full_disk_stops_an_import_and_is_no_fault_of_its_articles(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = len(rows(place, "SELECT id FROM article"))
    with breaking.full(place / "jianyan.db", room=200):
        ended = run(capfd, "ingest.py", "news.jsonl", "--quiet", "--workers", "1")
    assert_sentence(ended, place, "has no room left on its disk")
    stored = len(rows(place, "SELECT id FROM article")) - first
    assert 0 < stored < NUMBER  # whole batches
    assert rows(place, "SELECT DISTINCT outcome FROM import_outcome") == [("new",)]
    assert rows(place, "PRAGMA integrity_check") == [("ok",)]
    assert run(capfd, "verify.py").code == 0
    again = run(capfd, "ingest.py", "news.jsonl", "--workers", "1")
    assert again.code == 0
    assert f"{stored} unchanged, {NUMBER - stored} new" in again.out


def test_damage_that_an_import_meets_in_its_midst_is_no_fault_of_its_articles(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pages of one index alone: all that is asked before the first article is written answers well."""
    file = place / "jianyan.db"
    root = rows(place, "SELECT rootpage FROM sqlite_master WHERE name = 'ix_article_published_on_id'")[0][0]
    assert isinstance(root, int)
    with breaking.damaged(file, lambda it: breaking.overwrite(it, (root - 1) * 4096, root * 4096)):
        assert_sentence(run(capfd, *WRITES["ingest"]), place, "is damaged; restore a copy of it")
        assert rows(place, "SELECT count(*) FROM import_outcome WHERE outcome = 'failed'") == [(0,)]


def test_a_file_that_goes_while_it_is_imported_into_is_not_made_anew(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def remove(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO article "):
            with suppress(FileNotFoundError):
                (place / "jianyan.db").unlink()

    event.listen(Engine, "before_cursor_execute", remove)
    try:
        ended = run(capfd, *WRITES["ingest"])
    finally:
        event.remove(Engine, "before_cursor_execute", remove)
    assert (ended.code, ended.err.count("\n"), ended.err.startswith("database ")) == (2, 1, True), ended.err
    assert not (place / "jianyan.db").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("ingest.py", "few.jsonl", "--json", "--workers", "1"),
        ("ingest.py", "few.jsonl", "--workers", "1"),
        ("reextract.py", "--all", "--json", "--workers", "1"),
        ("verify.py", "--json"),
        ("keys.py", "add", "desk"),
        ("keys.py", "list"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_report_that_is_written_to_a_full_disk_ends_in_a_sentence(
    place: Path, capfd: pytest.CaptureFixture[str], key: str, command: tuple[str, ...]
) -> None:
    ended = run(capfd, *command, stdout="/dev/full")
    told = "Stopped, as standard output cannot be written: No space left on device; make room and start again"
    assert (ended.code, ended.err.splitlines()[-1]) == (2, told)
    assert "Traceback" not in ended.err
    assert rows(place, "SELECT name FROM api_key") == [("newsroom",)]  # none that nobody saw


# --- over HTTP

READ = [
    *("/articles", "/articles/1", "/proposals?theme=5g", "/proposals/1", "/people", "/institutions"),
    *("/metrics?q=亿", "/regions/510000", "/themes", "/search?q=科学城", "/stats/timeline", "/imports"),
    *("/coverage", "/articles/1/citation", "/proposals?format=csv", "/metrics?format=ndjson"),
    *("/people?format=xlsx", "/export.zip"),
]
TEXT = "甘肃省政协委员闻人达建议,加快建设河西算力走廊,投入30亿元。"


@pytest.fixture
def client(place: Path, key: str, extractor: Extractor) -> Iterator[TestClient]:
    """Of a server that was asked for everything already, and is asked with a key that works."""
    headers = {"X-API-Key": key}
    with TestClient(create_app(Settings()), raise_server_exceptions=False, headers=headers) as client:
        client.app.state.writer.loaded = extractor.extract  # type: ignore[attr-defined]
        assert_reads(client)
        yield client


def assert_reads(client: TestClient) -> None:
    found = {address: client.get(f"/api/v1{address}").status_code for address in READ}
    assert found == dict.fromkeys(READ, 200)


TWO = """
SELECT min(one.actor_id), other.actor_id FROM actor_mention one, actor_mention other
WHERE one.article_id = 1 AND other.article_id = 2
    AND EXISTS (SELECT 1 FROM actor WHERE id = one.actor_id AND kind = 'person')
    AND EXISTS (SELECT 1 FROM actor WHERE id = other.actor_id AND kind = 'person')
"""
"""People of whom the one may be the other."""


def writes(place: Path) -> list[tuple[str, str, object]]:
    ((one, other),) = rows(place, TWO)
    return [
        ("POST", "/api/v1/articles", {"text": f"{TEXT}会场记录完。" + "附录。" * 20_000}),
        ("DELETE", "/api/v1/articles/5", None),
        ("POST", f"/api/v1/people/{other}/merge", {"into": one}),
    ]


def assert_unavailable(client: TestClient, place: Path, method: str, url: str, body: object = None) -> None:
    answer = client.request(method, url, json=body)
    assert answer.status_code == 503, f"{method} {url}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:jianyan:problem:unavailable"
    assert str(place) not in answer.text
    assert "sqlite" not in answer.text.lower()


def assert_writes(client: TestClient) -> None:
    assert client.post("/api/v1/articles", json={"text": TEXT}).status_code == 201
    assert client.get("/api/v1/proposals?q=河西算力走廊").json()["total"] == 1


@pytest.mark.parametrize("broken", [breaking.full, breaking.locked])
def test_while_nothing_can_be_written_all_is_read_and_afterwards_it_is_written(
    client: TestClient, place: Path, broken: Break
) -> None:
    before = content(place)
    wanted = writes(place)
    with broken(place / "jianyan.db"):
        for method, url, body in wanted:
            if broken is breaking.locked or url.endswith("/articles"):
                assert_unavailable(client, place, method, url, body)
            else:  # for which there may be room
                assert client.request(method, url, json=body).status_code in {200, 204, 503}
            assert_reads(client)
        assert client.get("/readyz").status_code == 200
    if broken is breaking.locked:
        assert content(place) == before
    assert_writes(client)
    assert rows(place, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    "broken",
    [
        *(pytest.param(each.values[0], id=each.id) for each in STOPPING),  # type: ignore[union-attr]
        pytest.param(breaking.removed, id="removed"),
    ],
)
def test_a_server_answers_from_a_file_again_as_soon_as_it_is_back(
    client: TestClient, place: Path, broken: Break
) -> None:
    wanted = writes(place)
    with broken(place / "jianyan.db"):
        for address in READ:
            assert_unavailable(client, place, "GET", f"/api/v1{address}")
        assert_unavailable(client, place, "GET", "/readyz")
        for method, url, body in wanted:
            assert_unavailable(client, place, method, url, body)
        assert client.get("/healthz").status_code == 200
        # Nothing was made where it was, which a copy put there would have to share its log with.
        assert (place / "jianyan.db").exists() == (broken is not breaking.removed)
    assert_reads(client)
    assert_writes(client)


def test_a_server_answers_from_the_copy_that_took_the_place_of_its_file(
    client: TestClient, place: Path
) -> None:
    breaking.whole(place / "jianyan.db")
    shutil.copy(place / "jianyan.db", place / "copy.db")
    assert_writes(client)
    for end in ("-wal", "-shm"):
        (place / f"jianyan.db{end}").unlink(missing_ok=True)
    (place / "copy.db").rename(place / "jianyan.db")
    assert client.get("/api/v1/proposals?q=河西算力走廊").json()["total"] == 0
    assert_writes(client)


def test_a_disk_that_is_full_to_its_last_byte(
    place: Path,
    tmp_path: Path,
    extractor: Extractor,
    capfd: pytest.CaptureFixture[str],
    key: str,
) -> None:
    """A real one: nobody has told SQLite."""
    breaking.whole(place / "jianyan.db")
    with breaking.small_disk(tmp_path / "disk", "6m") as disk:
        shutil.copy(place / "jianyan.db", disk)
        headers = {"X-API-Key": key}
        settings = Settings(database_url=url_of(disk))
        with TestClient(create_app(settings), raise_server_exceptions=False, headers=headers) as client:
            client.app.state.writer.loaded = extractor.extract  # type: ignore[attr-defined]
            assert_reads(client)
            filler = breaking.fill(disk)
            for method, url, body in writes(disk)[:1]:
                assert_unavailable(client, disk, method, url, body)
            assert_reads(client)
            ended = run(capfd, *WRITES["ingest"], "--database", url_of(disk))
            assert_sentence(ended, disk, "has no room left on its disk")
            assert run(capfd, "verify.py", "--database", url_of(disk)).code == 0
            filler.unlink()
            assert_writes(client)
        gc.collect()  # with it go the connections of the scripts, whose processes would have ended
        breaking.whole(disk / "jianyan.db")
        filler = breaking.fill(disk)
        # Now not even the file that readers share can be made beside it.
        ended = run(capfd, "verify.py", "--database", url_of(disk))
        assert_sentence(
            ended, disk, "cannot be read or written by this machine; check that its disk is whole"
        )
        filler.unlink()
        assert run(capfd, "verify.py", "--database", url_of(disk)).code == 0
        assert rows(disk, "PRAGMA integrity_check") == [("ok",)]


def test_who_waits_for_a_lock_keeps_nobody_waiting(place: Path, client: TestClient) -> None:
    """Where all is asked on the server's loop, a second of waiting for a lock is everybody's."""
    driver = client.app.state.reader._driver()  # type: ignore[attr-defined]
    assert driver.execute("PRAGMA busy_timeout").fetchone() == (0,)
    client.app.state.reader.close()  # type: ignore[attr-defined]
    with client.app.state.reader.engine.connect() as pooled:  # type: ignore[attr-defined]
        assert pooled.exec_driver_sql("PRAGMA busy_timeout").scalar() == 20
    assert os.environ["JIANYAN_DATABASE_URL"] == url_of(place)


def test_a_file_that_breaks_off_does_not_pass_for_a_whole_one(place: Path) -> None:
    """Asked over a socket: what was begun as a 200 can only be cut."""
    file = place / "jianyan.db"
    breaking.whole(file)
    with counting() as asked, listening(create_app(Settings())) as address:
        assert httpx.get(f"{address}/export.zip").status_code == 200
    last = asked[-1]  # by its words: how many there are differs, as what takes long is asked twice
    good = file.read_bytes()
    with listening(create_app(Settings())) as address:  # which has no page of it in memory yet
        damage = partial(breaking.overwrite, file, breaking.PAGE, None)
        with counting({last: damage}), pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{address}/export.zip")
        file.write_bytes(good)
        assert httpx.get(f"{address}/export.zip").status_code == 200


@contextmanager
def counting(before: Mapping[str, Callable[[], None]] | None = None) -> Iterator[list[str]]:
    """The statements that are asked meanwhile; before some of them something is done."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)
        (before or {}).get(statement, lambda: None)()

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address of its lists, served from a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
        finally:
            server.should_exit = True
            thread.join()


# --- PostgreSQL


@pytest.fixture
def served(
    postgresql_databases: PostgresqlDatabases, tmp_path: Path, extractor: Extractor
) -> Iterator[tuple[TestClient, Engine]]:
    """A server on PostgreSQL that is asked with a key that works, and an engine on the same database."""
    url = postgresql_databases.filled(seed)
    engine = make_engine(url)
    key = new_key(engine)
    settings = Settings(data_dir=tmp_path, database_url=url)
    headers = {"X-API-Key": key}
    with TestClient(create_app(settings), raise_server_exceptions=False, headers=headers) as client:
        client.app.state.writer.loaded = extractor.extract  # type: ignore[attr-defined]
        assert_writes(client)
        yield client, engine
    engine.dispose()
    postgresql_databases.clear()


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "


def cut_all(engine: Engine) -> None:
    """End all connections to the database but the one that ends them."""
    driver = psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    driver.execute(CUT + "pg_backend_pid()")
    driver.close()


@contextmanager
def cutting_before(engine: Engine, part: str) -> Iterator[None]:
    """All connections are cut, once, before a statement that has the part."""
    left = [part]

    def cut(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if left and left[0] in statement:
            left.clear()
            cut_all(engine)

    event.listen(Engine, "before_cursor_execute", cut)
    yield
    event.remove(Engine, "before_cursor_execute", cut)
    assert not left, "no such statement came"


def test_connections_that_were_cut_while_nobody_used_them_are_replaced_unseen(
    served: tuple[TestClient, Engine],
) -> None:
    client, engine = served
    assert_answers(client, 200)
    cut_all(engine)
    assert_answers(client, 200)


@pytest.mark.parametrize(
    ("method", "url", "part"),
    [
        ("GET", "/proposals", "FROM posting"),
        ("GET", "/export.zip", "FROM theme"),
        ("DELETE", "/articles/1", "DELETE"),
    ],
)
def test_a_connection_that_is_cut_in_the_midst_of_a_request_is_a_503_and_the_next_request_is_answered(
    served: tuple[TestClient, Engine], tmp_path: Path, method: str, url: str, part: str
) -> None:
    client, engine = served
    with cutting_before(engine, part):
        assert_unavailable(client, tmp_path, method, f"/api/v1{url}")
    assert client.request(method, f"/api/v1{url}").status_code in {200, 204}


def assert_answers(client: TestClient, status: int) -> None:
    addresses = (
        "/proposals",
        "/articles/1",
        "/search?q=算力",
        "/people?format=csv",
        "/export.zip",
        "/imports",
    )
    found = {address: client.get(f"/api/v1{address}").status_code for address in addresses}
    assert found == dict.fromkeys(addresses, status)


def test_an_import_whose_connection_is_cut_stops_in_a_sentence_and_goes_on_the_next_time(
    place: Path, served: tuple[TestClient, Engine], capfd: pytest.CaptureFixture[str]
) -> None:
    _, engine = served
    url = engine.url.render_as_string(hide_password=False)
    command = ("ingest.py", "news.jsonl", "--workers", "1", "--database", url)
    with cutting_before(engine, "INSERT INTO import_source"):
        ended = run(capfd, *command, "--quiet")
    assert (ended.code, ended.err.count("\n")) == (2, 1), ended.err
    assert "cannot be reached; check that the server runs, and host and port in the URL" in ended.err
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM import_outcome WHERE outcome = 'failed'")) == 0
    again = run(capfd, *command)
    assert (again.code, f"{NUMBER} new" in again.out) == (0, True)


def test_a_user_who_may_only_read_reads_and_is_told_that_no_more_is_allowed(
    served: tuple[TestClient, Engine], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, engine = served
    name = f"reader_{engine.url.database}"
    with for_writing(engine).begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"))
    url = engine.url.set(username=name).render_as_string(hide_password=False)
    try:
        with TestClient(create_app(Settings(data_dir=tmp_path, database_url=url))) as client:
            assert_answers(client, 200)
        assert run(capfd, "verify.py", "--database", url).code == 0
        ended = run(capfd, "keys.py", "add", "desk", "--database", url)
        told = "may not be written by that user; make the user the owner of the database"
        assert (ended.code, ended.out, ended.err.count("\n"), told in ended.err) == (2, "", 1, True)
    finally:
        with for_writing(engine).begin() as connection:
            connection.execute(text(f"DROP OWNED BY {name}; DROP ROLE {name}"))


def test_a_full_disk_of_the_server_stops_what_writes_and_not_what_reads(
    postgresql_databases: PostgresqlDatabases,
    place: Path,
    capfd: pytest.CaptureFixture[str],
    extractor: Extractor,
) -> None:
    """A database in a tablespace on a small disk."""
    if os.environ.get(URL_VARIABLE):
        pytest.skip("the server may be on another machine, whose disks cannot be filled from here")
    server = make_url(postgresql_databases.server)
    owner = Path(str(server.query["host"])).stat().st_uid
    with breaking.small_disk(Path(tempfile.mkdtemp()) / "disk", "40m", owner) as disk:
        disk.parent.chmod(0o755)
        with on_the_disk(server, disk) as url:
            engine = make_engine(url)
            seed(engine)
            headers = {"X-API-Key": new_key(engine)}
            settings = Settings(data_dir=place, database_url=url)
            with TestClient(create_app(settings), raise_server_exceptions=False, headers=headers) as client:
                client.app.state.writer.loaded = extractor.extract  # type: ignore[attr-defined]
                assert_writes(client)
                filler = breaking.fill(disk)
                long = {"text": TEXT + noise()}
                assert_unavailable(client, disk, "POST", "/api/v1/articles", long)
                assert_answers(client, 200)
                ended = run(capfd, "ingest.py", "news.jsonl", "--quiet", "--workers", "1", "--database", url)
                assert (ended.code, ended.err.count("\n")) == (2, 1), ended
                assert "has no room left on its disk; make some and try again" in ended.err
                filler.unlink()
                assert client.post("/api/v1/articles", json=long).status_code == 201
                again = run(capfd, "ingest.py", "news.jsonl", "--workers", "1", "--database", url)
                assert (again.code, "failed" in again.out) == (0, False)
            engine.dispose()


def noise() -> str:
    """Some 90 KB that cannot be stored in fewer."""
    chance = Random(7)
    lines = ("".join(chr(0x4E00 + chance.randrange(8000)) for _ in range(30)) for _ in range(1000))
    return "。\n".join(lines)


@contextmanager
def on_the_disk(server: URL, disk: Path) -> Iterator[str]:
    name = f"small_{uuid4().hex}"
    driver = psycopg.connect(
        server.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    )
    driver.execute(f"CREATE TABLESPACE {name} LOCATION '{disk}'")
    driver.execute(f"CREATE DATABASE {name} TEMPLATE template0 TABLESPACE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        driver.execute(f"DROP DATABASE {name} WITH (FORCE)")
        driver.execute(f"DROP TABLESPACE {name}")
        driver.close()
