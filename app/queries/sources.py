"""Names of sources and reasons as they are shown: without the server's own paths, and without passwords."""

import re

_QUOTED_PATH = re.compile(r"(?<=['\"])(?:[A-Za-z]:)?[\\/][^'\"]*[\\/]([^'\"\\/]+)(?=['\"])")
"""'/srv/my news/a.md', as errors of the system write it."""
_PATH = re.compile(r"(?<![\w:/\\])(?:[A-Za-z]:)?[\\/](?:[^\s'\"\\/:]+[\\/])*([^\s'\"\\/:]+)")
"""/srv/news/a.md or C:\\news\\a.md; not the slashes of https://… or and/or."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^\s/'\"]+@")
"""reader:secret@ of https://reader:secret@example.org/; not the @ of a path."""
_FAULT = re.compile(r"(?<=hit a fault of this program, please report it): .*", re.DOTALL)
"""What the program itself says of its fault: for who runs it, and reads that where they import."""


def shown_source(source: str) -> str:
    """The name of a file or folder without the way to it, which is the server's own business.

    An address stays whole, but for the name and password it is asked with.
    """
    if _ADDRESS.match(source):
        return _LOGIN.sub("", source)
    return re.split(r"[\\/]", source.rstrip("\\/"))[-1] or source


def shown_reason(reason: str) -> str:
    """The reason with the last part in place of each path from the root on, and addresses as sources are.

    Of a fault of the program it says no more than that it was one.
    """
    return _PATH.sub(r"\1", _QUOTED_PATH.sub(r"\1", _LOGIN.sub("", _FAULT.sub("", reason))))
