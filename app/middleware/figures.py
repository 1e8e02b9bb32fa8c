"""Figures of the requests, for Prometheus."""

import os

from fastapi import FastAPI
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.requests import Request
from starlette.responses import Response

FIGURES = "/internal/metrics"


def count_requests(app: FastAPI) -> None:
    """Count them by route, and not by address of which there is no end, and serve that at FIGURES."""
    # A registry of its own: two applications in one process would count together, or not at all.
    registry = CollectorRegistry()
    for collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
        registry.register(collector)
    figures = Instrumentator(should_group_status_codes=False, registry=registry, excluded_handlers=[FIGURES])
    figures.instrument(app)
    app.state.figures = registry
    # Not by the Instrumentator: FastAPI remembers every endpoint there ever was, and its own one is made anew
    # for each application and would keep it in memory.
    app.add_route(FIGURES, _show, include_in_schema=False)


def _show(request: Request) -> Response:
    registry = request.app.state.figures
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
