"""What the values of facets are called."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from app.queries.rows import actor, fetch, region, theme
from app.tables.postings import BY_ID, Facet
from app.vocabulary import Kind

_NAMED = {
    Facet.THEME: (theme.c.code, theme.c.name_zh),
    Facet.REGION: (region.c.code, region.c.name),
    Facet.SPEAKER: (actor.c.id, actor.c.name),
    Facet.INSTITUTION: (actor.c.id, actor.c.name),
}


def names_of(connection: Connection, facet: Facet, values: Sequence[str]) -> Mapping[str, str]:
    """The names of values of a facet; of some facets each value is its own name, and is not among them."""
    if facet is Facet.KIND:
        return {kind.value: kind.name_zh for kind in Kind}
    if facet not in _NAMED or not values:
        return {}
    key, name = _NAMED[facet]
    wanted = key.in_(map(int, values) if facet in BY_ID else values)
    rows = fetch(connection, select(key.label("key"), name.label("name")).where(wanted))
    return {str(row["key"]): row["name"] for row in rows}
