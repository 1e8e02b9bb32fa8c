"""How every resource is read: one statement and one set of parts for its list and its detail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from app.errors import NotFoundError
from app.queries.page import Order, Page, Paging
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

    def find(
        self,
        connection: Connection,
        conditions: Sequence[ColumnElement[bool]],
        paging: Paging,
        order: Order | None = None,
    ) -> Page:
        """The page of items that meet all conditions, in the resource's own order or another.

        Raises CursorError.
        """
        page = self._page(connection, [*self.scope, *conditions], paging, order or self.order)
        if page.items:
            self.complete(connection, page.items)
        return page

    def find_all(
        self,
        connection: Connection,
        conditions: Sequence[ColumnElement[bool]],
        order: Order | None = None,
    ) -> Iterator[list[Item]]:
        """All items that meet all conditions, as `find` has them on its pages, some hundred at a time."""
        statement = self._sorted([*self.scope, *conditions], order or self.order)
        for items in fetch_chunks(connection, statement):
            self.complete(connection, items)
            yield items

    def get(self, connection: Connection, key: int | str) -> Item:
        """The item of that primary key. Raises NotFoundError."""
        (column,) = self.table.primary_key
        items = fetch(connection, self.base.where(*self.scope, column == key))
        if not items:
            raise NotFoundError(self.name, key)
        self.complete(connection, items)
        return items[0]

    def require(self, connection: Connection, key: int | str) -> None:
        """Raises NotFoundError unless there is an item of that primary key."""
        (column,) = self.table.primary_key
        if not fetch(connection, select(column).where(*self.scope, column == key)):
            raise NotFoundError(self.name, key)

    def _page(
        self,
        connection: Connection,
        conditions: Sequence[ColumnElement[bool]],
        paging: Paging,
        order: Order,
    ) -> Page:
        statement = self._sorted(conditions, order)
        if paging.cursor is not None:
            statement = statement.where(order.after(paging.cursor))
        # One row more than asked for tells whether there is a next page.
        rows = fetch(connection, statement.limit(paging.limit + 1))
        total = connection.scalar(select(func.count()).select_from(self.table).where(*conditions)) or 0
        page = Page(rows[: paging.limit], total, cursor=None)
        if len(rows) > paging.limit:
            return replace(page, cursor=order.cursor_at(page.items[-1]))
        return page

    def _sorted(self, conditions: Sequence[ColumnElement[bool]], order: Order) -> Select[Any]:
        labelled = [key.column.label(key.label) for key in order.keys if key.label]
        return self.base.add_columns(*labelled).where(*conditions).order_by(*order.terms)

    def ids(self, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
        """A statement of the ids of all items that meet the conditions."""
        (column,) = self.table.primary_key
        return select(column.label("id")).where(*self.scope, *conditions)
