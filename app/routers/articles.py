"""Articles over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.queries import articles
from app.routers.deps import INVALID, NOT_FOUND, ArticleId, Database, listed
from app.routers.exports import LISTED, Export, export, file_format
from app.schemas.articles import ArticleDetail, ArticleList
from app.schemas.columns import ARTICLES

router = APIRouter(prefix="/articles", tags=["articles"], responses=INVALID)


@router.get("", summary="List articles (文章)", response_model=ArticleList, **LISTED)
def list_articles(
    request: Request, query: Annotated[articles.ArticleQuery, Query()], database: Database
) -> ArticleList | Export:
    """Newest first, undated ones last; without their texts."""
    if form := file_format(request, query):
        return export(ARTICLES, form, database, articles.find_all, query)
    return listed(ArticleList, request, database.ask(articles.find, query))


@router.get("/{article_id}", summary="Get an article (文章)", responses=NOT_FOUND)
def get_article(
    article_id: ArticleId, query: Annotated[articles.ArticleParts, Query()], database: Database
) -> ArticleDetail:
    """With the text, so that every span can be checked: `text[start:end]`; more with `include`."""
    return ArticleDetail.model_validate(database.ask(articles.get, article_id, query.include))
