"""CSV and NDJSON: a line for each item."""

import csv
import io
from collections.abc import Generator, Iterable

from app.queries.rows import Item
from app.schemas.columns import Cell, Table

BOM = "\ufeff"
# A spreadsheet would calculate what begins so; with full-width signs too, in some languages.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(table: Table, chunks: Iterable[list[Item]]) -> Generator[bytes]:
    """UTF-8 with a byte order mark, as spreadsheets want it; no text in it is a formula."""
    yield csv_lines([[column.name for column in table.columns]], BOM)
    for items in chunks:
        yield csv_lines(table.cells(item) for item in items)


def csv_lines(lines: Iterable[Iterable[Cell]], before: str = "") -> bytes:
    """Lines of a CSV file, behind what comes before them."""
    text = io.StringIO()
    text.write(before)
    csv.writer(text).writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def write_ndjson(table: Table, chunks: Iterable[list[Item]]) -> Generator[bytes]:
    """The items as the list has them in JSON, one on each line."""
    for items in chunks:
        yield "".join(f"{table.item.model_validate(item).model_dump_json()}\n" for item in items).encode()


def _harmless(cell: Cell) -> Cell:
    # Texts only: a number is one, whatever its sign.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
