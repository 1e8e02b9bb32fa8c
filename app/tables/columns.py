"""What all tables share: names of constraints, and column types that every database understands."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Enum, Integer, String
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlmodel import SQLModel

from app.language.characters import searchable

# A constraint without a name cannot be dropped again on SQLite.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

# SQLite numbers rows by itself only in a column that is called INTEGER; its integers are 64 bits wide.
Id = BigInteger().with_variant(Integer(), "sqlite")

Spans = list[tuple[int, int]]
"""Places `[start, end)` in the article's text; read back from the database as lists of two."""


def value_of(members: type[StrEnum]) -> Enum:
    """A text column that holds members by value, gives them back as members and refuses other values."""
    return Enum(
        members,
        native_enum=False,
        create_constraint=False,
        length=20,
        validate_strings=True,
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )


def searched(*texts: str | None) -> str:
    """Texts of one row, a line each, as a search column keeps them; None is an empty line."""
    return searchable("\n".join(text or "" for text in texts))


def search_text(*columns: str) -> Column[str]:
    """A column with the text of others, see `searched`; filled when a row is inserted."""

    def joined(context: DefaultExecutionContext) -> str:
        values: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
        return searched(*(values[name] for name in columns))

    return Column("search_text", String, nullable=False, default=joined)
