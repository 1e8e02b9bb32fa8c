from datetime import date

import pytest

from app.errors import SourceError
from app.importers.markdown import read

BODY = "\n重庆市科技局说,将与四川合作。\n"


def markdown(front_matter: str) -> bytes:
    return f"---\n{front_matter}---\n{BODY}".encode()


def test_front_matter_tells_of_the_article_and_stays_in_its_text() -> None:
    data = markdown(
        "title: 川渝合作:新一步\nsource: 重庆日报\npublished_on: 2020-10-22\nurl: https://example.org/a\n"
        "bylines: [戴娟, 李星婷]\n"
    )
    article = read(data, "a.md")
    assert article.text == data.decode()
    assert (article.title, article.source) == ("川渝合作:新一步", "重庆日报")
    assert (article.published_on, article.url) == (date(2020, 10, 22), "https://example.org/a")
    assert article.bylines == ("戴娟", "李星婷")


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        markdown(""),
        markdown("# a comment\n"),
        f"---\ntitle: 没有结尾\n{BODY}".encode(),
        f"{BODY}\n---\ntitle: 不在开头\n---\n".encode(),
        markdown("title:\nsource: ''\nbylines: []\npublished_on:\n"),
    ],
    ids=["none", "empty", "only a comment", "never closed", "not at the start", "empty values"],
)
def test_without_front_matter_nothing_is_told(data: bytes) -> None:
    article = read(data, "a.md")
    assert article.text == data.decode()
    told = (article.title, article.source, article.published_on, article.url, article.bylines)
    assert told == (None, None, None, None, ())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-10-22", date(2020, 10, 22)),
        ("'2020-10-22'", date(2020, 10, 22)),
        ("2020-10-22 08:30:00", date(2020, 10, 22)),
        ("20201022", date(2020, 10, 22)),
    ],
)
def test_a_date_may_be_written_in_each_of_the_usual_ways(written: str, day: date) -> None:
    assert read(markdown(f"published_on: {written}\n"), "a.md").published_on == day


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    article = read("\ufeff---\r\ntitle: 标题\r\n---\r\n正文。\r\n".encode(), "a.md")
    assert article.title == "标题"
    assert article.text == "---\r\ntitle: 标题\r\n---\r\n正文。\r\n"


def test_single_names_and_numbers_are_read_as_text() -> None:
    article = read(markdown("title: 2020\nbylines: 戴娟\n"), "a.md")
    assert (article.title, article.bylines) == ("2020", ("戴娟",))


def test_keys_of_other_tools_are_left_alone() -> None:
    assert read(markdown("tags: [a, b]\ndraft: true\n"), "a.md").title is None


def test_lines_that_stand_for_more_than_any_memory_holds_are_refused() -> None:
    bomb = "a0: &a0 {k: v}\n" + "".join(
        f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    with pytest.raises(SourceError, match="it refers to another value by"):
        read(markdown(bomb), "a.md")


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("published_on: 十月\n", "published_on: '十月' is no date; write it as 2020-10-22"),
        ("published_on: 2020-13-45\n", "front matter is not valid YAML: month must be in 1..12"),
        ("published_on: [2020]\n", "is no date"),
        ("- 甲\n- 乙\n", "must be lines of `key: value`"),
        ("正文。\n", "must be lines of `key: value`"),
        ("source: a\ntitle: 'b\n", "front matter is not valid YAML: line"),
        ("title: [甲]\n", "title must be one line of text"),
        ("bylines: [{name: 甲}]\n", "bylines must be a list of names"),
        (f"title: {'[' * 5000}\n", "front matter is not valid YAML"),
        ("title: !!int ''\n", "front matter is not valid YAML"),
        ("title: !!bool foo\n", "front matter is not valid YAML"),
        ("title: !!timestamp foo\n", "front matter is not valid YAML"),
        (f"title: 0x{'f' * 5000}\n", "title is a number too long to read; put it in quotes"),
        (f"bylines: [0x{'f' * 5000}]\n", "bylines is a number too long to read"),
        (f"published_on: 0x{'f' * 5000}\n", "published_on is a number too long to read"),
        (f"published_on: {'十月' * 500}\n", "is no date; write it as 2020-10-22"),
        (f"{'tags: a' * 3000}\n", "front matter is longer than 20,000 characters"),
        ("title: &a 甲\nsource: *a\n", "front matter is not valid YAML: line 3: it refers to another value"),
        ("title: !!python/object/apply:os.getcwd []\n", "front matter is not valid YAML: line 2"),
    ],
)
def test_bad_front_matter_is_refused_with_the_reason(front_matter: str, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(markdown(front_matter), "a.md")
    assert refused.value.source == "a.md"
    assert reason in refused.value.reason
