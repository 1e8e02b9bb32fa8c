"""The reading text: one form of each character for the rules, and the way back to the source."""

import pytest

from app.extraction.clean import Cleaner
from app.extraction.document import Document, Span, evidence, trim
from app.extraction.reading import build_document
from app.language.characters import read

FORMS = [
    pytest.param(
        "深圳與香港簽署協議", "深圳与香港签署协议", id="traditional characters are read as simplified"
    ),
    pytest.param("增长１２．５％，", "增长12.5%,", id="full-width letters and marks are read as ASCII"),
    pytest.param("「共建」『共享』", "“共建”‘共享’", id="corner quotes are read as quotes"),
    pytest.param("⽼⼯业区", "老工业区", id="Kangxi radicals from PDF files are read as characters"),
    pytest.param("郑州\u3000开封\xa0洛阳", "郑州 开封 洛阳", id="wide and unbreakable blanks are blanks"),
    pytest.param("著作里的王后", "著作里的王后", id="characters both scripts share stay"),
    pytest.param("一万㎡", "一万㎡", id="a sign that would become two characters stays one"),
]


@pytest.mark.parametrize(("source", "reading"), FORMS)
def test_the_rules_read_one_form_of_each_character(source: str, reading: str) -> None:
    assert read(source) == reading
    assert len(read(source)) == len(source)


def document_of(text: str, cleaner: Cleaner) -> Document:
    return build_document(text, cleaner.lines(text))


def test_straight_quotes_open_and_close_in_turn_in_each_paragraph(cleaner: Cleaner) -> None:
    text = '两省称之为"一江共治",也叫"一图共管"。\n"先易后难。"老河长说。'
    assert document_of(text, cleaner).text == "两省称之为“一江共治”,也叫“一图共管”。\n“先易后难。”老河长说。"


STOPS = [
    pytest.param(
        "两省今天签了约.铁路年底动工.", "两省今天签了约。铁路年底动工。", id="a dot behind a character"
    ),
    pytest.param("“水要省着用.”老河长说", "“水要省着用。”老河长说", id="a dot before a closing quote"),
    pytest.param(
        "绿化率达到85%.其余的明年补种", "绿化率达到85%。其余的明年补种", id="a dot behind a percentage"
    ),
    pytest.param("渠长3.5公里,坡度0.8", "渠长3.5公里,坡度0.8", id="a decimal point stays"),
    pytest.param("网址是gov.cn,书号见No.7", "网址是gov.cn,书号见No.7", id="a dot between letters stays"),
    pytest.param("巴图·那木尔说好", "巴图·那木尔说好", id="the dot inside a name stays"),
]


@pytest.mark.parametrize(("source", "reading"), STOPS)
def test_a_dot_that_ends_a_sentence_is_read_as_its_stop(cleaner: Cleaner, source: str, reading: str) -> None:
    text = f"合江与赤水两县的代表上午坐在一起,谈到一条河怎样管。{source}"
    assert document_of(text, cleaner).text == text.replace(source, reading)


SOURCE = (
    "\u3000\u3000贵州與雲南的七个县市今年第一次坐到一起,商量怎样共治赤水河的\r\n"
    "支流,定下的办法是统一河长巡河的日子,并且把\r\n图为赤水河。 李遥 摄\r\n各县的监测站连成一张网。"
)
READING = (
    "贵州与云南的七个县市今年第一次坐到一起,商量怎样共治赤水河的支流,"
    "定下的办法是统一河长巡河的日子,并且把各县的监测站连成一张网。"
)


def test_a_place_in_the_reading_text_leads_back_to_every_piece_of_the_source(cleaner: Cleaner) -> None:
    document = document_of(SOURCE, cleaner)
    assert document.text == READING
    spans = document.spans(0, len(document.text))
    assert [SOURCE[a:b][:5] for a, b in spans] == ["贵州與雲南", "支流,定下", "各县的监测"]


def test_the_surface_is_the_sources_own_writing(cleaner: Cleaner) -> None:
    document = document_of(SOURCE, cleaner)
    assert document.surface(0, 6) == "贵州與雲南的"


def test_a_place_inside_one_line_is_one_span(cleaner: Cleaner) -> None:
    document = document_of(SOURCE, cleaner)
    start = document.text.index("监测")
    assert document.spans(start, start + 2) == (Span(SOURCE.index("监测"), SOURCE.index("监测") + 2),)


def test_evidence_joins_the_words_at_its_spans() -> None:
    assert evidence("甲乙丙丁戊", (Span(0, 1), Span(3, 5))) == "甲丁戊"


def test_trimming_takes_the_blanks_off_both_ends() -> None:
    assert trim(" \u3000山海关 \n", Span(0, 7)) == Span(2, 5)
    assert trim("  ", Span(0, 2)) == Span(2, 2)
