"""CSV and NDJSON: a line for each item."""

import csv
import io
import re
from collections.abc import Generator, Iterable

from app.queries.rows import Item
from app.schemas.columns import Cell, Table

BOM = "\ufeff"
# A spreadsheet calculates what begins with one of these signs, in some languages with full-width ones too.
# Where it parts cells by semicolons or tabs, as it does in half of Europe, our commas and quotes mean nothing
# to it, and a cell begins behind each of those and at each line of a text. Blanks and quotes may come first.
_BEGINNING = re.compile(r"""(?:\A|[;\t\r\n])[\s"\u200b\ufeff;]*+([=+\-@＝＋－＠]?)""")
_PARTED = re.compile(r"[;\t\r\n]")
_BLANK = ("\t", "\r", "\n")
"""What some spreadsheets pass over at the beginning of a cell."""


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
    # Texts only: a number is one, whatever its sign. Most texts are known to be harmless at a glance.
    if not isinstance(cell, str) or (cell[:1].isalnum() and not _PARTED.search(cell)):
        return cell
    return _BEGINNING.sub(_marked, f"'{cell}" if cell.startswith(_BLANK) else cell)


def _marked(beginning: re.Match[str]) -> str:
    words, sign = beginning[0], beginning[1]
    return f"{words[:-1]}'{sign}" if sign else words
