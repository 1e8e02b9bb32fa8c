"""What can be chosen about where articles come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path

Validators = Mapping[str, str]
"""By what a source is known again: those of `app.tables.ImportSource`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are looked into.

    `allow_private` lets pages come from this machine and from private networks. `seconds_between` is the rest
    between two requests to one host, `seconds` the time for one page with its redirects, and `most_bytes` the
    limit of one article's file, page or line. `most_unpacked` is that of all that one compressed file holds.

    `is_known` tells of a source's name and validators whether it was imported already: such a one is left
    out of the stream. It is asked about a zip or .jsonl as a whole, and about each article in it.
    `validators_of` gives those that an address is known by, {} for none; a page that is still the same is
    left out. `lists` are files of sources to look into after those given, `stdin` is read for `-`, sys.stdin
    by default.
    """

    allow_private: bool = False
    seconds_between: float = 1.0
    seconds: float = 30.0
    most_bytes: int = 20_000_000
    most_unpacked: int = 100_000_000_000
    is_known: Callable[[str, Validators], bool] = lambda name, validators: False
    validators_of: Callable[[str], Validators] = lambda name: {}
    lists: tuple[Path, ...] = ()
    stdin: BufferedIOBase | None = None


def amount(size: int) -> str:
    """A number of bytes as people say it: 20 MB."""
    for unit, bytes_of in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= bytes_of:
            return f"{size / bytes_of:g} {unit}"
    return f"{size} bytes"
