import json
from collections.abc import Iterator

import pytest

from tests.builders import Library
from tests.databases import Databases
from tests.web import CountSql, TestClient


@pytest.fixture
def databases(sqlite_databases: Databases) -> Iterator[Databases]:
    """SQLite alone, as no database makes a difference here."""
    yield sqlite_databases
    sqlite_databases.clear()


def test_an_article_is_cited_after_the_standard_of_2015_unless_asked_otherwise(
    client: TestClient, library: Library
) -> None:
    article = library.article(url="https://example.org/1")
    answer = client.get(f"/api/v1/articles/{article}/citation?accessed=2024-05-01")
    assert answer.text == (
        "戴娟. 政协委员建言[N/OL]. 重庆日报, 2020-10-22[2024-05-01]. https://example.org/1.\n"
    )


@pytest.mark.parametrize(
    ("style", "media_type", "start"),
    [
        ("gbt7714-2025", "text/plain; charset=utf-8", "戴娟. "),
        ("gbt7714-2015", "text/plain; charset=utf-8", "戴娟. "),
        ("bibtex", "application/x-bibtex", "@article{jianyan-"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\n"),
        ("csl-json", "application/vnd.citationstyles.csl+json", '[{"id": "jianyan-'),
    ],
)
@pytest.mark.parametrize("resource", ["articles", "proposals"])
def test_each_style_has_its_media_type(
    client: TestClient, library: Library, resource: str, style: str, media_type: str, start: str
) -> None:
    article = library.article()
    cited = {"articles": article, "proposals": library.proposal(article)}[resource]
    answer = client.get(f"/api/v1/{resource}/{cited}/citation?style={style}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content.decode().startswith(start)


def test_a_proposal_is_cited_by_its_article_with_speaker_posts_and_sentence(
    client: TestClient, library: Library
) -> None:
    article = library.article()
    chen, body = library.person("陈放"), library.institution("四川省政协")
    library.position(article, chen, body, "副主席")
    proposal = library.proposal(article, [chen], text="陈放建议设立基金。")
    (item,) = json.loads(client.get(f"/api/v1/proposals/{proposal}/citation?style=csl-json").text)
    assert (item["title"], item["author"]) == ("政协委员建言", [{"literal": "戴娟"}])
    assert item["note"] == "发言人：陈放（四川省政协副主席）。建言原文：陈放建议设立基金。"


def test_the_key_depends_on_the_text_and_not_on_ids(client: TestClient, library: Library) -> None:
    library.article()
    article = library.article(sha256="f" * 64)
    key = json.loads(client.get(f"/api/v1/articles/{article}/citation?style=csl-json").text)[0]["id"]
    assert key == "jianyan-ffffffffffff"


@pytest.mark.parametrize(
    ("query", "field", "nearest"),
    [
        pytest.param("style=bibtext", "style", ["bibtex"], id="style"),
        pytest.param(
            "style=GB/T 7714-2015", "style", ["gbt7714-2015", "gbt7714-2025"], id="the written name"
        ),
        pytest.param("styl=ris", "styl", ["style"], id="parameter"),
        pytest.param("accessed=yesterday", "accessed", [], id="date"),
    ],
)
@pytest.mark.parametrize("resource", ["articles", "proposals"])
def test_what_is_unknown_is_refused_with_the_nearest_known(
    client: TestClient, library: Library, resource: str, query: str, field: str, nearest: list[str]
) -> None:
    library.proposal(library.article())
    answer = client.get(f"/api/v1/{resource}/1/citation?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    (error,) = answer.json()["errors"]
    assert (error["field"], error["nearest"]) == (field, nearest)


@pytest.mark.parametrize(("resource", "name"), [("articles", "article"), ("proposals", "proposal")])
def test_what_is_not_there_cannot_be_cited(client: TestClient, resource: str, name: str) -> None:
    answer = client.get(f"/api/v1/{resource}/7/citation")
    assert (answer.status_code, answer.json()["detail"]) == (404, f"no {name} with id 7")


@pytest.mark.parametrize(
    ("resource", "statements"),
    [
        pytest.param("articles", 1, id="article: row"),
        pytest.param("proposals", 4, id="proposal: row, speakers, tags, article"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, library: Library, counted_sql: CountSql, resource: str, statements: int
) -> None:
    library.proposal(library.article())
    with counted_sql() as sql:
        assert client.get(f"/api/v1/{resource}/1/citation").status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)
    assert not any("article.text" in statement for statement in sql)
