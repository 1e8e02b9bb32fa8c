import pytest

from app.errors import SourceError
from app.importers.encodings import MOST_BYTES, MOST_CHARACTERS, decode

TEXT = "重庆市科技局说，将与四川合作，下一步建设西部科学城。\n"
TRADITIONAL = "粵港澳大灣區建設會議昨日舉行，與會代表建議加快發展，並在年內提出方案。\n"
LONG = TEXT * 6


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le with mark", "utf-16-be with mark"],
)
def test_each_encoding_that_chinese_news_is_in_is_read(encoding: str) -> None:
    name, _, mark = encoding.partition(" ")
    assert decode((("\ufeff" if mark else "") + TEXT).encode(name), "a") == TEXT


def test_big5_is_told_from_gb18030_although_it_would_pass_as_that() -> None:
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030") != TRADITIONAL
    assert decode(data, "a") == TRADITIONAL


def test_characters_of_hong_kong_are_read_as_big5() -> None:
    text = "深圳與香港嘅代表話，啲企業喺前海發展，建議兩地合作。"
    assert decode(text.encode("big5hkscs"), "a") == text


@pytest.mark.parametrize("declared", ["GB2312", "gbk", "big5", "utf-8", "latin-1", "no-such", "", None])
def test_a_declared_encoding_that_is_wrong_is_not_believed(declared: str | None) -> None:
    assert decode(LONG.encode(), "a", declared) == LONG
    assert decode(LONG.encode("gbk"), "a", declared) == LONG
    assert decode(TRADITIONAL.encode("big5"), "a", declared) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "big5"])
def test_what_begins_with_scripts_is_known_by_the_words_behind_them(encoding: str) -> None:
    text = f"<script>{'let x = 1;' * 5_000}</script>{TRADITIONAL if encoding == 'big5' else TEXT}"
    assert decode(text.encode(encoding), "a", encoding) == text
    assert decode(text.encode(encoding), "a") == text


def test_utf_16_without_a_mark_is_read_where_it_is_declared() -> None:
    assert decode(TEXT.encode("utf-16-be"), "a", "UTF-16BE") == TEXT


def test_characters_are_stored_as_they_were_written() -> None:
    text = "⽼⼯业基地５Ｇ建设，（一）ＡＩ的发展１０％。"
    assert decode(text.encode(), "a") == text


GARBLED = {
    "UTF-8 read as GBK": LONG.encode().decode("gb18030", "replace"),
    "GBK read as Big5": LONG.encode("gbk").decode("big5", "replace"),
    "UTF-8 read as Latin-1": LONG.encode().decode("latin-1"),
    "UTF-8 read as Windows-1252": LONG.encode().decode("cp1252", "replace"),
    "Big5 read as GBK": (TRADITIONAL * 9).encode("big5").decode("gb18030", "replace"),
    "replaced twice": "锟斤拷锟斤拷" + LONG,
}


@pytest.mark.parametrize("text", GARBLED.values(), ids=GARBLED.keys())
def test_what_was_saved_after_it_was_wrongly_read_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"garbled|control characters"):
        decode(text.encode(), "a")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(TEXT.encode("utf-16")[:-1], "damaged UTF-16", id="half a character at the end"),
        pytest.param(b"\xff\xfe\x00\xd8a\x00", "damaged UTF-16", id="half a surrogate pair"),
        pytest.param(TEXT.encode("utf-32"), "control characters", id="utf-32"),
        pytest.param(
            "\ud800建议。".encode("utf-8", "surrogatepass"), "none of UTF-8", id="surrogate in UTF-8"
        ),
        pytest.param("\u009b建议。".encode(), "control characters", id="control character beyond ASCII"),
        pytest.param("建" * (MOST_CHARACTERS + 1), "longer than 2,000,000 characters", id="long"),
        pytest.param(b"a" * (MOST_BYTES + 1), "longer than 2,000,000 characters", id="long in bytes"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_reason(data: bytes | str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode(data.encode() if isinstance(data, str) else data, "a")


def test_the_longest_article_is_read() -> None:
    assert len(decode(("建" + "的" * (MOST_CHARACTERS - 1)).encode(), "a")) == MOST_CHARACTERS
