import pytest

from app.queries.context import sentences_around

EVIDENCE = "陈放建议建桥。"


@pytest.mark.parametrize(
    ("before", "after", "expected_before", "expected_after"),
    [
        pytest.param("", "", [], [], id="the place is all there is"),
        pytest.param(
            "一。二！三？", "四。五。六。", ["二！", "三？"], ["四。", "五。"], id="two on each side"
        ),
        pytest.param("标题\r\n\r\n", "\r\n尾行", ["标题"], ["尾行"], id="line ends part sentences"),
        pytest.param("　　他说。 ", "　再见。", ["他说。"], ["再见。"], id="blanks around belong to none"),
        pytest.param("“行吗？”“好。”", "", ["“行吗？”", "“好。”"], [], id="closing quotes stay"),
        pytest.param("", "”他又说。", [], ["他又说。"], id="what closes the place itself is left out"),
        pytest.param("——\n……\n", "***", [], [], id="lines without letters are none"),
        pytest.param("增长3.5%。", "", ["增长3.5%。"], [], id="a decimal point ends nothing"),
        pytest.param("真的?!", "", ["真的?!"], [], id="half-width marks"),
        pytest.param("本报讯 ", "", ["本报讯"], [], id="the rest of its own sentence counts as one"),
        pytest.param("𠮷野说。", "", ["𠮷野说。"], [], id="a character beyond the basic plane is one"),
    ],
)
def test_the_sentences_before_and_after_a_place(
    before: str, after: str, expected_before: list[str], expected_after: list[str]
) -> None:
    text = before + EVIDENCE + after
    around = sentences_around(text, len(before), len(before) + len(EVIDENCE))
    assert [each["text"] for each in around["before"]] == expected_before
    assert [each["text"] for each in around["after"]] == expected_after
    for each in around["before"] + around["after"]:
        start, end = each["span"]
        assert text[start:end] == each["text"]
