"""What databases say when they give out, as a sentence for people and as what is to be done about it."""

import re
import sqlite3

_FULL = "has no room left on its disk; make some and try again, what was stored is kept"
_BUSY = "is in use by another process; try again when that one is done"
_TAKEN = "has no connection left; try again, or raise the server's max_connections"
_UNKNOWN = "lacks what Jianyan keeps there; name another database, or restore a copy of it"

_EXPLANATIONS = {
    "unable to open database file": "cannot be opened; check that the path is a file you may write",
    "readonly database": "may not be written; check who owns the file and its folder",
    "database is locked": _BUSY,
    "not a database": "is not a SQLite database; name another file",
    "malformed": "is damaged; restore a copy of it",
    "disk is full": _FULL,
    "disk I/O error": "cannot be read or written by this machine; check that its disk is whole and has room",
    "no such table": _UNKNOWN,
    "no such column": _UNKNOWN,
    "lock timeout": _BUSY,
    "deadlock detected": _BUSY,
    "password": "was refused to that user with that password; check both in the URL",
    "no pg_hba.conf entry": "may not be reached by that user from here; allow it in its pg_hba.conf",
    "too many clients": _TAKEN,
    "connection slots": _TAKEN,
    "gen_random_uuid() does not exist": "is on a PostgreSQL older than 13; use a newer one",
    "permission denied": "may not be written by that user; make the user the owner of the database",
    "read-only transaction": "is read-only; name the server that may be written",
    "No space left on device": _FULL,
    "temp_file_limit": "needs more room for temporary files than it may take; raise its temp_file_limit",
}

_MISSING = re.compile('FATAL: +((?:database|role) ".*") does not exist')
_LACKING = re.compile("(?:relation|column|function) .* does not exist")
_UNREACHABLE = re.compile(
    "connection failed|could not connect|failed to resolve|timeout expired|server closed|consuming input"
    "|terminating connection|connection is (?:closed|lost)|shutting down|starting up|recovery mode"
)
_DAMAGED = re.compile("invalid page|could not read block|missing chunk|unexpected data beyond EOF")

_BROKEN_STATES = {
    "42P01",  # a table is missing
    "42703",  # a column is missing
    "42883",  # a function is missing
    "42501",  # something may not be read or written by this user
    "25006",  # nothing may be written
    "XX001",  # its data is damaged
    "XX002",  # an index is damaged
}
"""PostgreSQL's codes for what is the database's fault: no other statement would fare better."""

_BROKEN_CODES = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
"""SQLite's, beside those that its driver knows for such."""

_LOST_CODES = {
    *_BROKEN_CODES,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
"""After these a connection may hold pages, or a file, that are the database's no longer."""


def sentence_of(error: BaseException | None) -> str:
    """What a driver's error means for the database, and the way out: the end of `database … …`."""
    message = " ".join(str(error).split())
    if missing := _MISSING.search(message):
        return f"is not there: {missing[1]} does not exist; make it, or correct the URL"
    known = (text for part, text in _EXPLANATIONS.items() if part in message)
    if found := next(known, None):
        return found
    if _UNREACHABLE.search(message):
        return "cannot be reached; check that the server runs, and host and port in the URL"
    if _DAMAGED.search(message):
        return _EXPLANATIONS["malformed"]
    return _UNKNOWN if _LACKING.search(message) else f"failed: {message}"


def is_broken(error: BaseException | None) -> bool:
    """Whether a driver's error is the database's fault, though the driver does not call it so."""
    return getattr(error, "sqlstate", None) in _BROKEN_STATES or _code(error) in _BROKEN_CODES


def is_lost(error: BaseException | None) -> bool:
    """Whether what SQLite says makes all connections to the file suspect."""
    return _code(error) in _LOST_CODES


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary code: its extended ones have more above the lowest byte."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
