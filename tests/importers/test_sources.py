import gzip
import inspect
import io
import itertools
import os
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.errors import SourceError
from app.importers.options import Options
from app.importers.pieces import Piece
from app.importers.sources import find
from app.importers.sources.streams import lines_of
from tests.importers.found import TEXT, found, names, refusal


def write(path: Path, data: bytes = TEXT.encode()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def below(folder: Path, **chosen: object) -> list[str]:
    return [name.removeprefix(f"{folder}/") for name in names(folder, **chosen)]


def test_a_file_is_found_by_its_path_and_known_again_by_its_size_and_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    os.utime(path, ns=(5, 7))
    size = str(len(TEXT.encode()))
    assert found(path) == [
        Piece(str(path), "text", path=path, validators=(("modified", "7"), ("size", size)))
    ]


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.TXT", "text"),
        ("a.markdown", "markdown"),
        ("a.b.Html", "html"),
        ("a.pdf", "pdf"),
        ("a.docx", "docx"),
    ],
)
def test_what_a_file_is_is_told_by_its_suffix(tmp_path: Path, name: str, format: str) -> None:
    (piece,) = found(write(tmp_path / name))
    assert isinstance(piece, Piece)
    assert piece.format == format


def test_a_folder_gives_all_known_files_below_it_in_order_but_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "c.md", "a.html", "x.png", ".h.txt", ".git/d.txt", "b/deep/e.pdf"):
        write(tmp_path / name)
    write(tmp_path / "lines.jsonl", b"{}\n\n{}")
    assert below(tmp_path) == [
        *("a.html", "b/10.txt", "b/2.txt", "b/deep/e.pdf", "c.md"),
        *("lines.jsonl:1", "lines.jsonl:3"),
    ]


def test_folders_are_not_followed_in_circles_nor_looked_into_twice(tmp_path: Path) -> None:
    write(tmp_path / "all" / "a.txt")
    write(tmp_path / "elsewhere" / "b.txt")
    (tmp_path / "all" / "up").symlink_to(tmp_path / "all")
    (tmp_path / "all" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "all" / "linked-again").symlink_to(tmp_path / "elsewhere")
    assert below(tmp_path / "all") == ["a.txt", "linked-again/b.txt"]


def test_folders_may_be_deeper_than_the_stack_of_python(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
        folder.mkdir()
    write(folder / "a.txt")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 200)
    try:
        assert names(tmp_path) == [str(folder / "a.txt")]
    finally:
        sys.setrecursionlimit(usual)


def test_a_folder_is_looked_into_only_as_far_as_it_is_needed(tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt")
    stream = find([str(tmp_path)])
    write(tmp_path / "b" / "2.txt")
    assert next(stream).name.endswith("1.txt")  # type: ignore[union-attr]
    (tmp_path / "b" / "2.txt").unlink()
    write(tmp_path / "b" / "3.txt")
    assert [piece.name for piece in stream if isinstance(piece, Piece)] == [f"{tmp_path}/b/3.txt"]


CLOSED = """
import os, sys
from app.importers.sources import find
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
for each in find([sys.argv[1]]):
    print(getattr(each, "name", each))
"""


def test_a_folder_that_may_not_be_entered_is_told_and_the_rest_goes_on() -> None:
    # As another user, in a place that such a one can reach: root may enter everywhere.
    with TemporaryDirectory() as place:
        root = Path(place)
        write(root / "b" / "good.txt")
        (root / "a").mkdir(mode=0o000)
        root.chmod(0o755)
        ran = subprocess.run([sys.executable, "-c", CLOSED, place], capture_output=True, text=True)
    told = [f"{place}/a: may not be read; check who owns it", f"{place}/b/good.txt"]
    assert ran.stdout.splitlines() == told, ran.stderr


def test_each_line_of_json_lines_is_an_article_by_its_number(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"text": "\xe7\x94\xb2"}\r\n\r\n  \n{"text": "b"}\n{"text": "c"}'
    for path in (write(tmp_path / "n.jsonl", data), write(tmp_path / "n.ndjson.gz", gzip.compress(data))):
        pieces = [each for each in found(path) if isinstance(each, Piece)]
        assert [each.name for each in pieces] == [f"{path}:1", f"{path}:4", f"{path}:5"]
        assert pieces[0].data == '{"text": "甲"}'.encode()
        assert {each.format for each in pieces} == {"record"}
        assert {dict(each.validators)["size"] for each in pieces} == {str(path.stat().st_size)}


@pytest.mark.parametrize("chunk", [1, 2, 7, 100])
def test_lines_are_the_same_however_they_come(chunk: int) -> None:
    data = b"one\n\n" + b"x" * 11 + b"\nthree\r\n" + b"y" * 10 + b"\nlast"

    class Slow(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return super().read1(chunk)

    assert list(lines_of(Slow(data), 10)) == [
        *((1, b"one"), (3, None), (4, b"three"), (5, b"y" * 10), (6, b"last")),
    ]


def test_a_line_of_any_length_is_passed_over_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"{}\n")
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b"\n{}\n")
    tracemalloc.start()
    first, long, last = found(path, most_bytes=10_000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000
    assert str(long) == f"{path}:2: is longer than 10 KB, too long for one article; split it"
    assert (first.name, last.name) == (f"{path}:1", f"{path}:3")  # type: ignore[union-attr]


def test_sources_without_end_are_read_as_far_as_they_are_needed() -> None:
    class Endless(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return b"{}\n" * 100

    pieces = itertools.islice(find(["-"], Options(stdin=Endless())), 1000)
    assert [piece.name for piece in pieces][-1] == "stdin:1000"  # type: ignore[union-attr]
    given = (f"nowhere-{number}.txt" for number in itertools.count())
    assert len(list(itertools.islice(find(given), 1000))) == 1000


def test_json_lines_come_from_standard_input(tmp_path: Path) -> None:
    assert names("-", stdin=io.BytesIO(b'{"text": "a"}\n\n{"text": "b"}\n')) == ["stdin:1", "stdin:3"]
    assert str(refusal("-", stdin=io.BytesIO(b""))) == (
        "stdin: holds no article; it needs one JSON object in each line"
    )


def test_a_line_of_standard_input_is_an_article_before_the_next_one_comes() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin, os.fdopen(writing, "wb", 0) as sender:
        sender.write(b"{}\n")
        patience = threading.Timer(10, sender.close)
        patience.start()
        assert next(find(["-"], Options(stdin=stdin))).name == "stdin:1"  # type: ignore[union-attr, arg-type]
        assert not sender.closed
        patience.cancel()


def test_a_list_names_sources_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "lists" / "a.txt")
    write(tmp_path / "lists" / "more" / "b.txt")
    write(tmp_path / "c.txt")
    text = f"\ufeff# all of them\n\n  a.txt \r\nmore\n# more/b.txt\n{tmp_path}/c.txt\n"
    path = write(tmp_path / "lists" / "list.txt", text.encode())
    assert names(lists=(path,)) == [
        *(f"{tmp_path}/lists/a.txt", f"{tmp_path}/lists/more/b.txt", f"{tmp_path}/c.txt"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"gone.txt", "gone.txt does not exist; check how it is spelt"),
        (b"b.png", "b.png is of no known format; known are .txt"),
        (b"ftp://example.org/a.txt", "ftp://example.org/a.txt is an address of ftp, and only"),
        (b"a\0.txt", "is no name that a file can have"),
        (b"x" * 9000, "is too long for a path or address"),
        (b"\xff\xfe.txt", "\ufffd\ufffd.txt does not exist"),
        (b"-", "/- does not exist"),
    ],
)
def test_a_line_of_a_list_that_is_no_source_is_told_by_its_number(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.png")
    path = write(tmp_path / "list.txt", b"# two\n" + line + b"\na.txt\n")
    error, good = found(lists=(path,))
    assert isinstance(error, SourceError)
    assert error.source == f"{path}:2"
    assert reason in error.reason
    assert isinstance(good, Piece)


def test_a_list_that_cannot_be_read_or_lists_nothing_is_told(tmp_path: Path) -> None:
    assert "does not exist" in refusal(lists=(tmp_path / "gone",)).reason
    assert "lists nothing" in refusal(lists=(write(tmp_path / "list", b"# nothing\n"),)).reason


def test_what_is_known_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    lines = write(tmp_path / "n.jsonl", b"{}\n{}\n")
    seen = {piece.name: dict(piece.validators) for piece in found(tmp_path) if isinstance(piece, Piece)}

    def is_known(name: str, validators: object) -> bool:
        return seen.get(name) == validators

    assert found(tmp_path, is_known=is_known) == []
    write(lines, b"{}\n{}\n{}\n")
    assert below(tmp_path, is_known=is_known) == ["n.jsonl:1", "n.jsonl:2", "n.jsonl:3"]
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    assert names(tmp_path / "a.txt", is_known=is_known) == [f"{tmp_path}/a.txt"]


def test_a_file_of_lines_that_is_known_as_a_whole_is_not_opened(tmp_path: Path) -> None:
    path = write(tmp_path / "n.jsonl.gz", b"damaged")
    assert found(path, is_known=lambda name, validators: name == str(path) and "size" in validators) == []


@pytest.mark.parametrize("name", [b"\xff.txt", b"a\nb.txt", "\u2028．txt.txt".encode(), b" .txt", b"-.txt"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: bytes) -> None:
    path = write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)))
    (piece,) = found(tmp_path)
    assert isinstance(piece, Piece)
    assert piece.name.encode() == os.fsencode(tmp_path) + b"/" + name.replace(b"\xff", "\ufffd".encode())
    assert piece.path == path


def broken_sources(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What is given, by which name it is told, and a part of the reason."""
    packed = gzip.compress(TEXT.encode() * 20)

    def at(
        name: str, reason: str, data: bytes | None = None, told: str | None = None
    ) -> tuple[str, str, str]:
        path = folder / name
        if data is not None:
            write(path, data)
        return str(path), f"{folder}/{told or name}", reason

    yield at("gone.txt", "does not exist; check how it is spelt")
    yield at("a.txt/b.txt", "does not exist")
    yield at("x" * 300 + ".txt", "cannot be read: File name too long")
    yield at("a.png", "is of no known format; known are .txt", b"x")
    yield at("no-suffix", "is of no known format", b"x")
    yield at("a.tar.gz", "is of no known format", packed)
    yield at("a.zip.gz", "is of no known format", packed)
    yield at("cut.txt.gz", "breaks off before its end; copy it anew", packed[:-9])
    yield at("no.txt.gz", "is not what its name says, or damaged", TEXT.encode())
    yield at("flipped.txt.gz", "damaged", packed[:12] + b"\xff\xff\xff" + packed[15:])
    yield at("nothing.txt.gz", "is empty", b"")
    yield at("nothing.html.gz", "is empty", gzip.compress(b""))
    yield at("long.txt.gz", "is longer than 2 KB", gzip.compress(b"x" * 2001))
    yield at("long.txt", "is longer than 2 KB", b"x" * 2001)
    yield at("long.jsonl", "is longer than 2 KB", b"x" * 2001, "long.jsonl:1")
    yield at("blank.jsonl", "holds no article; it needs one JSON object in each line", b"\n \n")
    yield at("cut.jsonl.gz", "it was read up to line 0", gzip.compress(b"{}")[:5])
    yield at("bomb.jsonl.gz", "unpacks to more than 5 KB", gzip.compress(b"\n" * 5001))
    (folder / "empty").mkdir()
    yield at("empty", "holds no article; looked for .txt")
    os.mkfifo(folder / "pipe.txt")
    yield at("pipe.txt", "is no file")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    yield at("round.txt", "cannot be read: Too many levels of symbolic links")
    (folder / "dangling.md").symlink_to(folder / "nothing")
    yield at("dangling.md", "does not exist")
    yield "a\0b.txt", "a\ufffdb.txt", "is no name that a file can have"
    yield "\ud800.txt", "?.txt", "is no name that a file can have"
    yield "", "''", "is of no known format"
    yield (
        "file:///etc/passwd",
        "file:///etc/passwd",
        "is an address of file, and only",
    )
    yield "FTP://example.org/a.txt", "FTP://example.org/a.txt", "is an address of ftp"
    yield "http://", "http://", "neither http nor https"
    yield "http://[::1", "http://[::1", "is no address"
    yield "http://\ud800/a", "http://?/a", "neither http nor https"
    yield "http://nowhere.invalid/a", "http://nowhere.invalid/a", "host that is not known"


def test_whatever_is_wrong_with_a_source_is_told_by_its_name_and_the_next_one_comes(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt")
    broken = list(broken_sources(tmp_path))
    given = [source for source, _, _ in broken for source in (source, str(good))]
    came = found(*given, most_bytes=2000, most_unpacked=5000)
    assert [each.name for each in came[1::2] if isinstance(each, Piece)] == [str(good)] * len(broken)
    for (_, name, reason), error in zip(broken, came[::2], strict=True):
        assert isinstance(error, SourceError)
        assert (error.source, reason in error.reason) == (name, True), error


def test_what_comes_before_the_broken_place_is_kept(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"text": "%d"}\n' % number for number in range(50_000)))
    path = write(tmp_path / "n.jsonl.gz", whole[: len(whole) // 2])
    *pieces, error = found(path)
    assert len(pieces) > 10_000
    assert {type(piece) for piece in pieces} == {Piece}
    assert (
        str(error) == f"{path}: breaks off before its end; copy it anew; it was read up to line {len(pieces)}"
    )
