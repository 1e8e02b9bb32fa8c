"""Stage 3: sentences. Each pair is a paragraph written as the sentences it should fall into."""

import pytest

from app.extraction.clean import Cleaner
from app.extraction.reading import build_document
from app.extraction.sentences import split_sentences

PARAGRAPHS = [
    pytest.param(["钱从哪里来?", "人往哪里去?", "两县都在算账。"], id="question marks end sentences"),
    pytest.param(
        ["“先修路。”", "村支书说,路通了茶才卖得动。"], id="the closing quote belongs to the sentence"
    ),
    pytest.param(
        ["“账要一起算!”", "“人要一起派!”", "会场响起掌声。"], id="two quotations in a row are two sentences"
    ),
    pytest.param(
        ["会上印发了《路修到哪里?茶卖到哪里?》一文。", "大家边看边议。"],
        id="a mark inside a title ends nothing",
    ),
    pytest.param(
        ["界桥全长310米(引桥未计。见附图),年底通车。", "车辆免费通行。"],
        id="a mark inside brackets ends nothing",
    ),
    pytest.param(["路修好了;桥也架起来了。", "茶农很高兴。"], id="a semicolon ends no sentence"),
    pytest.param(["增速是6.5%。", "比去年快0.3个百分点。"], id="a decimal point ends nothing"),
    pytest.param(["真的吗?!", "真的。"], id="two marks end one sentence"),
    pytest.param(["一要快,二要稳,三要让大家都看得见"], id="a paragraph without a mark is one sentence"),
    pytest.param(["他说:“路要修。", "桥要架。”", "众人称是。"], id="a quotation of two sentences is two"),
    pytest.param(
        ["(此件公开发布。)", "文件到此为止。"], id="a bracket that closes behind the mark belongs to it"
    ),
]


def sentences_of(text: str, cleaner: Cleaner) -> list[str]:
    document = build_document(text, cleaner.lines(text))
    return [document.text[s.start : s.end] for s in split_sentences(document)]


@pytest.mark.parametrize("sentences", PARAGRAPHS)
def test_a_paragraph_falls_into_its_sentences(cleaner: Cleaner, sentences: list[str]) -> None:
    assert sentences_of("".join(sentences), cleaner) == sentences


def test_full_width_marks_end_sentences_as_well(cleaner: Cleaner) -> None:
    assert sentences_of("路通了！茶卖到哪里？", cleaner) == ["路通了!", "茶卖到哪里?"]


DOTS = [
    pytest.param("路通了.茶卖到哪里?", ["路通了。", "茶卖到哪里?"], id="between Chinese characters"),
    pytest.param("他说“路要修”.众人称是.", ["他说“路要修”。", "众人称是。"], id="behind a closing quote"),
    pytest.param("增速是6.5%.比去年快.", ["增速是6.5%。", "比去年快。"], id="behind a percent sign"),
    pytest.param("增速是6.5,比去年快。", ["增速是6.5,比去年快。"], id="not inside a number"),
    pytest.param("网址是www.lu.cn,可以查。", ["网址是www.lu.cn,可以查。"], id="not inside an address"),
    pytest.param("1.路要修", ["1.路要修"], id="not behind the digit of a list"),
]


@pytest.mark.parametrize(("text", "sentences"), DOTS)
def test_a_dot_behind_chinese_is_a_full_stop(cleaner: Cleaner, text: str, sentences: list[str]) -> None:
    assert sentences_of(text, cleaner) == sentences


def test_every_sentence_knows_its_paragraph(cleaner: Cleaner) -> None:
    text = "路修到哪里\n先修到界桥。再修到茶山。\n茶卖到哪里?"
    document = build_document(text, cleaner.lines(text))
    assert [sentence.paragraph for sentence in split_sentences(document)] == [0, 1, 1, 2]


def test_a_sentence_broken_over_two_lines_is_one(cleaner: Cleaner) -> None:
    assert sentences_of(
        "茶季一过,闽北和赣东的两个县就商定把茶山上的三十公里机耕道\n修成沥青路。明年开工。", cleaner
    ) == [
        "茶季一过,闽北和赣东的两个县就商定把茶山上的三十公里机耕道修成沥青路。",
        "明年开工。",
    ]


def test_a_text_without_words_has_no_sentence(cleaner: Cleaner) -> None:
    assert sentences_of("\n\u3000\n", cleaner) == []
