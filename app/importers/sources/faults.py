"""What can be wrong with a file or stream, and how people are told."""

import lzma
import struct
import zlib
from gzip import BadGzipFile
from zipfile import BadZipFile

BROKEN = (
    *(OSError, EOFError, ValueError, NotImplementedError),
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error),
)
"""What is raised for files that are not there, damaged, cut off or compressed in an unknown way."""


def unreachable(error: BaseException) -> str:
    """Why a path leads to nothing that can be read."""
    if isinstance(error, ValueError):
        return "is no name that a file can have; check how it is spelt"
    return broken(error)


def broken(error: BaseException) -> str:
    """What is wrong with a file or stream that was being read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "does not exist; check how it is spelt, and whether it was moved"
    if isinstance(error, PermissionError):
        return "may not be read; check who owns it"
    if isinstance(error, EOFError):
        return "breaks off before its end; copy it anew"
    if isinstance(error, BadGzipFile | BadZipFile):
        return "is not what its name says, or damaged; copy it anew"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    if isinstance(error, NotImplementedError):
        return "is compressed in a way that is not known; unpack it first"
    return "is damaged; copy it anew"
