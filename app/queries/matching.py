"""Proposals by the pieces of their texts (`app.language.grams`), in the words of either database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from app.language.grams import pieces_of_word
from app.tables.postings import proposal_pieces


class PieceKey(ColumnElement[int]):
    """The key of a proposal among the pieces."""

    type = BigInteger()
    inherit_cache = True
    _from_objects = [proposal_pieces]  # noqa: RUF012  as SQLAlchemy has it


class HasPieces(ColumnElement[bool]):
    """The condition that a proposal's text has all pieces of some words."""

    type = Boolean()
    inherit_cache = False
    _from_objects = [proposal_pieces]  # noqa: RUF012

    def __init__(self, words: Iterable[str]) -> None:
        self.pieces = [piece for word in words for piece in pieces_of_word(word)]

    def self_group(self, against: object = None) -> "HasPieces":
        """Itself: FTS5 does not understand `… MATCH … = 1`, as conditions are else written on SQLite."""
        return self


@compiles(PieceKey, "sqlite")
def _rowid(_element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return "proposal_pieces.rowid"


@compiles(PieceKey)
def _key(_element: PieceKey, _compiler: SQLCompiler, **_: Any) -> str:
    return "proposal_pieces.key"


@compiles(HasPieces, "sqlite")
def _matches(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    asked = literal(" AND ".join(element.pieces), String())
    return f"proposal_pieces MATCH {compiler.process(asked, **options)}"


@compiles(HasPieces)
def _contains(element: HasPieces, compiler: SQLCompiler, **options: Any) -> str:
    asked = literal(" & ".join(element.pieces), String())
    return f"proposal_pieces.pieces @@ CAST({compiler.process(asked, **options)} AS tsquery)"
