"""What can be set from outside: JIANYAN_* environment variables, one field each."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import SettingsError

PREFIX = "JIANYAN_"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
REPOSITORY = Path(__file__).resolve().parents[1]

_EXPECTED = {
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_parsing": "true or false",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le:g} or less",
}
"""What a value must be, by pydantic's name of the fault."""


def _database_in(earlier: dict[str, Any]) -> str:
    return f"sqlite:///{earlier['data_dir'] / 'jianyan.db'}"


class Settings(BaseSettings):
    """Settings by the environment; an empty variable counts as unset.

    Raises SettingsError for a JIANYAN_* variable that is none of them, and for a value that cannot be.
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

    # Bytes of an address with its query: a hundred names of ten characters, percent-encoded, fit in.
    url_bytes: int = Field(16_000, ge=1_000, le=1_000_000)
    # Seconds for a client to send the head of a request, and to take leave when it was refused.
    head_seconds: float = Field(10, gt=0, le=3600)
    # Bytes of a body: the longest article there may be, each character written as \uXXXX.
    body_bytes: int = Field(4_000_000, ge=1_000, le=1_000_000_000)
    # Seconds for a client to send a body.
    body_seconds: float = Field(60, gt=0, le=3600)
    # Seconds for the database to answer a question, each statement of it on PostgreSQL.
    query_seconds: float = Field(10, gt=0, le=3600)
    # Files written at once by a process: each keeps a connection, of which the pool has 15.
    exports: int = Field(4, ge=1, le=10)
    # Seconds for a client to take the next part of an answer.
    part_seconds: float = Field(60, gt=0, le=3600)
    # Seconds that a client can make a file wait for it altogether.
    export_seconds: float = Field(1800, gt=0, le=86_400)
    # Seconds for fetching the address that was posted, from the first look-up to the last byte.
    fetch_seconds: float = Field(15, gt=0, le=600)
    # Bytes that are fetched from it at most.
    fetch_bytes: int = Field(2_000_000, ge=1_000, le=50_000_000)
    # Requests a minute of one client to one process, so many at once; 0 for no limit.
    requests_a_minute: int = Field(0, ge=0, le=1_000_000)
    # Writes a minute without a key that works of one client to one process, so many at once.
    failed_keys_a_minute: int = Field(10, ge=1, le=1_000_000)
    # Bytes of answers that a process remembers.
    memory_bytes: int = Field(24_000_000, ge=0, le=100_000_000_000)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError(_impossible(error)) from None

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


def _impossible(error: ValidationError) -> str:
    """The first fault as a sentence: JIANYAN_EXPORTS: 'many' is no whole number; the default is 4."""
    fault = error.errors()[0]
    field = str(fault["loc"][0])
    default = Settings.model_fields[field].default
    what = _EXPECTED.get(fault["type"], "{msg}").format(**fault.get("ctx", {}), msg=fault["msg"])
    name = PREFIX + field.upper()
    return f"{name}: {fault['input']!r} is not possible, it must be {what}; the default is {default}"


def _unknown(name: str, known: list[str]) -> str:
    # Compared without the prefix, which alone would make any two names similar.
    words = {variable.removeprefix(PREFIX): variable for variable in known}
    nearest = get_close_matches(name.upper().removeprefix(PREFIX), words, n=1)
    hint = f"did you mean {words[nearest[0]]}?" if nearest else f"known are {', '.join(known)}"
    return f"{name}: no such setting; {hint}"
