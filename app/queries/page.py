"""Lists in pages: a page begins after the last row of the one before, whatever was inserted meanwhile."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter
from sqlalchemy import Column, ColumnElement, and_, false, or_

from app.errors import JianyanError
from app.queries.parameters import Parameters
from app.queries.rows import Item


class CursorError(JianyanError):
    """A cursor that no page of this list gave out."""

    field = "cursor"
    nearest = ()

    def __init__(self) -> None:
        super().__init__("cursor: none of this list's; leave it out to begin with the first page")


class Paging(Parameters):
    """The parameters every list has."""

    limit: int = Field(20, ge=1, le=200, description="Items in one answer (每页条数), 1 to 200.")
    cursor: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        None, description="Where the page begins (游标): taken from the `next` address of the page before."
    )


@dataclass(frozen=True, slots=True)
class Page:
    """Some items of a list, the number of all of them, and the cursor of the next page, if there is one."""

    items: list[Item]
    total: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A column to sort by, under the name it has in the rows. NULL comes last either way."""

    column: Column[Any]
    descending: bool = False

    @property
    def term(self) -> ColumnElement[Any]:
        # Said outright: where NULL comes by itself differs between SQLite and PostgreSQL.
        return (self.column.desc() if self.descending else self.column.asc()).nulls_last()

    def equals(self, value: object) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def is_after(self, value: object) -> ColumnElement[bool]:
        if value is None:
            return false()
        later = self.column < value if self.descending else self.column > value
        return or_(later, self.column.is_(None)) if self.column.nullable else later


@dataclass(frozen=True, slots=True)
class Order:
    """The keys of a list, of which the last tells any two rows apart; `shape` is the tuple of their types."""

    keys: tuple[Key, ...]
    shape: TypeAdapter[tuple[Any, ...]]

    @property
    def terms(self) -> list[ColumnElement[Any]]:
        return [key.term for key in self.keys]

    def cursor_at(self, row: Item) -> str:
        """The cursor of the page that begins after this row."""
        values = tuple(row[key.column.name] for key in self.keys)
        return base64.urlsafe_b64encode(self.shape.dump_json(values)).decode("ascii").rstrip("=")

    def after(self, cursor: str) -> ColumnElement[bool]:
        """The condition that a row comes after the one the cursor stands for. Raises CursorError."""
        return self._after(self.keys, self._read(cursor))

    def _read(self, cursor: str) -> tuple[Any, ...]:
        padded = cursor + "=" * (-len(cursor) % 4)
        try:
            values = base64.b64decode(padded, altchars=b"-_", validate=True)
            return self.shape.validate_json(values, strict=True)
        except ValueError as error:  # what base64 and pydantic raise are kinds of it
            raise CursorError from error

    def _after(self, keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
        first, *others = keys
        later = first.is_after(values[0])
        if not others:
            return later
        return or_(later, and_(first.equals(values[0]), self._after(others, values[1:])))
