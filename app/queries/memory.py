"""What answers were made of, kept for as long as the data stays the same."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

OVERHEAD = 1_000
"""Bytes of Python's own for each thing that is kept."""


class Memory:
    """Things by their keys, all of one version of the data: what comes of another one replaces them.

    The things used longest ago go where there is no room. May be used by several threads.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._version: str | None = None
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def recall(self, version: str, key: Hashable) -> Any:
        """What was kept for that key; None for nothing."""
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, version: str, key: Hashable, thing: Any, size: int) -> None:
        """Keep a thing of `size` bytes."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version, self._bytes = version, 0
            if key in self._kept:
                self._bytes -= self._kept[key][1]
            self._kept[key] = thing, size + OVERHEAD
            self._kept.move_to_end(key)
            self._bytes += size + OVERHEAD
            while self._bytes > self._most_bytes:
                self._bytes -= self._kept.popitem(last=False)[1][1]
