"""What filters are made of: the types of their fields, and the refusal of names that are none."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from app.errors import JianyanError, UnknownValueError
from app.language.numerals import parse_number

LARGEST_ID = 2**63 - 1
MOST_NAMES = 100
"""How often a filter by name may be repeated: each name deepens the SQL condition, and SQLite takes 1000."""
MOST_VALUES = 1000
"""How often any other filter may be repeated: each value is one of the statement's, and databases count."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class UnknownParameterError(JianyanError):
    """A query parameter that the address does not have; `nearest` holds the most similar ones it has."""

    def __init__(self, field: str, known: Iterable[str]) -> None:
        names = tuple(known)
        self.field = field
        self.nearest = nearest(field, names)
        hint = f"did you mean {', '.join(self.nearest)}?" if self.nearest else _listed(names)
        super().__init__(f"there is no parameter {field!r}; {hint}")


class RepeatedParameterError(JianyanError):
    """A query parameter that takes one value and was given several, of which one alone would count."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"parameter {field!r} takes one value; give it once")


class Parameters(BaseModel):
    """The query parameters of one address. Raises UnknownParameterError for any other one."""

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, values: dict[str, object]) -> dict[str, object]:
        for name in values:
            if name not in cls.model_fields:
                raise UnknownParameterError(name, cls.model_fields)
        return values

    @classmethod
    def require_single(cls, names: Iterable[str]) -> None:
        """Raises RepeatedParameterError for a name that stands there twice and is that of no list."""
        seen: set[str] = set()
        for name in names:
            field = cls.model_fields.get(name)
            if name in seen and field is not None and get_origin(field.annotation) is not list:
                raise RepeatedParameterError(name)
            seen.add(name)


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The up to three known words most like this one, letters' case aside, the best first."""
    words = {each.lower(): each for each in known}
    # 0.5 and not the usual 0.6: of four Chinese characters two may be wrong.
    return tuple(words[match] for match in get_close_matches(word.lower(), words, n=3, cutoff=0.5))


def readable(text: str) -> str:
    """The text itself; ValueError where it holds what no database can search for."""
    # Bytes that are no UTF-8 arrive here as U+FFFD.
    if "\0" in text or "\ufffd" in text:
        raise PydanticCustomError("text", "write it in UTF-8 and without NUL characters")
    return text


def half_width(text: str) -> str:
    """The text with full-width ASCII as half-width, as every name is stored too: （四川） → (四川)."""
    return text.translate(_HALF_WIDTH)


def _day(value: object) -> object:
    try:
        # By itself it would take weeks too, and days without hyphens.
        return date.fromisoformat(str(value) if _DAY.fullmatch(str(value)) else "")
    except ValueError:
        raise PydanticCustomError("day", "write a date as 2020-10-22") from None


def one_of(members: type[StrEnum]) -> BeforeValidator:
    """Raises UnknownValueError, which names the nearest members, for a value that is none."""

    def check(value: object, info: ValidationInfo) -> object:
        if value not in list(members):
            raise UnknownValueError(str(info.field_name), str(value), nearest(str(value), members))
        return value

    return BeforeValidator(check)


def _listed(names: tuple[str, ...]) -> str:
    return f"known are {', '.join(names)}" if names else "this address takes none"


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(readable),
    Field(json_schema_extra={"pattern": r"^[^\x00\ufffd]*[^\s\x00\x85\ufffd][^\x00\ufffd]*$"}),
]
Names = Annotated[list[Annotated[Text, AfterValidator(half_width)]], Field(max_length=MOST_NAMES)]
"""The names a filter goes by."""
SortedText = Annotated[str, AfterValidator(readable)]
"""A name inside a cursor."""
Day = Annotated[date, BeforeValidator(_day)]
RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def _quantity(value: object) -> object:
    text = str(value).strip()
    if _DECIMAL.fullmatch(text):
        return float(text)
    # The longest number there is, written out: one without end would be parsed without end.
    number = parse_number(text.removeprefix("-")) if len(text) <= MOST_DIGITS else None
    if number is None:
        raise PydanticCustomError("quantity", "write a number, such as 20, 1.5, 3万 or 20亿")
    return -number if text.startswith("-") else number


MOST_DIGITS = 40
# As programs write numbers: a large one has an exponent.
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_AS_WRITTEN = r"^-?[0-9]{1,20}(\.[0-9]{1,9})?(万|亿|万亿)$"

Quantity = Annotated[
    float,
    BeforeValidator(_quantity),
    Field(allow_inf_nan=False),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _AS_WRITTEN}]}),
]
"""A number as people write it, 万 and 亿 included: 20亿 is 2000000000."""
Share = Annotated[float, Field(ge=0, le=1)]


def _separate(value: object) -> object:
    """Values with commas between are several, each once: theme,kind and facets=theme&facets=kind."""
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(part.strip() for each in values for part in str(each).split(",")))


Separated = BeforeValidator(_separate)
Year = Annotated[int, Field(ge=1900, le=2200)]
