"""What a server is asked: for each route many addresses, drawn from what its database holds."""

import re
from collections.abc import Sequence
from random import Random
from urllib.parse import urlencode

import rjieba
from sqlalchemy import Connection, Engine, func, select

from app.queries.posted import write_cursor
from app.queries.postings import Row, Sorted
from app.queries.rows import (
    Item,
    actor,
    fetch,
    proposal,
    proposal_region,
    proposal_speaker,
    proposal_theme,
    region_ancestor,
)
from app.tables.postings import key_of
from app.vocabulary import ActorKind
from scripts.benchmarks.served import BARE, TAGGED

API = "/api/v1"
LIST = f"{API}/proposals"
CSV = f"{LIST}?format=csv"
FACETS = f"{LIST}?facets=theme,region,kind,year"
SEED = 20260101
MOST = 400
"""Proposals whose speakers, themes, regions and words are asked for."""

Paths = list[str]

ROUTES = {
    "list": "20 newest",
    "speaker": "by speaker",
    "theme": "by theme",
    "region": "by region",
    "theme_region": "by theme and region",
    "search": "with a word of two characters",
    "facets": "facets theme, region, kind, year",
    "facets_region": "the same within a region",
    "person": "a person",
    "deep_page": "a page deep inside",
    "tagged": "static answer with ETag",
    "bare": "static answer without middleware",
}
"""What each route is called in the table; all but the last two are of the application."""


def questions(engine: Engine) -> dict[str, Paths]:
    """The addresses to ask of each route, in no order; the same for the same database."""
    random = Random(SEED)
    with engine.connect() as connection:
        found = _questions(connection, random)
    for paths in found.values():
        random.shuffle(paths)
    return {name: found[name] for name in ROUTES}


def _questions(connection: Connection, random: Random) -> dict[str, Paths]:
    last = connection.scalar(select(func.max(proposal.c.id))) or 0
    ids = random.sample(range(1, last + 1), min(MOST, last))
    speakers = _speakers(connection, ids)
    pairs = _themes_and_regions(connection, ids, random)
    regions = sorted({region for _, region in pairs})
    return {
        "list": [LIST],
        "speaker": [_listed(speaker=each["name"]) for each in speakers],
        "theme": [_listed(theme=theme) for theme in sorted({theme for theme, _ in pairs})],
        "region": [_listed(region=region) for region in regions],
        "theme_region": [_listed(theme=theme, region=region) for theme, region in sorted(set(pairs))],
        "search": [_listed(q=word) for word in _words(connection, ids)],
        "facets": [FACETS],
        "facets_region": [f"{FACETS}&{urlencode({'region': region})}" for region in regions],
        "person": [f"{API}/people/{each['id']}" for each in speakers],
        "deep_page": [_listed(cursor=cursor) for cursor in _cursors(connection, ids)],
        "tagged": [TAGGED],
        "bare": [BARE],
    }


def _listed(**parameters: str) -> str:
    return f"{LIST}?{urlencode(parameters)}"


def _speakers(connection: Connection, ids: Sequence[int]) -> list[Item]:
    """Those of the proposals, so that who speaks often is asked for often."""
    links = proposal_speaker.c
    return fetch(
        connection,
        select(actor.c.id, actor.c.name)
        .join_from(proposal_speaker, actor)
        .where(links.proposal_id.in_(ids), actor.c.kind == ActorKind.PERSON)
        .order_by(links.proposal_id, links.ordinal),
    )


def _themes_and_regions(connection: Connection, ids: Sequence[int], random: Random) -> list[tuple[str, str]]:
    """Of each proposal that names a region one theme, and the region or one around it."""
    links, above = proposal_region.c, region_ancestor.c
    rows = fetch(
        connection,
        select(links.proposal_id, proposal_theme.c.theme_code, above.ancestor_code)
        .join_from(proposal_region, proposal_theme, proposal_theme.c.proposal_id == links.proposal_id)
        .join(region_ancestor, above.region_code == links.region_code)
        .where(links.proposal_id.in_(ids))
        .order_by(links.proposal_id, proposal_theme.c.theme_code, above.ancestor_code),
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["proposal_id"], []).append((row["theme_code"], row["ancestor_code"]))
    return [random.choice(pairs) for pairs in found.values()]


def _words(connection: Connection, ids: Sequence[int]) -> list[str]:
    """The words of two characters in the proposals' texts, each once: common ones and rare ones."""
    texts = select(proposal.c.text).where(proposal.c.id.in_(ids)).order_by(proposal.c.id)
    words = (word for text in connection.scalars(texts) for word in rjieba.cut(text))
    return list(dict.fromkeys(word for word in words if re.fullmatch(r"[一-鿿]{2}", word)))


def _cursors(connection: Connection, ids: Sequence[int]) -> list[str]:
    """Of the pages that begin after the older half of the proposals."""
    dated = select(proposal.c.published_on, proposal.c.id).where(proposal.c.id.in_(ids))
    keys = sorted((key_of(*row) for row in connection.execute(dated)), reverse=True)
    return [write_cursor(Sorted.NEWEST, Row(key)) for key in keys[len(keys) // 2 :]]
