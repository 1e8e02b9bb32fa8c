"""Metrics over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.queries import metrics
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, MetricId, listed, remembered
from app.routers.exports import LISTED, export, file_format
from app.routers.routes import ReadRoute
from app.schemas.columns import METRICS
from app.schemas.metrics import FoundMetric, Metric, MetricList

router = APIRouter(prefix="/metrics", tags=["metrics"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List metrics (指标)", response_model=MetricList, **LISTED)
async def list_metrics(
    request: Request, query: Annotated[metrics.MetricQuery, Query()], database: Database
) -> Response:
    """By id. Compare values of one unit only: filter by `unit` as well."""
    if form := file_format(request, query):
        return await export(METRICS, form, database, metrics.LIST.find_all, query)
    return await listed(request, database, metrics.LIST, query, (MetricList, FoundMetric))


@router.get("/{metric_id}", summary="Get a metric (指标)", response_model=Metric, responses=NOT_FOUND)
async def get_metric(
    request: Request, metric_id: MetricId, _query: Annotated[DetailQuery, Query()], database: Database
) -> Response:
    """One figure, and where the article gives it."""
    return await remembered(request, database, lambda at: Metric.model_validate(metrics.get(at, metric_id)))
