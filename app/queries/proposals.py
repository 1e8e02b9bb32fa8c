"""Proposals with who stands behind them, what they are about and where they were reported."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, and_, select

from app.queries import metrics
from app.queries.actors import ids_named, shared_names, speaker_ids
from app.queries.articles import REFERENCE, nest_article
from app.queries.context import sentences_around
from app.queries.filters import ArticleIds, RegionJoining, Since, Sorting, Sources, ThemeJoining, Until, Years
from app.queries.page import FacetedQuery, Key, Order
from app.queries.parameters import MOST_VALUES, Names, Parameters, RowId, Separated, Share, Text, one_of
from app.queries.parts import Part, first_of, included
from app.queries.posted import Posted, between, group, plain_groups, region_groups, sorted_by, theme_groups
from app.queries.prepared import Prepared, is_among
from app.queries.references import region_codes
from app.queries.reports import others_like
from app.queries.resource import Resource
from app.queries.rows import (
    Item,
    actor,
    article,
    fetch,
    grouped,
    position,
    proposal,
    proposal_region,
    proposal_speaker,
    proposal_theme,
)
from app.queries.search import Sort, add_snippets, words_of
from app.queries.selection import Group, Wanted
from app.queries.tags import Tags
from app.tables.postings import Facet, Listed, key_of
from app.vocabulary import Joining, Kind


class ProposalFacet(StrEnum):
    """What proposals are counted by."""

    THEME = "theme"
    REGION = "region"
    SPEAKER = "speaker"
    INSTITUTION = "institution"
    KIND = "kind"
    YEAR = "year"
    SOURCE = "source"


class ProposalFilter(Parameters):
    """Which proposals are meant."""

    q: Text | None = Field(
        None,
        description="Words its text contains (检索词：原文须含全部检索词，词间空格，繁简、"
        "全角半角一视同仁), all of them, a blank between two; 繁 as 简, full width as half.",
        examples=["科学城"],
    )
    speaker: Names = Field(
        [],
        description="Who stands behind it (发言人：用编号、姓名、别名，或“机构 姓名”，可重复，任一即可): "
        "id, name, alias, or an institution and a name with a blank between, as in 四川省政协 "
        "陈放; repeat for OR. A name nobody has gives an empty list.",
        examples=[["陈放"]],
    )
    speaker_region: Names = Field(
        [],
        description="Region (发言人所在地区：发言人任职机构或其本身所在的地区，含其下级，用代码、"
        "名称或别名，可重复，任一即可) of a speaker's institution, or the speaker itself, with "
        "all below it: code, name or alias; repeat for OR.",
        examples=[["重庆"]],
    )
    institution: Names = Field(
        [],
        description="An institution (机构：发言的机构，或该文中发言人任职的机构，用编号、名称或别名，"
        "可重复，任一即可) that is the speaker, or where a speaker holds a post in that "
        "article: id, name or alias; repeat for OR.",
        examples=[["四川省政协"]],
    )
    theme: Names = Field(
        [],
        description="What it asks for (主题：所求之事的主题，用代码、中文名、英文名或别名，可重复，"
        "任一即可): code, 中文, English or alias; repeat for OR.",
        examples=[["5g"]],
    )
    theme_op: ThemeJoining = Joining.OR
    region: Names = Field(
        [],
        description="A region (地区：句中提到的地区，含其下级，用代码、名称或别名，可重复，任一即可) it "
        "names, or one below it: code, name or alias; repeat for OR.",
        examples=[["四川"]],
    )
    region_op: RegionJoining = Joining.OR
    kind: list[Annotated[Kind, one_of(Kind)]] = Field(
        [],
        max_length=MOST_VALUES,
        description="What it is (类型：recommendation 建议，plan 计划，agreement 协议，可重复，任一即可): "
        "recommendation, plan or agreement; repeat for OR.",
        examples=[["recommendation"]],
    )
    article: ArticleIds = Field([])
    source: Sources = Field([])
    year: Years = Field([])
    since: Since = None
    until: Until = None
    min_confidence: Share | None = Field(
        None,
        description="At least this sure (最低置信度：置信度不低于此数，0 到 1), from 0 to 1.",
        examples=[0.7],
    )
    reports_of: RowId | None = Field(
        None,
        description="The id of a proposal: leaves where else it was reported (其他报道：某条建言的编号，"
        "只留其他文章对它的报道，不含本条), itself left out.",
        examples=[41],
    )


class ProposalQuery(ProposalFilter, FacetedQuery):
    """Which proposals to list, and how."""

    sort: Sorting = Sort.NEWEST
    facets: Annotated[list[Annotated[ProposalFacet, one_of(ProposalFacet)]], Separated] = Field(
        [],
        description="What to count the found by (分面：按哪些项目统计结果，多个用逗号隔开), several with a "
        "comma between.",
        examples=["theme,kind"],
    )


class ProposalPart(StrEnum):
    """What a proposal can include."""

    CONTEXT = "context"
    METRICS = "metrics"
    REPORTS = "reports"


class ProposalParts(Parameters):
    """What to include in a proposal."""

    include: Annotated[list[Annotated[ProposalPart, one_of(ProposalPart)]], Separated] = Field(
        [],
        description="Larger parts to add (附加内容：context 上下文，metrics 句中指标，reports 其他报道): "
        "context, metrics or reports; repeat, or join by commas.",
        examples=[["context"]],
    )


_TAGS = Tags("proposal_id", proposal_theme, proposal_region)


# A row for each speaker and each post they hold in the article, or one with none of them.
_SPEAKERS = Prepared(
    select(
        proposal_speaker.c.proposal_id,
        actor.c.id,
        actor.c.kind,
        actor.c.name,
        position.c.institution_name.label("institution"),
        position.c.title,
    )
    .join_from(proposal_speaker, actor)
    .join(proposal)
    .outerjoin(
        position,
        and_(
            position.c.person_id == proposal_speaker.c.actor_id,
            position.c.article_id == proposal.c.article_id,
        ),
    )
    .where(is_among(proposal_speaker.c.proposal_id, "ids"))
    .order_by(
        proposal_speaker.c.proposal_id,
        proposal_speaker.c.ordinal,
        proposal_speaker.c.actor_id,
        position.c.id,
    )
)


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    speakers = grouped(_SPEAKERS.fetch(connection, ids=[item["id"] for item in items]), "proposal_id")
    _TAGS.complete(connection, items)
    for item in items:
        item["speakers"] = _with_positions(speakers[item["id"]])
        nest_article(item)


PROPOSALS = Resource(
    name="proposal",
    table=proposal,
    base=select(
        proposal.c.id,
        proposal.c.kind,
        proposal.c.text,
        proposal.c.spans,
        proposal.c.rule,
        proposal.c.form,
        proposal.c.confidence,
        proposal.c.duplicate_of,
        *REFERENCE,
    ).join_from(proposal, article),
    order=Order((Key(proposal.c.id),), (RowId,)),
    complete=_complete,
)


def _add_snippets(_connection: Connection, items: Sequence[Item], words: Sequence[str]) -> None:
    add_snippets(items, words, lambda item: str(item["text"]))


def get(connection: Connection, proposal_id: int, include: Collection[ProposalPart] = ()) -> Item:
    """One proposal with the parts to include. Raises NotFoundError."""
    return included(connection, PROPOSALS.get(connection, proposal_id), _PARTS, include)


def _context(connection: Connection, item: Item) -> Item:
    wanted = article.c.id == item["article"]["id"]
    (row,) = fetch(connection, select(article.c.text).where(wanted))
    return sentences_around(row["text"], item["spans"][0][0], item["spans"][-1][1])


def _metrics(connection: Connection, item: Item) -> Part:
    return first_of(connection, metrics.LIST.find, metrics.MetricQuery, proposal=[item["id"]])


def _reports(connection: Connection, item: Item) -> Part:
    return first_of(connection, LIST.find, ProposalQuery, reports_of=item["id"])


_PARTS: Mapping[ProposalPart, Callable[[Connection, Item], object]] = {
    ProposalPart.CONTEXT: _context,
    ProposalPart.METRICS: _metrics,
    ProposalPart.REPORTS: _reports,
}


def wanted_by(connection: Connection, query: ProposalFilter) -> Wanted:
    """Which proposals a query means. Raises UnknownValueError for a theme or region that is none."""
    above, below = between(query.since, query.until)
    return Wanted(
        Listed.PROPOSAL,
        proposal,
        tuple(_groups(connection, query)),
        (proposal.c.confidence >= query.min_confidence,) if query.min_confidence is not None else (),
        words_of(query.q),
        above,
        below,
        _keys(connection, query),
    )


def _groups(connection: Connection, query: ProposalFilter) -> Iterator[Group]:
    yield from theme_groups(connection, query.theme, query.theme_op)
    yield from region_groups(connection, query.region, query.region_op)
    if query.speaker:
        yield group(Facet.SPEAKER, speaker_ids(connection, query.speaker))
    if query.institution:
        yield group(Facet.INSTITUTION, ids_named(connection, query.institution))
    if query.speaker_region:
        yield group(Facet.SPEAKER_REGION, region_codes(connection, query.speaker_region, "speaker_region"))
    yield from plain_groups({Facet.KIND: query.kind, Facet.YEAR: query.year, Facet.SOURCE: query.source})


def _keys(connection: Connection, query: ProposalFilter) -> frozenset[int] | None:
    """Of the few that an article or another proposal leads to; None where neither is asked for."""
    few: list[ColumnElement[bool]] = []
    if query.article:
        few.append(proposal.c.article_id.in_(query.article))
    if query.reports_of is not None:
        few.append(others_like(query.reports_of, proposal.c.duplicate_of))
    if not few:
        return None
    rows = fetch(connection, select(proposal.c.published_on, proposal.c.id).where(*few))
    return frozenset(key_of(row["published_on"], row["id"]) for row in rows)


LIST: Posted[ProposalQuery] = Posted(
    PROPOSALS,
    wanted_by,
    sorted_by,
    _add_snippets,
    lambda connection, query: shared_names(connection, query.speaker, "speaker"),
)


def _with_positions(rows: Sequence[Item]) -> list[Item]:
    return [
        {
            **{name: own[0][name] for name in ("id", "kind", "name")},
            "positions": [row for row in own if row["title"] is not None],
        }
        for own in grouped(rows, "id").values()
    ]
