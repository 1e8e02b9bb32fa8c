"""Searching: what contains the words is found and nothing else, and the answer shows where they stand."""

from typing import Any

import pytest

from tests.builders import Library
from tests.web import TestClient

TEXTS = [
    "建议共建西部科学城，设立基金。",
    "建議共建西部科學城，設立基金會。",
    "应加快５Ｇ网络覆盖，5g 基站先行。",
    "100%完成_的/路",
    "重庆与四川共建一条路。",
]
WORDS = [
    "科学城",
    "科學城",
    "城",
    "基金 科学",
    "基金会",
    "5G",
    "５ｇ",
    "100%",
    "%",
    "_",
    "/",
    "路",
    "庆与",
    "无",
]


def found(client: TestClient, path: str, **filters: object) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}", params={"limit": 200, **filters})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] == len(body["items"])
    items: list[dict[str, Any]] = body["items"]
    return items


def plain(text: str) -> str:
    """What the test takes for one form of these texts."""
    changed = str.maketrans("議學設會５Ｇｇ，", "议学设会5gg,")
    return text.translate(changed).lower()


@pytest.mark.parametrize("words", WORDS)
def test_exactly_what_contains_all_words_is_found(client: TestClient, library: Library, words: str) -> None:
    article = library.article()
    for text in TEXTS:
        library.proposal(article, text=text)
    wanted = [text for text in TEXTS if all(word in plain(text) for word in plain(words).split())]
    assert sorted(item["text"] for item in found(client, "proposals", q=words)) == sorted(wanted)


@pytest.mark.parametrize("words", ["科学城", "基金 城", "5g"])
def test_a_snippet_shows_the_words_where_they_stand(client: TestClient, library: Library, words: str) -> None:
    article = library.article()
    for text in TEXTS:
        library.proposal(article, text=text)
    items = found(client, "proposals", q=words)
    assert items
    for item in items:
        snippet = item["snippet"]
        assert item["text"][snippet["start"] :].startswith(snippet["text"])
        shown = {plain(snippet["text"][start:end]) for start, end in snippet["hits"]}
        assert shown == set(words.split())


def test_a_long_text_is_shown_from_shortly_before_the_first_hit(client: TestClient, library: Library) -> None:
    library.article(text="甲" * 500 + "科学城" + "乙" * 500, title="题")
    ((item),) = found(client, "articles", q="科学城")
    snippet = item["snippet"]
    ((start, end),) = snippet["hits"]
    assert snippet["text"][start:end] == "科学城"
    assert len(snippet["text"]) < 100
    assert snippet["start"] + start == len("题\n") + 500


def test_nothing_is_marked_where_nothing_is_searched_for(client: TestClient, library: Library) -> None:
    library.proposal(library.article())
    assert [item["snippet"] for item in found(client, "proposals")] == [None]


def test_most_hits_stand_first_by_relevance_and_pages_hold_the_order(
    client: TestClient, library: Library
) -> None:
    article = library.article()
    ids = [library.proposal(article, text="路" * n + "桥") for n in (1, 3, 2, 3, 1)]
    expected = [ids[n] for n in (3, 1, 2, 4, 0)]
    assert [item["id"] for item in found(client, "proposals", q="路", sort="relevance")] == expected
    walked, address = [], "/api/v1/proposals?q=路&sort=relevance&limit=2"
    while address:
        page = client.get(address).json()
        walked += [item["id"] for item in page["items"]]
        address = page["next"]
    assert walked == expected


def test_relevance_without_words_is_refused_with_the_way_out(client: TestClient) -> None:
    answer = client.get("/api/v1/proposals?sort=relevance")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["nearest"]) == ("sort", ["-date", "date"])


def test_a_cursor_of_one_order_is_refused_by_another(client: TestClient, library: Library) -> None:
    for day in ("2020-01-01", "2021-01-01"):
        library.proposal(library.article(day))
    following = client.get("/api/v1/proposals?limit=1&sort=date").json()["next"]
    assert client.get(following).json()["items"][0]["article"]["published_on"] == "2021-01-01"
    answer = client.get(following.replace("sort=date", "sort=-date"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("name", ["陈", "陈放", "陳放", "chenfang", "Chen Fang", "fang", "cf"])
def test_people_are_found_by_a_part_of_the_name_or_as_it_is_typed(
    client: TestClient, library: Library, name: str
) -> None:
    library.person("陈放")
    library.person("郑磊")
    assert [item["name"] for item in found(client, "people", name=name)] == ["陈放"]


@pytest.mark.parametrize("name", ["henfang", "ang", "陈 放", "c_f", "%"])
def test_what_no_syllable_begins_with_finds_nobody(client: TestClient, library: Library, name: str) -> None:
    library.person("陈放")
    assert found(client, "people", name=name) == []


def test_one_search_goes_through_everything(client: TestClient, library: Library) -> None:
    article = library.article(text="西部科学城建设提速。", title="科学城")
    person, body = library.person("科学城"), library.institution("西部科学城管委会")
    proposal = library.proposal(article, [person], text="建议建设科学城。")
    metric = library.metric(article, about="科学城投资")
    answer = client.get("/api/v1/search", params={"q": "科學城"}).json()
    ids = {name: [item["id"] for item in group["items"]] for name, group in answer.items()}
    assert ids == {
        "proposals": [proposal],
        "people": [person],
        "institutions": [body],
        "metrics": [metric],
        "articles": [article],
    }
    for group in answer.values():
        assert client.get(group["all"]).json()["total"] == group["total"] == 1
        assert group["items"][0]["snippet"]["hits"]
