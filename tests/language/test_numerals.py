import pytest

from app.language.numerals import parse_number

NUMBERS = [
    pytest.param("7", 7, id="a digit"),
    pytest.param("1,936", 1936, id="a thousands comma"),
    pytest.param("1.4万", 14_000, id="a decimal with 万"),
    pytest.param("2000亿", 200_000_000_000, id="亿"),
    pytest.param("1.2万亿", 1_200_000_000_000, id="万亿"),
    pytest.param("3千万", 30_000_000, id="千万 behind a digit"),
    pytest.param("八", 8, id="a Chinese digit"),
    pytest.param("十", 10, id="十 alone"),
    pytest.param("十二", 12, id="十 first is ten"),
    pytest.param("二十", 20, id="a full ten"),
    pytest.param("三百二十", 320, id="hundreds and tens"),
    pytest.param("一千零五", 1005, id="零 fills a place"),
    pytest.param("两千亿", 200_000_000_000, id="两 for two"),
    pytest.param("三点五万", 35_000, id="a decimal in words"),
    pytest.param("三万五千", 35_000, id="万 and what follows"),
    pytest.param("一亿二千万", 120_000_000, id="亿 and 万"),
    pytest.param("二〇二五", 2025, id="digits read out one by one"),
    pytest.param("半", 0.5, id="half"),
    pytest.param("百", 100, id="百 alone"),
    pytest.param("十万", 100_000, id="十 before 万"),
    pytest.param("零", 0, id="zero"),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_has_its_value(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "数", "十几", "点", "五个", "A1", "亿", "一万一万", "亿" * 2000])
def test_what_is_no_plain_number_has_none(text: str) -> None:
    assert parse_number(text) is None
