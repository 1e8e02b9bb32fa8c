"""What rules are made of: patterns that mean the words they were made from."""

import re

import pytest

from app.extraction.rules import Anchored, alternation, compile_any

WORDS = ["建议", "建设", "建设性", "建", "呼吁", "局", "(试行)", "+"]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_found_and_nothing_more(word: str) -> None:
    found = re.compile(alternation(WORDS)).search(f"在{word}在")
    assert found is not None
    assert found[0] == word


def test_the_longest_word_is_taken() -> None:
    assert re.findall(alternation(WORDS), "建设性建议建立") == ["建设性", "建议", "建"]


def test_a_shorter_word_is_taken_where_the_rest_asks_for_it() -> None:
    assert re.fullmatch(rf"(?:{alternation(WORDS)})性", "建设性")


def test_no_words_are_found_nowhere() -> None:
    assert re.search(alternation([]), "建议") is None


def test_an_anchored_pattern_is_found_where_a_plain_search_finds_it() -> None:
    words, pattern = ("主任", "副主任", "任"), "(?:副?主任|任)+[甲乙]"
    text = "主任,副主任甲任主任乙任"
    found = [match.span() for match in Anchored(words, pattern).finditer(text)]
    assert found == [match.span() for match in re.finditer(pattern, text)] == [(3, 7), (7, 11)]


@pytest.mark.parametrize(
    ("patterns", "text"),
    [
        pytest.param(["(?<!供)应(?!用)", "可以?请"], "供应的,应当可请", id="behind a lookaround"),
        pytest.param(["(?:我|他)们", "[一二]年"], "我年他们二年", id="with a choice"),
        pytest.param(["(?:^|[,;])将", "拟"], "将军将,将拟", id="where the beginning cannot be told"),
        pytest.param(["(?:两)?省", "a*市"], "两省市aa市", id="with what may be missing"),
    ],
)
def test_any_of_several_patterns_is_found_where_a_plain_search_finds_it(
    patterns: list[str], text: str
) -> None:
    found = [match.start() for match in compile_any(patterns).finditer(text)]
    assert found == [match.start() for match in re.finditer("|".join(patterns), text)]
    assert found
