"""What rules are made of: patterns that mean the words they were made from."""

import re

import pytest

from app.extraction.rules import Anchored, alternation

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
