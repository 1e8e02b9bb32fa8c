"""Pages fetched from a real web site on this machine."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from app.errors import SourceError
from app.importers import web
from app.importers.pieces import Piece, Said
from app.importers.sources import find
from app.importers.web import hosts
from app.importers.web.asking import Answer
from app.importers.web.bodies import Unpacking
from app.importers.web.fetching import Fetcher
from tests.importers.found import NEAR, TEXT, found, names, refusal
from tests.importers.site import HTML, PLAIN, Reply, Site, serving

BODY = TEXT.encode()
PAGE: Reply = (200, PLAIN, BODY)


def page(site: Site, path: str, **chosen: object) -> Piece:
    (piece,) = found(site.url + path, **chosen)
    assert isinstance(piece, Piece), piece
    return piece


def test_a_page_is_an_article_with_all_that_its_server_says_of_it(site: Site) -> None:
    told = {**HTML, "ETag": '"1"', "Last-Modified": "Thu, 22 Oct 2020 01:00:00 GMT"}
    site.pages["/a"] = (200, told, "<p>会议".encode("gb2312"))
    assert page(site, "/a#part") == Piece(
        f"{site.url}/a#part",
        "html",
        data="<p>会议".encode("gb2312"),
        around=Said(url=f"{site.url}/a"),
        charset="gb2312",
        validators=(("etag", '"1"'), ("last_modified", "Thu, 22 Oct 2020 01:00:00 GMT")),
    )


def test_a_page_keeps_the_address_it_was_given_by_and_tells_where_it_was_found(site: Site) -> None:
    site.pages |= {"/old": (301, {"Location": "/new?a=1"}, b""), "/new?a=1": PAGE}
    piece = page(site, "/old")
    assert (piece.name, piece.around.url) == (f"{site.url}/old", f"{site.url}/new?a=1")


@pytest.mark.parametrize(
    ("path", "media_type", "data", "format"),
    [
        ("/a", "text/html;charset=utf-8", b"x", "html"),
        ("/a", "Application/XHTML+xml", b"x", "html"),
        ("/a", "application/pdf", b"x", "pdf"),
        ("/a.pdf", "application/octet-stream", b"x", "pdf"),
        ("/a.docx?b=c", "binary/octet-stream", b"x", "docx"),
        ("/a.md", None, b"x", "markdown"),
        ("/a", "application/octet-stream", b"%PDF-1.7", "pdf"),
        ("/a", None, b"\xef\xbb\xbf \n<!-- x --><!DOCTYPE html>\n<HTML lang='zh'>", "html"),
        ("/a", "application/xml", b"<?xml version='1.0'?><html xmlns='x'>", "html"),
    ],
)
def test_the_format_is_told_by_media_type_or_name_or_beginning(
    site: Site, path: str, media_type: str | None, data: bytes, format: str
) -> None:
    site.pages[path] = (200, {"Content-Type": media_type} if media_type else {}, data)
    assert page(site, path).format == format


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY))]
)
def test_what_comes_compressed_unasked_is_unpacked(site: Site, encoding: str, packed: bytes) -> None:
    site.pages["/a"] = (200, {**PLAIN, "Content-Encoding": encoding}, packed)
    assert page(site, "/a").data == BODY
    assert site.asked[-1][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_all_members_of_what_came_compressed_are_read_however_they_are_cut(size: int) -> None:
    packed = gzip.compress(b"a" * 100) + gzip.compress(b"") + gzip.compress(b"b" * 100) + b"\0\0\0"
    unpacking = Unpacking()
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(unpacking.next(part, 1_000) for part in parts) == b"a" * 100 + b"b" * 100
    assert unpacking.is_whole


def hang(site: Site) -> Reply:
    return lambda handler: site.ended.wait(10) and None


def drip(site: Site) -> Reply:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        while not site.ended.wait(0.02):
            handler.wfile.write(b"x")

    return write


def raw(data: bytes) -> Reply:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return write


def broken_pages(site: Site) -> dict[str, tuple[Reply, str]]:
    long = b"x" * 3001
    ok = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    gz = {**PLAIN, "Content-Encoding": "gzip"}
    return {
        "/round": ((302, {"Location": "/round"}, b""), "redirects more than 5 times"),
        "/to-file": ((302, {"Location": "file:///etc/passwd"}, b""), "neither http nor https"),
        "/to-nothing": ((302, {"Location": "http://[::1"}, b""), "could not be fetched: Invalid URL"),
        "/gone": ((404, PLAIN, b"no"), "answered 404 Not Found"),
        "/forbidden": ((403, PLAIN, b"no"), "answered 403 Forbidden"),
        "/fault": ((500, PLAIN, b"no"), "answered 500 Internal Server Error"),
        "/busy": ((503, PLAIN, b"no"), "answered 503 Service Unavailable; try again later"),
        "/empty": ((204, PLAIN, b""), "answered 204 No Content"),
        "/unchanged": ((304, PLAIN, b""), "answered 304 Not Modified"),
        "/picture": ((200, {"Content-Type": "image/png"}, b"x"), "is image/png, and only web pages"),
        "/untyped": ((200, {}, b"who knows"), "is of no stated type, and only web pages"),
        "/xml": ((200, {"Content-Type": "text/xml"}, b"<a/>"), "is text/xml, and only web pages"),
        "/long": ((200, PLAIN, long), "is longer than 3 KB; give its text in a file instead"),
        "/bomb": ((200, gz, gzip.compress(b"x" * 10_000_000)), "is longer than 3 KB"),
        "/behind-gzip": ((200, gz, gzip.compress(BODY) + b"x" * 3000), "is longer than 3 KB"),
        "/cut-gzip": ((200, gz, gzip.compress(BODY)[:-9]), "broke off before its end"),
        "/no-gzip": ((200, gz, BODY), "came compressed in a way that cannot be undone"),
        "/brotli": ((200, {**PLAIN, "Content-Encoding": "br"}, b"x"), "came compressed as br although asked"),
        "/lying": (
            raw(ok + b"Content-Length: 100\r\n\r\nshort"),
            "could not be fetched: peer closed",
        ),
        "/half": (raw(b"HTTP/1.1 200 OK\r\nContent-"), "could not be fetched: "),
        "/silent": (raw(b""), "could not be fetched: Server disconnected without sending a response"),
        "/garbage": (raw(b"\x00\xff" * 50 + b"\r\n\r\n"), "could not be fetched: illegal"),
        "/bad-length": (raw(ok + b"Content-Length: -5\r\n\r\nx"), "could not be fetched: "),
        "/chunks": (raw(ok + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nx"), "could not be fetched: "),
        "/many-headers": (raw(ok + b"X: y\r\n" * 50_000), "could not be fetched: "),
    }


def test_whatever_is_wrong_with_a_page_is_told_by_its_address_and_the_next_one_comes(site: Site) -> None:
    broken = broken_pages(site)
    site.pages |= {"/good": PAGE, **{path: reply for path, (reply, _) in broken.items()}}
    given = [site.url + path for each in broken for path in (each, "/good")]
    came = found(*given, most_bytes=3000)
    assert [each.name for each in came[1::2] if isinstance(each, Piece)] == [f"{site.url}/good"] * len(broken)
    for (path, (_, reason)), error in zip(broken.items(), came[::2], strict=True):
        assert isinstance(error, SourceError)
        assert (error.source, reason in error.reason) == (site.url + path, True), error


@pytest.mark.parametrize("slow", [hang, drip])
def test_a_server_that_takes_too_long_holds_nobody_up(site: Site, slow: Callable[[Site], Reply]) -> None:
    site.pages["/a"] = slow(site)
    error = refusal(f"{site.url}/a", seconds=0.3)
    assert error.source == f"{site.url}/a"
    assert "did not answer whole within 0.3 seconds; try again later" in error.reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:2/a", "could not be fetched: All connection attempts failed; try again later"),
        ("http://nowhere.invalid/a", "names a host that is not known, nowhere.invalid"),
        ("http://user:secret@localhost/", "user name or password"),
        ("http://localhost:99999/a", "names port 99999"),
        ("https://", "neither http nor https"),
        ("http://a b/", "names a host that is not known"),
        ("http://xn--/", "is no"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str, reason: str) -> None:
    error = refusal(address)
    assert error.source == address
    assert reason in error.reason


LOOPBACK = [
    *("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *("[64:ff9b::7f00:1]", "0.0.0.0", "[::]", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254"),
    *("[::ffff:0:7f00:1]", "[fe80::1]", "[fd00::1]", "100.64.0.1", "[2002:7f00:1::]"),
]


@pytest.mark.parametrize("host", LOOPBACK)
def test_nothing_is_fetched_from_this_machine_or_a_private_network_however_it_is_said(
    site: Site, host: str
) -> None:
    site.pages["/a"] = PAGE
    error = refusal(f"http://{host}:{site.url.rsplit(':', 1)[1]}/a", allow_private=False)
    assert any(part in error.reason for part in ("a private network", "is not known", "is no address"))
    assert site.asked == []


def resolving(monkeypatch: pytest.MonkeyPatch, hosts: dict[str, list[str]]) -> list[str]:
    """Let hosts have those addresses, one after the other and the last for ever; tells what is looked up."""
    looked_up: list[str] = []
    usual = socket.getaddrinfo

    def look_up(host: str, *args: object, **kwargs: object) -> object:
        if host not in hosts:
            return usual(host, *args, **kwargs)  # type: ignore[arg-type]
        looked_up.append(host)
        left = hosts[host]
        return usual(left.pop(0) if len(left) > 1 else left[0], *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return looked_up


def test_the_connection_goes_to_the_address_that_was_judged(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/a"] = PAGE
    looked_up = resolving(monkeypatch, {"changing.example": ["127.0.0.1", "192.0.2.1"]})
    port = site.url.rsplit(":", 1)[1]
    assert web.fetch(f"http://changing.example:{port}/a", allow_private=True).text == TEXT
    assert looked_up == ["changing.example"]
    assert site.asked[0][1]["Host"] == f"changing.example:{port}"


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # The site itself passes for public here, and nothing else of this machine does.
    monkeypatch.setattr("app.importers.web.addresses.is_elsewhere", lambda address: address == "127.0.0.1")
    with serving() as inner:
        inner.pages["/secret"] = PAGE
        port = inner.url.rsplit(":", 1)[1]
        site.pages["/a"] = (302, {"Location": f"http://127.0.0.2:{port}/secret"}, b"")
        site.pages["/robots.txt"] = (302, {"Location": f"http://127.0.0.2:{port}/robots.txt"}, b"")
        reason = "leads to this machine or a private network, from where nothing is fetched"
        with pytest.raises(SourceError, match=reason):
            web.fetch(f"{site.url}/a")
        assert reason in refusal(f"{site.url}/a", allow_private=False).reason
        assert inner.asked == []


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    made = tmp_path / "made.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(
        [openssl, "req", "-x509", *curve, *subject, "-keyout", made, "-out", tmp_path / "cert.pem"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", made)
    with serving(context) as site:
        site.pages["/a"] = PAGE
        error = refusal(f"{site.url}/a")
        assert "cannot prove who it is: self-signed certificate" in error.reason
        assert site.asked == []


def test_a_server_without_encryption_where_some_is_expected_is_told(site: Site) -> None:
    assert "could not be fetched: " in refusal(f"https{site.url.removeprefix('http')}/a").reason


class Resting:
    """Fetches with rests that are noted and not taken."""

    def __init__(self, **chosen: object) -> None:
        self.rests: list[float] = []
        self.fetcher = Fetcher(replace(NEAR, **chosen), self.rests.append)

    def fetch(self, address: str) -> Answer | None:
        return self.fetcher.fetch(address)


def test_what_robots_txt_closes_is_not_fetched(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: jianyan\nDisallow: /closed\nAllow: /closed/open\n"
    site.pages |= {"/robots.txt": (200, PLAIN, rules), "/closed/a": PAGE, "/closed/open": PAGE, "/a": PAGE}
    site.pages["/moved"] = (302, {"Location": "/closed/a"}, b"")
    closed, opened, page, moved = found(
        *(site.url + each for each in ("/closed/a", "/closed/open", "/a", "/moved"))
    )
    told = f"is closed to programs by {site.url}/robots.txt; save the page as a file"
    assert (str(closed), str(moved)) == (f"{site.url}/closed/a: {told}", f"{site.url}/moved: {told}")
    assert isinstance(opened, Piece)
    assert isinstance(page, Piece)
    assert sorted(site.paths) == ["/a", "/closed/open", "/moved"]


def test_robots_txt_is_asked_once_and_by_our_name(site: Site) -> None:
    site.pages |= {f"/{number}": PAGE for number in range(12)}
    assert len(names(*(f"{site.url}/{number}" for number in range(12)))) == 12
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert {headers["User-Agent"] for _, headers in site.asked} == {"Jianyan"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_robots_txt_all_is_open(site: Site, status: int) -> None:
    site.pages |= {"/robots.txt": (status, PLAIN, b"User-agent: *\nDisallow: /"), "/a": PAGE}
    assert names(f"{site.url}/a") == [f"{site.url}/a"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((500, PLAIN, b"no"), "answered 500 Internal Server Error; try again later"),
        ((503, PLAIN, b"no"), "answered 503 Service Unavailable; try again later"),
        ((302, {"Location": "/robots.txt"}, b""), "redirects more than 5 times"),
        ((200, PLAIN, b"#" * 500_001), "is longer than 500 KB"),
        (raw(b""), "could not be fetched: Server disconnected"),
    ],
)
def test_where_robots_txt_cannot_be_read_nothing_is_fetched(site: Site, reply: Reply, reason: str) -> None:
    site.pages |= {"/robots.txt": reply, "/a": PAGE, "/b": PAGE}
    errors = found(f"{site.url}/a", f"{site.url}/b")
    assert [str(each).partition(": ")[0] for each in errors] == [f"{site.url}/a", f"{site.url}/b"]
    for error in errors:
        assert f"is not fetched, as {site.url}/robots.txt {reason}" in str(error)
    assert site.paths == []


@pytest.mark.parametrize(
    "rules", [b"\xff\xfe\x00", b"Disallow: /\n", b"Crawl-delay: x\nUser-agent:\n", b"<html>"]
)
def test_a_robots_txt_that_is_nonsense_closes_nothing(site: Site, rules: bytes) -> None:
    site.pages |= {"/robots.txt": (200, PLAIN, rules), "/a": PAGE}
    assert names(f"{site.url}/a") == [f"{site.url}/a"]


@pytest.mark.parametrize(
    ("rules", "between", "expected"),
    [
        (b"", 1.0, 1.0),
        (b"User-agent: *\nCrawl-delay: 7", 1.0, 7.0),
        (b"User-agent: *\nCrawl-delay: 7", 9.0, 9.0),
        (b"User-agent: *\nCrawl-delay: 86400", 1.0, 30.0),
        (b"User-agent: *\nCrawl-delay: nan", 1.0, 1.0),
        (b"User-agent: *\nCrawl-delay: -5", 1.0, 1.0),
    ],
)
def test_a_host_is_left_in_peace_between_two_questions(
    site: Site, monkeypatch: pytest.MonkeyPatch, rules: bytes, between: float, expected: float
) -> None:
    now = hosts.monotonic()
    monkeypatch.setattr(hosts, "monotonic", lambda: now)  # no part of the rest goes by with the questions
    site.pages |= {"/robots.txt": (200, PLAIN, rules), "/a": PAGE, "/b": PAGE}
    with serving() as other:
        other.pages["/a"] = PAGE
        resting = Resting(seconds_between=between)
        for address in (f"{site.url}/a", f"{other.url}/a", f"{site.url}/b"):
            resting.fetch(address)
    assert resting.rests == [pytest.approx(expected)]


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    met = threading.Barrier(2)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        met.wait(30)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nx")

    with serving() as other:
        site.pages["/a"] = other.pages["/a"] = meet
        assert names(f"{site.url}/a", f"{other.url}/a") == [f"{site.url}/a", f"{other.url}/a"]


def test_a_host_is_asked_one_question_at_a_time(site: Site) -> None:
    lock = threading.Lock()

    def alone(handler: BaseHTTPRequestHandler) -> None:
        status = b"200 OK" if lock.acquire(blocking=False) else b"400 Two at once"
        site.ended.wait(0.02)
        handler.wfile.write(b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain\r\n\r\nx")
        handler.wfile.flush()
        lock.release()

    site.pages |= {f"/{number}": alone for number in range(8)}
    assert len(names(*(f"{site.url}/{number}" for number in range(8)))) == 8


@pytest.mark.parametrize(
    "first", [(429, PLAIN, b""), (502, PLAIN, b""), (503, PLAIN, b""), (504, PLAIN, b""), raw(b"")]
)
def test_what_may_pass_is_tried_again(site: Site, first: Reply) -> None:
    site.pages["/a"] = [first, first, PAGE]
    resting = Resting(seconds_between=0.0)
    assert resting.fetch(f"{site.url}/a") is not None
    assert site.paths == ["/a"] * 3


def test_three_tries_are_enough(site: Site) -> None:
    site.pages["/a"] = (503, PLAIN, b"")
    with pytest.raises(SourceError, match="answered 503"):
        Resting(seconds_between=0.0).fetch(f"{site.url}/a")
    assert site.paths == ["/a"] * 3


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500])
def test_what_will_not_pass_is_not_tried_again(site: Site, status: int) -> None:
    site.pages["/a"] = (status, PLAIN, b"")
    with pytest.raises(SourceError, match=f"answered {status}"):
        Resting().fetch(f"{site.url}/a")
    assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("asked", "expected"), [("7", 7), ("Thu, 22 Oct 2020 01:00:00 GMT", 2), ("soon", 2), ("", 2), ("1", 2)]
)
def test_a_server_is_given_the_time_it_asks_for(site: Site, asked: str, expected: float) -> None:
    site.pages["/a"] = [(429, {**PLAIN, "Retry-After": asked}, b""), PAGE]
    resting = Resting(seconds_between=1.0)
    assert resting.fetch(f"{site.url}/a") is not None
    assert resting.rests[0] == expected


@pytest.mark.parametrize("asked", ["Mon, 01 Jan 2020 00:00:00 +99999999999999", "Mon, 01", ",", "-1", "1e9"])
def test_a_time_to_wait_that_is_none_holds_nobody_up(site: Site, asked: str) -> None:
    site.pages["/a"] = [(429, {**PLAIN, "Retry-After": asked}, b""), PAGE]
    assert names(f"{site.url}/a") == [f"{site.url}/a"]


def test_whatever_a_fetch_fails_with_is_told_and_the_next_page_comes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages |= {"/a": (429, PLAIN, b""), "/b": PAGE}

    def fail(answer: Answer) -> float:
        raise RuntimeError

    monkeypatch.setattr("app.importers.web.fetching._asked_to_wait", fail)
    error, piece = found(f"{site.url}/a", f"{site.url}/b")
    assert "its server answers in a way that is not known; save the page as a file" in str(error)
    assert isinstance(piece, Piece)


def test_a_server_that_asks_for_an_hour_is_not_waited_for(site: Site) -> None:
    site.pages["/a"] = (503, {**PLAIN, "Retry-After": "3600"}, b"")
    resting = Resting()
    with pytest.raises(SourceError, match="answered 503 Service Unavailable; try again later"):
        resting.fetch(f"{site.url}/a")
    assert (site.paths, resting.rests) == (["/a"], [])


def test_a_page_that_did_not_change_is_left_out(site: Site) -> None:
    def conditional(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        handler.send_response(304 if same else 200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        handler.wfile.write(b"" if same else b"x")

    site.pages |= {"/a": conditional, "/b": conditional}
    seen = {f"{site.url}/a": {"etag": '"1"', "last_modified": "then"}}
    given = (f"{site.url}/a", f"{site.url}/b")
    assert names(*given, validators_of=lambda name: seen.get(name, {})) == [f"{site.url}/b"]
    assert site.paths.count("/a") == 1


@pytest.mark.parametrize("etag", ['"会议"', '"1"\n2', '"\xe9"'])
def test_a_page_is_fetched_whole_where_what_it_is_known_by_cannot_be_sent(site: Site, etag: str) -> None:
    site.pages["/a"] = PAGE
    assert names(f"{site.url}/a", validators_of=lambda name: {"etag": etag}) == [f"{site.url}/a"]


def test_a_page_of_a_server_that_takes_no_conditions_is_known_by_what_it_says(site: Site) -> None:
    site.pages |= {"/a": (200, {**PLAIN, "ETag": '"1"'}, b"x"), "/b": PAGE}

    def is_known(name: str, validators: object) -> bool:
        return validators in ({"etag": '"1"'}, {})

    assert names(f"{site.url}/a", f"{site.url}/b", is_known=is_known) == [f"{site.url}/b"]


def test_pages_and_files_come_in_the_order_they_were_named(site: Site, tmp_path: Path) -> None:
    site.pages |= {f"/{number}": PAGE for number in range(20)}
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    given = [str(tmp_path / "a.txt") if n % 3 else f"{site.url}/{n}" for n in range(20)]
    listed = tmp_path / "list"
    listed.write_text("\n".join(given), "utf-8")
    assert names(*given) == given
    assert names(lists=(listed,)) == given


def test_only_the_next_few_addresses_are_fetched_ahead(site: Site) -> None:
    site.pages |= {f"/{number}": PAGE for number in range(100)}
    stream = find((f"{site.url}/{number}" for number in range(100)), NEAR)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert len(site.paths) <= 9


def test_an_import_that_is_stopped_asks_nothing_more(site: Site) -> None:
    site.pages |= {"/a": PAGE, "/b": PAGE}
    fetcher = Fetcher(replace(NEAR, seconds_between=60), lambda seconds: fetcher.close())
    assert fetcher.fetch(f"{site.url}/a") is not None
    with pytest.raises(SourceError, match="was not fetched, as the import was stopped"):
        fetcher.fetch(f"{site.url}/b")
    assert site.paths == ["/a"]


def test_a_name_too_long_to_be_stored_is_shortened_and_known_again(site: Site) -> None:
    paths = [f"/{'a' * 1_500}/{end}" for end in ("1", "2", "gone")]
    site.pages |= {path: (200, {**PLAIN, "ETag": '"1"'}, BODY) for path in paths[:2]}
    first, second, gone = found(*(site.url + path for path in paths))
    assert isinstance(first, Piece)
    assert isinstance(second, Piece)
    assert isinstance(gone, SourceError)
    short = [first.name, second.name, gone.source]
    assert ([len(each) for each in short], len(set(short))) == ([1_000] * 3, 3)
    assert first.around.url == site.url + paths[0]
    again = (site.url + paths[0], site.url + paths[1])
    assert names(*again, is_known=lambda name, _: name == first.name) == [second.name]
