import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing, make_engine


@pytest.fixture
def engine(seeded_file: Path, tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{shutil.copy(seeded_file, tmp_path)}")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(for_writing(engine)) as session:
        yield session
