"""Who asks, and how often they may: a bucket of tokens for each client, in bounded memory."""

from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import Lock
from time import monotonic

from starlette.types import Scope

MOST_CLIENTS = 10_000
"""Clients that are remembered, some 3 MB; of more, those are forgotten who asked longest ago."""

MOST_LETTERS = 50
"""Of what is no address, so that it takes no more memory than one."""


def client_of(scope: Scope) -> str:
    """The address a request comes from; of IPv6 the network of 64 bits, all of which one client has."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:MOST_LETTERS]  # whatever a proxy passed on
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))


@dataclass
class Buckets:
    """`a_minute` tokens for each client at most, which come back evenly within a minute.

    They are this process's alone. A client that is not remembered has all of them. May be used by threads.
    """

    a_minute: int
    most_clients: int = MOST_CLIENTS
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait_of(self, client: str) -> int:
        """Whole seconds until the client has a token again; 0 if it has one."""
        with self._lock:
            return ceil(max(0.0, 1 - self._tokens(client)) * 60 / self.a_minute)

    def take(self, client: str) -> int:
        """Take a token of the client's; or, if it has none, tell the whole seconds until it has one."""
        with self._lock:
            tokens = self._tokens(client)
            if tokens < 1:
                return ceil((1 - tokens) * 60 / self.a_minute)
            self._left[client] = tokens - 1, monotonic()
            self._left.move_to_end(client)
            if len(self._left) > self.most_clients:
                self._left.popitem(last=False)
            return 0

    def _tokens(self, client: str) -> float:
        tokens, at = self._left.get(client, (float(self.a_minute), 0.0))
        return min(self.a_minute, tokens + (monotonic() - at) * self.a_minute / 60)
