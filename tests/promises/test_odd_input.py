"""Promise: whatever stands in an address or a body is answered as the schema says, on both databases."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from app.extraction.pipeline import Extractor
from app.main import create_app
from app.settings import Settings
from tests.databases import Databases
from tests.promises.asked import check_answer, fill, new_key, raw, reads
from tests.promises.fuzzing import no_way_out
from tests.web import TestClient

ARTICLES = "/api/v1/articles"
PERSON = "/api/v1/people/1"

TEXTS = [
    *("", " ", "\0", "a\0b", "\t\n", "\u200b", "\ufeff", "\u2028", "\u3000", "\x85", "\x7f", "\x1b[31m"),
    *("null", "true", "None", "[]", "{}", "[1]", '{"$ne":1}', ",", ",,,", "a,b", "1,2"),
    *("'", '"', "''", "\\", "\\'", "%", "_", "/", "*", "?", "(", ")", "--", ";", "&", "|", "!", ":*", "<->"),
    *("a AND b", "a OR", "NOT a", "NEAR(a b)", "a* b*", "^a", "col:a", "'; DROP TABLE article; --"),
    *("-1", "0", "00", "+1", "1.0", "1_0", "0x1", "1e400", "-1e400", "nan", "inf", "١", "½", "①", "Ⅷ", "九"),
    *(str(2**31), str(2**63 - 1), str(2**63), str(2**64), "9" * 4000, "-" + "9" * 4000),
    *("0001-01-01", "9999-12-31", "0000-00-00", "2020-02-30", "2020-W43-4", "20201022", "-0001-01-01"),
    *("亿" * 2000, "一万" * 2000, "9" * 400 + "亿", "1" + "千" * 500, "一点" + "一" * 400, "-20亿", "1e16"),
    *("e\u0301" * 100, "👨\u200d👩\u200d👧", "\u202e建议", "𠮷", "ﷺ", "İ", "ß", "ſ", "ﬁ", "\ue000", "\uffff"),
    *("\U0010ffff", "Ａ１", "（四川）", "陈" * 201, "重庆" * 1000, "a b " * 60),
]
UNDECODABLE = [
    "%ED%A0%80",
    "%ED%A0%80%ED%B0%80",
    "%FF",
    "%C0%80",
    "%F4%90%80%80",
    "%B3%C2",
    "%",
    "%z",
    "%E5%9B",
]
VALUES = [*map(raw, TEXTS), *UNDECODABLE]
"""As they stand in an address: what is no text, what databases have words for, numbers beyond all bounds."""


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.filled(fill)


@pytest.fixture
def client(url: str, tmp_path: Path, extractor: Extractor) -> Iterator[TestClient]:
    key = new_key(url)
    app = create_app(Settings(data_dir=tmp_path, database_url=url, failed_keys_a_minute=1_000_000))
    with TestClient(app, raise_server_exceptions=False, headers={"X-API-Key": key}) as client, no_way_out():
        client.app.state.writer.loaded = extractor.extract  # type: ignore[attr-defined]
        yield client


@pytest.mark.parametrize("part", [30, pytest.param(1, marks=pytest.mark.long)])
def test_every_read_answers_any_value_as_its_schema_says(client: TestClient, part: int) -> None:
    """Each parameter is given one in `part` of the values, another part than the one before it."""
    answered: Counter[int] = Counter()
    turns = count()
    for read in reads(client.app.openapi()):  # type: ignore[attr-defined]
        assert check_answer(client, _whole(read.address, read.path), read.statuses) == 200, read
        for place, value in enumerate(VALUES):
            for address in read.odd(value):
                if (next(turns) + place) % part == 0:
                    answered[check_answer(client, address, _or_elsewhere(value, read.statuses))] += 1
    print(dict(answered))
    assert answered.total() >= 12_000 // part
    assert answered.keys() >= {200, 404, 422}


def _whole(address: str, path: str) -> str:
    needed = {"/api/v1/search": "?q=a", "/api/v1/stats/matrix": "?rows=theme&columns=kind"}
    return address + needed.get(path, "")


def _or_elsewhere(value: str, statuses: frozenset[int]) -> frozenset[int]:
    """A slash leads to another address, and so does nothing at all."""
    return statuses | {307, 404} if value in ("", "%2F") else statuses


BODIES = {
    "nothing": b"",
    "blank": b" ",
    "no JSON": b"text",
    "one bracket": b"{",
    "deep lists": b"[" * 100_000,
    "deep lists that close": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"text":' * 100_000,
    "a deep text": b'{"text":' + b"[" * 3000 + b"]" * 3000 + b"}",
    "null": b"null",
    "a number": b"1",
    "a list": b"[]",
    "lone surrogate": b'{"text": "\\ud800", "into": "\\ud800"}',
    "lone surrogate as a field": b'{"text": "a", "into": 2, "\\ud800": 1}',
    "NUL as a field": b'{"text": "a", "into": 2, "\\u0000": 1}',
    "no UTF-8": b'{"text": "\xff\xfe", "into": 2}',
    "surrogates in UTF-8": b'{"text": "\xed\xa0\x80", "into": 2}',
    "NaN": b'{"text": NaN, "into": NaN}',
    "Infinity": b'{"text": Infinity, "into": -Infinity}',
    "1e400": b'{"text": 1e400, "into": 1e400}',
    "beyond all ids": b'{"text": 1, "into": 9223372036854775808}',
    "more digits than numbers have": b'{"text": 1, "into": ' + b"9" * 5000 + b"}",
    "zero": b'{"text": 0, "into": 0}',
    "a truth value": b'{"text": true, "into": true}',
    "a number as a text": b'{"text": [], "into": "2"}',
    "a broken number": b'{"text": {}, "into": 2.5}',
    "null fields": b'{"text": null, "url": null, "into": null}',
    "an empty field": b'{"text": "", "into": ""}',
    "many fields": json.dumps({f"x{number}": 1 for number in range(5000)}).encode(),
}
"""Of none of them can an article or a merge be made."""


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("address", [ARTICLES, f"{PERSON}/merge"])
def test_a_body_that_is_none_is_refused_as_a_problem(client: TestClient, address: str, body: bytes) -> None:
    answer = client.post(address, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert client.get(PERSON).json()["id"] == 1


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "\xff",
        ";",
    ],
)
def test_a_body_of_another_kind_is_refused(client: TestClient, media_type: str) -> None:
    headers = {"Content-Type": media_type.encode("latin-1")}
    answer = client.post(ARTICLES, content=b'{"text": "a"}', headers=headers)
    assert answer.status_code in (415, 422), answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"


SENTENCE = "四川省政协委员陈放建议,投资"
ARTICLE_TEXTS = {
    "a figure of 400 digits": f"{SENTENCE}{'9' * 400}亿元建设科学城。",
    "a rank of 400 digits": f"{SENTENCE}建设科学城,总量居全国第{'9' * 400}位。",
    "a share of 400 digits": f"{SENTENCE}{'9' * 400}%。",
    "a number said again and again": f"{SENTENCE}{'一万' * 3000}元建设科学城。",
    "brackets that do not close": SENTENCE + "（" * 5000 + "“" * 5000 + "《" * 5000,
    "one character": "陈" * 5000 + "建议",
    "marks alone but for a word": "、" * 5000 + "建议",
    "lines": "建议\n" * 2000,
    "combining marks": "建\u0308议\u0301" * 2000,
    "emoji of several": f"{SENTENCE}👨\u200d👩\u200d👧" * 500,
    "right to left": f"\u202e{SENTENCE}科学城。\u202c",
    "outside of the basic plane": f"{SENTENCE}𠮷野家𪚥\U0010ffff。",
    "private use": f"{SENTENCE}\ue000\uf8ff建设。",
    "no characters": f"{SENTENCE}\uffff\ufffe\ufdd0建设。",
    "replacement": f"{SENTENCE}\ufffd建设。",
    "separators": f"{SENTENCE}\u2028建设\u2029\u0085科学城。",
    "quotes and backslashes": f"{SENTENCE}'\"\\''; DROP TABLE article; --建设。",
    "what a table of pieces is asked with": f'{SENTENCE}a & b | !c <-> d:* AND OR NOT "x" 建设。',
}


@pytest.mark.parametrize("text", ARTICLE_TEXTS.values(), ids=ARTICLE_TEXTS)
def test_an_odd_text_is_taken_or_refused_and_what_is_taken_can_be_read(client: TestClient, text: str) -> None:
    sent = client.post(ARTICLES, json={"text": text, "title": text[:300]})
    assert sent.status_code in (201, 422), sent.text[:300]
    if sent.status_code == 422:
        assert sent.headers["content-type"] == "application/problem+json"
        return
    body = sent.json()
    assert all(isinstance(metric["value"], float) for metric in body["metrics"])
    assert client.get(f"{ARTICLES}/{body['id']}").json()["text"] == text
    for name in ("proposals", "metrics", "people"):
        assert client.get(f"/api/v1/{name}?limit=200").status_code == 200
    assert client.get("/api/v1/export.zip").status_code == 200
    assert client.delete(f"{ARTICLES}/{body['id']}").status_code == 204


HOSTS = [
    *("[::1", "a..b", "a" * 300, "%00", "xn--0", ".", "u:p@h", "h:99999", "h:0", "example.invalid"),
    *("１２７.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "ⓛocalhost", "localhost:1"),
    *("169.254.169.254", "8.8.8.8"),
]


@pytest.mark.parametrize("host", HOSTS)
def test_an_article_at_an_odd_address_is_refused(client: TestClient, host: str) -> None:
    answer = client.post(ARTICLES, json={"url": f"http://{host}/a.txt"})
    assert answer.status_code == 422, answer.text[:300]
    assert answer.json()["type"] == "urn:jianyan:problem:refused"
