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

OTHER_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102),
        *(103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512),
        *(513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995),
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669),
        *(6679, 6697, 10080),
    )
)
"""Of mail, shells and the like, which would take a request for something of their own.

These are the "bad ports" of https://fetch.spec.whatwg.org, which browsers refuse too.
"""

INTERNET = ip_network("2000::/3")
"""All of IPv6 that is given out; what else is global by itself means an IPv4 address, or is of a site."""
NOT_PUBLIC = [
    ip_network(each)
    for each in (
        # Ways to an IPv4 address, and an example's, which not every Python knows.
        *("2002::/16", "192.88.99.0/24", "3fff::/20"),
        # Of a provider: 192.0.0.192 and 168.63.129.16 tell the secrets of some clouds.
        *("192.0.0.0/24", "168.63.129.16/32"),
    )
]


def check(address: httpx.URL, name: str) -> None:
    """Raise SourceError under `name` for an address that is not asked, whatever its host."""
    if address.scheme not in ("http", "https") or not address.host:
        raise SourceError(name, "leads to an address that is neither http nor https")
    if address.port is not None and address.port > LAST_PORT:
        raise SourceError(name, f"names port {address.port}, and the last one there is is {LAST_PORT}")
    if address.port in OTHER_PORTS:
        raise SourceError(name, f"names port {address.port}, where browsers expect no page and refuse to ask")
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
    # Of several addresses all must be so: which one is taken would else be left to chance.
    if not allow_private and not all(map(is_elsewhere, addresses)):
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


def is_elsewhere(address: str) -> bool:
    """Whether an IP address is one of the public internet, and of another machine than this."""
    return is_public(address) and not _is_own(address)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and not a way to say a private one."""
    ip = ip_address(address)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 6 and ip not in INTERNET:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def _is_own(address: str) -> bool:
    """Whether an IP address is this machine's: a firewall may keep from others what answers us there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))  # which sends nothing, and tells from where it would be sent
            return ip_address(probe.getsockname()[0]) == ip_address(address)
    except OSError:
        return False  # there is no way to it, or no IPv6 at all: nothing will be fetched either
