import shutil
from pathlib import Path

import pytest

from tests.conftest import seed
from tests.databases import SqliteDatabases


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_databases: SqliteDatabases,
    jieba_cache: Path,
    extractor: object,
) -> Path:
    """A data folder with a database that has the reference seeds, and with the prepared dictionary."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    shutil.copytree(jieba_cache, data)
    url = sqlite_databases.filled(seed)
    shutil.copy(url.removeprefix("sqlite:///"), data / "jianyan.db")
    sqlite_databases.clear()
    return data
