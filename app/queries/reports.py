"""Where else the same stands: the other rows of a group that a column of theirs connects."""

from typing import Any

from sqlalchemy import Column, ColumnElement, or_, select


def others_like(id: int, link: Column[Any]) -> ColumnElement[bool]:
    """The condition that a row is in the group of the one with that id and is not that one itself.

    `link` is the column with the id of another row of its own table, as `duplicate_of`. A group is all that
    it connects, however many steps away and in either direction.
    """
    rows = link.table.c
    group = select(rows.id, link).where(rows.id == id).cte("group_of", recursive=True)
    connected = or_(link == group.c.id, rows.id == group.c[link.name])
    # UNION, which drops what is in already, ends the walk.
    group = group.union(select(rows.id, link).join_from(group, link.table, connected))
    return rows.id.in_(select(group.c.id).where(group.c.id != id))
