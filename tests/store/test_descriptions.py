from datetime import date

import pytest

from app.extraction.findings import Extraction
from app.importers.article import RawArticle
from app.importers.pieces import Said
from app.store.drafts import described

RAW = RawArticle("甲。", "a.txt", "原题", "原报", date(2021, 1, 1))
FALLBACK = Said("备题", "备报", date(2023, 3, 3))
FOUND = Extraction("1", "文题", "2022-02-02", "文报", (), (), (), (), ())
SILENT = Extraction("1", None, None, None, (), (), (), (), ())


@pytest.mark.parametrize(
    ("raw", "extraction", "expected"),
    [
        pytest.param(RAW, FOUND, ("原题", "原报", date(2021, 1, 1)), id="the source itself first"),
        pytest.param(
            RawArticle("甲。", "a.txt", fallback=FALLBACK),
            FOUND,
            ("文题", "文报", date(2022, 2, 2)),
            id="the text",
        ),
        pytest.param(
            RawArticle("甲。", "a.txt", fallback=FALLBACK),
            SILENT,
            ("备题", "备报", date(2023, 3, 3)),
            id="the rest",
        ),
        pytest.param(RawArticle("甲。", "a.txt"), SILENT, (None, None, None), id="nothing"),
    ],
)
def test_an_article_is_described_by_the_surest_that_tells(
    raw: RawArticle, extraction: Extraction, expected: tuple[str | None, str | None, date | None]
) -> None:
    known = described(raw, extraction)
    assert (known.title, known.source, known.published_on) == expected
