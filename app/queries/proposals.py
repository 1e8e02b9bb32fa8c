"""Proposals with who stands behind them, what they are about and where they were reported."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from app.queries import metrics
from app.queries.actors import ids_of, shared_names, spoken_by
from app.queries.articles import REFERENCE, in_articles, in_years, nest_article, published_between
from app.queries.context import sentences_around
from app.queries.facets import (
    BY_INSTITUTION,
    BY_KIND,
    BY_SPEAKER,
    by_region,
    by_source,
    by_theme,
    by_year,
    counted,
)
from app.queries.page import Key, ListQuery, Order, Page
from app.queries.parameters import Day, Names, Parameters, RowId, Separated, Share, Text, Year, one_of
from app.queries.parts import Part, first_of, included
from app.queries.references import all_below, region_codes
from app.queries.reports import reports_of
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
from app.queries.search import Sort, add_snippets, by_relevance, contains_all, words_of
from app.queries.tags import Tags
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
    theme_op: Annotated[Joining, one_of(Joining)] = Field(
        Joining.OR,
        description="Whether a repeated theme is OR or AND "
        "(主题组合方式：多个主题是任一（or）还是全部（and）).",
        examples=["and"],
    )
    region: Names = Field(
        [],
        description="A region (地区：句中提到的地区，含其下级，用代码、名称或别名，可重复，任一即可) it "
        "names, or one below it: code, name or alias; repeat for OR.",
        examples=[["四川"]],
    )
    region_op: Annotated[Joining, one_of(Joining)] = Field(
        Joining.OR,
        description="Whether a repeated region is OR or AND "
        "(地区组合方式：多个地区是任一（or）还是全部（and）).",
        examples=["and"],
    )
    kind: list[Annotated[Kind, one_of(Kind)]] = Field(
        [],
        description="What it is (类型：recommendation 建议，plan 计划，agreement 协议，可重复，任一即可): "
        "recommendation, plan or agreement; repeat for OR.",
        examples=[["recommendation"]],
    )
    article: list[RowId] = Field(
        [],
        description="The id of its article (文章：所在文章的编号，可重复，任一即可); repeat for OR.",
        examples=[[3]],
    )
    source: list[Text] = Field(
        [],
        description="Who published the article (来源：发表文章的媒体或单位全称，可重复，任一即可), written "
        "in full; repeat for OR.",
        examples=[["建言编写组"]],
    )
    year: list[Year] = Field(
        [],
        description="Year of publication (年份：发表的年份，可重复，任一即可); repeat for OR.",
        examples=[[2020]],
    )
    since: Day | None = Field(
        None,
        description="Published on this day or later (起始日期：该日或之后发表).",
        examples=["2020-01-01"],
    )
    until: Day | None = Field(
        None,
        description="Published on this day or earlier (截止日期：该日或之前发表).",
        examples=["2030-12-31"],
    )
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


class ProposalQuery(ProposalFilter, ListQuery):
    """Which proposals to list, and how."""

    sort: Annotated[Sort, one_of(Sort)] = Field(
        Sort.NEWEST,
        description="Newest first (-date), oldest first (date), or most hits of `q` first (排序：-date "
        "新者在前，date 旧者在前，relevance 命中多者在前，须有 q).",
        examples=["date"],
    )
    facets: Annotated[list[Annotated[ProposalFacet, one_of(ProposalFacet)]], Separated] = Field(
        [],
        description="What to count the found by (分面：按哪些项目统计结果，多个用逗号隔开), several with a "
        "comma between.",
        examples=["theme,kind"],
    )
    facet_limit: int = Field(
        20,
        ge=1,
        le=500,
        description="Values counted for each facet (每个分面的条数：每个分面列出的值的个数).",
        examples=[5],
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


_TAGS = Tags(proposal, "proposal_id", proposal_theme, proposal_region)


def _complete(connection: Connection, items: Sequence[Item]) -> None:
    speakers = grouped(_speakers(connection, [item["id"] for item in items]), "proposal_id")
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
        proposal.c.published_on,
        *REFERENCE,
    ).join_from(proposal, article),
    order=Order(
        (Key(proposal.c.published_on, descending=True), Key(proposal.c.id, descending=True)),
        (date | None, RowId),
        Sort.NEWEST,
    ),
    complete=_complete,
)
_OLDEST_FIRST = Order((Key(proposal.c.published_on), Key(proposal.c.id)), (date | None, RowId), Sort.OLDEST)

DIMENSIONS = {
    ProposalFacet.THEME: by_theme(proposal_theme, "proposal_id"),
    ProposalFacet.REGION: by_region(proposal_region, "proposal_id"),
    ProposalFacet.SPEAKER: BY_SPEAKER,
    ProposalFacet.INSTITUTION: BY_INSTITUTION,
    ProposalFacet.KIND: BY_KIND,
    ProposalFacet.YEAR: by_year(proposal),
    ProposalFacet.SOURCE: by_source(proposal),
}


def find(connection: Connection, query: ProposalQuery) -> Page:
    """The proposals of a query in the order it asks for, undated ones last where it is by date.

    Raises UnknownValueError for a theme or region that is none, RelevanceError.
    """
    words, conditions = words_of(query.q), conditions_of(connection, query)
    page = PROPOSALS.find(connection, conditions, query, _order(query.sort, words))
    add_snippets(page.items, words, _text)
    page.ambiguous.extend(shared_names(connection, query.speaker, "speaker"))
    return counted(connection, page, query, DIMENSIONS, PROPOSALS.ids(conditions))


def find_all(connection: Connection, query: ProposalQuery) -> Iterator[list[Item]]:
    """All proposals of a query, some hundred at a time. Raises as `find` does."""
    words, conditions = words_of(query.q), conditions_of(connection, query)
    for items in PROPOSALS.find_all(connection, conditions, _order(query.sort, words)):
        add_snippets(items, words, _text)
        yield items


def _text(item: Item) -> str:
    return str(item["text"])


def _order(sort: Sort, words: Sequence[str]) -> Order:
    if sort is Sort.RELEVANCE:
        return by_relevance(PROPOSALS, words)
    return PROPOSALS.order if sort is Sort.NEWEST else _OLDEST_FIRST


def get(connection: Connection, proposal_id: int, include: Collection[ProposalPart] = ()) -> Item:
    """One proposal with the parts to include. Raises NotFoundError."""
    return included(connection, PROPOSALS.get(connection, proposal_id), _PARTS, include)


def _context(connection: Connection, item: Item) -> Item:
    wanted = article.c.id == item["article"]["id"]
    (row,) = fetch(connection, select(article.c.text).where(wanted))
    return sentences_around(row["text"], item["spans"][0][0], item["spans"][-1][1])


def _metrics(connection: Connection, item: Item) -> Part:
    return first_of(connection, metrics.find, metrics.MetricQuery, proposal=[item["id"]])


def _reports(connection: Connection, item: Item) -> Part:
    return first_of(connection, find, ProposalQuery, reports_of=item["id"])


_PARTS: Mapping[ProposalPart, Callable[[Connection, Item], object]] = {
    ProposalPart.CONTEXT: _context,
    ProposalPart.METRICS: _metrics,
    ProposalPart.REPORTS: _reports,
}


def conditions_of(connection: Connection, query: ProposalFilter) -> list[ColumnElement[bool]]:
    """What a proposal must meet. Raises UnknownValueError for a theme or region that is none."""
    conditions = published_between(proposal.c.published_on, query.since, query.until)
    if words := words_of(query.q):
        conditions.append(contains_all(proposal, words))
    if query.min_confidence is not None:
        conditions.append(proposal.c.confidence >= query.min_confidence)
    if query.year:
        conditions.append(in_years(proposal.c.published_on, query.year))
    if query.source:
        conditions += in_articles(proposal.c.article_id, query.source, (), None, None)
    if query.speaker_region:
        conditions.append(_is_from(region_codes(connection, query.speaker_region, "speaker_region")))
    if query.kind:
        conditions.append(proposal.c.kind.in_(query.kind))
    if query.article:
        conditions.append(proposal.c.article_id.in_(query.article))
    if query.speaker:
        conditions.append(proposal.c.id.in_(spoken_by(query.speaker)))
    if query.institution:
        conditions.append(_is_of_institution(query.institution))
    if query.theme:
        conditions.append(_TAGS.of_themes(connection, query.theme, query.theme_op))
    if query.region:
        conditions.append(_TAGS.of_regions(connection, query.region, query.region_op))
    if query.reports_of is not None:
        conditions.append(reports_of(query.reports_of))
    return conditions


def _is_by(actor_ids: Select[Any]) -> ColumnElement[bool]:
    links = proposal_speaker.c
    return proposal.c.id.in_(select(links.proposal_id).where(links.actor_id.in_(actor_ids)))


def _is_from(codes: Iterable[str]) -> ColumnElement[bool]:
    """That a speaker is in one of the regions, or holds a post at a body there in the same article."""
    return _is_of(select(actor.c.id).where(actor.c.region_code.in_(all_below(codes))))


def _is_of_institution(names: Sequence[str]) -> ColumnElement[bool]:
    return _is_of(ids_of(names))


def _is_of(bodies: Select[Any]) -> ColumnElement[bool]:
    """That one of the bodies is a speaker, or that a speaker holds a post at it in the same article."""
    reported = proposal.alias("reported")
    held = (
        select(reported.c.id)
        .join_from(position, proposal_speaker, proposal_speaker.c.actor_id == position.c.person_id)
        .join(
            reported,
            and_(
                reported.c.id == proposal_speaker.c.proposal_id,
                reported.c.article_id == position.c.article_id,
            ),
        )
        .where(position.c.institution_id.in_(bodies))
    )
    return or_(_is_by(bodies), proposal.c.id.in_(held))


def _speakers(connection: Connection, proposal_ids: Sequence[int]) -> list[Item]:
    """A row for each speaker and each post they hold in the article, or one with none of them."""
    links = proposal_speaker.c
    return fetch(
        connection,
        select(
            links.proposal_id,
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
            and_(position.c.person_id == links.actor_id, position.c.article_id == proposal.c.article_id),
        )
        .where(links.proposal_id.in_(proposal_ids))
        .order_by(links.proposal_id, links.ordinal, links.actor_id, position.c.id),
    )


def _with_positions(rows: Sequence[Item]) -> list[Item]:
    return [
        {
            **{name: own[0][name] for name in ("id", "kind", "name")},
            "positions": [row for row in own if row["title"] is not None],
        }
        for own in grouped(rows, "id").values()
    ]
