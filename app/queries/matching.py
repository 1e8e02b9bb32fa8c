"""Proposals by the pieces of their texts (`app.language.grams`), in the words of either database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from app.language.grams import pieces_of_word
from app.queries.prepared import Condition
from app.tables.postings import proposal_pieces

_AND = " AND "


def all_pieces(words: Iterable[str]) -> str:
    """What HasPieces takes for its parameter, to mean texts with all pieces of the words."""
    return _AND.join(piece for word in words for piece in pieces_of_word(word))


class PieceKey(ColumnElement[int]):
    """The key of a proposal among the pieces."""

    type = BigInteger()
    inherit_cache = True
    _from_objects = [proposal_pieces]  # noqa: RUF012  as SQLAlchemy has it


class HasPieces(Condition):
    """The condition that a proposal's text has the pieces of the parameter, see `all_pieces`."""

    inherit_cache = False
    _from_objects = [proposal_pieces]  # noqa: RUF012

    def __init__(self, name: str) -> None:
        self.asked = bindparam(name, type_=String())


@compiles(PieceKey, "sqlite")
def _rowid(_element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return "proposal_pieces.rowid"


@compiles(PieceKey)
def _key(_element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return "proposal_pieces.key"


@compiles(HasPieces, "sqlite")
def _matches(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    return f"proposal_pieces MATCH {compiler.process(element.asked, **options)}"


@compiles(HasPieces)
def _contains(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    asked = compiler.process(element.asked, **options)
    return f"proposal_pieces.pieces @@ CAST(replace({asked}, '{_AND}', ' & ') AS tsquery)"
