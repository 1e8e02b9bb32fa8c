"""Words: those of jieba, asked for by the places between them."""

import math
from pathlib import Path

import jieba
import pytest

from app.extraction.tokens import Segmenter, Words

TEXTS = [
    pytest.param("建议加快推进成渝地区双城经济圈建设", id="words of the dictionary"),
    pytest.param("罗明刚呼吁,阿不都热依木·托合提率先发言", id="names the dictionary lacks"),
    pytest.param("中华人民共和国全国人民代表大会常务委员会组织法", id="words longer than four characters"),
    pytest.param("到2025年,5G基站超过3.5万个(GDP增长6.1%)", id="numbers, Latin letters and marks"),
    pytest.param("龘靐齉", id="characters the dictionary lacks"),
    pytest.param("和平区平和县", id="words that overlap"),
    pytest.param("", id="nothing"),
]


@pytest.fixture(scope="module")
def plain(jieba_cache: Path) -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(jieba_cache)
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_are_those_of_jieba(plain: jieba.Tokenizer, text: str) -> None:
    for start in range(len(text) + 1):
        assert Segmenter.cut(text[start:]) == list(plain.cut(text[start:]))


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_the_whole_text_fill_it(text: str) -> None:
    assert [word for _, word in Words(text).between(0, len(text))] == Segmenter.cut(text)


def test_words_are_told_with_their_places_in_the_text() -> None:
    assert Words("我们建议加快建设").between(2, 6) == [(2, "建议"), (4, "加快")]


def test_a_stretch_that_ends_inside_a_word_is_cut_by_itself() -> None:
    words = Words("我校党委")
    assert words.between(0, 4) == [(0, "我"), (1, "校党委")]
    assert words.between(0, 2) == [(0, "我校")]


def test_a_word_crosses_the_places_inside_of_it_only() -> None:
    words = Words("我们建议")
    assert [place for place in range(5) if words.cross(place)] == [1, 3]


def test_the_word_around_a_place_is_told_with_its_own_place() -> None:
    words = Words("我们建议")
    assert [words.around(place) for place in range(5)] == [[], [(0, "我们")], [], [(2, "建议")], []]


def test_the_beginning_of_a_word_is_no_word() -> None:
    assert Segmenter.knows("双城记")
    assert not Segmenter.knows("中华人民共和")


def test_the_frequency_of_a_word_is_its_share_of_all(segmenter: Segmenter, plain: jieba.Tokenizer) -> None:
    plain.initialize()
    share = plain.FREQ["建议"] / plain.total
    assert segmenter.log_frequency("建议") == pytest.approx(math.log(share))
    assert segmenter.log_frequency("齉靐") == pytest.approx(-math.log(plain.total))


def test_the_best_path_is_the_likeliest_of_all(segmenter: Segmenter) -> None:
    words = ("建议", "加快")
    assert segmenter.best_path("建议加快") == pytest.approx(sum(map(segmenter.log_frequency, words)))
    assert segmenter.best_path("") == 0.0
