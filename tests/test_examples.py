"""Everything in the schema is described in both languages with an example, and the examples work."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.main import create_app
from app.schemas import meanings
from app.settings import Settings
from tests.web import TestClient

NAME_AND_MEANING = re.compile(r"\([^()：]*[一-鿿][^()：]*：[^()]*[一-鿿][^()]*\)")
OPAQUE = {"cursor"}
"""Parameters that come from an answer, so that no example can be given beforehand."""


@pytest.fixture(scope="module")
def client(seeded_database: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=seeded_database))) as client:
        yield client


@pytest.fixture(scope="module")
def schema(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def parameters(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield from ((f"{method} {path}", each) for each in operation.get("parameters", []))


def questions(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each address that is read, and each parameter's example there, with what the address demands."""
    for path, methods in schema["paths"].items():
        if "get" not in methods:
            continue
        known = methods["get"].get("parameters", [])
        in_path = {each["name"]: example_of(each) for each in known if each["in"] == "path"}
        others = [each for each in known if each["in"] == "query"]
        demanded = {each["name"]: example_of(each) for each in others if each["required"]}
        address = path.format(**in_path)
        yield address, demanded
        for each in others:
            if each["name"] not in OPAQUE:
                yield address, {**demanded, **needed_by(each, others), each["name"]: example_of(each)}


def needed_by(parameter: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, object]:
    """`theme_op` joins themes: the example of `theme` goes with it."""
    joined = parameter["name"].removesuffix("_op")
    return {each["name"]: example_of(each) for each in others if each["name"] == joined != parameter["name"]}


def example_of(parameter: dict[str, Any]) -> Any:
    return parameter["schema"]["examples"][0]


def test_every_parameter_says_in_both_languages_what_it_is(schema: dict[str, Any]) -> None:
    said = list(parameters(schema))
    assert len(said) > 100
    for place, each in said:
        assert NAME_AND_MEANING.search(each["description"]), (place, each["name"])


def test_every_parameter_has_an_example(schema: dict[str, Any]) -> None:
    for place, each in parameters(schema):
        assert each["name"] in OPAQUE or "examples" in each["schema"], (place, each["name"])


def test_every_example_is_answered(client: TestClient, schema: dict[str, Any]) -> None:
    tried = list(questions(schema))
    assert len(tried) > 100
    for path, query in tried:
        answer = client.get(path, params=query)
        assert answer.status_code == 200, (path, query, answer.text)


def test_every_example_of_a_filter_finds_something(client: TestClient, schema: dict[str, Any]) -> None:
    for path, query in questions(schema):
        answer = client.get(path, params=query)
        if "json" in answer.headers["content-type"] and "total" in (body := answer.json()):
            may_be_none = {"reports_of", "same_text_as"} & query.keys() or "mentions" in path
            assert body["total"] > 0 or may_be_none, (path, query)


def fields() -> Iterator[tuple[str, Any]]:
    """The fields of all answers that hold a plain value, not another shape, a code or a list of them."""
    for shape in meanings.answers():
        for name, field in shape.model_fields.items():
            written = str(TypeAdapter(field.annotation).json_schema())
            if "$ref" not in written and "enum" not in written and "'properties'" not in written:
                yield f"{shape.__name__}.{name}", field


def test_every_field_of_a_plain_value_has_an_example_of_its_type() -> None:
    found = list(fields())
    assert len(found) > 150
    for name, field in found:
        assert field.examples, name
        for example in field.examples:
            TypeAdapter(field.annotation).validate_python(example)
