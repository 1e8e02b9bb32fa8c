"""Metrics as they are answered."""

from pydantic import Field

from app.schemas.shape import ArticleReference, RegionReference, SearchableListing, Shape, SnippetField, Span
from app.vocabulary import Qualifier


class Metric(Shape):
    """A number that measures something (指标)."""

    id: int = Field(description="Id of the metric (指标编号：指标的编号).", examples=[1])
    text: str = Field(
        description="Number and unit as the article has them (原文：数字和单位，照录原文).",
        examples=["2000亿元"],
    )
    value: float = Field(
        description="The plain number in the unit (数值：以该单位计的数，万、亿已乘入；区间取下限), 万 and "
        "亿 multiplied out; a range's lower end.",
        examples=[200000000000],
    )
    value_max: float | None = Field(
        description="The upper end of a range (数值上限：区间的上限，不是区间则为空); else null.",
        examples=[3000],
    )
    unit: str = Field(
        description="Unit or measure word (单位：单位或量词，未写明时为空字串); empty where none is said.",
        examples=["元"],
    )
    qualifier: Qualifier | None = Field(
        description="How exactly the value is meant (限定：约、超、不少于或不到，精确时为空): about, over, "
        "at_least or under; null where it is exact.",
        examples=["at_least"],
    )
    about: str = Field(
        description="What is measured (指标对象：所衡量的事物，用原文的词), in the article's words.",
        examples=["战略发展资金"],
    )
    span: Span = Field(
        description="Place [start, end) in the article's text "
        "(原文位置：在文章全文中的位置，含起点不含终点，按 Unicode 码点计), counted in Unicode code points.",
        examples=[[120, 126]],
    )
    rule: str = Field(
        description="Name of the rule that found it (规则：找到它的规则名).",
        examples=["person-and-verb/asked"],
    )
    proposal: int | None = Field(
        description="Id of the proposal in whose sentence it stands (所在建言：所在句子若是建言，其编号).",
        examples=[41],
    )
    themes: list[str] = Field(
        description="Codes of the themes of its sentence (主题：所在句子的主题代码).", examples=[["funding"]]
    )
    regions: list[RegionReference] = Field(
        description="The places its sentence names (地区：所在句子提到的地区)."
    )
    article: ArticleReference = Field(description="The article that gives it (文章：给出该数字的文章).")


class FoundMetric(Metric):
    """One of a list, with what was searched for (检索到的指标)."""

    snippet: SnippetField


class MetricList(SearchableListing[FoundMetric]):
    """A page of metrics (指标列表)."""
