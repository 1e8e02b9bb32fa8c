"""The steps of a start, on a real SQLite file; seeds and import, tested elsewhere, are stood in for."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app import start
from app.database import make_engine
from app.ingest import conductor, preparing
from app.tables import ImportRun


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path / 'jianyan.db'}")


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was to be imported each time; the stand-in leaves a finished run behind."""
    calls: list[list[str]] = []

    def import_in_its_place(engine: Engine, prepared: object, sources: list[str]) -> None:
        calls.append(sources)
        leave_run(engine, finished_at=datetime.now(UTC))

    monkeypatch.setattr(start, "load_seeds", lambda engine: None)
    monkeypatch.setattr(preparing, "load_extract", lambda cache: None)
    monkeypatch.setattr(conductor, "ingest", import_in_its_place)
    return calls


def leave_run(engine: Engine, finished_at: datetime | None) -> None:
    with Session(engine) as session:
        session.add(ImportRun(started_at=datetime.now(UTC), finished_at=finished_at, extractor_version="1"))
        session.commit()


def test_the_first_start_imports_the_examples_and_the_second_does_not(
    engine: Engine, imported: list[list[str]]
) -> None:
    start.prepare(engine)
    start.prepare(engine)
    assert imported == [[start.EXAMPLES.name]]


def test_an_import_that_was_killed_is_done_again(engine: Engine, imported: list[list[str]]) -> None:
    start.migrate(engine)
    leave_run(engine, finished_at=None)
    start.prepare(engine)
    assert imported == [[start.EXAMPLES.name]]


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(start.PortError, match=rf"127\.0\.0\.1:{port}: .*--port"):
            start.listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 8000), ("127.0.0.1", 70000)])
def test_an_impossible_address_is_named_with_the_way_out(host: str, port: int) -> None:
    with pytest.raises(start.PortError, match=f"{host}:{port}: .*--port"):
        start.listen(host, port)


def test_a_start_names_the_docs_page_and_three_queries_that_can_be_pasted() -> None:
    docs, _, *queries = start.invitation("127.0.0.1", 8000).splitlines()
    assert docs == "Docs page: http://127.0.0.1:8000/docs"
    assert [query.strip() for query in queries] == [
        "http://127.0.0.1:8000/api/v1/proposals?speaker=%E9%99%88%E6%94%BE",
        "http://127.0.0.1:8000/api/v1/proposals?theme=5g",
        "http://127.0.0.1:8000/api/v1/proposals?region=%E5%9B%9B%E5%B7%9D",
    ]


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert "http://[::1]:8000/docs" in start.invitation("::1", 8000)
