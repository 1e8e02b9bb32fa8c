"""Who may write: the key that a write has to come with."""

from typing import Annotated, Any

from fastapi import Security
from fastapi.security import APIKeyHeader

from app.queries import keys
from app.routers.deps import Database
from app.schemas.problems import Problem

KEYED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "There is no key with it, or one that does not work (密钥无效)."},
    403: {"model": Problem, "description": "No key exists yet; it says how to make one (尚无密钥)."},
}

_HEADER = APIKeyHeader(
    name="X-API-Key",
    scheme_name="ApiKey",
    description="A key that scripts/keys.py made (写入密钥); reading needs none.",
    auto_error=False,  # what is wrong is told as a problem of ours
)


def _holder(database: Database, key: Annotated[str | None, Security(_HEADER)]) -> str:
    return database.ask(keys.holder_of, key)


Holder = Annotated[str, Security(_holder)]
"""The name of who holds the key; NoKeyError and KeyRefusedError end the request."""
