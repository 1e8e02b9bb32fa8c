"""Which state the data is in."""

from sqlalchemy import Connection, select

from app.queries.rows import article, data_version, fetch

Versions = dict[str, str]
"""The version of each part of the data, `data` and `imports`."""


def find(connection: Connection) -> Versions:
    """The versions as of now: two that are the same stand for the same data."""
    rows = fetch(connection, select(data_version.c.part, data_version.c.version))
    return {row["part"]: row["version"] for row in rows}


def check(connection: Connection) -> None:
    """Read one row of the data; raises what the driver does where that fails."""
    fetch(connection, select(article.c.id).limit(1))
