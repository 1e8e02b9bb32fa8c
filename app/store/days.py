"""Days as numbers, in the words of either database."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class Ordinal(ColumnElement[int]):
    """A day's number as `date.toordinal` gives it: 1 is 0001-01-01. NULL for NULL."""

    type = BigInteger()
    inherit_cache = False

    def __init__(self, day: ColumnElement[Any]) -> None:
        self.day = day

    @property
    def _from_objects(self) -> list[Any]:
        return self.day._from_objects


@compiles(Ordinal, "sqlite")
def _by_julian_day(element: Ordinal, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(julianday({compiler.process(element.day, **options)}) - 1721424.5 AS INTEGER)"


@compiles(Ordinal)
def _by_difference(element: Ordinal, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.day, **options)} - DATE '0001-01-01' + 1 AS bigint)"
