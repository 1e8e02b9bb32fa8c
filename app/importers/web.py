"""Articles fetched by their address: plain text and Markdown, from the public internet only.

Whoever may ask us to fetch must not reach through us what they could not reach themselves. So a host's
addresses are looked up and judged first, and the connection goes to the very address that was judged.
"""

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address, ip_network

import httpx

from app.errors import SourceError, UnsupportedSourceError
from app.importers import markdown, text
from app.importers.article import RawArticle

SECONDS = 15.0
"""For the whole fetch, from the first look-up to the last byte."""
MOST_BYTES = 2_000_000
MOST_REDIRECTS = 5
LAST_PORT = 65535

IMPORTERS: dict[str, Callable[[bytes, str], RawArticle]] = {
    "text/plain": text.read,
    "text/markdown": markdown.read,
    "text/x-markdown": markdown.read,
}

NOT_PUBLIC = [
    ip_network(each)
    for each in (
        # Global by themselves, and translated to the IPv4 address inside of them.
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96"),
        # Of a site or a provider, which not every Python knows: 192.0.0.192 tells the secrets of some clouds.
        *("fec0::/10", "192.0.0.0/24"),
    )
]

HEADERS = {
    "User-Agent": "Jianyan",
    "Accept": "text/plain, text/markdown",
    # What comes compressed could grow beyond any limit in one step.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What an address answered: its body and its media type in lower case, "" where none is said."""

    data: bytes
    media_type: str


def fetch(url: str, allow_private: bool = False) -> RawArticle:
    """The article at an address; blocks for at most SECONDS.

    `allow_private` lets it come from this machine and from private networks. Raises SourceError, which is an
    UnsupportedSourceError for what is neither plain text nor Markdown.
    """
    with _explained(url):
        fetched = asyncio.run(_fetch_in_time(url, allow_private))
    importer = IMPORTERS.get(fetched.media_type)
    if importer is None:
        kind = fetched.media_type or "of no stated type"
        raise UnsupportedSourceError(
            url, f"is {kind}, and only plain text and Markdown are read; post the article's text instead"
        )
    return importer(fetched.data, url)


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """Turn what httpx raises in the block into a SourceError."""
    try:
        yield
    except TimeoutError as error:
        raise SourceError(url, f"did not answer whole within {SECONDS:g} seconds; try again later") from error
    except httpx.InvalidURL as error:
        raise SourceError(url, "is no address; write it as https://host/path") from error
    except httpx.HTTPError as error:
        raise SourceError(url, f"could not be fetched: {str(error) or type(error).__name__}") from error


async def _fetch_in_time(url: str, allow_private: bool) -> _Fetched:
    # Not httpx's own time limit, which begins anew with every byte that comes.
    async with asyncio.timeout(SECONDS):
        # Without the environment's proxies: they would look the host up themselves, unjudged.
        async with httpx.AsyncClient(trust_env=False, timeout=None, headers=HEADERS) as client:
            return await _follow(client, url, allow_private)


async def _follow(client: httpx.AsyncClient, url: str, allow_private: bool) -> _Fetched:
    address = httpx.URL(url)
    for _ in range(MOST_REDIRECTS + 1):
        request = await _pinned(client, address, url, allow_private)
        response = await client.send(request, stream=True)
        try:
            if not response.has_redirect_location:
                return await _read(response, url)
            address = address.join(response.headers["location"])
        finally:
            await response.aclose()
    raise SourceError(url, f"redirects more than {MOST_REDIRECTS} times; give the address it ends at")


async def _pinned(
    client: httpx.AsyncClient, address: httpx.URL, url: str, allow_private: bool
) -> httpx.Request:
    """The request, to an IP address that was judged; certificates are still checked by the host's name."""
    if address.scheme not in ("http", "https") or not address.host:
        raise SourceError(url, "leads to an address that is neither http nor https")
    if address.port is not None and address.port > LAST_PORT:
        raise SourceError(url, f"names port {address.port}, and the last one there is is {LAST_PORT}")
    if address.userinfo:
        raise SourceError(url, "holds a user name or password; give an address that needs none")
    return client.build_request(
        "GET",
        address.copy_with(host=await _public_address(address, url, allow_private)),
        headers={"Host": address.netloc.decode("ascii")},
        extensions={"sni_hostname": address.raw_host.decode("ascii")},
    )


async def _public_address(address: httpx.URL, url: str, allow_private: bool) -> str:
    host = address.raw_host.decode("ascii")
    try:
        addresses = await _look_up(host, address.port)
    except (OSError, UnicodeError) as error:
        raise SourceError(url, f"names a host that is not known, {address.netloc.decode()}") from error
    # Of several addresses all must be public: which one is taken would else be left to chance.
    if not allow_private and not all(map(is_public, addresses)):
        raise SourceError(url, "leads to this machine or a private network, from where nothing is fetched")
    return addresses[0]


async def _look_up(host: str, port: int | None) -> list[str]:
    """The IP addresses of a host. Raises OSError and UnicodeError."""
    # In a thread of its own: the end of `asyncio.run` waits for those of the loop, beyond any time limit.
    executor = ThreadPoolExecutor(1)
    try:
        look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(executor, look_up)
    finally:
        executor.shutdown(wait=False)
    return [str(each[4][0]) for each in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and not a way to say a private one."""
    ip = ip_address(address)
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


async def _read(response: httpx.Response, url: str) -> _Fetched:
    if response.status_code != 200:
        raise SourceError(url, f"answered {response.status_code} {response.reason_phrase}".rstrip())
    if response.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedSourceError(
            url, "answered compressed although asked not to; post the article's text"
        )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in IMPORTERS:
        return _Fetched(b"", media_type)
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += chunk
        if len(data) > MOST_BYTES:
            raise SourceError(url, f"is longer than {MOST_BYTES} bytes; post the article's text instead")
    return _Fetched(bytes(data), media_type)
