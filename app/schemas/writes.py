"""What writes take and answer."""

import re
from datetime import date
from typing import Annotated, Self, TypeGuard

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.schemas.articles import ArticleCounts
from app.schemas.shape import Shape, Span, Spans
from app.vocabulary import ActorKind, AttributionForm, Kind, Outcome, Qualifier

MOST_CHARACTERS = 500_000

# What no name has and what would go on into every export. One of them, U+0085, is stripped as a space is by
# pydantic alone.
_CONTROL = r"\x00-\x1f\x7f-\x9f"
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=rf"^[^{_CONTROL}]*$"),
    # Which says of the text before it is stripped what the pattern says of it after.
    Field(json_schema_extra={"pattern": rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"}),
]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=rf"^https?://[^\s{_CONTROL}]+$")
]


def _is_day(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None


def _day(value: object) -> object:
    # pydantic alone would take numbers too, as seconds since 1970, and Python alone weeks.
    try:
        return value if isinstance(value, date) else date.fromisoformat(value if _is_day(value) else "")
    except ValueError:
        raise PydanticCustomError("day", "write a date as 2020-10-22") from None


Day = Annotated[date, BeforeValidator(_day)]


class ArticleInput(BaseModel):
    """An article to import: its text, or the address of one (待导入文章)."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"type": "string"}}} for name in ("text", "url")
            ]
        },
    )

    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)] | None = Field(
        None,
        description="The text (全文：纯文本或 Markdown，不写则从 url 获取), plain or Markdown "
        "with front matter; without it, `url` is fetched.",
        examples=["四川省政协委员陈放建议,加快建设西部科学城。"],
    )
    url: Address | None = Field(
        None,
        description="Address it was published at (网址：文章发表的网址，没有 text 时从这里获取), "
        "http or https; fetched where there is no `text`: a page, plain text, Markdown, PDF or Word.",
        examples=["https://example.org/2020/1022.txt"],
    )
    title: Line | None = Field(
        None,
        description="Title (标题：不写则从全文读取); else read from the text.",
        examples=["委员建言西部科学城"],
    )
    source: Line | None = Field(
        None,
        description="Who published it (来源：发表的媒体或单位，不写则从全文读取); else read from the text.",
        examples=["建言编写组"],
    )
    published_on: Day | None = Field(
        None,
        description="Day of publication (发表日期：不写则从全文读取); else read from the text.",
        examples=["2020-10-22"],
    )
    bylines: Annotated[tuple[Line, ...], Field(max_length=100)] = Field(
        (),
        description="Reporters and editors (记者、编辑：不写则从全文读取); else read from the text.",
        examples=[["王小明"]],
    )

    @model_validator(mode="after")
    def _needs_text_or_address(self) -> Self:
        if self.text is None and self.url is None:
            raise PydanticCustomError("empty", "give the article's text, or the url of a plain text to fetch")
        return self


def _number(value: object) -> object:
    # pydantic alone would take true for the person with id 1, and texts.
    if isinstance(value, bool | str):
        raise PydanticCustomError("number", "write an id as a number")
    return value


class MergeInput(BaseModel):
    """Whom a person is to be merged into (合并目标)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    into: Annotated[int, Field(ge=1, le=2**63 - 1), BeforeValidator(_number)] = Field(
        description="Id of the person who both are from now on (目标人物编号).", examples=[80]
    )


class ExtractedSpeaker(Shape):
    """Who stands behind a proposal that was found (发言人)."""

    name: str = Field(description="Name in this article (姓名或名称：该文中的姓名或名称).", examples=["陈放"])
    kind: ActorKind = Field(
        description="What they are (类别：人物、机构或地区): person, institution or region."
    )


class ExtractedProposal(Shape):
    """A proposal that was found in the article (建言)."""

    kind: Kind = Field(description="What it is (类型：建议、计划或协议): recommendation, plan or agreement.")
    text: str = Field(
        description="The sentence as the article has it (原文：建言的句子，照录原文).",
        examples=["郝康理建议，两地设立战略发展资金。"],
    )
    spans: Spans
    speakers: list[ExtractedSpeaker] = Field(
        description="Who stands behind it (发言人：提出建言者，不明时为空)."
    )
    themes: list[str] = Field(
        description="Codes of what it asks for (主题：所求之事的主题代码).", examples=[["5g"]]
    )
    regions: list[str] = Field(
        description="Codes of the places it names (地区：句中提到的地区的代码).", examples=[["510000"]]
    )
    rule: str = Field(
        description="Name of the rule that found it (规则：找到它的规则名).",
        examples=["person-and-verb/asked"],
    )
    form: AttributionForm = Field(
        description="How its speaker was named (指称方式：句中如何指明发言人，explicit 最可靠), explicit "
        "being safest."
    )
    confidence: float = Field(
        description="How sure the extraction is (置信度：抽取结果有多可靠，0 到 1), from 0 to 1.",
        examples=[0.9],
    )


class ExtractedPosition(Shape):
    """A post that the article gives a person (职务)."""

    institution: str = Field(
        description="Full name of the institution (机构：机构全称，未提及时为空字串); empty where none is "
        "said.",
        examples=["四川省政协"],
    )
    title: str = Field(
        description="Title (职务名称：照录原文), as it stands in the article.", examples=["副主席"]
    )


class ExtractedPerson(Shape):
    """A person that was found in the article (人物)."""

    name: str = Field(description="Name (姓名：人物的姓名).", examples=["陈放"])
    positions: list[ExtractedPosition] = Field(
        description="The posts the article gives them (职务：该文所写的职务)."
    )


class ExtractedInstitution(Shape):
    """An institution that was found in the article (机构)."""

    name: str = Field(description="Full name (名称：机构全称).", examples=["四川省政协"])
    aliases: list[str] = Field(
        description="Other forms the article uses (别名：文中使用的其他称呼).", examples=[["省政协"]]
    )


class ExtractedMetric(Shape):
    """A figure that was found in the article (指标)."""

    text: str = Field(
        description="Number and unit as the article has them (原文：数字和单位，照录原文).",
        examples=["2000亿元"],
    )
    span: Span = Field(
        description="Place [start, end) in the text (原文位置：在全文中的起止位置，按 Unicode 码点计), in "
        "Unicode code points.",
        examples=[[780, 785]],
    )
    value: float = Field(description="The plain number in the unit (数值：以该单位计的数).", examples=[2000])
    value_max: float | None = Field(
        description="The upper end of a range (数值上限：范围的上限，不是范围时为空); else null.",
        examples=[3000],
    )
    unit: str = Field(
        description="Unit or measure word (单位：单位或量词，未说明时为空字串); empty where none is said.",
        examples=["元"],
    )
    qualifier: Qualifier | None = Field(
        description="How exactly it is meant (限定：约、超、不少于、不到等，确数为空); null where exact.",
        examples=["at_least"],
    )
    about: str = Field(
        description="What is measured (指标对象：所衡量的事物，照录原文), in the article's words.",
        examples=["战略发展资金"],
    )


class ImportedArticle(Shape):
    """What became of an article that was sent, and what was found in it (导入结果)."""

    id: int | None = Field(
        description="Id of the article (文章编号：文章的编号，试抽取时为空); null after a dry run.",
        examples=[3],
    )
    outcome: Outcome | None = Field(
        description="What became of it (结果：新增、已有或由新版本重新抽取，试运行时为空): new, "
        "unchanged or replaced; null after a dry run.",
        examples=["new"],
    )
    title: str | None = Field(
        description="Title (标题：文章标题，不明时为空); null where none is known.",
        examples=["首次远程协商聚焦西部科学城"],
    )
    source: str | None = Field(
        description="Who published it (来源：发表文章的媒体或单位).", examples=["建言编写组"]
    )
    published_on: date | None = Field(
        description="Day of publication (发表日期：发表的日期).", examples=["2020-10-22"]
    )
    url: str | None = Field(
        description="Address it was published at (网址：文章发表的网址).",
        examples=["https://example.com/2020/1022.html"],
    )
    bylines: list[str] = Field(
        description="Reporters and editors (记者、编辑：署名的记者和编辑).", examples=[["建言编写组"]]
    )
    extractor_version: str = Field(
        description="Version of the extractor (抽取版本：抽取程序的版本).", examples=["3"]
    )
    counts: ArticleCounts = Field(
        description="What is stored of it, or would be (数量：存入的，或将会存入的条数)."
    )
    proposals: list[ExtractedProposal] = Field(
        description="Proposals (建言：文中的建言，按原文顺序), in the order of the text."
    )
    people: list[ExtractedPerson] = Field(description="People (人物：文中的人物).")
    institutions: list[ExtractedInstitution] = Field(description="Institutions (机构：文中的机构).")
    metrics: list[ExtractedMetric] = Field(description="Figures (指标：文中的指标).")
