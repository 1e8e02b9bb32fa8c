"""Metrics over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.queries import metrics
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, MetricId, answered
from app.routers.exports import LISTED, answer_list
from app.routers.routes import ReadRoute
from app.schemas.columns import METRICS
from app.schemas.metrics import Metric, MetricList

router = APIRouter(prefix="/metrics", tags=["metrics"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List metrics (指标)", response_model=MetricList, **LISTED)
async def list_metrics(
    request: Request, query: Annotated[metrics.MetricQuery, Query()], database: Database
) -> Response:
    """By id. Compare values of one unit only: filter by `unit` as well."""
    return await answer_list(request, database, metrics.LIST, query, MetricList, METRICS)


@router.get("/{metric_id}", summary="Get a metric (指标)", response_model=Metric, responses=NOT_FOUND)
async def get_metric(
    metric_id: MetricId, _query: Annotated[DetailQuery, Query()], database: Database
) -> Response:
    """One figure, and where the article gives it."""
    return await answered(database, lambda at: Metric.model_validate(metrics.get(at, metric_id)))
