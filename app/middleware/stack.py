"""Which middleware there is, and in which order a request passes it."""

from fastapi import FastAPI
from prometheus_client import GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR, CollectorRegistry
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from app.middleware.conditional import ConditionalGets, Version
from app.middleware.cors import OpenReads
from app.middleware.failures import Answer, Failures
from app.middleware.gate import Check, Gate
from app.middleware.head import HeadAsGet
from app.middleware.requests import RequestLog

FIGURES = "/internal/metrics"

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
    """Have every request of the application pass the middleware; figures of it are served at FIGURES.

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
    _count_requests(app)
    app.add_middleware(RequestLog)


def _count_requests(app: FastAPI) -> None:
    """By route and not by address, of which there are endlessly many."""
    # A registry of its own: two applications in one process would count together, or not at all.
    registry = CollectorRegistry()
    for collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
        registry.register(collector)
    figures = Instrumentator(should_group_status_codes=False, registry=registry, excluded_handlers=[FIGURES])
    figures.instrument(app).expose(app, endpoint=FIGURES, include_in_schema=False)
