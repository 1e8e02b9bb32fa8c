"""What articles bring along is shown as text and run by nobody; what fails tells nothing of the inside.

The articles here hold scripts and formulas wherever words can stand, and the database, the disk and the
program fail wherever they can.
"""

import csv
import io
import json
import random
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from app.citations.styles import STYLES
from app.database import for_writing, make_engine
from app.ingest.conductor import ingest, prepared_here
from app.ingest.preparing import Preparer
from app.main import create_app
from app.queries.reader import Reader
from app.routers import exports
from app.routers.files.lines import csv_lines
from app.settings import REPOSITORY, Settings
from app.store.keys import add_key
from app.vocabulary import Outcome
from app.writer import Writer
from tests.builders import Library
from tests.conftest import seed
from tests.databases import SqliteDatabases
from tests.web import TestClient

API = "/api/v1"
SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><svg/onload=alert(1)>",
    "javascript:alert(1)//",
    "{{7*7}}${7*7}",
    "[x](javascript:alert(1))",
)
SCRIPT = "".join(SCRIPTS)
RUN_BY_BROWSERS = re.compile(r"html|\bxml|svg|javascript|ecmascript|css|pdf|multipart")
"""In media types whose content browsers run or lay out."""
SIGNS = tuple("=+-@＝＋－＠")
INSIDE = re.compile(
    rf"Traceback|File \\?\"|{re.escape(str(REPOSITORY))}|/(?:home|root|usr|srv|tmp)/|(?<!scripts/keys)\.py\b"
    r"|site-packages|sqlalchemy|sqlite3|psycopg|pydantic|\bapp\.\w+|SELECT |INSERT |FROM article|secret",
)
"""What nobody outside is to see: traces, paths, modules, statements."""


@pytest.fixture(scope="module")
def settings(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("data"), database_url=sqlite_databases.filled(hostile))


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def hostile(engine: Any) -> None:
    """Every text there can be is a script."""
    seed(engine)
    library = Library(engine)
    words = {"title": SCRIPT, "source": SCRIPT + "报", "text": SCRIPT * 2, "bylines": [SCRIPT, "王=1"]}
    article = library.article(url='https://example.org/"><script>alert(1)</script>', **words)
    library.article(text="建议", same_text_as=article)
    person, body = library.person(SCRIPT, SCRIPT + "2"), library.institution(SCRIPT + "局", region="510000")
    library.position(article, person, body, SCRIPT)
    library.mention(article, person, SCRIPT)
    library.proposal(article, [person, body], ["5g"], ["510000"], text=SCRIPT)
    library.metric(article, ["5g"], text=SCRIPT, about=SCRIPT, unit=SCRIPT)
    library.imported((SCRIPT, Outcome.FAILED, SCRIPT), sources=[SCRIPT])
    with Session(for_writing(engine)) as session:
        session.commit()


def paths(client: TestClient) -> list[str]:
    """Every path that is read, with ids and codes that are there."""
    found = []
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if "get" in operations:
            value = "510000" if "regions" in path else "5g" if "themes" in path else "1"
            found.append(re.sub(r"{\w+}", value, path))
    assert len(found) > 20
    return found


def addresses(client: TestClient) -> list[str]:
    """The same, and each in every format it has."""
    lists = ("proposals", "people", "metrics", "articles", "imports")
    files = [f"{API}/{name}?format={form}" for name in lists for form in ("csv", "ndjson", "xlsx")]
    of = [
        f"{API}/{name}/1/citation?style={style.value}"
        for name in ("articles", "proposals")
        for style in STYLES
    ]
    return paths(client) + files + of


def test_no_answer_is_of_a_kind_that_browsers_run(client: TestClient) -> None:
    odd = [f"{API}/{SCRIPT}", f"{API}/themes/{SCRIPT}", f"{API}/proposals?q=a&{SCRIPT}=1"]
    for address in [*addresses(client), *odd, "/internal/metrics", "/openapi.json"]:
        harmless(client.get(address, follow_redirects=False), address)
    for address in (f"{API}/articles/1", "/docs", "/nowhere"):
        for method in ("HEAD", "OPTIONS", "PATCH", "POST"):
            harmless(client.request(method, address), address)


def harmless(answer: Any, address: str) -> None:
    """Fails for an answer that a browser would run, or let another page frame."""
    headers = answer.headers
    kind = headers.get("content-type", "").partition(";")[0]
    if address != "/docs":
        assert not RUN_BY_BROWSERS.search(kind), (address, kind)
        assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'; "), address
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff", address
    assert (headers["x-frame-options"], headers["referrer-policy"]) == ("DENY", "no-referrer")
    assert "<script" not in str(headers).lower(), address


def test_the_docs_page_shows_no_article_and_runs_its_own_scripts_alone(client: TestClient) -> None:
    page = client.get(f"/docs?x={SCRIPT}")
    policy = page.headers["content-security-policy"]
    (script,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    sources = re.search(r"script-src ([^;]*)", policy)
    assert sources is not None
    assert sources[1].split() == ["'self'", f"'sha256-{digest}'"]
    for part in ("default-src 'none'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert not any(each in page.text for each in SCRIPTS)
    assert page.headers["x-content-type-options"] == "nosniff"
    assert client.get("/static-offline-docs/swagger-ui.css").headers["x-content-type-options"] == "nosniff"


def test_what_an_article_says_comes_out_as_it_was(client: TestClient) -> None:
    article = client.get(f"{API}/articles/1").json()
    assert (article["title"], article["text"], article["bylines"][0]) == (SCRIPT, SCRIPT * 2, SCRIPT)
    (line,) = client.get(f"{API}/proposals?format=ndjson").content.splitlines()
    assert json.loads(line)["text"] == SCRIPT
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}/proposals?format=xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert SCRIPT in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    for style, (_, media_type) in STYLES.items():
        cited = client.get(f"{API}/articles/1/citation", params={"style": style.value})
        assert cited.headers["content-type"].partition(";")[0] == media_type.partition(";")[0]
        assert "alert(1)" in cited.text


@pytest.mark.parametrize("given", ["a\r\nSet-Cookie: x=1", "<script>", "a" * 500, "é", " ", '"', "\x00"])
def test_an_odd_request_id_is_not_given_back(client: TestClient, given: str) -> None:
    answer = client.get("/healthz", headers=[(b"X-Request-ID", given.encode())])
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
    assert "set-cookie" not in answer.headers


def test_no_address_is_taken_that_is_not_to_be_followed(client: TestClient, settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    with Session(for_writing(engine)) as session:
        key = {"X-API-Key": add_key(session, "desk")}
        session.commit()
    engine.dispose()
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        " javascript:x",
    ):
        bodies = [{"text": "建议", "url": url}, {"text": f"---\nurl: {json.dumps(url)}\n---\n建议加快建设。"}]
        for body in bodies:
            told = client.post(f"{API}/articles?dry_run=true", json=body, headers=key)
            assert told.status_code == 422, told.text


def as_cells(data: bytes, mark: str) -> Iterator[str]:
    """All cells that a spreadsheet finds which parts them by that mark, by its rules and without any."""
    text = data.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
        yield from row
    if mark != ",":  # quotes mean nothing where a cell does not begin with them
        yield from (cell for line in re.split(r"[\r\n]+", text) for cell in line.split(mark))


def calculated(data: bytes) -> list[str]:
    return [
        cell
        for mark in ",;\t"
        for cell in as_cells(data, mark)
        if cell.lstrip(' "\u00a0\u200b\ufeff\t\r\n').startswith(SIGNS)
    ]


@pytest.mark.parametrize("rounds", [3_000, pytest.param(200_000, marks=pytest.mark.long)])
def test_no_text_is_calculated_however_a_spreadsheet_parts_its_cells(rounds: int) -> None:
    dice = random.Random(8)
    pieces = [
        *"=+-@＝＋－＠;\t\r\n\"',1a建 ",
        "\ufeff",
        "\u200b",
        "cmd|'/C calc'!A0",
        '=HYPERLINK("http://a";"b")',
    ]
    for _ in range(rounds):
        cells = ["".join(dice.choices(pieces, k=dice.randrange(8))) for _ in range(3)]
        data = csv_lines([cells])
        assert calculated(data) == [], cells
        (kept,) = csv.reader(io.StringIO(data.decode(), newline=""))
        assert [each.replace("'", "") for each in kept] == [each.replace("'", "") for each in cells]


def test_no_file_holds_a_formula(client: TestClient) -> None:
    engine = client.app.state.reader.engine
    library = Library(engine)
    bad = 'a;=1+1\n=2+2\t@SUM(A1);"=3"'
    article = library.article(title=bad, source=bad, text=bad, bylines=[bad])
    library.proposal(article, [library.person(bad)], text=bad)
    tables = [client.get(f"{API}/{name}?format=csv").content for name in ("proposals", "people", "articles")]
    with zipfile.ZipFile(io.BytesIO(client.get(f"{API}/export.zip").content)) as archive:
        tables += [archive.read(name) for name in archive.namelist()]
    for data in tables:
        assert [cell for cell in calculated(data) if not is_number(cell)] == []


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


FAULTS: list[Callable[[], Exception]] = [
    lambda: RuntimeError(f"in {REPOSITORY}/app/main.py: SELECT secret FROM article"),
    lambda: OperationalError("SELECT secret FROM article", {"a": 1}, Exception("/home/me/secret.db")),
    lambda: IntegrityError("INSERT secret", {}, Exception("UNIQUE constraint failed: article.sha256")),
    lambda: FileNotFoundError(2, "No such file", f"{REPOSITORY}/secret"),
    lambda: KeyError("app.queries.secret"),
    lambda: MemoryError(),
    lambda: RecursionError(f'File "{REPOSITORY}/a.py", line 3'),
    lambda: TimeoutError("secret"),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_fails_no_answer_tells_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Exception]
) -> None:
    asked = addresses(client)

    def fail(*_: object, **__: object) -> Any:
        raise fault()

    for name in ("ask", "stream"):
        monkeypatch.setattr(Reader, name, fail)

    async def fail_later(*_: object, **__: object) -> Any:
        raise fault()

    monkeypatch.setattr(Reader, "answer", fail_later)
    failed = 0
    for address in asked:
        answer = client.get(address)
        failed += answer.status_code >= 500
        assert not INSIDE.search(answer.text), (address, answer.text)
        assert not INSIDE.search(str(answer.headers)), address
        if answer.status_code >= 500:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["x-content-type-options"] == "nosniff"
    assert failed > len(asked) * 0.8


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_breaks_off_tells_nothing_of_why(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Exception]
) -> None:
    def broken(*_: object, **__: object) -> Iterator[bytes]:
        yield b"id,text\r\n"
        raise fault()

    monkeypatch.setitem(exports._WRITERS, exports.Format.CSV, broken)
    parts: list[bytes] = []
    # The client of these tests may raise where a real one sees the connection cut.
    with suppress(Exception), client.stream("GET", f"{API}/proposals?format=csv") as answer:
        for part in answer.iter_bytes():
            parts.append(part)
    assert b"".join(parts) in (b"", b"id,text\r\n")


def test_what_is_wrong_with_a_request_is_told_without_the_inside(client: TestClient) -> None:
    for address in paths(client):
        for value in ("'; DROP TABLE x; --", "%00", "../../etc", "9" * 400):
            asked = {"q": value, "cursor": value, "limit": value}
            for told in (client.get(address, params=asked), client.get(f"{address}/{value}")):
                assert not INSIDE.search(told.text), (address, told.text)
        for body in (b"{", b"\xff", b"[" * 5000, b'{"text": 1}'):
            told = client.post(address, content=body, headers={"Content-Type": "application/json"})
            assert not INSIDE.search(told.text), (address, told.text)


def test_an_import_that_hits_a_fault_of_ours_tells_outside_that_and_no_more(
    client: TestClient, tmp_path: Path
) -> None:
    def fail(_text: str) -> Any:
        raise FAULTS[0]()

    from app.importers.article import RawArticle

    engine = client.app.state.reader.engine
    told: list[str] = []
    prepared = prepared_here([RawArticle("建议加快建设。", f"{tmp_path}/a.txt")], Preparer(fail, "1", engine))
    ingest(engine, prepared, tell=lambda report: told.append(str(report.reason)))
    assert "RuntimeError" in told[0]  # who imports is told, to report it
    newest = client.get(f"{API}/imports").json()["items"][0]["id"]
    for address in (f"{API}/imports/{newest}", f"{API}/imports/{newest}/outcomes", f"{API}/coverage"):
        answer = client.get(address)
        assert "hit a fault of this program" in answer.text
        assert not INSIDE.search(answer.text), answer.text


@pytest.mark.parametrize("fault", FAULTS)
def test_a_write_that_fails_tells_nothing_of_the_inside(
    client: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Exception]
) -> None:
    engine = make_engine(settings.database_url)
    with Session(for_writing(engine)) as session:
        key = {"X-API-Key": add_key(session, f"desk {FAULTS.index(fault)}")}
        session.commit()
    engine.dispose()

    def fail(*_: object, **__: object) -> Any:
        raise fault()

    for name in ("add_article", "delete_article", "merge_person", "split_person"):
        monkeypatch.setattr(Writer, name, fail)
    for method, address, body in (
        ("POST", "articles", {"text": "建议"}),
        ("DELETE", "articles/1", None),
        ("POST", "people/1/merge", {"into": 2}),
        ("POST", "people/1/split", None),
    ):
        answer = client.request(method, f"{API}/{address}", json=body, headers=key)
        assert answer.status_code >= 500
        assert not INSIDE.search(answer.text), answer.text
