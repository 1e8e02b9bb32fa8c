"""A small database with something in every list, and all that the schema says can be asked of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing, make_engine
from app.routers import clients
from app.store.keys import add_key
from app.vocabulary import Outcome
from tests.builders import Library
from tests.conftest import seed
from tests.web import TestClient

NEEDED = {"/api/v1/search": {"q": "建设"}, "/api/v1/stats/matrix": {"rows": "theme", "columns": "kind"}}
"""What an address must be given to answer at all."""
CODES = {"/api/v1/themes/{code}": "5g", "/api/v1/regions/{code}": "510000"}
_WHEN = datetime(2020, 10, 23, 8, 30, tzinfo=UTC)


def fill(engine: Engine) -> None:
    """Three of everything that is listed, undated ones among them; every id from 1 on."""
    seed(engine)
    library = Library(engine)
    with library.at_once():
        people = [library.person(name) for name in ("王芳", "陈放", "Li, “X”")]
        bodies = [library.institution(name) for name in ("四川省政协", "甲", "乙")]
        for day in ("2020-10-22", None, "2021-05-28"):
            article = library.article(day)
            for person, body in zip(people, bodies, strict=True):
                library.mention(article, person, f"委员{person}")
                library.mention(article, body, f"机构{body}")
                library.position(article, person, body, "委员")
            library.proposal(article, speakers=people[:2], themes=["5g"], regions=["510100"])
            library.metric(article, themes=["funding"], regions=["500000"])
    for _ in range(3):
        failed = [(f"甲{number}.txt", Outcome.FAILED, "is empty") for number in range(3)]
        library.imported(*failed, started_at=_WHEN)


def new_key(url: str) -> str:
    """A key that allows writing to the database."""
    engine = make_engine(url)
    with Session(for_writing(engine)) as session:
        key = add_key(session, "odd")
        session.commit()
    engine.dispose()
    return key


@dataclass(frozen=True, slots=True)
class Asked:
    """A read and the statuses that the schema declares of it; `names` are its parameters."""

    path: str
    statuses: frozenset[int]
    in_path: str | None
    names: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it answers something."""
        return self.at(CODES.get(self.path) or self._first_id())

    def at(self, value: str) -> str:
        """With that raw value in the path."""
        return self.path if self.in_path is None else self.path.replace(f"{{{self.in_path}}}", value)

    def _first_id(self) -> str:
        # The three people come first.
        return "4" if self.in_path == "institution_id" else "1"

    def odd(self, value: str) -> Iterator[str]:
        """Each address with the raw value as one of its parameters."""
        if self.in_path is not None:
            yield self.at(value)
        for name in self.names:
            others = {key: each for key, each in NEEDED.get(self.path, {}).items() if key != name}
            yield f"{self.address}?{name}={value}&{urlencode(others)}".rstrip("&")


def reads(schema: dict[str, Any]) -> list[Asked]:
    """All reads of the schema."""
    return [_asked(path, each["get"]) for path, each in schema["paths"].items() if "get" in each]


def _asked(path: str, operation: dict[str, Any]) -> Asked:
    parameters = operation.get("parameters", [])
    in_path = [each["name"] for each in parameters if each["in"] == "path"]
    names = tuple(each["name"] for each in parameters if each["in"] == "query")
    statuses = frozenset(map(int, operation["responses"]))
    return Asked(path, statuses, in_path[0] if in_path else None, names)


def pass_by(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let so much time go by for those whose requests are counted, and none any more after it."""
    now = clients.monotonic() + seconds
    monkeypatch.setattr(clients, "monotonic", lambda: now)


def raw(value: str) -> str:
    """The text as it stands in an address."""
    return quote(value, safe="")


def check_answer(client: TestClient, address: str, statuses: frozenset[int]) -> int:
    """The status that the address answers; asserts that it is declared, and that a refusal is a problem."""
    answer = client.get(address, follow_redirects=False)
    shown = f"{address[:300]} answered {answer.status_code} {answer.text[:300]}"
    assert answer.status_code in statuses - {503}, shown
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", shown
        assert answer.json()["status"] == answer.status_code, shown
    return answer.status_code
