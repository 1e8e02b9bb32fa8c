"""What sources are called."""

import os
import re
from hashlib import sha256
from pathlib import Path

MOST_CHARACTERS = 1_000
"""Of a name by which an article is known again; the indexes of databases take little more."""
ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def is_address(words: str) -> bool:
    """Whether that is a whole address of the web: others, as javascript:…, are not to be followed."""
    return ADDRESS.fullmatch(words) is not None


def name_of(path: Path | str) -> str:
    """The path for people and for the database, which take no bytes that are not UTF-8, nor NUL."""
    try:
        name = os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:  # halves of characters that no file system gave us
        name = str(path).encode("utf-8", "replace").decode()
    return name.replace("\0", "\ufffd")


def shortened(name: str) -> str:
    """The name, or of one longer than MOST_CHARACTERS its beginning, … and what tells it from all others."""
    if len(name) <= MOST_CHARACTERS:
        return name
    mark = "…" + sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return name[: MOST_CHARACTERS - len(mark)] + mark
