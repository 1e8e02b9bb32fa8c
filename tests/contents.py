"""What a database says, whatever its rows' ids are and in whichever order they were written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

Contents = Mapping[str, tuple[Any, ...]]
"""By kind of thing (articles, proposals, people, institutions, places, metrics) what is said, in order."""

_ARTICLES = """
SELECT id, sha256, title, source, published_on, url, bylines, extractor_version, page_sha256,
    same_text_as, given
FROM article
"""
_MENTIONS = "SELECT actor_id, article_id, name, spans, rule FROM actor_mention"
_POSITIONS = """
SELECT person_id, article_id, institution_id, institution_name, title, spans, rule FROM position
"""
_PROPOSALS = """
SELECT id, article_id, ordinal, kind, text, spans, rule, form, confidence, spillover, published_on, digest,
    duplicate_of
FROM proposal
"""
_METRICS = """
SELECT id, article_id, ordinal, span_start, span_end, text, value, value_max, unit, qualifier, about, rule,
    proposal_id, spillover
FROM metric
"""


def digest(engine: Engine) -> str:
    """The same for databases that say the same."""
    return sha256(repr(sorted(contents(engine).items())).encode()).hexdigest()


def contents(engine: Engine) -> Contents:
    """Every article, finding and actor, each named by what it is instead of by its id."""
    with engine.connect() as connection:
        return _contents(connection)


def _contents(connection: Connection) -> Contents:
    articles = {row.id: row for row in _all(connection, _ARTICLES)}
    names = {id: row.sha256 for id, row in articles.items()}
    actors = _actors(connection, names)
    proposals = {row.id: row for row in _all(connection, _PROPOSALS)}
    places = {id: (names[row.article_id], row.ordinal) for id, row in proposals.items()}
    groups = defaultdict(list)
    for kind, said in actors.values():
        groups[{"person": "people", "institution": "institutions"}.get(kind, "places")].append(said)
    return {
        "articles": _sorted((*row[1:9], names.get(row.same_text_as), row.given) for row in articles.values()),
        "proposals": _proposals(connection, proposals, places, actors),
        "metrics": _metrics(connection, names, places),
        **{group: _sorted(said) for group, said in groups.items()},
    }


def _actors(connection: Connection, names: Mapping[int, str]) -> dict[int, tuple[str, tuple[Any, ...]]]:
    """By id the kind, and what tells an actor from all others: its names, mentions and posts."""
    aliases = _grouped(connection, "SELECT actor_id, alias, pinyin FROM actor_alias")
    mentions = _grouped(connection, _MENTIONS, lambda row: (names[row.article_id], *row[2:]))
    rows = _all(connection, "SELECT id, kind, name, region_code, merged_into FROM actor")
    named = {row.id: row.name for row in rows}
    posts = _grouped(
        connection, _POSITIONS, lambda row: (names[row.article_id], named.get(row.institution_id), *row[3:])
    )
    return {
        row.id: (
            row.kind,
            (
                row.name,
                row.region_code,
                named.get(row.merged_into),
                _sorted(aliases[row.id]),
                _sorted(mentions[row.id]),
                _sorted(posts[row.id]),
            ),
        )
        for row in rows
    }


def _proposals(
    connection: Connection,
    proposals: Mapping[int, Row[Any]],
    places: Mapping[int, tuple[str, int]],
    actors: Mapping[int, tuple[str, tuple[Any, ...]]],
) -> tuple[Any, ...]:
    speakers = _grouped(
        connection,
        "SELECT proposal_id, ordinal, spans, actor_id FROM proposal_speaker",
        lambda row: (row.ordinal, row.spans, actors[row.actor_id]),
    )
    themes = _grouped(connection, "SELECT proposal_id, theme_code, published_on FROM proposal_theme")
    regions = _grouped(connection, "SELECT proposal_id, region_code FROM proposal_region")
    return _sorted(
        (
            *places[id],
            *row[3:12],
            places.get(row.duplicate_of),
            *(_sorted(parts[id]) for parts in (speakers, themes, regions)),
        )
        for id, row in proposals.items()
    )


def _metrics(
    connection: Connection, names: Mapping[int, str], places: Mapping[int, tuple[str, int]]
) -> tuple[Any, ...]:
    themes = _grouped(connection, "SELECT metric_id, theme_code FROM metric_theme")
    regions = _grouped(connection, "SELECT metric_id, region_code FROM metric_region")
    return _sorted(
        (
            names[row.article_id],
            *row[2:12],
            places.get(row.proposal_id),
            row.spillover,
            _sorted(themes[row.id]),
            _sorted(regions[row.id]),
        )
        for row in _all(connection, _METRICS)
    )


def _all(connection: Connection, statement: str) -> list[Row[Any]]:
    return list(connection.execute(text(statement)))


def _grouped(
    connection: Connection, statement: str, said: Any = lambda row: tuple(row[1:])
) -> defaultdict[int, list[Any]]:
    """What is said of each row, by the id in its first column."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in _all(connection, statement):
        groups[row[0]].append(said(row))
    return groups


def _sorted(rows: Iterable[Any]) -> tuple[Any, ...]:
    # By what they look like, as None and numbers cannot be compared.
    return tuple(sorted(rows, key=repr))
