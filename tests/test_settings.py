import os
import subprocess
import sys
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
            "known are " + ", ".join(f"JIANYAN_{name.upper()}" for name in Settings.model_fields),
            id="like none",
        ),
        pytest.param("JIANYAN_EXPORT", "did you mean JIANYAN_EXPORTS?", id="one of the limits"),
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


DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}
LIMITS = {name: default for name, default in DEFAULTS.items() if type(default) in (int, float)}


def test_without_variables_every_limit_is_set_but_that_of_requests() -> None:
    assert {name for name, default in LIMITS.items() if default == 0} == {"requests_a_minute"}
    settings = Settings()
    assert {name: getattr(settings, name) for name in LIMITS} == LIMITS


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", ["-1", "many", "1e99", "nan", "inf", "99999999999999", "1_0x", "true"])
def test_a_limit_that_cannot_be_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    variable = f"JIANYAN_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        Settings()
    said = str(refused.value)
    assert said.startswith(f"{variable}: {value!r} is not possible, it must be ")
    assert said.endswith(f"; the default is {LIMITS[name]}")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("JIANYAN_EXPORTS", "many", "it must be a whole number"),
        ("JIANYAN_EXPORTS", "2.5", "it must be a whole number"),
        ("JIANYAN_EXPORTS", "11", "it must be 10 or less"),
        ("JIANYAN_QUERY_SECONDS", "0", "it must be more than 0"),
        ("JIANYAN_URL_BYTES", "10", "it must be 1000 or more"),
        ("JIANYAN_FETCH_PRIVATE", "perhaps", "it must be true or false"),
    ],
)
def test_what_a_value_must_be_is_told(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=reason):
        Settings()


STARTS = [
    ("app.start 127.0.0.1 0", "EXPORTS", "'-1' is not possible, it must be 1 or more; the default is 4"),
    ("uvicorn app.asgi:app --port 0", "EXPORS", "no such setting; did you mean JIANYAN_EXPORTS?"),
]


@pytest.mark.parametrize(("command", "variable", "said"), STARTS)
def test_a_start_with_a_wrong_setting_ends_with_one_sentence(
    tmp_path: Path, command: str, variable: str, said: str
) -> None:
    environ = {
        **os.environ,
        f"JIANYAN_{variable}": "-1",
        "JIANYAN_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(REPOSITORY),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", *command.split()],
        env=environ,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr.strip()) == (1, f"JIANYAN_{variable}: {said}")
    assert list(tmp_path.iterdir()) == []
