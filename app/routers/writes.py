"""Writes over HTTP: articles in and out, people merged and split. Each needs a key."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field

from app.queries import articles, people
from app.queries.parameters import Parameters
from app.routers.deps import INVALID, NOT_FOUND, ArticleId, Database, DetailQuery, PersonId
from app.routers.keys import KEYED, Holder, WriteRoute
from app.schemas.people import PersonDetail
from app.schemas.problems import Problem
from app.schemas.writes import ArticleInput, ImportedArticle, MergeInput
from app.vocabulary import Outcome
from app.writer import Submission, Writer

Responses = dict[int | str, dict[str, Any]]

STORED: Responses = {
    200: {
        "model": ImportedArticle,
        "description": "The text was there already, or it is a dry run (已有或试运行).",
    },
    415: {"model": Problem, "description": "The address leads to nothing that can be read (格式不支持)."},
}
CONFLICT: Responses = {
    409: {"model": Problem, "description": "It does not go with what is stored (与现有数据冲突)."}
}

router = APIRouter(responses={**INVALID, **KEYED}, route_class=WriteRoute)


class ArticleWriteQuery(Parameters):
    """How to take an article."""

    dry_run: bool = Field(
        False,
        description="Extract and answer, and store nothing (试运行：只抽取并答复，不存储).",
        examples=[True],
    )


def _writer(request: Request) -> Writer:
    writer: Writer = request.app.state.writer
    return writer


Writing = Annotated[Writer, Depends(_writer)]


@router.post(
    "/articles", tags=["articles"], summary="Import an article (导入文章)", status_code=201, responses=STORED
)
def add_article(
    request: Request,
    response: Response,
    holder: Holder,
    query: Annotated[ArticleWriteQuery, Query()],
    article: Annotated[ArticleInput, Body()],
    writer: Writing,
    database: Database,
) -> ImportedArticle:
    """Send its text, or only the address of a plain text to fetch.

    A text that is there already is left as it is, whatever is said of it.
    """
    written = writer.add_article(Submission(**article.model_dump()), holder, query.dry_run)
    if written.outcome is Outcome.NEW:
        address = request.url_for("get_article", article_id=written.article_id)
        response.headers["Location"] = str(address)
    else:
        response.status_code = 200
    stored = {} if written.article_id is None else database.ask(articles.get, written.article_id)
    item = {**written.item, **stored, "id": written.article_id, "outcome": written.outcome}
    return ImportedArticle.model_validate(item)


@router.delete(
    "/articles/{article_id}",
    tags=["articles"],
    summary="Delete an article (删除文章)",
    status_code=204,
    responses=NOT_FOUND,
)
def delete_article(
    _holder: Holder, article_id: ArticleId, _query: Annotated[DetailQuery, Query()], writer: Writing
) -> None:
    """With all that was found in it, and the people and institutions that no other article names."""
    writer.delete_article(article_id)


@router.post(
    "/people/{person_id}/merge",
    tags=["people"],
    summary="Say that two people are one (合并人物)",
    responses={**NOT_FOUND, **CONFLICT},
)
def merge_person(
    _holder: Holder,
    person_id: PersonId,
    _query: Annotated[DetailQuery, Query()],
    target: Annotated[MergeInput, Body()],
    writer: Writing,
    database: Database,
) -> PersonDetail:
    """All that is this person's goes to the other one, who is answered; the old id leads there (308).

    `split` undoes it. Two whom one article names are two, and are refused.
    """
    writer.merge_person(person_id, target.into)
    return PersonDetail.model_validate(database.ask(people.get, target.into))


@router.post(
    "/people/{person_id}/split",
    tags=["people"],
    summary="Undo a merge (撤销合并)",
    responses={**NOT_FOUND, **CONFLICT},
)
def split_person(
    _holder: Holder,
    person_id: PersonId,
    _query: Annotated[DetailQuery, Query()],
    writer: Writing,
    database: Database,
) -> PersonDetail:
    """Under the old id stands again what was theirs, and is answered; what came since goes by its posts."""
    writer.split_person(person_id)
    return PersonDetail.model_validate(database.ask(people.get, person_id))
