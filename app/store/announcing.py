"""Tells that the data changes once for many rows, where triggers would tell it for every row."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

_RENEW = "UPDATE data_version SET version = lower(hex(randomblob(16))) WHERE part = 'data'"
_ANNOUNCE = "INSERT INTO data_version VALUES ('announced', '')"
_WITHDRAW = "DELETE FROM data_version WHERE part = 'announced'"


@contextmanager
def announced(session: Session) -> Iterator[None]:
    """Renew the data's version now, so that the rows written inside need not; all in one transaction.

    On PostgreSQL, where triggers run once for each statement, they do it.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(_RENEW)
    connection.exec_driver_sql(_ANNOUNCE)
    yield
    connection.exec_driver_sql(_WITHDRAW)
