"""Where a request may go.

Whoever may ask us to fetch must not reach through us what they could not reach themselves. So a host's
addresses are looked up and judged first, and the connection goes to the very address that was judged.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address, ip_network

import httpx

from app.errors import SourceError

LAST_PORT = 65535

NOT_PUBLIC = [
    ip_network(each)
    for each in (
        # Global by themselves, and translated to the IPv4 address inside of them.
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0:0/96"),
        # Of a site or a provider, which not every Python knows: 192.0.0.192 tells the secrets of some clouds.
        *("fec0::/10", "192.0.0.0/24"),
    )
]


def check(address: httpx.URL, name: str) -> None:
    """Raise SourceError under `name` for an address that is not asked, whatever its host."""
    if address.scheme not in ("http", "https") or not address.host:
        raise SourceError(name, "leads to an address that is neither http nor https")
    if address.port is not None and address.port > LAST_PORT:
        raise SourceError(name, f"names port {address.port}, and the last one there is is {LAST_PORT}")
    if address.userinfo:
        raise SourceError(name, "holds a user name or password; give an address that needs none")


async def pinned(
    client: httpx.AsyncClient, address: httpx.URL, name: str, allow_private: bool
) -> httpx.Request:
    """The request, to an IP address that was judged; certificates are still checked by the host's name.

    Raises SourceError under `name`.
    """
    check(address, name)
    return client.build_request(
        "GET",
        address.copy_with(host=await _judged(address, name, allow_private)),
        headers={"Host": address.netloc.decode("ascii")},
        extensions={"sni_hostname": address.raw_host.decode("ascii")},
    )


async def _judged(address: httpx.URL, name: str, allow_private: bool) -> str:
    host = address.raw_host.decode("ascii")
    try:
        addresses = await _look_up(host, address.port)
    except (OSError, UnicodeError) as error:
        raise SourceError(name, f"names a host that is not known, {address.netloc.decode()}") from error
    # Of several addresses all must be public: which one is taken would else be left to chance.
    if not allow_private and not all(map(is_public, addresses)):
        raise SourceError(name, "leads to this machine or a private network, from where nothing is fetched")
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
