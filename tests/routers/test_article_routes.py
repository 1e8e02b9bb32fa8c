from hashlib import sha256

import pytest

from tests.builders import Library
from tests.web import CountSql, TestClient

URL = "/api/v1/articles"
TEXT = "川渝两地\r\n政协委员建言\u3000𠮷"


def listed(client: TestClient, **filters: object) -> list[int]:
    return [item["id"] for item in client.get(URL, params=filters).json()["items"]]


def test_an_article_is_answered_with_its_text_untouched_and_its_findings_counted(
    client: TestClient, library: Library
) -> None:
    article = library.article(
        text=TEXT,
        sha256=sha256(TEXT.encode()).hexdigest(),
        url="https://example.org/1",
        page_sha256="ab" * 32,
    )
    person, body = library.person("陈放"), library.institution("四川省政协")
    for name in ("陈放", "陈委员"):
        library.mention(article, person, name)
    library.mention(article, body, "四川省政协")
    library.proposal(article)
    library.metric(article)
    library.metric(article)
    library.proposal(library.article())
    assert client.get(f"{URL}/{article}").json() == {
        "id": article,
        "title": "政协委员建言",
        "source": "重庆日报",
        "published_on": "2020-10-22",
        "url": "https://example.org/1",
        "bylines": ["戴娟"],
        "extractor_version": "1",
        "imported_at": "2020-10-23T08:30:00Z",
        "text": TEXT,
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "page_sha256": "ab" * 32,
        "same_text_as": None,
        "counts": {"proposals": 1, "metrics": 2, "people": 1, "institutions": 1},
        "findings": None,
        "same_text": None,
    }


def test_a_list_shows_all_but_text_digest_and_counts(client: TestClient, library: Library) -> None:
    library.article(None, title=None, source=None)
    (item,) = client.get(URL).json()["items"]
    detail = client.get(f"{URL}/{item['id']}").json()
    assert detail.keys() - item.keys() == {
        "text",
        "sha256",
        "page_sha256",
        "counts",
        "findings",
        "same_text",
    }
    assert (item["title"], item["source"], item["published_on"]) == (None, None, None)


def test_articles_are_filtered_by_source_and_date_and_stand_newest_first(
    client: TestClient, library: Library
) -> None:
    early = library.article("2020-05-26", source="四川日报")
    undated = library.article(None)
    late = library.article("2023-03-06")
    same_day = library.article("2023-03-06", source="新华社")
    assert listed(client) == [same_day, late, early, undated]
    assert listed(client, source="重庆日报") == [late, undated]
    assert listed(client, source=["四川日报", "新华社"]) == [same_day, early]
    assert listed(client, source="无此报") == []
    assert listed(client, since="2023-03-06") == [same_day, late]
    assert listed(client, until="2020-05-26") == [early]


def test_articles_of_the_same_text_are_found_from_each_of_them(client: TestClient, library: Library) -> None:
    first = library.article("2020-05-26", source="新华社")
    second = library.article("2020-05-27", same_text_as=first)
    undated = library.article(None, same_text_as=first)
    of_second = library.article("2020-05-28", source="新华社", same_text_as=second)
    library.article(same_text_as=library.article())
    assert listed(client, same_text_as=first) == [of_second, second, undated]
    assert listed(client, same_text_as=second) == [of_second, first, undated]
    assert listed(client, same_text_as=undated) == [of_second, second, first]
    assert listed(client, same_text_as=first, source="新华社") == [of_second]
    assert listed(client, same_text_as=undated, since="2020-05-27", sort="date") == [second, of_second]
    assert listed(client, same_text_as=first, q="建设") == [of_second, second, undated]
    assert listed(client, same_text_as=2**62) == []


def test_an_article_tells_the_earliest_of_its_text_in_lists_too(client: TestClient, library: Library) -> None:
    first = library.article("2020-05-26")
    second = library.article("2020-05-27", same_text_as=first)
    items = client.get(URL).json()["items"]
    assert [(item["id"], item["same_text_as"]) for item in items] == [(second, first), (first, None)]
    assert client.get(f"{URL}/{second}").json()["same_text_as"] == first
    facets = client.get(URL, params={"same_text_as": first, "facets": "year"}).json()["facets"]
    assert facets["year"] == [{"value": "2020", "label": "2020", "count": 1}]


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        pytest.param(URL, 3, id="list with its number, keys, rows"),
        pytest.param(f"{URL}?same_text_as=1", 5, id="and which, and their number"),
        pytest.param(f"{URL}/1", 3, id="row, text, counts"),
    ],
)
def test_the_number_of_statements(
    client: TestClient, library: Library, counted_sql: CountSql, url: str, statements: int
) -> None:
    first = library.article()
    library.article(same_text_as=first)
    with counted_sql() as sql:
        assert client.get(url).status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)


def test_a_list_never_reads_the_texts(client: TestClient, library: Library, counted_sql: CountSql) -> None:
    library.article()
    with counted_sql() as sql:
        client.get(URL)
    assert not any("article.text" in statement for statement in sql)
