import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.errors import SourceError
from app.importers.formats import FORMATS, MEDIA_TYPES, MOST_BYTES, SUFFIXES, read
from app.importers.pieces import Piece, Said
from tests.importers.papers import PASSWORD, PROSE, docx, paragraph, pdf
from tests.importers.sites import BODY, GOVERNMENT, PORTAL

TEXT = "吉林省政协委员车明浩建议，与辽宁共建冰雪旅游走廊。\n"
PAGE = f"<!DOCTYPE html><html><head><title>甲地与乙地的合作</title></head><body>{BODY}</body></html>".encode()
WORD = docx(paragraph(TEXT))


def piece(data: bytes, name: str, around: Said | None = None) -> Piece:
    suffix = Path(name).suffix.lower()
    return Piece(name, SUFFIXES.get(suffix, "record"), data=data, around=around or Said())


def test_every_suffix_and_media_type_leads_to_a_format() -> None:
    assert {*SUFFIXES.values(), *MEDIA_TYPES.values(), "record"} == set(FORMATS)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", TEXT.encode(), TEXT),
        ("a.MD", TEXT.encode(), TEXT),
        ("a.shtml", PAGE, "罗庆安表示"),
        ("a.pdf", pdf(PROSE), PROSE),
        ("a.docx", WORD, TEXT),
        ("a.jsonl:3", json.dumps({"text": TEXT}).encode(), TEXT),
    ],
)
def test_each_format_is_read_from_bytes_and_from_files(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    raw = read(piece(data, name))
    assert (words in raw.text, raw.name) == (True, name)
    path = tmp_path / "file"
    path.write_bytes(data)
    assert read(Piece(name, piece(data, name).format, path=path)) == raw


AROUND = Said("动态里的题目", "动态里的报", date(2022, 1, 1), "https://feed.example/1")


def test_what_the_article_says_itself_comes_before_what_is_said_around_it() -> None:
    raw = read(piece(GOVERNMENT.encode(), "a.html", AROUND))
    assert (raw.source, raw.published_on) == ("川东观察报", date(2024, 6, 13))
    assert raw.url == "http://www.sn.example/xinwen/202406/t20240613_88.html"


def test_what_the_article_does_not_say_is_said_around_it() -> None:
    raw = read(piece(TEXT.encode(), "a.txt", AROUND))
    assert Said(raw.title, raw.source, raw.published_on, raw.url) == AROUND


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2023-05-08.txt", date(2023, 5, 8)),
        ("news/20230508 会议.md", date(2023, 5, 8)),
        ("2022-01-01/2023_05_08.docx", date(2023, 5, 8)),
        ("https://a.example/2023-05/08/content_17.htm", date(2023, 5, 8)),
        ("https://a.example/xw/202305/t20230508_123456.html", date(2023, 5, 8)),
        ("2023/0508/c1.pdf", date(2023, 5, 8)),
        ("20230508093000.txt", date(2023, 5, 8)),
        ("2023-02-30.txt", None),
        ("120230508.txt", None),
        ("a.txt", None),
        ("2023-05-08.jsonl:3", None),
    ],
)
def test_a_day_in_the_name_is_the_last_that_is_believed(name: str, expected: date | None) -> None:
    data = {".htm": PAGE, ".html": PAGE, ".pdf": pdf(PROSE), ".docx": WORD}.get(Path(name).suffix)
    record = json.dumps({"text": TEXT}).encode() if "jsonl" in name else TEXT.encode()
    raw = read(piece(data or record, name))
    assert (raw.published_on, raw.fallback.published_on) == (None, expected)


BROKEN = [
    ("empty.txt", b"", "is empty"),
    ("blank.md", b" \n\t\n", "is empty"),
    ("empty.pdf", b"", "is empty"),
    ("binary.txt", b"\x00\x01\x02\x03", "is binary"),
    ("nul.txt", TEXT.encode() + b"\x00", "is binary"),
    ("bell.txt", TEXT.encode() + b"\x07", "control characters"),
    ("utf16.txt", TEXT.encode("utf-16-le"), "is binary"),
    ("garbled.txt", ("锟斤拷" + TEXT).encode(), "is garbled"),
    ("half.txt", TEXT.encode()[:-2], "is in an encoding that is none of"),
    ("front.md", b'---\ntitle: "\\ud800"\n---\n' + TEXT.encode(), "title holds control characters or halves"),
    ("february.md", b"---\npublished_on: 2023-02-30\n---\n" + TEXT.encode(), "front matter"),
    ("paper.txt", pdf(PROSE), "is a PDF though it is named .txt; rename it to .pdf"),
    ("paper.html", pdf(PROSE), "is a PDF though it is named .html"),
    ("word.txt", WORD, "is a Word file or another ZIP archive though it is named .txt"),
    ("page.txt", PAGE, "is a web page though it is named .txt; rename it to .html"),
    ("page.docx", b"\n<HTML>" + PAGE, "is a web page though it is named .docx"),
    ("picture.pdf", b"\x89PNG\r\n\x1a\n", "is a picture"),
    ("photo.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a picture"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "is an old Word file"),
    ("old.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "save it as .docx"),
    ("rich.txt", b"{\\rtf1\\ansi}", "is an RTF file"),
    ("nothing.pdf", TEXT.encode(), "is no PDF"),
    ("cut.pdf", pdf(PROSE)[:700], "damaged PDF"),
    ("locked.pdf", pdf(PROSE, security=PASSWORD), "password"),
    ("scan.pdf", pdf(""), "only pictures"),
    ("words.docx", TEXT.encode(), "is no Word file"),
    ("cut.docx", WORD[:300], "only half of one"),
    ("bomb.docx", docx(paragraph(TEXT), more=[("b", bytes(20_000_000))]), "unpacks to far more"),
    ("menu.html", b"<ul><li><a href='/'>a</a></li></ul>", "holds no article text"),
    ("frames.html", b"<frameset><frame src='a'></frameset>", "page of frames"),
    ("app.html", b"<div id='app'></div><script src='a.js'></script>", "scripts would bring it"),
    ("deep.html", b"<div>" * 10_000 + b"</div>" * 10_000, "nested too deep"),
    ("deep.jsonl:1", b'{"text":' * 90_000, "nested too deep"),
    ("cut.jsonl:2", b'{"text": "', "is no valid JSON"),
    ("list.jsonl:3", b"[1]", "is no JSON object"),
    ("number.jsonl:4", b'{"text": 1}', "text must be a text"),
    ("none.jsonl:5", b'{"title": "a"}', "text is missing"),
    ("february.jsonl:6", b'{"text": "a", "date": "2023-02-30"}', "is no date"),
    ("half.jsonl:7", b'{"text": "a\\ud800"}', "halves of characters"),
    ("half.jsonl:8", b'{"text": "a", "source": "\\udc00"}', "source holds control characters or halves"),
    ("line.txt", "建".encode() * (49_000_000 // 3), "longer than 2,000,000 characters"),
    ("line.html", b"<p>" + "建".encode() * (49_000_000 // 3), "longer than 2,000,000 characters"),
    ("huge.txt", b"a" * (MOST_BYTES + 1), "larger than 50 MB"),
    ("huge.pdf", b"%PDF-1.7\n" + bytes(MOST_BYTES), "larger than 50 MB"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN, ids=[each[0] for each in BROKEN])
def test_what_is_broken_is_refused_under_its_name_with_the_reason(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read(piece(data, name))
    assert refused.value.source == name
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("field", "most"), [("title", 500), ("source", 200), ("url", 2_000), ("bylines", 100)]
)
def test_a_field_into_which_something_else_was_put_is_named(field: str, most: int) -> None:
    def record(size: int) -> Piece:
        words = ("https://example.org/" if field == "url" else "").ljust(size, "建")
        value: str | list[str] = [words] if field == "bylines" else words
        return piece(json.dumps({"text": TEXT, field: value}).encode(), "a.jsonl:1")

    assert read(record(most))
    with pytest.raises(SourceError, match=f"{field} is longer than {most:,} characters; check that nothing"):
        read(record(most + 1))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/a.html", "//a.example", "无"],
)
def test_what_is_no_address_of_the_web_is_not_taken_for_one(address: str) -> None:
    given = [
        piece(json.dumps({"text": TEXT, "url": address}).encode(), "a.jsonl:1"),
        piece(f"---\nurl: {json.dumps(address)}\n---\n{TEXT}".encode(), "a.md"),
    ]
    for each in given:
        with pytest.raises(SourceError, match=r"url is no address of a web page, .* or leave it out"):
            read(each)


def test_files_that_cannot_be_read_are_told_with_the_reason(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "gone.txt", "is no longer there"), (tmp_path, "is no file")):
        with pytest.raises(SourceError, match=reason):
            read(Piece(str(path), "text", path=path))


def test_a_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.touch()
    os.truncate(path, 10**12)  # takes no room on the disk, and would not fit into the memory
    with pytest.raises(SourceError, match="larger than 50 MB"):
        read(Piece("huge.txt", "text", path=path))


def test_who_reads_plain_text_does_not_wait_for_the_libraries_of_other_formats() -> None:
    libraries = {"lxml", "trafilatura", "readability", "pypdfium2", "docx"}
    code = f"import sys, app.importers.formats; print({libraries!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_page_that_says_all_of_itself_is_not_guessed_at() -> None:
    code = (
        "import sys; from app.importers.html import read; from tests.importers.sites import GOVERNMENT\n"
        "read(GOVERNMENT.encode(), 'a'); print('trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_record_of_a_page_is_read_as_the_page() -> None:
    page = read(piece(PORTAL.encode(), "a.html"))
    record = read(piece(json.dumps({"html": PORTAL}).encode(), "a.jsonl:1"))
    assert (record.text, record.title, record.page_sha256) == (page.text, page.title, page.page_sha256)
