import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from app.database import for_writing, make_engine, migrate
from app.errors import DatabaseError
from app.main import create_app
from app.settings import REPOSITORY, Settings
from tests.web import TestClient


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    migrate(settings.database_url)
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture
def schema(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


class Addresses(HTMLParser):
    """What a page loads by its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


def addressed(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """All operations, each with its path."""
    return [(path, operation) for path, each in schema["paths"].items() for operation in each.values()]


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


def test_the_docs_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/docs").text
    assert re.findall(r"https?://[^\s\"'<]*", page) == []
    assert "//cdn" not in page


def test_all_that_the_docs_page_loads_is_served_here(client: TestClient) -> None:
    addresses = Addresses()
    addresses.feed(client.get("/docs").text)
    assert len(addresses.found) >= 3
    for address in [*addresses.found, "/openapi.json"]:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address


def test_the_docs_page_asks_no_one_to_validate_the_schema(client: TestClient) -> None:
    assert '"validatorUrl": null' in client.get("/docs").text


def test_operations_have_short_names_of_their_own(schema: dict[str, Any]) -> None:
    names = {operation["operationId"] for operation in operations(schema)}
    plurals = ["proposals", "people", "institutions", "metrics", "articles", "themes", "regions"]
    plurals += ["imports"]
    singulars = ["proposal", "person", "institution", "metric", "article", "theme", "region", "import"]
    expected = {f"list_{name}" for name in plurals} | {f"get_{name}" for name in singulars}
    writes = {"add_article", "delete_article", "merge_person", "split_person"}
    counts = {"get_matrix", "get_timeline", "search"}
    citations = {"get_article_citation", "get_proposal_citation"}
    service = {"get_index", "get_health", "get_readiness", "get_coverage"}
    service |= {"get_dictionary", "get_export"}
    mentioned = {"list_person_mentions", "list_person_statements", "list_institution_mentions"}
    mentioned |= {"list_import_outcomes"}
    assert names == expected | writes | counts | citations | service | mentioned


def test_every_parameter_and_field_is_described(schema: dict[str, Any]) -> None:
    parameters = [each for operation in operations(schema) for each in operation.get("parameters", [])]
    assert parameters
    assert [each["name"] for each in parameters if not each.get("description")] == []
    shapes = schema["components"]["schemas"]
    fields = [
        (name, field, text)
        for name, shape in shapes.items()
        for field, text in shape.get("properties", {}).items()
    ]
    assert [(name, field) for name, field, text in fields if "description" not in text] == []


def test_no_schema_is_anonymous(schema: dict[str, Any]) -> None:
    assert [name for name in schema["components"]["schemas"] if not name.isalpha()] == []


def test_every_operation_declares_its_errors_as_problems(schema: dict[str, Any]) -> None:
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for path, operation in addressed(schema):
        failures = {status: each for status, each in operation["responses"].items() if status >= "400"}
        assert failures.keys() == failures_of(path, operation)
        assert all(each["content"] == {"application/problem+json": reference} for each in failures.values())


def failures_of(path: str, operation: dict[str, Any]) -> set[str]:
    """The statuses an operation must declare, by what it is."""
    own = {"add_article": {"415"}, "merge_person": {"409"}, "split_person": {"409"}}
    written = {"400", "401", "403", "408", "413"} if "security" in operation else set()
    named = {"404"} if "{" in path else set()
    return {"414", "422", "429", "503"} | own.get(operation["operationId"], set()) | written | named


def test_all_that_writes_needs_a_key_and_nothing_else_does(schema: dict[str, Any]) -> None:
    keyed = {(path, method) for path, each in schema["paths"].items() for method in each if method != "get"}
    assert len(keyed) == 4
    for path, each in schema["paths"].items():
        for method, operation in each.items():
            assert ("security" in operation) == ((path, method) in keyed), (path, method)
    assert schema["components"]["securitySchemes"]["ApiKey"]["name"] == "X-API-Key"


def test_answers_have_no_field_that_may_be_missing(schema: dict[str, Any]) -> None:
    for name, shape in schema["components"]["schemas"].items():
        if "properties" in shape and not name.endswith("Input"):
            assert set(shape["required"]) == set(shape["properties"]), name


def test_tags_stand_in_the_order_a_newcomer_reads(schema: dict[str, Any]) -> None:
    declared = [tag["name"] for tag in schema["tags"]]
    assert declared[0] == "proposals"
    assert {tag for operation in operations(schema) for tag in operation["tags"]} == set(declared)


def test_the_schema_stays_the_same_however_often_it_is_asked_for(client: TestClient) -> None:
    first = client.get("/openapi.json").text
    assert client.get("/openapi.json").text == first
    assert json.loads(first)["openapi"].startswith("3.")


def test_the_index_leads_to_every_list_and_the_docs(client: TestClient) -> None:
    index = client.get("/api/v1/").json()
    asked = {"search": {"q": "川"}, "matrix": {"rows": "theme", "columns": "kind"}}
    assert len(index) == 15
    for name, address in index.items():
        assert client.get(address, params=asked.get(name)).status_code == 200, address


def test_the_health_check_answers(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_making_the_application_touches_no_database(settings: Settings, tmp_path: Path) -> None:
    create_app(settings)
    assert list(tmp_path.iterdir()) == []


def start(settings: Settings) -> None:
    with TestClient(create_app(settings)):
        pass


def test_a_database_that_was_never_migrated_is_refused_with_the_way_out(settings: Settings) -> None:
    with pytest.raises(DatabaseError, match=r"jianyan\.db was never migrated .* start with scripts/serve"):
        start(settings)


def test_a_database_of_another_version_is_refused(settings: Settings) -> None:
    migrate(settings.database_url)
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    with pytest.raises(DatabaseError, match="is at revision 0000 and this version needs"):
        start(settings)


def test_two_applications_in_one_process_keep_to_their_own_databases(tmp_path: Path) -> None:
    both = [Settings(data_dir=tmp_path / name) for name in ("a", "b")]
    for each in both:
        migrate(each.database_url)
    with TestClient(create_app(both[0])) as first, TestClient(create_app(both[1])) as second:
        engines = {client.app.state.reader.engine.url for client in (first, second)}
    assert len(engines) == 2


def test_a_database_whose_lists_an_older_version_made_is_refused_with_the_way_out(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    migrate(engine)
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql("UPDATE data_version SET version = '0' WHERE part = 'postings'")
    engine.dispose()
    with pytest.raises(DatabaseError, match="is to be made ready; start with scripts/serve"):
        start(settings)


@pytest.mark.parametrize(
    ("module", "is_loaded"), [("app.main", False), ("app.store.findings", True), ("app.store.merges", True)]
)
def test_the_dictionary_of_pinyin_is_loaded_by_who_writes_names_before_they_lock_the_database(
    module: str, is_loaded: bool
) -> None:
    program = f"import sys, {module}; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY)
    assert done.stdout.strip() == str(is_loaded), done.stderr
