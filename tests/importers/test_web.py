"""Fetching from a real HTTP server on this machine."""

import errno
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.errors import SourceError, UnsupportedSourceError
from app.importers.web import fetch, is_public

TEXT = "陈放建议加快建设西部科学城。"
PLAIN = "text/plain; charset=utf-8"
PAGES = {
    "/plain": (200, {"Content-Type": PLAIN}, TEXT.encode()),
    "/gb": (200, {"Content-Type": "Text/Plain"}, TEXT.encode("gb18030")),
    "/markdown": (200, {"Content-Type": "text/markdown"}, f"---\ntitle: 甲\n---\n{TEXT}".encode()),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/feed": (200, {"Content-Type": PLAIN}, b"<?xml version='1.0'?><rss/>"),
    "/brotli": (200, {"Content-Type": PLAIN, "Content-Encoding": "br"}, b"x"),
    "/untyped": (200, {}, TEXT.encode()),
    "/gzip": (200, {"Content-Type": PLAIN, "Content-Encoding": "gzip"}, gzip.compress(TEXT.encode())),
    "/gone": (404, {"Content-Type": PLAIN}, b"no"),
    "/empty": (200, {"Content-Type": PLAIN}, b""),
    "/huge": (200, {"Content-Type": PLAIN}, b"a" * 2_000_001),
    "/moved": (302, {"Location": "/plain"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
}


LONG = 60
"""Seconds for which what is slow goes on, if it is let."""


class Handler(BaseHTTPRequestHandler):
    """Answers PAGES; /slow sends a byte now and then, and /host the Host header.

    `sent` is set once all of /slow was.
    """

    sent = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/slow":
            self._drip()
            return
        host = self.headers["Host"].encode()
        status, headers, body = PAGES.get(self.path, (200, {"Content-Type": PLAIN}, host))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        until = time.monotonic() + LONG
        try:
            while time.monotonic() < until:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return  # whoever asked has gone
        self.sent.set()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://localhost:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.mark.parametrize("path", ["/plain", "/gb", "/moved", "/gzip"])
def test_a_plain_text_is_an_article(server: str, path: str) -> None:
    raw = fetch(server + path, allow_private=True)
    assert (raw.text, raw.name) == (TEXT, server + path)


def test_markdown_is_read_with_its_front_matter(server: str) -> None:
    assert fetch(f"{server}/markdown", allow_private=True).title == "甲"


def test_the_server_is_asked_by_its_name_though_connected_to_by_its_address(server: str) -> None:
    assert fetch(f"{server}/host", allow_private=True).text == server.removeprefix("http://")


@pytest.mark.parametrize("path", ["/picture", "/untyped", "/feed"])
def test_what_is_no_plain_text_is_told_apart(server: str, path: str) -> None:
    with pytest.raises(UnsupportedSourceError, match="post the article's text"):
        fetch(server + path, allow_private=True)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "answered 404 Not Found"),
        ("/empty", "is empty"),
        ("/huge", "is longer than"),
        ("/brotli", "compressed as br although asked not to"),
        ("/round", "redirects more than"),
        ("/to-file", "neither http nor https"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_reason(server: str, path: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        fetch(server + path, allow_private=True)


def test_bytes_that_come_one_by_one_do_not_hold_us_up(server: str) -> None:
    with pytest.raises(SourceError, match=r"within 0\.3 seconds"):
        fetch(f"{server}/slow", allow_private=True, seconds=0.3)
    assert not Handler.sent.is_set()


def test_a_look_up_that_hangs_does_not_hold_us_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, waited = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> None:
        ended.wait(LONG)
        waited.set()

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(SourceError, match=r"within 0\.3 seconds"):
        fetch("http://slow.example/", seconds=0.3)
    assert not waited.is_set()
    ended.set()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:2/", "could not be fetched"),
        ("http://nowhere.invalid/", "host that is not known"),
        ("http://user:secret@localhost/", "user name or password"),
        ("http://[::1", "is no address"),
        ("http://localhost:99999999/", "names port 99999999"),
        ("http:///a", "neither http nor https"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(url: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        fetch(url, allow_private=True, seconds=LONG)  # a name service out of reach lets wait for its answer


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1"],
)
def test_nothing_is_fetched_from_this_machine_or_a_private_network(server: str, host: str) -> None:
    with pytest.raises(SourceError, match=r"private network|not known"):
        fetch(f"http://{host}:{server.rsplit(':', 1)[1]}/plain")


def test_where_there_is_no_ipv6_an_address_of_it_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = socket.socket

    def without_ipv6(family: int = -1, *rest: int, **named: object) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
        return usual(family, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "socket", without_ipv6)
    with pytest.raises(SourceError, match="could not be fetched: All connection attempts failed"):
        fetch("http://[2606:2800:220:1::1]/", seconds=LONG)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("64:ff9b:1::a00:1", False),
        ("::10.0.0.1", False),
        ("fec0::1", False),
        ("192.0.0.192", False),
    ],
)
def test_public_addresses_are_told_from_private_ones(address: str, expected: bool) -> None:
    assert is_public(address) is expected
