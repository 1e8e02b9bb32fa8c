import base64
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import exc, make_url

from app.database import for_writing
from app.settings import Settings
from tests.builders import Library
from tests.databases import ONLY_SQLITE
from tests.web import TestClient

PROPOSALS = "/api/v1/proposals"


def problem(client: TestClient, url: str, status: int) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"type", "title", "status", "detail", "instance", "errors"}
    assert body["status"] == status
    return body


def cursor(text: str) -> str:
    return "cursor=" + base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("query", "field", "nearest"),
    [
        pytest.param("them=5g", "them", "theme", id="parameter"),
        pytest.param("Region=四川", "Region", "region", id="parameter in other case"),
        pytest.param("theme=automotve", "theme", "automotive", id="theme"),
        pytest.param("theme=5g&theme=汽车工业", "theme", "汽车产业", id="the second of two themes"),
        pytest.param("region=四川盛", "region", "四川省", id="region"),
        pytest.param("kind=plans", "kind", "plan", id="kind"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest_known(
    client: TestClient, query: str, field: str, nearest: str
) -> None:
    body = problem(client, f"{PROPOSALS}?{query}", 422)
    (error,) = body["errors"]
    assert error["field"] == field
    assert nearest in error["nearest"]
    assert nearest in error["detail"]
    assert (body["type"], body["instance"]) == ("urn:jianyan:problem:invalid", PROPOSALS)


def test_the_parameter_that_names_an_unknown_region_is_the_one_told(client: TestClient) -> None:
    (error,) = problem(client, "/api/v1/regions?parent=无此地", 422)["errors"]
    assert error["field"] == "parent"


@pytest.mark.parametrize(
    ("url", "field"),
    [
        pytest.param(PROPOSALS, "speaker", id="a body and a name"),
        pytest.param("/api/v1/people", "name", id="part of a person's name"),
        pytest.param("/api/v1/regions", "name", id="part of a region's name"),
    ],
)
def test_a_name_filter_repeated_too_often_is_refused(client: TestClient, url: str, field: str) -> None:
    names = [f"四川省政协 陈{number}" for number in range(101)]
    assert client.get(url, params={field: names[:100]}).status_code == 200
    (error,) = problem(client, f"{url}?{urlencode({field: names}, doseq=True)}", 422)["errors"]
    assert error["field"] == field
    assert "at most 100 items" in error["detail"]


@pytest.mark.parametrize(
    ("url", "field", "value"),
    [
        pytest.param(PROPOSALS, "article", "1", id="ids"),
        pytest.param(PROPOSALS, "kind", "plan", id="kinds"),
        pytest.param("/api/v1/metrics", "unit", "元", id="units"),
        pytest.param("/api/v1/regions", "level", "bloc", id="levels"),
    ],
)
def test_any_other_filter_repeated_more_often_than_databases_count_is_refused(
    client: TestClient, url: str, field: str, value: str
) -> None:
    assert client.get(url, params={field: [value] * 1000}).status_code == 200
    (error,) = problem(client, f"{url}?{urlencode({field: [value] * 1001}, doseq=True)}", 422)["errors"]
    assert error["field"] == field


def test_a_facet_asked_for_again_and_again_is_counted_once(client: TestClient) -> None:
    assert list(client.get(f"{PROPOSALS}?{'facets=theme,kind&' * 500}").json()["facets"]) == ["theme", "kind"]


@pytest.mark.parametrize("place", [2**31, 2**63, 10**30])
def test_a_cursor_of_themes_beyond_all_places_is_refused(client: TestClient, place: int) -> None:
    (error,) = problem(client, "/api/v1/themes?" + cursor(f' [{place},"5g"]'), 422)["errors"]
    assert error["field"] == "cursor"


def test_a_parameter_like_no_other_is_answered_with_all_there_are(client: TestClient) -> None:
    assert "known are limit, cursor" in problem(client, "/api/v1/themes?zzz=1", 422)["detail"]


@pytest.mark.parametrize("query", ["q=5G&q=汽车", "limit=1&theme=5g&limit=1", "since=2020-01-01&since="])
def test_a_parameter_that_takes_one_value_is_refused_where_there_are_two(
    client: TestClient, query: str
) -> None:
    (error,) = problem(client, f"{PROPOSALS}?{query}", 422)["errors"]
    assert error["field"] == query.partition("=")[0]
    assert "give it once" in error["detail"]


def test_a_list_is_no_value_too_many(client: TestClient) -> None:
    assert client.get(f"{PROPOSALS}?theme=5g&theme=funding").status_code == 200


def test_a_detail_takes_no_parameters(client: TestClient) -> None:
    assert "takes none" in problem(client, "/api/v1/themes/5g?theme=5g", 422)["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("limit=0", "limit", id="limit too small"),
        pytest.param("limit=201", "limit", id="limit too large"),
        pytest.param("limit=all", "limit", id="limit no number"),
        pytest.param("since=2020-13-01", "since", id="no such month"),
        pytest.param("until=22.10.2020", "until", id="another way to write dates"),
        pytest.param("since=86400", "since", id="seconds"),
        pytest.param("since=2020-W43-4", "since", id="a day of a week"),
        pytest.param("until=20201022", "until", id="a date without hyphens"),
        pytest.param("article=x", "article", id="id no number"),
        pytest.param(f"article={2**63}", "article", id="id beyond what databases count"),
        pytest.param("speaker=", "speaker", id="empty"),
        pytest.param("speaker=%20", "speaker", id="blank"),
        pytest.param("speaker=a%00b", "speaker", id="NUL"),
        pytest.param("theme=%00", "theme", id="NUL in a theme"),
        pytest.param("speaker=%ED%A0%80", "speaker", id="lone surrogate"),
        pytest.param("speaker=%B3%C2", "speaker", id="GB18030"),
        pytest.param(f"speaker={'陈' * 201}", "speaker", id="too long"),
        pytest.param("cursor=x", "cursor", id="cursor of no list"),
        pytest.param("cursor=陈放", "cursor", id="cursor not in ASCII"),
        pytest.param(cursor("[1,2,3]"), "cursor", id="cursor of other length"),
        pytest.param(cursor('["2020-10-22","1"]'), "cursor", id="cursor with a text for an id"),
        pytest.param(cursor('["2020-10-22",true]'), "cursor", id="cursor with a truth value"),
        pytest.param(cursor(f"[null,{2**63}]"), "cursor", id="cursor beyond all ids"),
        pytest.param(cursor("[" * 1400), "cursor", id="cursor nested deep"),
    ],
)
def test_a_malformed_value_is_refused_by_name(client: TestClient, query: str, field: str) -> None:
    (error,) = problem(client, f"{PROPOSALS}?{query}", 422)["errors"]
    assert error["field"] == field
    assert error["detail"].startswith(f"{field}: ")


@pytest.mark.parametrize("name", [r"\u0000", r"\ud800"])
def test_a_cursor_with_an_unsearchable_name_is_refused(client: TestClient, name: str) -> None:
    (error,) = problem(client, "/api/v1/people?" + cursor(f'["{name}",1]'), 422)["errors"]
    assert error["field"] == "cursor"


@pytest.mark.parametrize("value", ["nan", "inf", "几个", "20亿元", "1e400", "亿" * 1000])
def test_a_value_that_is_no_number_is_refused(client: TestClient, value: str) -> None:
    (error,) = problem(client, f"/api/v1/metrics?value_min={value}", 422)["errors"]
    assert error["field"] == "value_min"


def test_all_malformed_values_are_told_at_once(client: TestClient) -> None:
    errors = problem(client, f"{PROPOSALS}?limit=0&since=x", 422)["errors"]
    assert {error["field"] for error in errors} == {"limit", "since"}


@pytest.mark.parametrize("resource", ["proposal", "person", "institution", "metric", "article"])
def test_an_unknown_id_is_not_found_and_named(client: TestClient, resource: str) -> None:
    plural = "people" if resource == "person" else f"{resource}s"
    body = problem(client, f"/api/v1/{plural}/{2**63 - 1}", 404)
    assert body["detail"] == f"no {resource} with id {2**63 - 1}"
    assert body["errors"] == []


@pytest.mark.parametrize(("path", "name"), [("themes/6g", "theme"), ("regions/999999", "region")])
def test_an_unknown_code_is_not_found_and_named(client: TestClient, path: str, name: str) -> None:
    body = problem(client, f"/api/v1/{path}", 404)
    assert body["detail"] == f"no {name} with id {path.split('/')[1]}"


@pytest.mark.parametrize(
    "path", [f"proposals/{2**63}", f"articles/{'9' * 5000}", "metrics/0", "people/陈放", "regions/%00"]
)
def test_a_malformed_id_is_refused(client: TestClient, path: str) -> None:
    assert len(problem(client, f"/api/v1/{path}", 422)["errors"]) == 1


def test_an_address_where_nothing_is_points_to_the_index(client: TestClient) -> None:
    assert "/api/v1/" in problem(client, "/api/v1/proposal", 404)["detail"]


def test_a_method_that_does_not_work_is_told_with_those_that_do(client: TestClient) -> None:
    answer = client.post(PROPOSALS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["type"] == "urn:jianyan:problem:not-allowed"
    assert "use GET, HEAD, OPTIONS" in answer.json()["detail"]


def test_who_asks_for_the_methods_is_told_them(client: TestClient) -> None:
    answer = client.options(PROPOSALS)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@ONLY_SQLITE  # as PostgreSQL refuses what is no JSON
def test_what_fails_unforeseen_is_told_without_its_text(client: TestClient, library: Library) -> None:
    library.article()
    with for_writing(library.engine).begin() as connection:
        connection.exec_driver_sql("UPDATE article SET bylines = 'no JSON'")
    body = problem(client, "/api/v1/articles", 500)
    assert "JSON" not in str(body)
    assert body["type"] == "urn:jianyan:problem:internal"


def test_a_database_that_cannot_be_read_is_told_without_its_address(
    client: TestClient, library: Library
) -> None:
    with for_writing(library.engine).begin() as connection:
        connection.exec_driver_sql("DROP TABLE posting_list")
    body = problem(client, "/api/v1/themes/5g", 503)
    assert "posting_list" not in str(body)
    assert body["type"] == "urn:jianyan:problem:unavailable"


@pytest.fixture
def file(client: TestClient, library: Library, settings: Settings) -> Path:
    """The file of a database that was read already, with nothing of it left in the log beside it."""
    library.article()
    assert client.get("/api/v1/articles").status_code == 200
    file = Path(str(make_url(settings.database_url).database))
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    connection.close()
    return file


READS = ["/api/v1/articles", "/api/v1/articles?format=csv", "/api/v1/export.zip", "/readyz"]


@ONLY_SQLITE
@pytest.mark.parametrize("url", READS)
def test_a_database_that_is_damaged_while_it_is_served_cannot_be_read(
    client: TestClient, file: Path, url: str
) -> None:
    page, size = 4096, file.stat().st_size
    with file.open("r+b") as damaged:  # all but the first page, by which the file is known for a database
        damaged.seek(page)
        damaged.write(b"\xff" * (size - page))
    body = problem(client, url, 503)
    assert body["type"] == "urn:jianyan:problem:unavailable"
    assert "malformed" not in str(body)


@ONLY_SQLITE
@pytest.mark.parametrize("url", READS)
def test_a_file_that_is_a_database_no_longer_cannot_be_read(client: TestClient, file: Path, url: str) -> None:
    with file.open("r+b") as damaged:
        damaged.write(b"no database " * 500)
    client.app.state.reader.engine.dispose()  # type: ignore[attr-defined]  # so that it is opened anew
    assert problem(client, url, 503)["type"] == "urn:jianyan:problem:unavailable"


def test_a_list_that_waits_too_long_for_a_connection_is_told_to_try_again(client: TestClient) -> None:
    engine = client.app.state.reader.engine  # type: ignore[attr-defined]
    engine.pool._timeout = 0.01
    taken = [engine.connect() for _ in range(engine.pool.size() + engine.pool._max_overflow)]
    assert "try again" in problem(client, "/api/v1/themes", 503)["detail"]
    for connection in taken:
        connection.close()


@pytest.mark.parametrize(
    "mistake", [exc.ProgrammingError, exc.IntegrityError, exc.DataError, exc.NotSupportedError]
)
def test_a_mistake_of_ours_is_not_blamed_on_the_database(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, mistake: type[exc.DBAPIError]
) -> None:
    def fail(*_: object) -> None:
        raise mistake("SELECT secret", None, Exception("secret"))

    monkeypatch.setattr("app.queries.resource.Resource.count", fail)
    body = problem(client, "/api/v1/themes", 500)
    assert body["type"] == "urn:jianyan:problem:internal"
    assert "secret" not in str(body)
