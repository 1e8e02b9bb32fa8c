"""Which middleware there is, and in which order a request passes it."""

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from app.middleware.browsers import ForBrowsers
from app.middleware.conditional import ConditionalGets, Version
from app.middleware.cors import OpenReads
from app.middleware.failures import Answer, Failures
from app.middleware.figures import count_requests
from app.middleware.gate import Check, Gate
from app.middleware.head import HeadAsGet
from app.middleware.requests import RequestLog

# A workbook is a zip already.
_COMPRESSED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


def add_middleware(
    app: FastAPI,
    api: str,
    version: Version,
    answer_failure: Answer,
    foreseen: type[Exception],
    check: Check,
    answer_refusal: Answer,
) -> None:
    """Have every request of the application pass the middleware; they are counted too.

    `api` begins the paths that have ETags, made from `version`; `answer_failure` makes the answer to
    what failed unforeseen, and a start that fails of a `foreseen` exception is told by its sentence.
    `answer_refusal` makes it to what the `check` raises.
    """
    # Each surrounds those above it: the last one sees a request first and its answer last.
    app.add_middleware(Failures, answer=answer_failure, foreseen=foreseen)
    app.add_middleware(ConditionalGets, prefix=api, version=version)
    app.add_middleware(GZipMiddleware, compresslevel=5, exclude_content_types=_COMPRESSED)
    app.add_middleware(Gate, check=check, answer=answer_refusal)
    app.add_middleware(HeadAsGet)
    app.add_middleware(OpenReads)
    count_requests(app)
    app.add_middleware(ForBrowsers)
    app.add_middleware(RequestLog)
