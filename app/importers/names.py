"""What sources are called."""

import os
from pathlib import Path


def name_of(path: Path | str) -> str:
    """The path for people and for the database, which take no bytes that are not UTF-8, nor NUL."""
    try:
        name = os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:  # halves of characters that no file system gave us
        name = str(path).encode("utf-8", "replace").decode()
    return name.replace("\0", "\ufffd")
