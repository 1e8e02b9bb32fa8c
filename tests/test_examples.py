"""Every example in the schema works on the database of a first start."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from tests.web import TestClient


@pytest.fixture(scope="module")
def client(seeded_database: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=seeded_database))) as client:
        yield client


def examples(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each path without parts to fill in, and each of its parameters' examples with what the path demands."""
    for path, methods in schema["paths"].items():
        operation = methods.get("get")
        if operation is None or "{" in path:
            continue
        parameters = {each["name"]: each["schema"] for each in operation.get("parameters", [])}
        demanded = {
            each["name"]: example_of(each["schema"])
            for each in operation.get("parameters", [])
            if each["required"]
        }
        yield path, demanded
        for name, described in parameters.items():
            if (example := example_of(described)) is not None:
                yield path, {**demanded, name: example}


def example_of(described: dict[str, Any]) -> object:
    return next(iter(described.get("examples", [])), None)


def test_every_example_is_answered(client: TestClient) -> None:
    tried = list(examples(client.get("/openapi.json").json()))
    assert len(tried) > 40
    for path, parameters in tried:
        answer = client.get(path, params=parameters)
        assert answer.status_code == 200, (path, parameters, answer.text)


def test_every_example_of_a_filter_finds_something(client: TestClient) -> None:
    for path, parameters in examples(client.get("/openapi.json").json()):
        answer = client.get(path, params=parameters)
        if "json" in answer.headers["content-type"] and "total" in (body := answer.json()):
            assert body["total"] > 0, (path, parameters)
