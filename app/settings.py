"""What can be set from outside: JIANYAN_* environment variables, one field each."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import SettingsError

PREFIX = "JIANYAN_"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
REPOSITORY = Path(__file__).resolve().parents[1]


def _database_in(earlier: dict[str, Any]) -> str:
    return f"sqlite:///{earlier['data_dir'] / 'jianyan.db'}"


class Settings(BaseSettings):
    """Settings by the environment; an empty variable counts as unset.

    Raises SettingsError for a JIANYAN_* variable that is none of them.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    # Folder for what the program writes: the default database and the segmenter's cache.
    data_dir: Path = REPOSITORY / "data"
    # Any SQLAlchemy URL; without one, a SQLite file in data_dir.
    database_url: str = Field(default_factory=_database_in)
    # Whether articles may be fetched from addresses of this machine and of private networks.
    fetch_private: bool = False
    # The least grave that is logged, one of LOG_LEVELS; requests are INFO.
    log_level: str = "INFO"

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_variables(cls, values: object) -> object:
        known = [PREFIX + name.upper() for name in cls.model_fields]
        for name in sorted(os.environ):
            if name.upper().startswith(PREFIX) and name.upper() not in known:
                raise SettingsError(_unknown(name, known))
        return values

    @field_validator("log_level")
    @classmethod
    def _refuse_unknown_level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            known = ", ".join(LOG_LEVELS)
            raise SettingsError(f"{PREFIX}LOG_LEVEL: {value!r} is unknown; known are {known}")
        return value.upper()


def _unknown(name: str, known: list[str]) -> str:
    # Compared without the prefix, which alone would make any two names similar.
    words = {variable.removeprefix(PREFIX): variable for variable in known}
    nearest = get_close_matches(name.upper().removeprefix(PREFIX), words, n=1)
    hint = f"did you mean {words[nearest[0]]}?" if nearest else f"known are {', '.join(known)}"
    return f"{name}: no such setting; {hint}"
