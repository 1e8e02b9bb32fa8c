"""The articles in one file, whatever its kind."""

import stat
from collections.abc import Iterator
from pathlib import Path

from app.errors import SourceError
from app.importers.names import name_of
from app.importers.options import Options, amount
from app.importers.pieces import Found, Piece
from app.importers.sources.archives import in_zip
from app.importers.sources.faults import BROKEN, unreachable
from app.importers.sources.kinds import KNOWN, Kind, kind_of
from app.importers.sources.streams import UNLIMITED, Budget, Known, TooMuchError, in_stream, too_long


def in_file(path: Path, options: Options) -> Iterator[Found]:
    """The articles in a file, but for what is known by its validators."""
    name = name_of(path)
    kind = kind_of(path.name)
    try:
        status = path.stat()
    except BROKEN as error:
        yield SourceError(name, unreachable(error))
        return
    validators = (("modified", str(status.st_mtime_ns)), ("size", str(status.st_size)))
    if kind is None:
        yield SourceError(name, f"is of no known format; known are {KNOWN}")
    elif not stat.S_ISREG(status.st_mode):
        yield SourceError(name, "is no file; save what it gives in one, or give JSON lines by -")
    elif not options.is_known(name, dict(validators)):
        yield from _in_known(path, name, kind, validators, options)


def _in_known(path: Path, name: str, kind: Kind, validators: Known, options: Options) -> Iterator[Found]:
    if kind.holds == "files":
        yield from in_zip(path, name, validators, options)
    elif kind.holds == "lines" or kind.packed:
        yield from _opened(path, name, kind, validators, options)
    elif int(dict(validators)["size"]) > options.most_bytes:
        yield SourceError(name, too_long(options))
    else:
        yield Piece(name, kind.format, path=path, validators=validators)


def _opened(path: Path, name: str, kind: Kind, validators: Known, options: Options) -> Iterator[Found]:
    budget = Budget(options.most_unpacked if kind.packed else UNLIMITED)
    try:
        with path.open("rb") as stream:
            yield from in_stream(stream, name, kind, validators, options, budget)
    except TooMuchError:
        yield SourceError(name, f"unpacks to more than {amount(budget.size)}; unpack and split it")
    except BROKEN as error:
        yield SourceError(name, unreachable(error))
