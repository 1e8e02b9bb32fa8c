import asyncio
import csv
import gc
import io
import json
import tracemalloc
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from sqlalchemy import func, insert, select
from sqlmodel import Session

from app.database import for_writing
from app.queries import posted, rows
from app.queries.proposals import LIST, ProposalQuery
from app.queries.reader import Reader
from app.queries.rows import CHUNK
from app.queries.rows import proposal as proposals
from app.queries.rows import proposal_theme as themes
from app.routers import exports
from app.routers.files import workbook
from app.store.postings import make_anew
from app.vocabulary import AttributionForm, Kind, Outcome
from tests.builders import SPANS, Library
from tests.web import TestClient

API = "/api/v1"
LISTS = ["proposals", "people", "institutions", "metrics", "articles", "themes", "regions", "imports"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_FILES = Path("/proc/self/fd")
ALL_FORMATS = ["csv", "ndjson", "xlsx"]
ADDRESSES = [*(f"{API}/proposals?format={form}" for form in ALL_FORMATS), f"{API}/export.zip"]


@pytest.fixture
def world(library: Library) -> Library:
    """Two of everything that has parts, and some without them."""
    with library.at_once():
        first, second = library.article("2020-10-22"), library.article(None, title=None, source=None)
        chen, wang = library.person("陈放", "老陈"), library.person("王=1")
        cppcc, bureau = (
            library.institution("四川省政协", region="510000"),
            library.institution("重庆市科技局"),
        )
        for post in ("副主席", "委员"):
            library.position(first, chen, cppcc, post)
        library.mention(first, chen, "陈放")
        library.proposal(
            first, [chen, bureau], ["funding", "5g"], ["510100", "chengyu"], text="建议设立基金。"
        )
        library.proposal(second, [wang], ["5g"], text='建议\n分两行,带“引号”和"引号"。')
        library.proposal(second, confidence=1.0, kind=Kind.PLAN)
        library.metric(first, ["funding"], ["500000"], value=2e11, value_max=3.5)
        library.metric(second, value=-0.5)
        library.imported(("a.md", Outcome.NEW, None), ("b.md", Outcome.FAILED, "is empty"))
        library.imported()
        return library


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def count_rows(form: str, content: bytes) -> int:
    if form == "csv":
        return len(read_csv(content))
    if form == "ndjson":
        return len(content.splitlines())
    sheet = read_xlsx(content).worksheets[0]
    return int(sheet.max_row) - 1


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ALL_FORMATS)
def test_a_file_holds_as_many_rows_as_the_list_says(
    client: TestClient, world: Library, name: str, form: str
) -> None:
    answer = client.get(f"{API}/{name}", params={"format": form})
    assert answer.status_code == 200, answer.text
    assert count_rows(form, answer.content) == client.get(f"{API}/{name}").json()["total"] > 0


@pytest.mark.parametrize(
    "filters",
    [
        {"theme": "5g"},
        {"speaker": "陈放", "region": "四川"},
        {"q": "建议 基金"},
        {"q": "建议", "sort": "relevance"},
        {"sort": "date", "min_confidence": 0.95},
        {"since": "2999-01-01"},
    ],
)
def test_a_file_is_filtered_and_sorted_as_the_list(
    client: TestClient, world: Library, filters: dict[str, Any]
) -> None:
    page = client.get(f"{API}/proposals", params=filters).json()
    lines = client.get(f"{API}/proposals", params={**filters, "format": "ndjson"}).content.splitlines()
    assert [json.loads(line) for line in lines] == page["items"]
    table = client.get(f"{API}/proposals", params={**filters, "format": "csv"}).content
    assert [row["id"] for row in read_csv(table)] == [str(item["id"]) for item in page["items"]]


@pytest.mark.parametrize("name", LISTS)
def test_ndjson_has_the_items_of_the_list(client: TestClient, world: Library, name: str) -> None:
    for filters in ({}, {"q": "陈"}) if name in ("people", "articles") else ({},):
        page = client.get(f"{API}/{name}", params={"limit": 200, **filters}).json()
        lines = client.get(f"{API}/{name}", params={"format": "ndjson", **filters}).content.splitlines()
        assert [json.loads(line) for line in lines] == page["items"]


def test_a_row_of_proposals_has_its_parts_in_named_columns(client: TestClient, world: Library) -> None:
    (row,) = read_csv(client.get(f"{API}/proposals?format=csv&speaker=陈放").content)
    (item,) = client.get(f"{API}/proposals?speaker=陈放").json()["items"]
    chen, bureau = item["speakers"]
    assert row == {
        "id": str(item["id"]),
        "kind": "recommendation",
        "text": "建议设立基金。",
        "spans": "0-2；5-8",
        "speaker_id": f"{chen['id']}；{bureau['id']}",
        "speaker_kind": "person；institution",
        "speaker_name": "陈放；重庆市科技局",
        "speaker_positions": "四川省政协 副主席、四川省政协 委员；",
        "themes": "5g；funding",
        "region_code": "510100；chengyu",
        "region_name": "成都市；成渝地区",
        "article_id": str(item["article"]["id"]),
        "article_title": "政协委员建言",
        "article_source": "重庆日报",
        "article_published_on": "2020-10-22",
        "rule": "speech-verb",
        "form": "explicit",
        "confidence": "0.9",
        "duplicate_of": "",
    }


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (
            "people",
            "id name aliases position_institution position_institution_id position_title "
            "position_spans position_article_id position_article_title position_article_source "
            "position_article_published_on position_first_seen position_last_seen position_statements "
            "counts_proposals counts_articles",
        ),
        (
            "institutions",
            "id name aliases region_code region_name counts_proposals counts_people counts_articles",
        ),
        (
            "metrics",
            "id text value value_max unit qualifier about span rule proposal themes region_code "
            "region_name article_id article_title article_source article_published_on",
        ),
        ("articles", "id title source published_on url bylines extractor_version imported_at same_text_as"),
        ("themes", "code name_zh name_en aliases"),
        ("regions", "code name level parent_code parent_name parent_level"),
        (
            "imports",
            "id started_at finished_at extractor_version counts_new counts_unchanged counts_replaced "
            "counts_failed sources stopped_after",
        ),
    ],
)
def test_the_columns_are_always_the_same(client: TestClient, name: str, columns: str) -> None:
    header = client.get(f"{API}/{name}?format=csv").content.decode("utf-8-sig").splitlines()[0]
    assert header == columns.replace(" ", ",")


def test_csv_begins_with_a_byte_order_mark_and_lines_end_as_rfc_4180_says(
    client: TestClient, world: Library
) -> None:
    answer = client.get(f"{API}/proposals?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbfid,")
    assert answer.content.count(b"\r\n") == 4
    assert '建议\n分两行,带“引号”和"引号"。' in [row["text"] for row in read_csv(answer.content)]


def test_a_file_has_a_name_with_what_it_holds_and_the_day(client: TestClient) -> None:
    disposition = client.get(f"{API}/people?format=ndjson").headers["content-disposition"]
    before, _, rest = disposition.partition("jianyan-people-")
    assert before == 'attachment; filename="'
    assert rest.endswith('.ndjson"')
    date.fromisoformat(rest.removesuffix('.ndjson"'))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", "＝1"])
def test_no_text_of_a_csv_is_a_formula(client: TestClient, library: Library, start: str) -> None:
    library.proposal(library.article(title=start), [library.person(start)], text=start)
    (row,) = read_csv(client.get(f"{API}/proposals?format=csv").content)
    assert (row["text"], row["speaker_name"], row["article_title"]) == (f"'{start}",) * 3


def test_numbers_of_a_csv_stay_numbers(client: TestClient, world: Library) -> None:
    rows = read_csv(client.get(f"{API}/metrics?format=csv").content)
    assert [(row["value"], row["value_max"]) for row in rows] == [("200000000000", "3.5"), ("-0.5", "")]


def test_a_workbook_keeps_texts_numbers_and_days_what_they_are(client: TestClient, world: Library) -> None:
    world.proposal(world.article("1898-06-11"), regions=["510000"], text="=1+1")
    answer = client.get(f"{API}/proposals?format=xlsx")
    assert answer.headers["content-type"] == XLSX
    headings, *rows = read_xlsx(answer.content).worksheets[0].iter_rows(values_only=True)
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    assert found[0]["article_published_on"] == datetime(2020, 10, 22)
    assert found[0]["confidence"] == 0.9
    by_text = {row["text"]: row for row in found}
    assert by_text["=1+1"]["region_code"] == "510000"
    assert by_text["=1+1"]["article_published_on"] == "1898-06-11"
    assert by_text["=1+1"]["duplicate_of"] is None


def test_a_text_in_a_workbook_is_no_formula(client: TestClient, library: Library) -> None:
    library.proposal(library.article(), text="=1+1")
    sheet = read_xlsx(client.get(f"{API}/proposals?format=xlsx").content).worksheets[0]
    cell = next(cell for cell in sheet[2] if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis(client: TestClient, library: Library) -> None:
    library.proposal(library.article(), text="长" * 40000)
    sheet = read_xlsx(client.get(f"{API}/proposals?format=xlsx").content).worksheets[0]
    assert sheet["C2"].value == "长" * 32766 + "…"


@pytest.mark.parametrize("length", [16383, 16384, 20000])
def test_a_character_that_spreadsheets_count_as_two_fills_a_cell_sooner(
    client: TestClient, library: Library, length: int
) -> None:
    library.proposal(library.article(), text="𠮷" * length)
    sheet = read_xlsx(client.get(f"{API}/proposals?format=xlsx").content).worksheets[0]
    text = str(sheet["C2"].value)
    assert text == "𠮷" * min(length, 16383) + "…" * (length > 16383)
    assert len(text.encode("utf-16-le")) <= 2 * 32767


def test_the_second_sheet_of_a_workbook_explains_every_column_and_code(
    client: TestClient, world: Library
) -> None:
    book = read_xlsx(client.get(f"{API}/proposals?format=xlsx").content)
    assert book.sheetnames == ["proposals", "数据字典"]
    columns = {cell.value for cell in book["proposals"][1]}
    entries = {(row[0], row[1]): row for row in book["数据字典"].iter_rows(min_row=2, values_only=True)}
    assert {key for of, key in entries if of == "proposals"} == columns
    assert entries["Kind", "plan"][2] == "计划"
    assert entries["Theme", "5g"][2:4] == ("5G与信息通信", "5G and telecommunications")
    assert all(all(row) for row in entries.values())


def test_rows_beyond_a_full_sheet_go_on_another(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", 3)
    article = library.article()
    ids = [library.proposal(article) for _ in range(5)]
    book = read_xlsx(client.get(f"{API}/proposals?format=xlsx&sort=date").content)
    assert book.sheetnames == ["proposals", "数据字典", "proposals 2", "proposals 3"]
    sheets = [book["proposals"], book["proposals 2"], book["proposals 3"]]
    assert [row[0] for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)] == ids


@pytest.mark.parametrize(
    ("accept", "parameter", "expected"),
    [
        ("text/csv", None, "text/csv; charset=utf-8"),
        ("application/x-ndjson", None, "application/x-ndjson"),
        (XLSX, None, XLSX),
        ("TEXT/CSV; q=0.9, application/json; q=0.5", None, "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, */*", None, "application/json"),
        ("text/csv;q=0, application/x-ndjson;q=0.1", None, "application/x-ndjson"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", None, "application/json"),
        ("image/png", None, "application/json"),
        ("", None, "application/json"),
        ("text/csv", "json", "application/json"),
        ("application/json", "csv", "text/csv; charset=utf-8"),
    ],
)
def test_the_accept_header_decides_where_no_parameter_does(
    client: TestClient, accept: str, parameter: str | None, expected: str
) -> None:
    asked = {"format": parameter} if parameter else {}
    answer = client.get(f"{API}/themes", params=asked, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
    assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("query", ["limit=20", "cursor=x", "facets=kind", "facet_limit=5"])
@pytest.mark.parametrize("form", ALL_FORMATS)
def test_what_is_about_one_page_is_refused_for_a_file(client: TestClient, query: str, form: str) -> None:
    answer = client.get(f"{API}/proposals?format={form}&{query}")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == query.partition("=")[0]
    assert "a file holds the whole list" in error["detail"]


@pytest.mark.parametrize(
    ("query", "field"), [("theme=funds", "theme"), ("format=cvs", "format"), ("sort=relevance", "sort")]
)
def test_an_error_is_told_before_a_file_begins(client: TestClient, query: str, field: str) -> None:
    answer = client.get(f"{API}/proposals?format=csv&{query}".replace("format=csv&format", "format"))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert checked_out(client) == 0


def test_the_archive_holds_every_list_and_the_texts(client: TestClient, world: Library) -> None:
    answer = client.get(f"{API}/export.zip")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    tables = {name: read_csv(archive.read(name)) for name in archive.namelist()}
    assert list(tables) == ["dictionary.csv"] + [
        f"{name}.csv" for name in [*LISTS[:5], "article_texts", *LISTS[5:]]
    ]
    for name in LISTS:
        assert len(tables[f"{name}.csv"]) == client.get(f"{API}/{name}").json()["total"], name
        single = client.get(f"{API}/{name}?format=csv").content
        assert tables[f"{name}.csv"] == read_csv(single)
    assert [row["text"] for row in tables["article_texts.csv"]] == ["建议加快建设。"] * 2


def test_the_dictionary_of_the_archive_explains_every_column(client: TestClient, library: Library) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{API}/export.zip").content))
    explained = {(row["of"], row["key"]) for row in read_csv(archive.read("dictionary.csv"))}
    for name in archive.namelist()[1:]:
        columns = archive.read(name).decode("utf-8-sig").splitlines()[0].split(",")
        assert {(name.removesuffix(".csv"), column) for column in columns} <= explained


def test_the_schema_says_which_files_a_list_answers(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for name in LISTS:
        content = paths[f"{API}/{name}"]["get"]["responses"]["200"]["content"]
        assert set(content) == {"application/json", "text/csv", "application/x-ndjson", XLSX}
        assert content["application/json"]["schema"]["$ref"].endswith("List")
    archive = paths[f"{API}/export.zip"]["get"]["responses"]["200"]["content"]
    assert set(archive) == {"application/zip"}


def test_pages_that_are_no_files_have_no_format(client: TestClient, library: Library) -> None:
    answer = client.get(f"{API}/people/{library.person('陈放')}/mentions?format=csv")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "format")


# What streams


# How a file is written is the same on both databases, and how it is read the same for every file.
EVERY_FILE = pytest.mark.parametrize(
    ("databases", "address"),
    [*(("sqlite", address) for address in ADDRESSES), ("postgresql", ADDRESSES[0])],
    indirect=["databases"],
)


def fill(library: Library, count: int) -> None:
    """Have the database hold that many proposals, each with a theme."""
    article = library.article()
    with for_writing(library.engine).begin() as connection:
        begun = connection.scalar(select(func.count()).select_from(proposals)) or 0
    row = {
        "article_id": article,
        "kind": Kind.PLAN,
        "text": "建议加快建设。" * 10,
        "spans": SPANS,
        "rule": "r",
        "form": AttributionForm.NONE,
        "confidence": 0.5,
        "spillover": False,
        "published_on": date(2020, 1, 1),
        "digest": "d",
    }
    with for_writing(library.engine).begin() as connection:
        connection.execute(
            insert(proposals), [{**row, "id": n, "ordinal": n} for n in range(begun + 1, count + 1)]
        )
        links = [
            {"proposal_id": n, "theme_code": "5g", "published_on": date(2020, 1, 1)}
            for n in range(begun + 1, count + 1)
        ]
        connection.execute(insert(themes), links)
        if library.engine.dialect.name == "postgresql":  # whose numbers go on from its own last one
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('proposal', 'id'), max(id)) FROM proposal"
            )
    with Session(for_writing(library.engine)) as session:
        make_anew(session)
        session.commit()


class Receiver:
    """A client that reads an answer as ASGI sends it, and leaves after so many parts of the body.

    One that `stalls` stays instead, and takes nothing more.
    """

    def __init__(
        self,
        served: TestClient | exports.Export,
        address: str,
        leaves_after: int | None = None,
        version: str = "2.3",
        stalls: bool = False,
    ) -> None:
        self._app = served.app if isinstance(served, TestClient) else served
        path, _, query = address.partition("?")
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": version},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", b"test")],
            "client": ("test", 1),
            "server": ("test", 80),
            "state": {},
        }
        self._leaves_after = leaves_after
        self._stalls = stalls
        self.parts = 0
        self.is_complete = False

    def read(self) -> "Receiver":
        asyncio.run(self._read())
        return self

    async def _read(self) -> None:
        left = asyncio.Event()
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                assert message["status"] == 200
                return
            if left.is_set():
                raise OSError("the client has left")
            self.parts += 1
            self.is_complete = not message["more_body"]
            if self.parts == self._leaves_after:
                if self._stalls:
                    await left.wait()
                left.set()
            await asyncio.sleep(0)

        await asyncio.wait_for(self._app(self._scope, receive, send), 60)


def checked_out(client: TestClient) -> int:
    """Connections of the application that are in use, but for the one that its reader keeps."""
    reader: Reader = client.app.state.reader
    return int(reader.engine.pool.checkedout()) - (reader._own is not None)  # type: ignore[attr-defined]


@contextmanager
def memory_peak() -> Iterator[list[int]]:
    """The most memory that was in use meanwhile, in bytes."""
    peak: list[int] = []
    tracemalloc.start()
    yield peak
    peak.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()


@EVERY_FILE
def test_memory_does_not_grow_with_the_list(
    client: TestClient, library: Library, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (rows, posted):  # so that few rows are many chunks
        monkeypatch.setattr(module, "CHUNK", 50)
    fill(library, 200)
    Receiver(client, address).read()  # what is kept from the first time on is not the list's
    with memory_peak() as of_few:
        Receiver(client, address).read()
    fill(library, 4000)
    with memory_peak() as of_many:
        Receiver(client, address).read()
    assert of_many[0] < 2 * of_few[0]  # of twenty times the rows


@pytest.mark.parametrize("address", ["export.zip", "articles?q=建议&format=csv"], ids=["whole", "searched"])
def test_long_texts_are_not_held_by_the_hundred(client: TestClient, library: Library, address: str) -> None:
    texts = ["建议加快建设。" * 10_000] * 100
    for text in texts:
        library.article(text=text)
    with memory_peak() as peak:
        Receiver(client, f"{API}/{quote(address, safe='?=&')}").read()
    assert peak[0] < sum(len(text.encode()) for text in texts)


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="only Linux lists the open files of a process")
def test_a_workbook_that_is_given_up_leaves_no_file_open(client: TestClient, library: Library) -> None:
    fill(library, 3 * CHUNK)
    address = f"{API}/proposals?format=xlsx"
    Receiver(client, address).read()
    before = len(list(OPEN_FILES.iterdir()))
    gc.disable()  # which would close them some time
    try:
        Receiver(client, address, leaves_after=2).read()
        assert len(list(OPEN_FILES.iterdir())) == before
    finally:
        gc.enable()


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_file_is_sent_while_it_is_read(client: TestClient, library: Library, form: str) -> None:
    fill(library, 5 * CHUNK)
    assert Receiver(client, f"{API}/proposals?format={form}").read().parts >= 5


@pytest.mark.parametrize("version", ["2.3", "2.4"])  # how a server tells that the client has left
@EVERY_FILE
def test_a_client_that_leaves_ends_the_file_and_gives_the_connection_back(
    client: TestClient, library: Library, caplog: pytest.LogCaptureFixture, address: str, version: str
) -> None:
    fill(library, 10 * CHUNK)
    assert Receiver(client, address, leaves_after=2, version=version).read().parts == 2
    assert [each for each in caplog.records if each.name == "jianyan.errors"] == []
    assert checked_out(client) == 0
    for _ in range(4):  # nor does it count as open
        assert client.get(f"{API}/themes?format=csv").status_code == 200


@pytest.mark.parametrize("address", [f"{API}/proposals?format=xlsx", f"{API}/export.zip"])
def test_a_file_that_is_refused_before_it_begins_holds_no_connection(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    errors = []

    def fail(_database: object) -> None:
        errors.append(LookupError("kept, as a log may keep it"))
        raise errors[0]

    library.proposal(library.article())
    monkeypatch.setattr(exports, "known_codes", fail)
    assert client.get(address).status_code == 500
    assert errors
    assert checked_out(client) == 0


def test_a_file_that_cannot_be_ended_gives_the_connection_back(client: TestClient, library: Library) -> None:
    def content(source: Iterator[object]) -> Generator[bytes]:
        try:
            for _ in source:
                yield b"some"
        finally:
            raise OSError("no space left on device")

    fill(library, 10 * CHUNK)
    source = client.app.state.reader.stream(LIST.find_all, ProposalQuery.model_validate({}))
    patience = exports.Patience(part=60, whole=60)
    file = exports.Export("list.csv", "text/csv", content(source), source, patience)
    with pytest.raises(OSError, match="no space"):
        Receiver(file, "/", leaves_after=2).read()
    assert checked_out(client) == 0


@pytest.mark.parametrize("version", ["2.3", "2.4"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_client_that_takes_nothing_more_is_not_waited_for(
    client: TestClient, library: Library, address: str, version: str
) -> None:
    client.app.state.patience = exports.Patience(part=0.2, whole=60)
    fill(library, 4 * CHUNK)
    receiver = Receiver(client, address, leaves_after=2, version=version, stalls=True).read()
    assert (receiver.parts, receiver.is_complete) == (2, False)
    assert checked_out(client) == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_client_that_takes_every_part_slowly_is_not_waited_for_to_the_end(
    client: TestClient, library: Library, address: str
) -> None:
    client.app.state.patience = exports.Patience(part=60, whole=0.2)
    fill(library, 4 * CHUNK)
    receiver = Receiver(client, address, leaves_after=2, stalls=True).read()
    assert (receiver.parts, receiver.is_complete) == (2, False)
    assert checked_out(client) == 0


def test_a_body_that_nobody_asked_for_cuts_no_file(client: TestClient, world: Library) -> None:
    answer = client.request("GET", f"{API}/proposals?format=csv", content=b" " * 4_000_001)
    assert (answer.status_code, len(read_csv(answer.content))) == (200, 3)


def test_a_file_is_of_one_moment(client: TestClient, library: Library) -> None:
    fill(library, 3 * CHUNK)
    reader = client.app.state.reader
    chunks = reader.stream(LIST.find_all, ProposalQuery.model_validate({}))
    first = next(chunks)
    library.proposal(library.article("2000-01-01"))
    assert len(first) + sum(len(chunk) for chunk in chunks) == 3 * CHUNK


def test_too_many_files_at_once_are_refused_and_lists_go_on(client: TestClient, library: Library) -> None:
    fill(library, 2 * CHUNK)
    reader = client.app.state.reader
    streams = [reader.stream(LIST.find_all, ProposalQuery.model_validate({})) for _ in range(4)]
    for stream in streams:
        next(stream)
    refused = client.get(f"{API}/proposals?format=csv")
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:jianyan:problem:busy")
    assert refused.headers["retry-after"] == "60"
    assert "try again in a minute" in refused.json()["detail"]
    assert client.get(f"{API}/proposals").status_code == 200
    streams[0].close()
    assert client.get(f"{API}/proposals?format=csv").status_code == 200
    for stream in streams:
        stream.close()


@EVERY_FILE
def test_a_failure_in_the_middle_cuts_the_file_off(
    client: TestClient, library: Library, address: str
) -> None:
    fill(library, 3 * CHUNK)
    with for_writing(library.engine).begin() as connection:  # a kind that no version knows, in the last row
        connection.exec_driver_sql("UPDATE proposal SET kind = 'other' WHERE id = 1")
    receiver = Receiver(client, address)
    with pytest.raises(LookupError):
        receiver.read()
    assert not receiver.is_complete
    assert checked_out(client) == 0
