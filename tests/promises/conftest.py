from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.victims import Victims


@pytest.fixture(scope="session")
def victims(jieba_cache: Path, extractor: object) -> Iterator[Victims]:
    """Where processes come from that may be killed; the dictionary is prepared."""
    with Victims(jieba_cache) as victims:
        yield victims
