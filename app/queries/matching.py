"""Rows by the pieces of their texts (`app.language.grams`), in the words of either database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from app.language.grams import pieces_of_word
from app.queries.prepared import Condition
from app.tables.postings import PIECES, Listed

_AND = " AND "


def all_pieces(words: Iterable[str]) -> str:
    """What HasPieces takes for its parameter, to mean texts with all pieces of the words."""
    return _AND.join(piece for word in words for piece in pieces_of_word(word))


class PieceKey(ColumnElement[int]):
    """The key of a row among the pieces."""

    type = BigInteger()
    inherit_cache = False

    def __init__(self, of: Listed) -> None:
        self.table = PIECES[of]

    @property
    def _from_objects(self) -> Any:
        return [self.table]


class HasPieces(Condition):
    """The condition that a row's search text has the pieces of the parameter, see `all_pieces`."""

    inherit_cache = False

    def __init__(self, of: Listed, name: str) -> None:
        self.table, self.asked = PIECES[of], bindparam(name, type_=String())

    @property
    def _from_objects(self) -> Any:
        return [self.table]


@compiles(PieceKey, "sqlite")
def _rowid(element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return f"{element.table.name}.rowid"


@compiles(PieceKey)
def _key(element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return f"{element.table.name}.key"


@compiles(HasPieces, "sqlite")
def _matches(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.table.name} MATCH {compiler.process(element.asked, **options)}"


@compiles(HasPieces)
def _contains(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    asked = compiler.process(element.asked, **options)
    return f"{element.table.name}.pieces @@ CAST(replace({asked}, '{_AND}', ' & ') AS tsquery)"
