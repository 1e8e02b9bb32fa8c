import gzip
import struct
import zipfile
from pathlib import Path

import pytest

from app.errors import SourceError
from app.importers.pieces import Piece
from app.importers.sources import archives
from tests.importers.found import TEXT, found, names, refusal

Members = dict[str, bytes]


def archive(path: Path, members: Members, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def reasons(path: Path, **chosen: object) -> dict[str, str]:
    """Why members are refused, by their names in the archive."""
    errors = [each for each in found(path, **chosen) if isinstance(each, SourceError)]
    return {error.source.removeprefix(f"{path}/"): error.reason for error in errors}


def test_the_files_of_an_archive_are_articles_in_its_order(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "news.ZIP",
        {
            "b/z.txt": TEXT.encode(),
            "a.md": b"# a",
            "b/x.html.gz": gzip.compress(b"<p>x"),
            "picture.png": b"\x89PNG",
            "b/n.jsonl": b"{}\n{}",
            "b/m.jsonl.gz": gzip.compress(b"{}\n"),
            "__MACOSX/b/._z.txt": b"x",
            ".hidden/y.txt": b"x",
        },
    )
    pieces = [each for each in found(path) if isinstance(each, Piece)]
    assert [(each.name.removeprefix(f"{path}/"), each.format) for each in pieces] == [
        ("b/z.txt", "text"),
        ("a.md", "markdown"),
        ("b/x.html.gz", "html"),
        ("b/n.jsonl:1", "record"),
        ("b/n.jsonl:2", "record"),
        ("b/m.jsonl.gz:1", "record"),
    ]
    assert [each.data for each in pieces[:3]] == [TEXT.encode(), b"# a", b"<p>x"]
    size = path.stat().st_size
    assert {dict(each.validators)["size"] for each in pieces} == {str(size)}


@pytest.mark.parametrize(
    ("name", "encoding"), [("合作/会议纪要.txt", "gbk"), ("合作/会议纪要.txt", "utf-8"), ("é.txt", "cp437")]
)
def test_names_are_read_in_the_encoding_they_were_written_in(
    tmp_path: Path, name: str, encoding: str
) -> None:
    written = name.encode(encoding)
    path = archive(tmp_path / "a.zip", {"n" * len(written): TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"n" * len(written), written))
    with zipfile.ZipFile(path) as file:
        assert not file.infolist()[0].flag_bits & archives.NAMED_IN_UTF8
    assert names(path) == [f"{path}/{name}"]


def test_names_marked_as_utf_8_are_kept(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"会议.txt": TEXT.encode()})
    assert names(path) == [f"{path}/会议.txt"]


def test_names_that_were_read_already_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", {"会议.txt": TEXT.encode()})
    monkeypatch.setattr(archives, "NAMED_IN_UTF8", 0)  # as newer Pythons read names without that flag
    assert names(path) == [f"{path}/会议.txt"]


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "a\nb.txt", "..\\a.txt"])
def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "inner").mkdir()
    path = archive(tmp_path / "inner" / "a.zip", {name: TEXT.encode()})
    assert names(path) == [f"{path}/{name}"]
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress_are_known(tmp_path: Path, method: int) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": TEXT.encode()}, method)
    assert names(path) == [f"{path}/a.txt"]


def changed(path: Path, at: bytes, offset: int, value: int) -> None:
    """Set a 16-bit field of every header that begins with `at`."""
    data = bytearray(path.read_bytes())
    place = data.find(at)
    while place >= 0:
        data[place + offset : place + offset + 2] = struct.pack("<H", value)
        place = data.find(at, place + 4)
    path.write_bytes(data)


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def test_each_member_that_cannot_be_read_is_told_and_the_others_are_articles(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("empty.txt", b"")
        file.writestr("damaged.txt", b"unmistakable", zipfile.ZIP_STORED)
        file.writestr("inner.zip", b"PK")
        file.writestr("long.txt", b"ab" * 1001)
        file.writestr("long.jsonl", b"{}\n" + b"x" * 2001 + b"\n{}")
        file.writestr("cut.txt.gz", gzip.compress(TEXT.encode())[:-9])
        file.writestr("bomb.txt", b"\0" * 1_500_000)
        file.writestr(link, b"/etc/passwd")
        file.writestr("good.txt", TEXT)
    path.write_bytes(path.read_bytes().replace(b"unmistakable", b"unmistakeble"))
    parts = {
        "empty.txt": "is empty; an article needs words",
        "damaged.txt": "is not what its name says, or damaged; copy it anew",
        "inner.zip": "is an archive inside of an archive, which is not looked into",
        "long.txt": "is longer than 2 KB",
        "long.jsonl:2": "is longer than 2 KB",
        "cut.txt.gz": "breaks off before its end",
        "bomb.txt": "is compressed more than any text can be",
        "link.txt": "is only a link to another file",
    }
    told = reasons(path, most_bytes=2000)
    assert list(told) == list(parts)
    assert [name for name, part in parts.items() if part not in told[name]] == []
    good = [each.name for each in found(path, most_bytes=2000) if isinstance(each, Piece)]
    assert good == [f"{path}/{name}" for name in ("long.jsonl:1", "long.jsonl:3", "good.txt")]


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": TEXT.encode()})
    changed(path, LOCAL, 6, 1)
    changed(path, CENTRAL, 8, 1)
    assert reasons(path) == {"a.txt": "is locked with a password; unpack the archive and give the folder"}


def test_a_way_to_compress_that_is_unknown_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": TEXT.encode()})
    changed(path, LOCAL, 8, 97)
    changed(path, CENTRAL, 10, 97)
    assert reasons(path) == {"a.txt": "is compressed in a way that is not known; unpack it first"}


def test_a_size_that_lies_deceives_nobody(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"ab" * 10_000})
    changed(path, LOCAL, 22, 10)
    changed(path, CENTRAL, 24, 10)
    assert reasons(path) == {"a.txt": "is not what its name says, or damaged; copy it anew"}


def test_an_archive_unpacks_to_no_more_than_the_limit(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {f"{number}.txt": b"x" * 1000 for number in range(9)})
    *pieces, error = found(path, most_unpacked=3500)
    assert [type(each) for each in pieces] == [Piece] * 3
    assert str(error) == f"{path}: unpacks to more than 3.5 KB; unpack it yourself, with care"


def test_an_archive_whose_members_share_their_bytes_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "ALWAYS_UNPACKED", 1000)
    path = archive(tmp_path / "a.zip", {f"{number}.txt": b"x" * 100_000 for number in range(9)})
    most = archives.MOST_RATIO * path.stat().st_size
    assert 100_000 < most < 900_000
    *pieces, error = found(path)
    assert len(pieces) == most // 100_000
    assert "unpacks to more than" in str(error)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not what its name says, or damaged"),
        (b"PK\x03\x04 and no more", "is not what its name says, or damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "holds no article; looked for .txt"),
        (b"PK\x05\x06" + b"\xff" * 18, "is not what its name says, or damaged"),
    ],
)
def test_an_archive_that_is_none_or_holds_none_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert reason in refusal(path).reason


def test_an_archive_cut_or_altered_anywhere_raises_nothing(tmp_path: Path) -> None:
    data = archive(tmp_path / "whole.zip", {"a.txt": TEXT.encode(), "b.jsonl": b"{}\n" * 3}).read_bytes()
    path = tmp_path / "a.zip"
    for place in range(len(data)):
        for altered in (data[:place], data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]):
            path.write_bytes(altered)
            assert found(path) != []


def test_members_that_are_known_are_left_out_unread(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    assert names(path, is_known=lambda name, _: name.endswith("a.zip/a.txt")) == [f"{path}/b.txt"]
    assert found(path, is_known=lambda name, _: name == str(path)) == []
    assert found(path, is_known=lambda name, _: name.endswith(".txt")) == []
