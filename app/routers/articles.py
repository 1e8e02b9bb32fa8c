"""Articles over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.queries import articles
from app.routers.deps import INVALID, NOT_FOUND, ArticleId, Database, answered
from app.routers.exports import LISTED, answer_list
from app.routers.parts import detailed
from app.routers.routes import ReadRoute
from app.schemas.articles import ArticleDetail, ArticleList
from app.schemas.columns import ARTICLES

router = APIRouter(prefix="/articles", tags=["articles"], responses=INVALID, route_class=ReadRoute)


@router.get("", summary="List articles (文章)", response_model=ArticleList, **LISTED)
async def list_articles(
    request: Request, query: Annotated[articles.ArticleQuery, Query()], database: Database
) -> Response:
    """Newest first, undated ones last; without their texts."""
    return await answer_list(request, database, articles.LIST, query, ArticleList, ARTICLES)


@router.get(
    "/{article_id}", summary="Get an article (文章)", response_model=ArticleDetail, responses=NOT_FOUND
)
async def get_article(
    request: Request,
    article_id: ArticleId,
    query: Annotated[articles.ArticleParts, Query()],
    database: Database,
) -> Response:
    """With the text, so that every span can be checked: `text[start:end]`; more with `include`."""

    def make(at: Any) -> ArticleDetail:
        item = articles.get(at, article_id, query.include)
        return detailed(ArticleDetail, item, {"same_text": request.url_for("list_articles")})

    return await answered(database, make)
