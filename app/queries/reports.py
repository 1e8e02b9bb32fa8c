"""Where else a proposal was reported: the others of its duplicate group."""

from sqlalchemy import ColumnElement, literal, or_, select

from app.queries.rows import proposal


def reports_of(proposal_id: int) -> ColumnElement[bool]:
    """The condition that a proposal is in the group of that one and is not that one itself.

    A group is all that `duplicate_of` connects, however many steps away and in either direction.
    """
    start = select(proposal.c.id, proposal.c.duplicate_of).where(proposal.c.id == proposal_id)
    group = start.cte("group_of", recursive=True)
    connected = or_(proposal.c.duplicate_of == group.c.id, proposal.c.id == group.c.duplicate_of)
    # UNION, which drops what is in already, ends the walk.
    group = group.union(select(proposal.c.id, proposal.c.duplicate_of).join_from(group, proposal, connected))
    return proposal.c.id.in_(select(group.c.id).where(group.c.id != literal(proposal_id)))
