"""Promise: a cursor that no page gave out is refused or leads to a page, and paging always ends."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import Databases
from tests.promises.asked import Asked, fill, reads
from tests.web import TestClient

VALUES = [
    *("0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "1e400", "9" * 4000),
    *("1.5", "1.0", "NaN", "Infinity", "-Infinity", "true", "null", "[]", "{}", '"1"', '""', '"\\u0000"'),
    *('"\\ud800"', '"\\uffff"', '"\U0010ffff"', '"陈放"', '"0000-00-00"', '"0001-01-01"', '"9999-12-31"'),
    *('"2020-10-22T00:00:00"', '"2020-W43-4"', "20201022", '"' + "a" * 1000 + '"', "[" * 900, "\xff"),
]
"""In the place of each value of a cursor: wrong kinds, numbers beyond all columns, days beyond all others."""
WHOLE = [
    *(b"", b" ", b"null", b"[]", b" []", b"date [1]", b"-date []", b"-date [1,2,3]", b"relevance [1]"),
    *(b"relevance [0,0]", b"nothing [1]", b"\0 [1]", b"\xff\xfe", b" {}", b' {"a": 1}', b" " + b"[" * 1400),
]
AS_THEY_STAND = [
    *("", "%00", "%20", "=", "====", "a", "ab%00cd", "-_-_", "+/+/", "%2B%2F", "%ED%A0%80", "%FF", "陈放"),
    *("A" * 2000, "A" * 2001, "A" * 60_000, "null", "None"),
]


@pytest.fixture
def client(databases: Databases, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_dir=tmp_path, database_url=databases.filled(fill)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def lists(client: TestClient) -> list[Asked]:
    """All that is answered in pages."""
    found = [each for each in reads(client.app.openapi()) if "cursor" in each.names]  # type: ignore[attr-defined]
    assert len(found) == 12
    return found


def orders(asked: Asked) -> list[str]:
    """The address of the list in each order that it has; of regions there are too many."""
    sorts = ["sort=date", "sort=-date", "sort=relevance&q=建"] if "sort" in asked.names else [""]
    few = "level=bloc" if asked.path.endswith("/regions") else ""
    return [f"{asked.address}?{each}{few}" for each in sorts]


def packed(cursor: bytes) -> str:
    return base64.urlsafe_b64encode(cursor).decode().rstrip("=")


def genuine(client: TestClient, address: str) -> bytes:
    """What the cursor of the list's second page is made of."""
    following = client.get(f"{address}&limit=1").json()["next"]
    cursor = following.rpartition("cursor=")[2].partition("&")[0]
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def forged(cursor: bytes) -> Iterator[str]:
    """Each value of the cursor by another one, one too few and one too many."""
    name, _, written = cursor.partition(b" ")
    values = [json.dumps(each, ensure_ascii=False) for each in json.loads(written)]
    for place in range(len(values)):
        for value in VALUES:
            yield packed(name + f" [{','.join([*values[:place], value, *values[place + 1 :]])}]".encode())
    yield packed(name + f" [{','.join(values[:-1])}]".encode())
    yield packed(name + f" [{','.join([*values, '1'])}]".encode())


def walk(client: TestClient, address: str) -> int:
    """Go on to the last page and give the status of the first; asserts that no item comes twice."""
    first = answer = client.get(address)
    seen: list[str] = []
    while answer.status_code == 200 and answer.json()["next"] and len(seen) < 200:
        seen += [json.dumps(item) for item in answer.json()["items"]]
        answer = client.get(answer.json()["next"])
    assert answer.status_code == 200 or answer is first, answer.text[:300]
    assert len(seen) == len(set(seen)) < 200, address
    return first.status_code


def check(client: TestClient, address: str, cursor: str, limit: int = 100) -> int:
    status = walk(client, f"{address}&limit={limit}&cursor={cursor}")
    assert status in ((200, 422) if len(cursor) < 10_000 else (414,)), (status, address, cursor[:300])
    return status


@pytest.mark.parametrize("part", [4, pytest.param(1, marks=pytest.mark.long)])
def test_a_cursor_with_another_value_is_refused_or_leads_to_a_page(
    client: TestClient, lists: list[Asked], part: int
) -> None:
    """One in `part` of all that can be forged."""
    statuses = [
        check(client, address, cursor)
        for each in lists
        for address in orders(each)
        for cursor in list(forged(genuine(client, address)))[len(address) % part :: part]
    ]
    assert len(statuses) > 600 // part
    assert set(statuses) == {200, 422}


def test_what_is_no_cursor_at_all_is_refused(client: TestClient, lists: list[Asked]) -> None:
    for each in lists:
        for cursor in [*map(packed, WHOLE), *AS_THEY_STAND]:
            check(client, orders(each)[0], cursor)


def test_a_cursor_of_another_list_is_refused_or_leads_to_a_page(
    client: TestClient, lists: list[Asked]
) -> None:
    addresses = [address for each in lists for address in orders(each)]
    cursors = {packed(genuine(client, address)) for address in addresses}
    assert len(cursors) >= 8
    for address in addresses:
        for cursor in cursors:
            check(client, address, cursor, limit=2)


def test_a_cursor_beyond_the_last_item_leads_to_an_empty_page(client: TestClient) -> None:
    far: dict[str, Any] = {
        "/api/v1/people": ["\U0010ffff", 2**63 - 1],
        "/api/v1/themes": [2**31 - 1, "\U0010ffff"],
        "/api/v1/metrics": [2**63 - 1],
    }
    for address, values in far.items():
        name = b"id" if address.endswith("metrics") else b""
        page = client.get(f"{address}?cursor={packed(name + b' ' + json.dumps(values).encode())}")
        assert (page.status_code, page.json().get("items"), page.json().get("next")) == (200, [], None)
