"""Which state the data is in."""

from sqlalchemy import Connection, select

from app.queries.rows import article, fetch

STATEMENT = "SELECT part, version FROM data_version"
"""In words that every database understands: asked with every request, it is not to be compiled each time."""

Versions = dict[str, str]
"""The version of each part of the data, `data` and `imports`."""


def find(connection: Connection) -> Versions:
    """The versions as of now: two that are the same stand for the same data."""
    return dict(connection.exec_driver_sql(STATEMENT).fetchall())


def check(connection: Connection) -> None:
    """Read one row of the data; raises what the driver does where that fails."""
    fetch(connection, select(article.c.id).limit(1))
