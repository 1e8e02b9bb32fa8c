"""Imports in this process, as tests call them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine

from app.importers.sources import find
from app.ingest.conductor import Report, ingest, prepared_here, rehearse
from app.ingest.preparing import Extract, Preparer


def imported(
    engine: Engine, given: Iterable[object], extract: Extract, version: str = "1", **chosen: Any
) -> list[Report]:
    """What is told of each article at these sources, once it is stored."""
    reports: list[Report] = []
    prepared = prepared_here(find(map(str, given)), Preparer(extract, version, engine))
    ingest(engine, prepared, version=version, tell=reports.append, **chosen)
    return reports


def rehearsed(given: Iterable[object], extract: Extract) -> list[Report]:
    """What would be told of each, with nothing stored."""
    reports: list[Report] = []
    rehearse(prepared_here(find(map(str, given)), Preparer(extract)), reports.append)
    return reports
