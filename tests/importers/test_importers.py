import os
from pathlib import Path

import pytest

from app.errors import SourceError
from app.importers.formats import SUFFIXES, read_file
from tests.importers.found import names

TEXT = "重庆市科技局说,将与四川合作。\r\n　　下一步,建设西部科学城。\n"


def write(path: Path, data: bytes = TEXT.encode()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gb18030"), TEXT.encode("utf-16")],
    ids=["utf-8", "utf-8 with byte order mark", "gb18030", "utf-16 with byte order mark"],
)
def test_a_text_is_read_character_by_character(tmp_path: Path, data: bytes) -> None:
    assert read_file(write(tmp_path / "a.txt", data)).text == TEXT


def test_plain_ascii_is_text_too(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.txt", b"An article.")).text == "An article."


def test_only_the_first_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.txt", ("\ufeff" * 2 + TEXT).encode())).text == "\ufeff" + TEXT


def test_an_article_carries_the_name_it_was_asked_for_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "a.txt").parent)
    assert read_file(Path("./a.txt")).name == "a.txt"


JAPANESE = "地域協力の会議で、担当者は新しい研究所の設立を提案した。" * 3
KOREAN = "지역 협력 회의에서 새로운 연구소의 설립을 제안했다." * 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(" \n\u3000\t\n".encode(), "is empty", id="blanks only"),
        pytest.param("\ufeff".encode(), "is empty", id="a byte order mark only"),
        pytest.param(b"---\n***\n", "is empty", id="marks only"),
        pytest.param(TEXT.encode() + b"\x00", "is binary, not text", id="NUL in text"),
        pytest.param(TEXT.encode() + b"\x1b[0m", "control characters", id="control characters"),
        pytest.param(JAPANESE.encode("shift-jis"), "none of UTF-8, GB18030, Big5", id="shift-jis"),
        pytest.param(KOREAN.encode("euc-kr"), "none of UTF-8, GB18030, Big5", id="euc-kr"),
        pytest.param("présenté où".encode("latin-1"), "none of UTF-8, GB18030, Big5", id="latin-1"),
        pytest.param(TEXT.encode()[:-2] + b"\xff\xff", "none of UTF-8, GB18030, Big5", id="damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path / "a.txt", data)
    with pytest.raises(SourceError, match=reason) as refused:
        read_file(path)
    assert refused.value.source == str(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="is no file"):
        read_file(tmp_path / "pipe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt").chmod(0)
    with pytest.raises(SourceError, match="may not be read"):
        read_file(tmp_path / "a.txt")


def test_files_come_in_the_order_they_were_named_also_hidden_ones(tmp_path: Path) -> None:
    paths = [write(tmp_path / "b.txt"), write(tmp_path / ".a.txt")]
    assert names(*paths) == [str(path) for path in paths]


def test_a_file_of_no_known_suffix_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is of no known format") as refused:
        read_file(write(tmp_path / "a.png"))
    assert all(suffix in refused.value.reason for suffix in SUFFIXES)


def test_a_name_of_bytes_that_are_no_text_can_still_be_told(tmp_path: Path) -> None:
    path = write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")))
    assert read_file(path).name == f"{tmp_path}/\ufffd.txt"
