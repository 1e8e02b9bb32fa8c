"""Lists as tables: the columns each has, and what stands in their cells.

A column is named by the way to its field: `article_title` is the title in `article`, `speaker_name` the
name in each of `speakers`. What there are several of stands in one cell, joined by ；, and what each of
them has several of by 、. A place [812, 905] is written 812-905.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from app.schemas.articles import Article, ArticleText, FoundArticle
from app.schemas.imports import Import
from app.schemas.institutions import FoundInstitution, Institution
from app.schemas.meanings import Meaning, described, in_words
from app.schemas.metrics import FoundMetric, Metric
from app.schemas.people import FoundPerson, Person
from app.schemas.proposals import FoundProposal, Proposal
from app.schemas.regions import Region
from app.schemas.shape import Shape, Span, Spans
from app.schemas.themes import Theme

Cell = str | int | float | date | None

_JOINTS = ("；", "、", " ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its field in an item, and how the field's value is written."""

    meaning: Meaning
    path: tuple[str, ...]
    write: Callable[[Any], Any]

    @property
    def name(self) -> str:
        return self.meaning.key

    def cell(self, item: dict[str, Any]) -> Cell:
        """What stands in the cell of an item; None where it has no such thing."""
        found = self._at(item, self.path)
        if isinstance(found, list):
            return _joined(found, _JOINTS)
        if isinstance(found, float) and found.is_integer():
            return int(found)
        return found.isoformat() if isinstance(found, datetime) else found

    def _at(self, value: Any, path: tuple[str, ...]) -> Any:
        if value is None:
            return None
        if not path:
            return self.write(value)
        if isinstance(value, list):
            return [self._at(each, path) for each in value]
        return self._at(value[path[0]], path[1:])


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is written to files: `item` is one of its items in JSON, `row` what its columns show."""

    name: str
    item: type[Shape]
    row: type[Shape]
    columns: tuple[Column, ...]

    def cells(self, item: dict[str, Any]) -> list[Cell]:
        """The row of an item, a cell for each column."""
        shown = self.row.model_validate(item).model_dump()
        return [column.cell(shown) for column in self.columns]


def _table(name: str, row: type[Shape], item: type[Shape] | None = None) -> Table:
    return Table(name, item or row, row, tuple(_columns(name, row)))


def _columns(
    table: str, shape: type[Shape], above: Column | None = None, is_many: bool = False
) -> Iterator[Column]:
    hints = get_type_hints(shape, include_extras=True)
    for name, field in shape.model_fields.items():
        part, is_list = _part_of(hints[name])
        column = Column(
            _meaning(table, name, field.description or "", above),
            (*(above.path if above else ()), name),
            _writer_of(hints[name], part),
        )
        if not _is_shape(part) or (is_many and is_list):
            yield column
        else:
            yield from _columns(table, part, _singular(column) if is_list else column, is_many or is_list)


def _part_of(hint: Any) -> tuple[Any, bool]:
    """The type without None and notes, and whether it is that of a list's items."""
    if get_origin(hint) is Annotated:
        return _part_of(get_args(hint)[0])
    if get_origin(hint) is list:
        return _part_of(get_args(hint)[0])[0], True
    others = [each for each in get_args(hint) if each is not NoneType]
    return _part_of(others[0]) if others else (hint, False)


def _is_shape(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Shape)


def _singular(column: Column) -> Column:
    return replace(column, meaning=replace(column.meaning, key=column.name.removesuffix("s")))


def _meaning(table: str, name: str, description: str, above: Column | None) -> Meaning:
    """What a column means: first what its field belongs to, then the field."""
    own = described(table, name, description)
    if above is None:
        return own
    outer = above.meaning
    key = f"{outer.key}_{name}"
    return Meaning(
        table,
        key,
        in_words(key),
        f"{outer.name_zh} · {own.name_zh}",
        f"{outer.meaning_en} {own.meaning_en}",
        f"{outer.meaning_zh}{own.meaning_zh}",
    )


def _writer_of(hint: Any, part: Any) -> Callable[[Any], Any]:
    if hint == Span:
        return _place
    if hint == Spans:
        return lambda spans: [_place(span) for span in spans]
    if _is_shape(part):
        return lambda parts: [list(filter(None, each.values())) for each in parts]
    return lambda value: value


def _place(span: list[int]) -> str:
    return f"{span[0]}-{span[1]}"


def _joined(values: list[Any], joints: tuple[str, ...]) -> str:
    first, *others = joints
    return first.join(
        _joined(each, tuple(others)) if isinstance(each, list) else _text(each) for each in values
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


PROPOSALS = _table("proposals", Proposal, FoundProposal)
PEOPLE = _table("people", Person, FoundPerson)
INSTITUTIONS = _table("institutions", Institution, FoundInstitution)
METRICS = _table("metrics", Metric, FoundMetric)
ARTICLES = _table("articles", Article, FoundArticle)
ARTICLE_TEXTS = _table("article_texts", ArticleText)
THEMES = _table("themes", Theme)
REGIONS = _table("regions", Region)
IMPORTS = _table("imports", Import)

TABLES = (PROPOSALS, PEOPLE, INSTITUTIONS, METRICS, ARTICLES, ARTICLE_TEXTS, THEMES, REGIONS, IMPORTS)


def meanings() -> list[Meaning]:
    """What each column of each table means."""
    return [column.meaning for table in TABLES for column in table.columns]
