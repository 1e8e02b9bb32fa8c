"""A web site on this machine, which answers as a test wants and remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=gb2312"}

Reply = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]
"""Status, headers and body; or what writes whatever it wants."""


@dataclass
class Site:
    """`pages` by path; a list of replies is given one by one, the last one for ever. Others are 404."""

    url: str
    pages: dict[str, Reply | list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> list[str]:
        """What it was asked for, without its robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def reply(self, path: str) -> Reply:
        page = self.pages.get(path, (404, PLAIN, b"no"))
        if isinstance(page, list):
            return page.pop(0) if len(page) > 1 else page[0]
        return page


@contextmanager
def serving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Site]:
    """A site at a free port, which ends with the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers))
            reply = site.reply(self.path)
            try:
                answer(self, *reply) if isinstance(reply, tuple) else reply(self)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Of a visitor who does not like the certificate."""

    served = Quiet((host, 0), Handler)
    if context:
        served.socket = context.wrap_socket(served.socket, server_side=True)
    site = Site(f"http{'s' if context else ''}://{host}:{served.server_port}")
    threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        site.ended.set()
        served.shutdown()
        served.server_close()


def answer(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
