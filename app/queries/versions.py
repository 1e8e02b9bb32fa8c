"""Which state the data is in."""

from sqlalchemy import Connection, select

from app.queries.rows import Direct, article, fetch

_VERSIONS = "SELECT part, version FROM data_version"

Versions = dict[str, str]
"""The version of each part of the data, `data` and `imports`."""


def find(connection: Connection | Direct) -> Versions:
    """The versions as of now: two that are the same stand for the same data."""
    # Asked with every request: in the words that every database understands, as nothing is to be compiled.
    return dict(connection.exec_driver_sql(_VERSIONS).fetchall())


def check(connection: Connection) -> None:
    """Read one row of the data; raises what the driver does where that fails."""
    fetch(connection, select(article.c.id).limit(1))
