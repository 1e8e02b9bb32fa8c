"""XLSX: a workbook with the rows on its first sheet and the dictionary on the second."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.queries.rows import Item
from app.schemas.columns import Cell, Table
from app.schemas.meanings import Meaning, rows

DICTIONARY = "数据字典"
ROWS_OF_A_SHEET = 2**20
UNITS_OF_A_CELL = 32767
"""Spreadsheets count as UTF-16 does: a rare character is two."""
_BLOCK = 2**16


def write_xlsx(table: Table, chunks: Iterable[list[Item]], dictionary: Iterable[Meaning]) -> Generator[bytes]:
    """The bytes come all at the end, from a temporary folder; until then each chunk yields none.

    So whoever sends them can stop in between.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        with _begun(path, folder) as book:
            sheets = _Sheets(book, table)
            _add_dictionary(book, dictionary)
            for items in chunks:
                sheets.add(items)
                yield b""
            book.close()
        with path.open("rb") as file:
            yield from iter(lambda: file.read(_BLOCK), b"")


@contextmanager
def _begun(path: Path, folder: str) -> Iterator[Workbook]:
    """A workbook to be written to the path by closing it, with its temporary files in the folder."""
    # A row is written away as soon as the next one begins.
    book = Workbook(path, {"constant_memory": True, "tmpdir": folder})
    try:
        yield book
    finally:
        # Of a workbook that is given up xlsxwriter leaves the files open until garbage is collected.
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


class _Sheets:
    """The rows of a table on a sheet, and on further ones when it is full."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._book, self._table = book, table
        self._heading = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet = self._begin(table.name)

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            if self._row == ROWS_OF_A_SHEET:
                # The first and the dictionary are there already.
                self._sheet = self._begin(f"{self._table.name} {len(self._book.worksheets())}")
            for column, cell in enumerate(self._table.cells(item)):
                _write(self._sheet, self._row, column, cell, self._day)
            self._row += 1

    def _begin(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, each in enumerate(self._table.columns):
            sheet.write_string(0, column, each.name, self._heading)
        self._row = 1
        return sheet


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    """As what it is: a text stays a text, whether it looks like a number or like a formula."""
    if isinstance(cell, str):
        sheet.write_string(row, column, _fitting(cell))
    elif isinstance(cell, date) and cell.year >= 1900:  # where the days of spreadsheets begin
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, date):
        sheet.write_string(row, column, cell.isoformat())
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell holds, with … for the rest."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * UNITS_OF_A_CELL:
        return text
    # Half of a pair at the end is dropped.
    return units[: 2 * (UNITS_OF_A_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _add_dictionary(book: Workbook, dictionary: Iterable[Meaning]) -> None:
    sheet = book.add_worksheet(DICTIONARY)
    sheet.set_column(0, 3, 20)
    sheet.set_column(4, 5, 60)
    for row, texts in enumerate(rows(dictionary)):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
