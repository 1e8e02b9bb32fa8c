from pathlib import Path

import pytest

from app.database import make_engine, migrate
from app.extraction.pipeline import Extractor
from app.lexicon import Lexicon, load_lexicon
from app.start import prepare
from app.store.seeds import load_seeds


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


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the real reference rows and nothing else."""
    path = tmp_path_factory.mktemp("seeded") / "jianyan.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    load_seeds(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database as a first start makes it, with the example articles; only to be read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('seeded')}/jianyan.db"
    engine = make_engine(url)
    prepare(engine)
    engine.dispose()
    return url
