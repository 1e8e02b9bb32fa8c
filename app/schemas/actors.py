"""What answers about people and institutions share."""

from pydantic import Field

from app.schemas.shape import ArticleReference, Shape, Spans


class Mention(Shape):
    """Where an article names a person or institution (提及)."""

    name: str = Field(
        description="The form of the name it uses (所用名称：该文使用的写法；仅由职务得知者按机构补全); "
        "completed where only a post tells it: "
        "党工委书记 is a mention of 两江新区党工委."
    )
    spans: Spans
    article: ArticleReference = Field(description="The article (文章：写明此事的文章).")


class Position(Shape):
    """A post as one article states it (职务)."""

    institution: str = Field(
        description="Full name of the institution (机构：机构全称，未提及时为空字串); empty where none is "
        "said."
    )
    institution_id: int | None = Field(
        description="Id of the institution (机构编号：所在机构的编号，未提及机构时为空); null where none "
        "is said."
    )
    title: str = Field(
        description="Title (职务名称：职务名称，照录原文), as it stands in the article.",
        examples=["副主席"],
    )
    spans: Spans
    article: ArticleReference = Field(description="The article that states it (文章：写明此事的文章).")
