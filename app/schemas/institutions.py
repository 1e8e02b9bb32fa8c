"""Institutions as they are answered."""

from pydantic import Field

from app.schemas.actors import MentionList
from app.schemas.people import PersonList
from app.schemas.proposals import ProposalList
from app.schemas.shape import RegionReference, SearchableListing, Shape, SnippetField


class InstitutionCounts(Shape):
    """How much there is about an institution (数量)."""

    proposals: int = Field(
        description="Proposals it stands behind itself (本机构建言数：以机构本身名义提出的建言条数).",
        examples=[90],
    )
    people: int = Field(
        description="People to whom some article gives a post at it (人数：有文章称其在此任职的人数).",
        examples=[36],
    )
    articles: int = Field(description="Articles that name it (文章数：提到它的文章数).", examples=[5])


class Institution(Shape):
    """A named body (机构)."""

    id: int = Field(description="Id of the institution (机构编号：机构的编号).", examples=[30])
    name: str = Field(description="Canonical name (名称：规范名称).", examples=["四川省政协"])
    aliases: list[str] = Field(description="Other names it goes by (别名：其他名称).", examples=[["省政协"]])
    region: RegionReference | None = Field(
        description="The region its name carries (地区：名称中所带的地区，没有则为空); null if none."
    )
    counts: InstitutionCounts = Field(description="How much there is about it (数量：与该机构有关的条数).")


class InstitutionDetail(Institution):
    """An institution with the parts that `include` names (机构详情)."""

    people: PersonList | None = Field(
        description="Who holds or held posts at it (任职人员：现任和曾任该机构职务的人，按姓名排列，"
        "未要求时为空), by name; null unless included."
    )
    proposals: ProposalList | None = Field(
        description="What it stands behind, or someone who held a post at it then "
        "(建言：该机构或其当时任职者提出的建言，新者在前，未要求时为空), newest first; null "
        "unless included."
    )
    mentions: MentionList | None = Field(
        description="Where articles name it (提及：各篇文章提到它之处，新者在前，未要求时为空), newest "
        "article first; null unless included."
    )


class FoundInstitution(Institution):
    """One of a list, with what was searched for (检索到的机构)."""

    snippet: SnippetField


class InstitutionList(SearchableListing[FoundInstitution]):
    """A page of institutions (机构列表)."""
