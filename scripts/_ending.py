"""How scripts end: with one sentence where they cannot go on."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import JianyanError

NOT_DONE = 2
INTERRUPTED = 130
_UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@contextmanager
def ending_in_a_sentence() -> Iterator[None]:
    """Ends the program with one sentence on stderr where an error of ours comes out of the block, or where
    stdout is a file on a full disk."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except JianyanError as error:
        print(error, file=sys.stderr)
        sys.exit(NOT_DONE)
    except OSError as error:
        if error.errno not in _UNWRITABLE or error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is held back for it is let go
        reason = f"{os.strerror(error.errno)}; make room and start again"
        print(f"Stopped, as standard output cannot be written: {reason}", file=sys.stderr)
        sys.exit(NOT_DONE)
