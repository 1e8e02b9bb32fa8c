"""All that was found in one article, in the order in which it stands there."""

from sqlalchemy import Connection, select

from app.queries.rows import Item, actor, actor_mention, fetch, metric, proposal
from app.vocabulary import FindingType


def findings_in(connection: Connection, article_id: int, text: str) -> list[Item]:
    """The proposals, metrics and mentions in an article whose text this is, in order of position.

    A mention is one finding for each place. Of two that begin together the longer stands first. There
    is no limit: the text, which a detail holds whole, bounds their number.
    """
    found = [*_proposals(connection, article_id), *_metrics(connection, article_id)]
    found += _mentions(connection, article_id)
    for each in found:
        each["text"] = "".join(text[start:end] for start, end in each["spans"])
    return sorted(found, key=_place)


def _place(finding: Item) -> tuple[int, int]:
    return finding["spans"][0][0], -finding["spans"][-1][1]


def _proposals(connection: Connection, article_id: int) -> list[Item]:
    wanted = proposal.c.article_id == article_id
    rows = fetch(connection, select(proposal.c.id, proposal.c.spans).where(wanted).order_by(proposal.c.id))
    return [
        {"type": FindingType.PROPOSAL, "id": row["id"], "name": None, "spans": row["spans"]} for row in rows
    ]


def _metrics(connection: Connection, article_id: int) -> list[Item]:
    columns = select(metric.c.id, metric.c.span_start, metric.c.span_end)
    rows = fetch(connection, columns.where(metric.c.article_id == article_id).order_by(metric.c.id))
    return [
        {
            "type": FindingType.METRIC,
            "id": row["id"],
            "name": None,
            "spans": [[row["span_start"], row["span_end"]]],
        }
        for row in rows
    ]


def _mentions(connection: Connection, article_id: int) -> list[Item]:
    rows = fetch(
        connection,
        select(actor.c.kind, actor.c.id, actor.c.name, actor_mention.c.spans)
        .join_from(actor_mention, actor)
        .where(actor_mention.c.article_id == article_id)
        .order_by(actor.c.id),
    )
    return [
        {"type": FindingType(row["kind"]), "id": row["id"], "name": row["name"], "spans": [place]}
        for row in rows
        for place in row["spans"]
    ]
