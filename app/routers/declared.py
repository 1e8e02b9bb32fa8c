"""What the schema says of answers that no route declares for itself, as they come from around all routes."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from app.routers.problems import MEDIA_TYPE
from app.schemas.problems import Problem

Responses = dict[str, Any]

_ANYWHERE = {
    "414": "The address is too long; ask for less at once (网址过长).",
    "429": "Too many requests; Retry-After says when to try again (请求过多).",
    "503": "The database cannot be read, or not in time, or too much is going on (暂不可用).",
}
"""What every address may answer, by status."""
_WITH_BODY = {
    "400": "The body cannot be read (正文无法读取).",
    "408": "The body comes too slowly (正文发送过慢).",
    "413": "The body is too long (正文过大).",
}
"""What an address that is written to may answer besides."""
_UNCHANGED = {"description": "What If-None-Match names is what would be answered (未变)."}
_RETRY = {
    "description": "Seconds after which to try again (重试前等待的秒数).",
    "schema": {"type": "integer", "minimum": 0},
}
_NEXT_TRY = {"Retry-After": _RETRY}


def declare_problems(app: FastAPI) -> None:
    """Have the application's schema declare them, each with the media type that it really has."""
    app.openapi = _with_problems(app.openapi)  # type: ignore[method-assign]


def _with_problems(schema: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def openapi() -> dict[str, Any]:
        described = schema()
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                operation["responses"] = _complete(path, method, operation["responses"])
        return described

    return openapi


def _complete(path: str, method: str, responses: Responses) -> Responses:
    """All that an operation may answer, in the order of the statuses."""
    problems = _ANYWHERE if method == "get" else _ANYWHERE | _WITH_BODY
    # Only what is below it has an ETag.
    unchanged = {"304": _UNCHANGED} if method == "get" and path.startswith("/api/") else {}
    everything = {status: _problem(meaning) for status, meaning in problems.items()} | unchanged | responses
    return {status: _typed(status, response) for status, response in sorted(everything.items())}


def _problem(meaning: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": reference}}}


def _typed(status: str, response: dict[str, Any]) -> dict[str, Any]:
    typed = dict(response)
    if int(status) >= 400 and "application/json" in response["content"]:
        typed["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
    return typed | ({"headers": _NEXT_TRY} if status in ("429", "503") else {})
