"""What was found in each article of a page, as the findings of the page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.extraction.findings import Institution, Metric, Person, Proposal


class Found(NamedTuple):
    """The findings of one article, or of all articles of a page."""

    people: tuple[Person, ...]
    institutions: tuple[Institution, ...]
    proposals: tuple[Proposal, ...]
    metrics: tuple[Metric, ...]


def merged(articles: Sequence[Found]) -> Found:
    """One entry for a person or body that several articles name; a metric keeps its proposal."""
    if len(articles) == 1:
        return articles[0]
    people: dict[str, Person] = {}
    institutions: dict[str, Institution] = {}
    proposals: list[Proposal] = []
    metrics: list[Metric] = []
    for found in articles:
        for person in found.people:
            people[person.name] = _same_person(people.get(person.name), person)
        for body in found.institutions:
            institutions[body.name] = _same_body(institutions.get(body.name), body)
        metrics += (_behind(metric, len(proposals)) for metric in found.metrics)
        proposals += found.proposals
    return Found(tuple(people.values()), tuple(institutions.values()), tuple(proposals), tuple(metrics))


def _behind(metric: Metric, before: int) -> Metric:
    """The metric with the index of its proposal among those of the page."""
    return metric if metric.proposal is None else replace(metric, proposal=metric.proposal + before)


def _same_person(known: Person | None, again: Person) -> Person:
    if known is None:
        return again
    stated = {(post.institution, post.title) for post in known.positions}
    new = tuple(post for post in again.positions if (post.institution, post.title) not in stated)
    return replace(known, positions=known.positions + new, mentions=known.mentions + again.mentions)


def _same_body(known: Institution | None, again: Institution) -> Institution:
    if known is None:
        return again
    return replace(
        known,
        aliases=tuple(dict.fromkeys(known.aliases + again.aliases)),
        mentions=known.mentions + again.mentions,
        region=known.region or again.region,
    )
