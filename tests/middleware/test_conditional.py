import pytest

from app.database import make_engine
from app.main import create_app
from app.settings import Settings
from tests.builders import Library
from tests.databases import Databases
from tests.routers.conftest import fill
from tests.web import TestClient

PROPOSALS = "/api/v1/proposals"
PATHS = [PROPOSALS, "/api/v1/themes/5g", "/api/v1/regions?level=province", "/api/v1/"]


def tag_of(client: TestClient, url: str = PROPOSALS, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    tag: str = answer.headers["etag"]
    return tag


@pytest.mark.parametrize("url", PATHS)
def test_who_has_the_answer_gets_no_second_one(client: TestClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-type" not in again.headers
    for name in ("etag", "cache-control"):
        assert again.headers[name] == first.headers[name]


def test_tags_are_weak_as_the_bytes_may_be_compressed_or_not(client: TestClient) -> None:
    tag = tag_of(client)
    assert tag.startswith('W/"')
    assert tag_of(client, **{"Accept-Encoding": "identity"}) == tag


def test_the_tag_stays_while_nothing_is_written(client: TestClient) -> None:
    assert tag_of(client) == tag_of(client)


def test_the_tag_is_another_after_a_change(client: TestClient, library: Library) -> None:
    before = tag_of(client)
    library.article()
    answer = client.get(PROPOSALS, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before


def test_what_was_rolled_back_changes_no_tag(client: TestClient, library: Library) -> None:
    before = tag_of(client)
    with library.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE theme SET name_en = 'other'")
        connection.rollback()
    assert tag_of(client) == before


def test_an_import_that_changed_nothing_changes_no_tag(client: TestClient, library: Library) -> None:
    before = tag_of(client)
    with library.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO import_run (started_at, extractor_version, counts) VALUES ('2020-10-22', '1', '{}')"
        )
    assert tag_of(client) == before


@pytest.mark.parametrize("path", ["imports", "imports/1", "imports/1/outcomes", "coverage", "export.zip"])
def test_what_tells_of_imports_has_another_tag_after_each(
    client: TestClient, library: Library, path: str
) -> None:
    library.imported()
    before = tag_of(client, f"/api/v1/{path}")
    assert tag_of(client, f"/api/v1/{path}") == before
    library.imported()
    assert tag_of(client, f"/api/v1/{path}") != before


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        pytest.param(f"{PROPOSALS}?limit=5", {}, id="query"),
        pytest.param("/api/v1/articles", {}, id="address"),
        pytest.param(PROPOSALS, {"Accept": "text/csv"}, id="accepted type"),
    ],
)
def test_other_answers_have_other_tags(client: TestClient, url: str, headers: dict[str, str]) -> None:
    assert tag_of(client, url, **headers) != tag_of(client)


def test_the_accepted_type_is_named_as_what_the_answer_varies_with(client: TestClient) -> None:
    tag = tag_of(client)
    for answer in (client.get(PROPOSALS), client.get(PROPOSALS, headers={"If-None-Match": tag})):
        assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize(
    "form", ['"other", {}', '{},W/"other"', "*", "strong"], ids=["last", "first", "any", "strong"]
)
def test_every_form_of_the_header_is_understood(client: TestClient, form: str) -> None:
    tag = tag_of(client)
    known = tag.removeprefix("W/") if form == "strong" else form.format(tag)
    answer = client.get(PROPOSALS, headers={"If-None-Match": known})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_any_answer_gets_nothing_of_a_file(
    client: TestClient, library: Library, encoding: str
) -> None:
    library.proposal(library.article())
    headers = {"If-None-Match": "*", "Accept-Encoding": encoding}
    with client.stream("GET", f"{PROPOSALS}?format=csv", headers=headers) as answer:
        raw = b"".join(answer.iter_raw())
    assert (answer.status_code, raw) == (304, b"")
    assert "content-encoding" not in answer.headers
    assert sorted(answer.headers["vary"].split(", ")) == ["Accept", "Accept-Encoding", "Origin"]


@pytest.mark.parametrize("known", ['"other"', 'W/"', '""', "nothing", '"e"'])
def test_a_tag_of_something_else_is_answered_in_full(client: TestClient, known: str) -> None:
    assert client.get(PROPOSALS, headers={"If-None-Match": known}).status_code == 200


def test_what_is_not_there_has_no_tag_whatever_the_client_has(client: TestClient) -> None:
    for path, status in (("/api/v1/themes/6g", 404), (f"{PROPOSALS}?them=5g", 422)):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code == status
        assert "etag" not in answer.headers
        assert answer.json()["status"] == status


def test_what_is_no_data_has_no_tag(client: TestClient) -> None:
    for path in ("/healthz", "/readyz", "/openapi.json"):
        assert "etag" not in client.get(path).headers


def test_a_known_answer_is_not_looked_up(client: TestClient, library: Library) -> None:
    tag = tag_of(client)
    with library.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE proposal_theme")
        connection.exec_driver_sql("ALTER TABLE proposal RENAME TO hidden")
    assert client.get(PROPOSALS, headers={"If-None-Match": tag}).status_code == 304


def test_two_servers_on_one_database_give_the_same_tag(client: TestClient, settings: Settings) -> None:
    with TestClient(create_app(settings)) as other:
        assert tag_of(other) == tag_of(client)


def test_a_copy_that_went_its_own_way_has_other_tags(settings: Settings, databases: Databases) -> None:
    copied = settings.model_copy(update={"database_url": databases.filled(fill)})
    assert tag_after_a_change(settings) != tag_after_a_change(copied)


def tag_after_a_change(settings: Settings) -> str:
    engine = make_engine(settings.database_url)
    Library(engine).article()
    engine.dispose()
    with TestClient(create_app(settings)) as client:
        return tag_of(client)
