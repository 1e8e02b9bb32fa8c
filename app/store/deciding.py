"""Who is the same, decided from all that articles say of those of a name: whichever of them came first.

Pure: claims in, groups of them out. Precision comes first: of two that may be one, two are made.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.store.claims import Claim
from app.store.names import key_of

RELATIVE = re.compile("[省市区县州该我]")
"""How names begin that mean a body only within their article: 市政协, 省委, 该中心."""

Group = frozenset[int]
"""Those of some claims, by their ids, that are of one person or body."""

Node = tuple[str, str | None]
"""Bodies of one name and region; None where no article tells it, or where it may be several."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim tells of a person: where they hold posts, the provinces of these, and those of an article
    that tells of no post."""

    institutions: frozenset[Hashable]
    home: frozenset[str]
    around: frozenset[str]


class Unions:
    """Things that are one with others, however many steps away."""

    def __init__(self) -> None:
        self._parents: dict[Hashable, Hashable] = {}

    def root(self, one: Hashable) -> Hashable:
        root = one
        while root in self._parents:
            root = self._parents[root]
        while one != root:
            self._parents[one], one = root, self._parents[one]
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        if self.root(one) != self.root(other):
            self._parents[self.root(one)] = self.root(other)

    def groups(self, ids: Iterable[int]) -> list[Group]:
        """The given things that are one."""
        found: defaultdict[Hashable, set[int]] = defaultdict(set)
        for id in ids:
            found[self.root(id)].add(id)
        return [frozenset(group) for group in found.values()]


def decide_people(told: Mapping[int, Told], same: Iterable[Collection[int]] = ()) -> list[Group]:
    """The people of one name, by the ids of their claims; each of `same` is one already.

    Those who share an institution or a province are one, however many steps away. Whoever is named without a
    post is the only one there is, or the only one at home in the article's provinces; else nobody known.
    """
    unions = Unions()
    for group in same:
        for id in group:
            unions.join(id, min(group))
    posted = [id for id, each in told.items() if each.institutions]
    for id in posted:
        for at in told[id].institutions:
            unions.join(id, ("institution", at))
        for code in told[id].home:
            unions.join(id, ("province", code))
    groups = unions.groups(posted)
    homes = {group: frozenset[str]().union(*(told[id].home for id in group)) for group in groups}
    for id in told.keys() - set(posted):
        near = [group for group in groups if homes[group] & told[id].around]
        if len(groups) == 1 or len(near) == 1:
            (one, *_) = near or groups
            unions.join(id, min(one))
        else:
            unions.join(id, ("nobody known", frozenset() if not groups else told[id].around))
    return unions.groups(told)


def decide_bodies(claims: Mapping[int, Claim], fixed: Collection[Collection[int]] = ()) -> list[Group]:
    """The bodies of these claims, of which each of `fixed` is one already.

    Those of one name are one, and one by whose name another goes too; but never those of different regions
    (朝阳区政府), nor where several go by it.
    """
    nodes = nodes_of(claims.values())
    of = {id: nodes[each.key, each.region] for id, each in claims.items()}
    settled = {of[id] for group in fixed for id in group}
    unions = Unions()
    for id, node in of.items():
        unions.join(id, node)
    for group in fixed:
        for id in group:
            unions.join(id, min(group))
    _join_named(unions, set(of.values()), _links(claims, of, settled))
    return unions.groups(claims)


def nodes_of(claims: Iterable[Claim]) -> dict[Node, Node]:
    """By name and region as claimed what is meant: without a region, the only one there is of the name."""
    regions: defaultdict[str, set[str]] = defaultdict(set)
    for each in claims:
        regions[each.key].update([each.region] if each.region else [])
    nodes: dict[Node, Node] = {}
    for key, own in regions.items():
        nodes[key, None] = (key, next(iter(own)) if len(own) == 1 else None)
        nodes |= {(key, region): (key, region) for region in own}
    return nodes


def _links(
    claims: Mapping[int, Claim], of: Mapping[int, Node], settled: Collection[Node]
) -> list[tuple[Node, Node]]:
    """Bodies with the one of a fuller name by which they are known."""
    fuller: defaultdict[str, set[Node]] = defaultdict(set)
    named: defaultdict[str, set[Node]] = defaultdict(set)
    for id, each in claims.items():
        named[each.key].add(of[id])
        for alias in each.aliases:
            if key_of(alias) != each.key:
                fuller[key_of(alias)].add(of[id])
    links = []
    for key, nodes in named.items():
        for node in nodes - set(settled):
            if (known := _only_fitting(node, nodes, fuller[key])) is not None:
                links.append((node, known))
    return links


def _only_fitting(node: Node, same: Collection[Node], fuller: Collection[Node]) -> Node | None:
    """Of several, or by a relative name, only the one of the same region; else the one that may be."""
    key, region = node
    agreeing = [each for each in fuller if region is not None and each[1] == region]
    if len(agreeing) == 1:
        return agreeing[0]
    if RELATIVE.match(key) or len(fuller) != 1 or len(same) != 1:
        return None
    (one,) = fuller
    return one if region is None or one[1] is None else None


def _join_named(unions: Unions, nodes: Iterable[Node], links: Sequence[tuple[Node, Node]]) -> None:
    """Join what is linked, but nothing of what would then be in several regions."""
    tried = Unions()
    for one, other in links:
        tried.join(unions.root(one), unions.root(other))
    regions: defaultdict[Hashable, set[str]] = defaultdict(set)
    for node in nodes:
        if node[1]:
            regions[tried.root(unions.root(node))].add(node[1])
    roots = [(unions.root(one), unions.root(other)) for one, other in links]
    for root, known in roots:
        if len(regions[tried.root(root)]) < 2:
            unions.join(root, known)


def name_of_person(claims: Collection[Claim]) -> str:
    """The name as names are compared, where anybody writes it so."""
    return min((each.name for each in claims), key=lambda name: (name != key_of(name), name))


def name_of_body(claims: Collection[Claim]) -> str:
    """The fullest name: of those that go by others the longest, as it is written most plainly."""
    short = {key_of(alias) for each in claims for alias in each.aliases if key_of(alias) != each.key}
    return min(
        (each.name for each in claims),
        key=lambda name: (key_of(name) in short, -len(key_of(name)), name != key_of(name), name),
    )


def region_of_body(claims: Collection[Claim]) -> str | None:
    """Where it is, if any article tells."""
    return min((each.region for each in claims if each.region), default=None)
