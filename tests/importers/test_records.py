import json
from datetime import date

import pytest

from app.errors import SourceError
from app.importers.records import read

TEXT = "河南省政协委员禹小满建议，与陕西共建黄河文化公园。"


def record(**given: object) -> bytes:
    return json.dumps({"text": TEXT, **given}).encode()


def test_a_record_tells_of_its_article() -> None:
    raw = read(
        record(
            title="豫陕 合作\n",
            source="某报",
            published_on="2023-05-08",
            url="https://a.example/1",
            bylines=["禹一"],
        ),
        "news.jsonl:1",
    )
    assert (raw.text, raw.name, raw.title, raw.source) == (TEXT, "news.jsonl:1", "豫陕 合作", "某报")
    assert (raw.published_on, raw.url, raw.bylines) == (date(2023, 5, 8), "https://a.example/1", ("禹一",))


@pytest.mark.parametrize("key", ["published_on", "date", "publish_date", "pub_date", "publishedAt"])
def test_a_day_goes_by_several_names(key: str) -> None:
    assert read(record(**{key: "2023-05-08T10:21:00Z"}), "a").published_on == date(2023, 5, 8)


@pytest.mark.parametrize(
    "given",
    [
        {"author": "禹一、禹二"},
        {"authors": ["禹一", "禹二"]},
        {"bylines": ["禹一 ", "禹二"], "author": "甲乙"},
    ],
)
def test_authors_go_by_several_names(given: dict[str, object]) -> None:
    assert read(record(**given), "a").bylines == ("禹一", "禹二")


def test_what_is_null_or_unknown_says_nothing() -> None:
    raw = read(record(title=None, date=None, author=None, id=17, tags={"a": []}), "a")
    assert (raw.title, raw.published_on, raw.bylines) == (None, None, ())


def test_a_record_may_hold_a_page_of_which_it_knows_better() -> None:
    head = "<meta charset='gbk'><title>甲地与乙地的合作</title>"
    page = f"<html><head>{head}</head><body><p>{TEXT * 2}</p></body></html>"
    raw = read(json.dumps({"html": page, "source": "某报"}).encode(), "a")
    assert (raw.title, raw.source) == ("甲地与乙地的合作", "某报")
    assert TEXT in raw.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b'{"text": "a"', "is no valid JSON: .* at character 13", id="broken"),
        pytest.param(b'["text"]', "is no JSON object", id="a list"),
        pytest.param(b'"text"', "is no JSON object", id="a string"),
        pytest.param(b'{"a":[' * 50_000, "is nested too deep", id="deep"),
        pytest.param(b'{"text": ' + b"7" * 5000 + b"}", "number too long", id="long number"),
        pytest.param(b'{"title": "a"}', "text is missing", id="no text"),
        pytest.param(record(text=None), "text is missing", id="null"),
        pytest.param(record(text=""), "is empty", id="empty text"),
        pytest.param(record(text=17), "text must be a text in quotes, and it is a number", id="a number"),
        pytest.param(
            record(text=["a"]), "text must be a text in quotes, and it is a list", id="list as text"
        ),
        pytest.param(record(title={}), "title must be a text in quotes, and it is an object", id="title"),
        pytest.param(
            record(date="2023-02-30"), "date: '2023-02-30' is no date; write it as", id="30 February"
        ),
        pytest.param(
            record(published_on=20230508), "published_on must be a text in quotes", id="day as number"
        ),
        pytest.param(record(authors=[1]), "authors must be a list of names", id="names"),
        pytest.param(record(author=True), "author must be a list of names", id="names of no kind"),
        pytest.param(record(text="建议\ud800。"), "halves of characters", id="half a character"),
        pytest.param(record(text="建议\u0000。"), "control characters", id="NUL"),
        pytest.param(json.dumps({"html": "<p>甲\udc00</p>"}).encode(), "halves of characters", id="page"),
        pytest.param(json.dumps({"html": "<p>甲</p>"}).encode(), "holds no article text", id="empty page"),
    ],
)
def test_a_record_that_is_none_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data, "news.jsonl:2")
