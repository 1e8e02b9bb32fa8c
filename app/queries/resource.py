"""How every resource is read: one statement and one set of parts for its list and its detail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, select, true

from app.errors import NotFoundError
from app.queries.page import MOST_COUNTED, MOST_READ, Order, Page, Paging
from app.queries.prepared import Prepared, is_among
from app.queries.rows import Item, fetch, fetch_chunks


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of thing that is listed and looked up.

    `base` selects what an item shows of its own `table` and its n:1 neighbours, joined so that no row
    is lost or doubled; `complete` adds the 1:n parts to some items at once. `scope` holds for every
    item. Conditions speak of `table` alone, so that counting needs no join.
    """

    name: str
    table: Table
    base: Select[Any]
    order: Order
    complete: Callable[[Connection, Sequence[Item]], None]
    scope: tuple[ColumnElement[bool], ...] = ()
    _by_keys: Prepared = field(init=False, compare=False)

    def __post_init__(self) -> None:
        among = is_among(list(self.table.primary_key)[-1], "keys")
        # So that SQLite has no index for the scope, by which it would go through thousands to find a few.
        scope = (condition.is_(true()) for condition in self.scope)
        object.__setattr__(self, "_by_keys", Prepared(self.base.where(*scope, among)))

    def find(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], paging: Paging
    ) -> Page[Item]:
        """The page of items that meet all conditions, in the resource's order. Raises CursorError."""
        rows, cursor = self._rows(connection, self._sorted(conditions), paging)
        if rows:
            self.complete(connection, rows)
        return Page(rows, *self.count(connection, conditions), cursor)

    def find_all(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]]
    ) -> Iterator[list[Item]]:
        """All items that meet all conditions, as `find` has them on its pages, some hundred at a time."""
        for items in fetch_chunks(connection, self._sorted(conditions)):
            self.complete(connection, items)
            yield items

    def count(self, connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> tuple[int, bool]:
        """How many items meet all conditions, and whether there are more, which are not counted."""
        most = MOST_READ if conditions else MOST_COUNTED
        some = select(literal(1)).select_from(self.table).where(*self.scope, *conditions)
        counting = select(func.count()).select_from(some.limit(most + 1).subquery())
        number = connection.scalar(counting) or 0
        return min(number, most), number > most

    def keys(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], paging: Paging
    ) -> tuple[list[Any], str | None]:
        """The primary keys of the page that `find` gives, and the cursor of the next. Raises CursorError."""
        columns = (key.column for key in self.order.keys)
        statement = select(*columns).where(*self.scope, *conditions).order_by(*self.order.terms)
        rows, cursor = self._rows(connection, statement, paging)
        return [row[self.order.keys[-1].name] for row in rows], cursor

    def load(self, connection: Connection, keys: Sequence[int | str]) -> list[Item]:
        """The items of those primary keys that there are, in the order of the keys."""
        if not keys:
            return []
        (column,) = self.table.primary_key
        items = {item[column.name]: item for item in self._by_keys.fetch(connection, keys=keys)}
        found = [items[key] for key in keys if key in items]
        if found:
            self.complete(connection, found)
        return found

    def get(self, connection: Connection, key: int | str) -> Item:
        """The item of that primary key. Raises NotFoundError."""
        items = self.load(connection, [key])
        if not items:
            raise NotFoundError(self.name, key)
        return items[0]

    def require(self, connection: Connection, key: int | str) -> None:
        """Raises NotFoundError unless there is an item of that primary key."""
        (column,) = self.table.primary_key
        if not fetch(connection, select(column).where(*self.scope, column == key)):
            raise NotFoundError(self.name, key)

    def _rows(
        self, connection: Connection, statement: Select[Any], paging: Paging
    ) -> tuple[list[Item], str | None]:
        if paging.cursor is not None:
            statement = statement.where(self.order.after(paging.cursor))
        # One row more than asked for tells whether there is a next page.
        rows = fetch(connection, statement.limit(paging.limit + 1))
        more = len(rows) > paging.limit
        return rows[: paging.limit], self.order.cursor_at(rows[paging.limit - 1]) if more else None

    def _sorted(self, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
        return self.base.where(*self.scope, *conditions).order_by(*self.order.terms)
