"""Proposals as they are answered."""

from pydantic import Field

from app.schemas.metrics import MetricList
from app.schemas.shape import (
    ArticleReference,
    PostReference,
    RegionReference,
    SearchableListing,
    Shape,
    SnippetField,
    Span,
    Spans,
)
from app.vocabulary import ActorKind, AttributionForm, Kind


class Speaker(Shape):
    """Who stands behind a proposal (发言人)."""

    id: int = Field(description="Id of the person or institution (编号：人物或机构的编号).", examples=[80])
    kind: ActorKind = Field(
        description="What they are (类别：人物、机构或地区): person, institution or region."
    )
    name: str = Field(description="Canonical name (姓名或名称：规范姓名或名称).", examples=["陈放"])
    positions: list[PostReference] = Field(
        description="The posts this article gives them (当时职务：该文所写的职务)."
    )


class Proposal(Shape):
    """A sentence that puts something forward (建言)."""

    id: int = Field(description="Id of the proposal (建言编号：建言的编号).", examples=[41])
    kind: Kind = Field(description="What it is (类型：建议、计划或协议): recommendation, plan or agreement.")
    text: str = Field(
        description="The sentence as the article has it (原文：建言的句子，照录原文).",
        examples=["郝康理建议，两地设立战略发展资金。"],
    )
    spans: Spans
    speakers: list[Speaker] = Field(
        description="Who stands behind it (发言人：提出建言者，不明时为空); empty where no one is known."
    )
    themes: list[str] = Field(
        description="Codes of what it asks for (主题：所求之事的主题代码).",
        examples=[["5g", "funding"]],
    )
    regions: list[RegionReference] = Field(
        description="The places the sentence names (地区：句中提到的地区)."
    )
    article: ArticleReference = Field(description="Where it was reported (文章：报道它的文章).")
    rule: str = Field(
        description="Name of the rule that found it (规则：找到它的规则名).",
        examples=["speech-verb"],
    )
    form: AttributionForm = Field(
        description="How its speaker was named (指称方式：句中如何指明发言人，explicit 最可靠), explicit "
        "being safest."
    )
    confidence: float = Field(
        description="How sure the extraction is (置信度：抽取结果有多可靠，0 到 1), from 0 to 1.",
        examples=[0.9],
    )
    duplicate_of: int | None = Field(
        description="Id of the same proposal in an article that reported it before "
        "(重复于：更早报道同一建言的那一条的编号，没有则为空); else null.",
        examples=[17],
    )


class FoundProposal(Proposal):
    """A proposal in a list, with what was searched for (检索到的建言)."""

    snippet: SnippetField


class ProposalList(SearchableListing[FoundProposal]):
    """A page of proposals (建言列表)."""


class ContextSentence(Shape):
    """A sentence near a proposal (上下文句子)."""

    text: str = Field(
        description="The sentence as the article has it (原文：句子，照录原文).",
        examples=["郝康理建议，两地设立战略发展资金。"],
    )
    span: Span = Field(
        description="Place [start, end) in the article's text (原文位置：在文章全文中的起止位置，按 "
        "Unicode 码点计), counted in Unicode code points.",
        examples=[[780, 811]],
    )


class Context(Shape):
    """What stands around a proposal in the article's text (上下文)."""

    before: list[ContextSentence] = Field(
        description="Up to two sentences before it (上文：建言之前至多两句，按原文顺序), in the order of "
        "the text."
    )
    after: list[ContextSentence] = Field(
        description="Up to two sentences after it (下文：建言之后至多两句，按原文顺序), in the order of "
        "the text."
    )


class ProposalDetail(Proposal):
    """A proposal with the parts that `include` names (建言详情)."""

    context: Context | None = Field(
        description="The sentences around it (上下文：前后的句子，未要求时为空); null unless included."
    )
    metrics: MetricList | None = Field(
        description="The figures in it (句中指标：该句中的指标，未要求时为空); null unless included."
    )
    reports: ProposalList | None = Field(
        description="Where else it was reported (其他报道：其他文章中的同一建言，不含本条，新者在前，"
        "未要求时为空), itself left out, newest first; null unless included."
    )
