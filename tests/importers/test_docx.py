import contextlib
import io
import zipfile

import pytest

from app.errors import SourceError
from app.extraction.pipeline import Extractor
from app.importers.docx import read
from tests.importers.papers import docx, paragraph, table

SAID = "安徽省政协委员查晓岚建议，与江苏共建长江船舶检测中心，三年内投入2亿元。"


def test_paragraphs_and_the_rows_of_tables_stand_in_their_order() -> None:
    body = paragraph("甲的话。") + table(("投资", "2亿元"), ("企业", "30家")) + paragraph("乙的话。")
    assert read(docx(body), "a.docx").text == "甲的话。\n投资\t2亿元\n企业\t30家\n乙的话。\n"


def test_a_proposal_is_found_in_a_word_file(extractor: Extractor) -> None:
    text = read(docx(paragraph("皖苏共商船舶检测") + paragraph(SAID)), "a.docx").text
    (only,) = extractor.extract(text).proposals
    assert ["".join(text[a:b] for a, b in only.spans), only.speakers[0].name] == [SAID, "查晓岚"]


def test_what_was_struck_out_is_gone_and_what_was_added_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>两地</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>共同</w:t></w:r></w:ins><w:r><w:t>建设。</w:t><w:br/><w:t>又</w:t><w:tab/><w:t>一行。</w:t></w:r></w:p>"
    )
    assert read(docx(body), "a.docx").text == "两地共同建设。\n又\t一行。\n"


def test_content_controls_are_read_too() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph(SAID)}</w:sdtContent></w:sdt>"
    assert read(docx(body), "a.docx").text == SAID + "\n"


def test_what_stands_in_other_elements_is_read_where_it_stands() -> None:
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('2亿元')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:tr><w:tc>{paragraph('投资')}</w:tc>{cell}</w:tr>"
    rows = f"<w:tbl>{row}<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"
    body = f"<w:customXml>{paragraph('甲的话。')}</w:customXml>{rows}"
    assert read(docx(body), "a.docx").text == "甲的话。\n投资\t2亿元\n投资\t2亿元\n"


def test_what_was_moved_stands_only_where_it_was_moved_to() -> None:
    run = "<w:r><w:t>先建标准。</w:t></w:r>"
    body = f"<w:p><w:moveFrom>{run}</w:moveFrom></w:p>{paragraph(SAID)}<w:p><w:moveTo>{run}</w:moveTo></w:p>"
    assert read(docx(body), "a.docx").text == f"{SAID}\n先建标准。\n"


def test_a_word_file_altered_anywhere_is_read_or_refused() -> None:
    data = docx(paragraph(SAID))
    for place in range(len(data)):
        with contextlib.suppress(SourceError):
            assert read(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :], "a.docx").text


def test_the_properties_tell_no_author_and_only_a_fallback_title() -> None:
    raw = read(docx(paragraph(SAID), "皖苏共商"), "a.docx")
    assert (raw.title, raw.bylines, raw.fallback.title) == (None, (), "皖苏共商")
    assert read(docx(paragraph(SAID), "Word Document"), "a.docx").fallback.title is None


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx_without_body() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(docx("")))
    parts = {each: source.read(each).decode() for each in source.namelist()}
    return zipped(**{name: part.replace("<w:body></w:body>", "") for name, part in parts.items()})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"just words", "is no Word file", id="no zip"),
        pytest.param(docx(paragraph(SAID))[:-40], "only half of one", id="truncated"),
        pytest.param(zipped(a="甲"), "without a Word document", id="another archive"),
        pytest.param(docx(paragraph(SAID) + "<w:p>"), "is a damaged Word file", id="broken XML"),
        pytest.param(docx("<w:tbl>" * 5000 + "</w:tbl>" * 5000), "is a damaged Word file", id="deep"),
        pytest.param(docx_without_body(), "is a damaged Word file", id="no body"),
        pytest.param(docx(paragraph("")), "holds no text", id="no text"),
        pytest.param(
            docx(paragraph(SAID), more=[("word/media/a.bin", bytes(30_000_000))]), "unpacks to far", id="bomb"
        ),
    ],
)
def test_what_is_no_word_file_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data, "a.docx")
