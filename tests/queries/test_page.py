from datetime import date

import pytest
from sqlalchemy import column, select
from sqlalchemy.dialects import postgresql, sqlite

from app.queries.mentions import MENTIONS
from app.queries.page import CursorError
from app.queries.people import PEOPLE
from app.queries.rows import Item


@pytest.mark.parametrize(
    "row",
    [
        {"published_on": date(2020, 10, 22), "article_id": 17, "name": "陈放"},
        {"published_on": None, "article_id": 2**63 - 1, "name": "陈放"},
    ],
)
def test_a_cursor_is_plain_enough_for_an_address(row: Item) -> None:
    cursor = MENTIONS.order.cursor_at(row)
    assert cursor.replace("-", "").replace("_", "").isalnum()
    MENTIONS.order.after(cursor)


def test_a_cursor_of_one_list_is_none_of_another() -> None:
    cursor = PEOPLE.order.cursor_at({"name": "陈放", "id": 4})
    with pytest.raises(CursorError, match="leave it out"):
        MENTIONS.order.after(cursor)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["SQLite", "PostgreSQL"])
def test_the_place_of_undated_rows_is_written_out_for_every_database(dialect: object) -> None:
    statement = select(column("id")).order_by(*MENTIONS.order.terms)
    sql = str(statement.compile(dialect=dialect))
    assert "published_on DESC NULLS LAST, actor_mention.article_id DESC" in sql


@pytest.mark.parametrize("resource", [MENTIONS, PEOPLE], ids=["mentions", "people"])
def test_the_last_key_of_an_order_tells_any_two_rows_apart(resource: object) -> None:
    assert list(resource.table.primary_key)[-1] is resource.order.keys[-1].column
