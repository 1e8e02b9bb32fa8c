from pathlib import Path

import pytest

from app.extraction.pipeline import Extractor
from app.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def jieba_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where jieba keeps its prepared dictionary, so that it is prepared once a session."""
    return tmp_path_factory.mktemp("jieba")


@pytest.fixture(scope="session")
def extractor(lexicon: Lexicon, jieba_cache: Path) -> Extractor:
    return Extractor(lexicon, jieba_cache)
