"""Answers are made once of each version of the data."""

import pytest

from tests.builders import Library
from tests.databases import ONLY_SQLITE
from tests.web import CountSql, TestClient

pytestmark = ONLY_SQLITE
ADDRESSES = ("/api/v1/proposals", "/api/v1/themes/5g", "/api/v1/stats/timeline", "/api/v1/search?q=科")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_answered_is_answered_again_without_asking(
    client: TestClient, library: Library, counted_sql: CountSql, address: str
) -> None:
    library.proposal(library.article(), themes=["5g"], text="建设科学城")
    first = client.get(address)
    with counted_sql() as statements:
        again = client.get(address)
    assert statements == []
    assert again.content == first.content
    changing = {"date", "x-request-id"}
    assert {key: value for key, value in again.headers.items() if key not in changing} == {
        key: value for key, value in first.headers.items() if key not in changing
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_written_since_is_in_the_answer(client: TestClient, library: Library, address: str) -> None:
    article = library.article()
    library.proposal(article, themes=["5g"], text="建设科学城")
    first = client.get(address).json()
    library.proposal(article, themes=["5g"], text="再建科学城")
    assert client.get(address).json() != first


def test_addresses_in_an_answer_are_of_the_host_that_was_asked(client: TestClient, library: Library) -> None:
    for _ in range(2):
        library.proposal(library.article())
    nexts = [
        client.get("/api/v1/proposals?limit=1", headers={"Host": host}).json()["next"]
        for host in ("one.example", "other.example")
    ]
    assert [address.split("/")[2] for address in nexts] == ["one.example", "other.example"]


def test_another_format_is_another_answer(client: TestClient, library: Library) -> None:
    library.proposal(library.article())
    types = [
        client.get("/api/v1/proposals", headers={"Accept": accepted}).headers["content-type"]
        for accepted in ("application/json", "text/csv", "application/json")
    ]
    assert [each.partition(";")[0] for each in types] == ["application/json", "text/csv", "application/json"]


def test_what_was_not_there_is_found_when_it_is(client: TestClient, library: Library) -> None:
    assert client.get("/api/v1/proposals/1").status_code == 404
    library.proposal(library.article())
    assert client.get("/api/v1/proposals/1").status_code == 200
