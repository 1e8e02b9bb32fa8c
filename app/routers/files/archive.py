"""ZIP: several lists as CSV tables, with what their columns and codes mean."""

from collections.abc import Generator, Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.queries.rows import Item
from app.routers.files.lines import BOM, csv_lines, write_csv
from app.schemas.columns import Table
from app.schemas.meanings import Meaning, rows


def write_zip(
    parts: Iterable[tuple[Table, list[Item]]], dictionary: Iterable[Meaning], now: datetime
) -> Generator[bytes]:
    """One file a table: `parts` are its chunks, one table after the other; and dictionary.csv."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        archive.writestr(_entry("dictionary", now), csv_lines(rows(dictionary), BOM))
        for table, own in groupby(parts, key=itemgetter(0)):
            # Nobody knows beforehand how long it gets.
            with archive.open(_entry(table.name, now), "w", force_zip64=True) as file:
                for lines in write_csv(table, (items for _, items in own)):
                    file.write(lines)
                    yield sink.taken()
    yield sink.taken()


def _entry(name: str, now: datetime) -> ZipInfo:
    entry = ZipInfo(f"{name}.csv", now.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Sink:
    """Keeps what is written until it is taken; it cannot go back, and ZipFile writes accordingly."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes) -> int:
        self._kept += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        data = bytes(self._kept)
        self._kept.clear()
        return data
