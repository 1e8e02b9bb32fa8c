"""Imports: what was to be imported, what became of every source, and why some failed."""

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, func, select

from app.queries.lists import Plain
from app.queries.page import Key, ListQuery, Order, Page, Paging
from app.queries.parameters import MOST_VALUES, RowId, one_of
from app.queries.resource import Resource
from app.queries.rows import Item, fetch, import_outcome, import_run
from app.queries.sources import shown_reason, shown_source
from app.vocabulary import Outcome

MOST_FAILURES = 100
"""How many failures of an import are told one by one; its counts tell how many there were."""


class ImportQuery(ListQuery):
    """Which imports to list: all of them."""


class OutcomeQuery(Paging):
    """Which sources of an import to list."""

    outcome: list[Annotated[Outcome, one_of(Outcome)]] = Field(
        [],
        max_length=MOST_VALUES,
        description="What became of it (结果：new 新增，unchanged 未变，replaced 更新，failed 失败，可重复，"
        "任一即可): new, unchanged, replaced or failed; repeat for OR.",
        examples=[["new"]],
    )


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    # The row of one that goes on, or was cut short, may have no counts yet.
    counted = _count(connection, [item["id"] for item in items if not item["counts"]])
    for item in items:
        found = item["counts"] or counted.get(item["id"], {})
        item["counts"] = {each.value: found.get(each.value, 0) for each in Outcome}
        item["sources"] = [shown_source(source) for source in item["sources"]]
        item["stopped_after"] = item["stopped_after"] and shown_source(item["stopped_after"])


def _count(connection: Connection, ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many sources came to which outcome, by import; there is none of an import without any."""
    if not ids:
        return {}
    of, outcome = import_outcome.c.run_id, import_outcome.c.outcome
    rows = fetch(
        connection, select(of, outcome, func.count().label("n")).where(of.in_(ids)).group_by(of, outcome)
    )
    counts: dict[int, dict[str, int]] = {id: {} for id in ids}
    for row in rows:
        counts[row["run_id"]][row["outcome"].value] = row["n"]
    return counts


def _show(_connection: Connection, items: Sequence[Item]) -> None:
    for item in items:
        item["source"] = shown_source(item["source"])
        item["reason"] = item["reason"] and shown_reason(item["reason"])


IMPORTS = Resource(
    name="import",
    table=import_run,
    base=select(
        import_run.c.id,
        import_run.c.started_at,
        import_run.c.finished_at,
        import_run.c.extractor_version,
        import_run.c.sources,
        import_run.c.stopped_after,
        import_run.c.counts,
    ),
    order=Order((Key(import_run.c.id, descending=True),), (RowId,)),
    complete=_complete,
)

OUTCOMES = Resource(
    name="outcome",
    table=import_outcome,
    base=select(
        import_outcome.c.id,
        import_outcome.c.source,
        import_outcome.c.outcome,
        import_outcome.c.article_id,
        import_outcome.c.reason,
        import_outcome.c.seconds,
    ),
    order=Order((Key(import_outcome.c.id),), (RowId,)),
    complete=_show,
)


def get(connection: Connection, import_id: int) -> Item:
    """One import with the first of its failures. Raises NotFoundError."""
    item = IMPORTS.get(connection, import_id)
    query = OutcomeQuery.model_validate({"outcome": [Outcome.FAILED], "limit": MOST_FAILURES})
    failed = _outcomes(connection, item, query).items
    failures = [{"source": each["source"], "reason": each["reason"] or ""} for each in failed]
    return {**item, "failures": failures}


def find_last(connection: Connection) -> Item | None:
    """The import that began last, as `get` gives it; None before the first."""
    newest = connection.scalar(select(func.max(import_run.c.id)))
    return None if newest is None else get(connection, newest)


def find_outcomes(connection: Connection, import_id: int, query: OutcomeQuery) -> Page[Item]:
    """What became of each source of an import, in the order they were done. Raises NotFoundError."""
    return _outcomes(connection, IMPORTS.get(connection, import_id), query)


def _outcomes(connection: Connection, item: Item, query: OutcomeQuery) -> Page[Item]:
    conditions = [import_outcome.c.run_id == item["id"]]
    if query.outcome:
        conditions.append(import_outcome.c.outcome.in_(query.outcome))
    keys, cursor = OUTCOMES.keys(connection, conditions, query)
    # Not counted here: there may be a million.
    total = sum(item["counts"][each.value] for each in set(query.outcome or Outcome))
    return Page(OUTCOMES.load(connection, keys), total, False, cursor)


LIST: Plain[ImportQuery] = Plain(IMPORTS, lambda *_: ())
