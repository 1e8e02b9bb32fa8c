import os
from pathlib import Path

import pytest

from app.errors import SettingsError
from app.settings import REPOSITORY, Settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("JIANYAN_"):
            monkeypatch.delenv(name)


def test_without_variables_the_database_is_a_file_in_the_repository() -> None:
    assert Settings().database_url == f"sqlite:///{REPOSITORY}/data/jianyan.db"


def test_another_data_folder_takes_the_database_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_DATA_DIR", "/srv/jianyan")
    settings = Settings()
    assert settings.data_dir == Path("/srv/jianyan")
    assert settings.database_url == "sqlite:////srv/jianyan/jianyan.db"


def test_a_database_url_wins_over_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_DATA_DIR", "/srv/jianyan")
    monkeypatch.setenv("JIANYAN_DATABASE_URL", "postgresql+psycopg://db/jianyan")
    assert Settings().database_url == "postgresql+psycopg://db/jianyan"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_DATABASE_URL", "")
    assert Settings().database_url.endswith("/data/jianyan.db")


@pytest.mark.parametrize(
    ("variable", "way_out"),
    [
        pytest.param("JIANYAN_DATABSE_URL", "did you mean JIANYAN_DATABASE_URL?", id="letter left out"),
        pytest.param("JIANYAN_DATABASE", "did you mean JIANYAN_DATABASE_URL?", id="too short"),
        pytest.param("jianyan_datadir", "did you mean JIANYAN_DATA_DIR?", id="lower case"),
        pytest.param(
            "JIANYAN_Q",
            "known are JIANYAN_DATA_DIR, JIANYAN_DATABASE_URL, JIANYAN_FETCH_PRIVATE, JIANYAN_LOG_LEVEL",
            id="like none",
        ),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_right_one(
    monkeypatch: pytest.MonkeyPatch, variable: str, way_out: str
) -> None:
    monkeypatch.setenv(variable, "x")
    with pytest.raises(SettingsError) as refused:
        Settings()
    assert str(refused.value) == f"{variable}: no such setting; {way_out}"


def test_the_log_level_may_be_written_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_LOG_LEVEL", "warning")
    assert Settings().log_level == "WARNING"


def test_an_unknown_log_level_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANYAN_LOG_LEVEL", "loud")
    with pytest.raises(SettingsError, match="JIANYAN_LOG_LEVEL: 'loud' is unknown; known are DEBUG, INFO"):
        Settings()
