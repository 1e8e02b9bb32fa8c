"""Lists in pages: a page begins after the last row of the one before, whatever was inserted meanwhile."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter
from sqlalchemy import ColumnElement, and_, false, or_

from app.errors import JianyanError
from app.queries.parameters import Parameters, one_of
from app.queries.rows import Item

T = TypeVar("T")


MOST_COUNTED = 10_000
"""Up to which number the items of a list are counted where it is not kept."""
MOST_READ = 1_000
"""Up to which number those are counted whose texts or rows are looked at: each takes ten times as long."""


class CursorError(JianyanError):
    """A cursor that no page of this list gave out."""

    field = "cursor"
    nearest = ()

    def __init__(self) -> None:
        super().__init__("cursor: none of this list's; leave it out to begin with the first page")


class WholeListError(JianyanError):
    """A parameter that is about one page, while the whole list is asked for as a file."""

    nearest = ()

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: a file holds the whole list at once; leave it out, or take format=json")
        self.field = field


class Format(StrEnum):
    """What a list is answered as: a page of it as JSON, or the whole list as a file."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"
    XLSX = "xlsx"


class Paging(Parameters):
    """The parameters of whatever is answered in pages."""

    limit: int = Field(
        20,
        ge=1,
        le=200,
        description="Items in one answer (每页条数：一次答复的条数，1 到 200), 1 to 200.",
        examples=[5],
    )
    cursor: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        None,
        description="Where the page begins (游标：本页的起点，取自上一页的 next): taken from the `next` "
        "address of the page before.",
    )


class ListQuery(Paging):
    """The parameters of a list that is answered as a file too."""

    format: Annotated[Format, one_of(Format)] | None = Field(
        None,
        description="A page as json, or all that is found as a file (格式：json 为一页，csv、ndjson、xlsx "
        "为含全部结果的文件，不写则由 Accept 头决定): csv, ndjson or xlsx, without a limit. "
        "Where it is left out, the Accept header decides.",
        examples=["csv"],
    )

    def require_whole(self) -> None:
        """Raises WholeListError where the query is about one page of the list."""
        for name in ("limit", "cursor", "facets", "facet_limit"):
            if name in self.model_fields_set:
                raise WholeListError(name)


class FacetedQuery(ListQuery):
    """The parameters of a list whose items are counted too; each has facets of its own."""

    facets: list[Any] = Field([])
    facet_limit: int = Field(
        20,
        ge=1,
        le=500,
        description="Values counted for each facet (每个分面的条数：每个分面列出的值的个数).",
        examples=[5],
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list, the number of all of them, and the cursor of the next page, if there is one.

    `total_capped` tells that there are more than were counted, `ambiguous` are names of the query that
    several have, `facets` the counts that were asked for.
    """

    items: Sequence[T]
    total: int
    total_capped: bool
    cursor: str | None
    ambiguous: Sequence[Item] = ()
    facets: Mapping[str, Sequence[Item]] | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A column to sort by. NULL comes last either way."""

    column: ColumnElement[Any]
    descending: bool = False

    @property
    def name(self) -> str:
        return str(getattr(self.column, "name", ""))

    @property
    def term(self) -> ColumnElement[Any]:
        term = self.column.desc() if self.descending else self.column.asc()
        # Said outright, as databases differ; where there is no NULL it would cost SQLite the index.
        return term.nulls_last() if getattr(self.column, "nullable", False) else term

    def equals(self, value: object) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def is_after(self, value: object) -> ColumnElement[bool]:
        if value is None:
            return false()
        later = self.column < value if self.descending else self.column > value
        return or_(later, self.column.is_(None)) if getattr(self.column, "nullable", False) else later


@dataclass(frozen=True, slots=True)
class Cursors:
    """The cursors of an order by the types of its keys' values.

    `name` is what `sort` calls the order, and stands in its cursors: one of another order is refused.
    """

    types: tuple[Any, ...]
    name: str = ""
    shape: TypeAdapter[tuple[Any, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", TypeAdapter(tuple[self.types]))  # type: ignore[name-defined]

    def write(self, values: tuple[Any, ...]) -> str:
        """The cursor of the page that begins after the row with these values."""
        written = self.name.encode() + b" " + self.shape.dump_json(values)
        return base64.urlsafe_b64encode(written).decode("ascii").rstrip("=")

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The values it was written of. Raises CursorError."""
        padded = cursor + "=" * (-len(cursor) % 4)
        try:
            name, _, values = base64.b64decode(padded, altchars=b"-_", validate=True).partition(b" ")
            if name != self.name.encode():
                raise CursorError
            return self.shape.validate_json(values, strict=True)
        except ValueError as error:  # what base64 and pydantic raise are kinds of it
            raise CursorError from error


@dataclass(frozen=True, slots=True)
class Order:
    """The keys of a list, of which the last tells any two rows apart, and the types of their values."""

    keys: tuple[Key, ...]
    types: tuple[Any, ...]
    cursors: Cursors = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cursors", Cursors(self.types))

    @property
    def terms(self) -> list[ColumnElement[Any]]:
        return [key.term for key in self.keys]

    def cursor_at(self, row: Item) -> str:
        """The cursor of the page that begins after this row."""
        return self.cursors.write(tuple(row[key.name] for key in self.keys))

    def after(self, cursor: str) -> ColumnElement[bool]:
        """The condition that a row comes after the one the cursor stands for. Raises CursorError."""
        return self._after(self.keys, self.cursors.read(cursor))

    def _after(self, keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
        first, *others = keys
        later = first.is_after(values[0])
        if not others:
            return later
        return or_(later, and_(first.equals(values[0]), self._after(others, values[1:])))
