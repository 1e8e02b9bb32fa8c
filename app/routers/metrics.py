"""Metrics over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import metrics
from app.routers.deps import INVALID, NOT_FOUND, Database, DetailQuery, MetricId, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.schemas.columns import METRICS
from app.schemas.metrics import Metric, MetricList

router = APIRouter(prefix="/metrics", tags=["metrics"], responses=INVALID)


@router.get("", summary="List metrics (指标)", response_model=MetricList, **LISTED)
def list_metrics(
    request: Request, query: Annotated[metrics.MetricQuery, Query()], database: Database
) -> MetricList | Export:
    """By id. Compare values of one unit only: filter by `unit` as well."""
    if form := file_format(request, query):
        return export(METRICS, form, database, metrics.find_all, query)
    return listed(MetricList, request, database.ask(metrics.find, query))


@router.get("/{metric_id}", summary="Get a metric (指标)", responses=NOT_FOUND)
def get_metric(metric_id: MetricId, _query: Annotated[DetailQuery, Query()], database: Database) -> Metric:
    """One figure, and where the article gives it."""
    return Metric.model_validate(database.ask(metrics.get, metric_id))
