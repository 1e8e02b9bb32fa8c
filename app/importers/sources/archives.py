"""The articles in a zip archive, none of whose files is ever written anywhere."""

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import cast

from app.errors import SourceError
from app.importers.options import Options, amount
from app.importers.pieces import Found
from app.importers.sources.faults import BROKEN, broken
from app.importers.sources.kinds import KNOWN, Kind, is_hidden, kind_of
from app.importers.sources.streams import Budget, Known, TooMuchError, in_stream, too_long

MOST_RATIO = 200
"""Unpacked bytes for each packed one; texts have up to 20, bombs a thousand."""
ALWAYS_UNPACKED = 100_000_000
"""Bytes of an archive that may be unpacked however tightly it is packed."""
SMALL = 1_000_000
"""Bytes up to which a member may be packed as tightly as it is."""
SLASH = re.compile(r"[/\\]")  # the second from archives of Windows
LOCKED = 0x1
NAMED_IN_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in an archive; `name` is that of the archive, a slash, and its own."""

    name: str
    kind: Kind
    info: zipfile.ZipInfo


def in_zip(path: Path, name: str, validators: Known, options: Options) -> Iterator[Found]:
    """The articles in an archive in its order, those known left out, hidden files and unknown ones too."""
    is_empty = True
    try:
        with zipfile.ZipFile(path) as archive:
            budget = Budget(_most_unpacked(path, options))
            for member in _members(archive, name):
                is_empty = False
                if not options.is_known(member.name, dict(validators)):
                    yield from _in_member(archive, member, validators, options, budget)
    except TooMuchError:
        yield SourceError(name, f"unpacks to more than {amount(budget.size)}; unpack it yourself, with care")
    except BROKEN as error:
        yield SourceError(name, broken(error))
    else:
        if is_empty:
            yield SourceError(name, f"holds no article; looked for {KNOWN}")


def _most_unpacked(path: Path, options: Options) -> int:
    # Of the whole archive, as one packed part can be named by any number of members.
    return min(options.most_unpacked, max(ALWAYS_UNPACKED, MOST_RATIO * path.stat().st_size))


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[_Member]:
    for info in archive.infolist():
        own = _name_of(info)
        kind = kind_of(own)
        if kind is not None and not info.is_dir() and not any(map(is_hidden, SLASH.split(own))):
            yield _Member(f"{name}/{own}", kind, info)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Its name, which archives made on Chinese Windows write in GBK without saying so."""
    if info.flag_bits & NAMED_IN_UTF8:
        return info.filename.encode("utf-8", "replace").decode()
    try:
        written = info.filename.encode("cp437")  # undoes what zipfile takes it for
    except UnicodeEncodeError:  # newer Pythons take it for UTF-8 where the archive says so in another place
        return info.filename.encode("utf-8", "replace").decode()
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _in_member(
    archive: zipfile.ZipFile, member: _Member, validators: Known, options: Options, budget: Budget
) -> Iterator[Found]:
    refusal = _refusal(member, options)
    if refusal is not None:
        yield SourceError(member.name, refusal)
        return
    try:
        with archive.open(member.info) as stream:
            # Buffered, which its type does not say.
            packed = cast(BufferedIOBase, stream)
            yield from in_stream(packed, member.name, member.kind, validators, options, budget)
    except (*BROKEN, RuntimeError) as error:
        yield SourceError(member.name, broken(error))


def _refusal(member: _Member, options: Options) -> str | None:
    info = member.info
    if info.flag_bits & LOCKED:
        return "is locked with a password; unpack the archive and give the folder"
    if member.kind.holds == "files":
        return "is an archive inside of an archive, which is not looked into; unpack the outer one"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is only a link to another file; put the file itself into the archive"
    if info.file_size > max(SMALL, MOST_RATIO * info.compress_size):
        return "is compressed more than any text can be, which may be a trap; unpack it yourself, with care"
    if member.kind.holds == "article" and info.file_size > options.most_bytes:
        return too_long(options)
    return None
