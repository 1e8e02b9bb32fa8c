"""What answers about people and institutions share."""

from datetime import date

from pydantic import Field

from app.schemas.shape import ArticleReference, Listing, Shape, Spans


class Mention(Shape):
    """Where an article names a person or institution (提及)."""

    name: str = Field(
        description="The form of the name it uses (所用名称：该文使用的写法；仅由职务得知者按机构补全); "
        "completed where only a post tells it: "
        "党工委书记 is a mention of 两江新区党工委.",
        examples=["郝康理"],
    )
    spans: Spans
    article: ArticleReference = Field(description="The article (文章：写明此事的文章).")


class MentionList(Listing[Mention]):
    """A page of mentions (提及列表)."""


class Statement(Shape):
    """A post as one article states it (职务出处)."""

    institution: str = Field(
        description="Full name of the institution (机构：机构全称，未提及时为空字串); empty where none is "
        "said.",
        examples=["四川省政协"],
    )
    institution_id: int | None = Field(
        description="Id of the institution (机构编号：所在机构的编号，未提及机构时为空); null where none "
        "is said.",
        examples=[30],
    )
    title: str = Field(
        description="Title (职务名称：职务名称，照录原文), as it stands in the article.",
        examples=["副主席"],
    )
    spans: Spans
    article: ArticleReference = Field(description="The article that states it (文章：写明此事的文章).")


class StatementList(Listing[Statement]):
    """A page of statements of posts (职务出处列表)."""


class Position(Statement):
    """A post over time (职务), with the spans and article of its newest statement."""

    first_seen: date | None = Field(
        description="Day of the earliest article that states it (最早见报：最早写明此职务的文章的日期，"
        "均无日期时为空); null where none is dated.",
        examples=["2020-05-26"],
    )
    last_seen: date | None = Field(
        description="Day of the latest article that states it (最近见报：最近写明此职务的文章的日期，"
        "均无日期时为空); null where none is dated.",
        examples=["2020-10-22"],
    )
    statements: int = Field(
        description="How often articles state it (出处数：写明此职务的次数).", examples=[2]
    )


class ThemeCount(Shape):
    """A theme with how many proposals are on it (主题数量)."""

    value: str = Field(
        description="Code of the theme (代码：主题代码，可用于 theme 筛选), which the filter `theme` takes.",
        examples=["5g"],
    )
    label: str = Field(description="Chinese name (中文名：主题的中文名称).", examples=["5G与信息通信"])
    count: int = Field(description="Proposals on it (建言数：该主题的建言条数).", examples=[12])
