import pytest

from app.errors import SourceError
from app.extraction.pipeline import Extractor
from app.importers.pdf import read
from tests.importers.papers import PASSWORD, PROSE, pdf

BREAK = PROSE.index("亿元支持")
"""A place in the middle of a sentence where a page may end."""


def test_the_lines_of_a_page_are_read_in_their_order() -> None:
    assert read(pdf(PROSE), "a.pdf").text == PROSE


def found(text: str, extractor: Extractor) -> dict[str, list[str]]:
    return {
        "".join(text[a:b] for a, b in each.spans): [speaker.name for speaker in each.speakers]
        for each in extractor.extract(text).proposals
    }


@pytest.mark.parametrize("pages", [[PROSE], [PROSE[:BREAK] + "\n- 1 -", PROSE[BREAK:] + "- 2 -"]])
def test_sentences_that_lines_and_pages_break_are_found_whole(pages: list[str], extractor: Extractor) -> None:
    proposals = found(read(pdf(*pages), "a.pdf").text, extractor)
    assert proposals["".join(PROSE.split())[33:].split("他说")[0]] == ["蒙国梁"]
    assert proposals["广东省科学技术厅副厅长冼丽娟表示，将在年内派出专家组，与贵州一起编制建设方案。"] == [
        "冼丽娟"
    ]


def test_what_heads_every_page_stands_once_and_page_numbers_never() -> None:
    pages = [f"南方数据内参\n第{n}件事已经办好。\n第{n}页" for n in "1234"]
    text = read(pdf(*pages), "a.pdf").text
    assert text.split("\n") == ["南方数据内参", *(f"第{n}件事已经办好。" for n in "1234"), ""]


def test_the_title_of_the_properties_is_only_the_fallback() -> None:
    raw = read(pdf(PROSE, title="黔粤数据合作"), "a.pdf")
    assert (raw.title, raw.fallback.title) == (None, "黔粤数据合作")
    assert read(pdf(PROSE, title="Microsoft Word - 文档1.doc"), "a.pdf").fallback.title is None
    assert read(pdf(PROSE), "a.pdf").fallback.title is None


def test_a_pdf_is_known_again_by_its_bytes() -> None:
    one, same, other = (read(pdf(words), "a.pdf") for words in (PROSE, PROSE, PROSE[:40]))
    assert one.page_sha256 == same.page_sha256 != other.page_sha256


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pdf(PROSE)[:900], "damaged PDF, perhaps only half", id="truncated"),
        pytest.param(pdf(PROSE, security=PASSWORD), "protected by a password", id="encrypted"),
        pytest.param(pdf("", ""), "holds no text, only pictures", id="scanned"),
        pytest.param(pdf(PROSE, mapped=False), "which characters its fonts show", id="no characters"),
        pytest.param(b"\x89PNG\r\n", "is no PDF", id="a picture"),
        pytest.param(b"%PDF-1.7\n", "damaged PDF", id="a beginning only"),
    ],
)
def test_what_has_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data, "a.pdf")
