"""People as they are answered."""

from pydantic import Field

from app.schemas.actors import MentionList, Position, StatementList, ThemeCount
from app.schemas.proposals import ProposalList
from app.schemas.shape import SearchableListing, Shape, SnippetField


class PersonCounts(Shape):
    """How much there is about a person (数量)."""

    proposals: int = Field(
        description="Proposals they stand behind (建言数：其提出的建言条数).", examples=[90]
    )
    articles: int = Field(description="Articles that name them (文章数：提到其姓名的文章数).", examples=[5])


class Person(Shape):
    """Someone who takes part in what articles report (人物)."""

    id: int = Field(description="Id of the person (人物编号：人物的编号).", examples=[80])
    name: str = Field(
        description="Canonical name (姓名：规范姓名，不同的人可能同名); two people may share one.",
        examples=["陈放"],
    )
    aliases: list[str] = Field(description="Other names they go by (别名：其他称呼).", examples=[[]])
    positions: list[Position] = Field(
        description="The posts articles give them (职务：各篇文章所写的职务，每个一次，最近见报者在前), "
        "each once, that stated last first."
    )
    counts: PersonCounts = Field(description="How much there is about them (数量：与此人有关的条数).")


class PersonDetail(Person):
    """A person with the themes they spoke on, and the parts that `include` names (人物详情)."""

    themes: list[ThemeCount] = Field(
        description="What their proposals are on (主题：其建言涉及的主题，多者在前), most frequent first."
    )
    proposals: ProposalList | None = Field(
        description="What they stand behind (建言：其提出的建言，新者在前，未要求时为空), newest first; "
        "null unless included."
    )
    mentions: MentionList | None = Field(
        description="Where articles name them (提及：各篇文章提到其姓名之处，新者在前，未要求时为空), "
        "newest article first; null unless included."
    )
    statements: StatementList | None = Field(
        description="Where articles state their posts (职务出处：各篇文章写明其职务之处，新者在前，"
        "未要求时为空), newest article first; null unless included."
    )


class FoundPerson(Person):
    """One of a list, with what was searched for (检索到的人物)."""

    snippet: SnippetField


class PersonList(SearchableListing[FoundPerson]):
    """A page of people (人物列表)."""
