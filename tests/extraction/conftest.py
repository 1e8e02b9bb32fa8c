from pathlib import Path

import pytest

from app.extraction.clean import Cleaner
from app.extraction.tokens import Segmenter
from app.lexicon import Lexicon


@pytest.fixture(scope="session")
def segmenter(jieba_cache: Path) -> Segmenter:
    return Segmenter(jieba_cache)


@pytest.fixture(scope="session")
def cleaner(lexicon: Lexicon) -> Cleaner:
    return Cleaner(lexicon.pages, lexicon.gazetteer.safe_names())
