"""Who counts as one client, and how its tokens go and come back."""

import tracemalloc

import pytest

from app.routers import clients
from app.routers.clients import Buckets, client_of


@pytest.mark.parametrize(
    ("addresses", "is_one"),
    [
        (["192.0.2.1", "192.0.2.1"], True),
        (["192.0.2.1", "192.0.2.2"], False),
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:DB8:1:2::3%eth0"], True),
        (["2001:db8:1:2::1", "2001:db8:1:3::1"], False),
        (["::ffff:192.0.2.1", "192.0.2.1"], True),
        (["::ffff:192.0.2.1", "::ffff:192.0.2.2"], False),
        (["testclient", "testclient"], True),
    ],
)
def test_one_client_is_an_address_or_a_network_of_ipv6(addresses: list[str], is_one: bool) -> None:
    found = {client_of({"type": "http", "client": (address, 1)}) for address in addresses}
    assert (len(found) == 1) == is_one


def test_what_a_proxy_passes_on_takes_no_more_memory_than_an_address() -> None:
    assert len(client_of({"type": "http", "client": ("x" * 30_000, 0)})) == 50


def test_requests_without_an_address_are_those_of_one_client() -> None:
    assert client_of({"type": "http", "client": None}) == client_of({"type": "http"}) == ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, as its one item."""
    now = [1_000.0]
    monkeypatch.setattr(clients, "monotonic", lambda: now[0])
    return now


def test_tokens_are_used_up_and_come_back_one_by_one(clock: list[float]) -> None:
    buckets = Buckets(6)
    assert [buckets.take("a") for _ in range(7)] == [0] * 6 + [10]
    clock[0] += 9
    assert (buckets.take("a"), buckets.wait_of("a")) == (1, 1)
    clock[0] += 1
    assert [buckets.take("a") for _ in range(2)] == [0, 10]
    clock[0] += 10_000
    assert [buckets.take("a") for _ in range(7)] == [0] * 6 + [10]


def test_to_be_asked_takes_no_token(clock: list[float]) -> None:
    buckets = Buckets(2)
    assert [buckets.wait_of("a") for _ in range(5)] == [0] * 5
    assert [buckets.take("a") for _ in range(2)] == [0, 0]


def test_a_refusal_puts_off_nothing(clock: list[float]) -> None:
    buckets = Buckets(1)
    buckets.take("a")
    for _ in range(59):
        clock[0] += 1
        assert buckets.take("a") > 0
    clock[0] += 1
    assert buckets.take("a") == 0


def test_clients_that_asked_longest_ago_are_forgotten(clock: list[float]) -> None:
    buckets = Buckets(1, most_clients=3)
    for client in ("a", "b", "c", "d"):
        buckets.take(client)
    assert [buckets.wait_of(client) > 0 for client in ("a", "b", "c", "d")] == [False, True, True, True]


@pytest.mark.parametrize("rounds", [30_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_memory_does_not_grow_with_the_number_of_clients(rounds: int) -> None:
    buckets = Buckets(10)
    tracemalloc.start()
    for number in range(rounds):
        buckets.take(f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::/64")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(buckets._left) == clients.MOST_CLIENTS
    assert peak < 10_000_000
