"""Errors over HTTP: every one is answered with a problem document (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.errors import JianyanError, TooManyError
from app.schemas.problems import FieldProblem, Problem

_logger = logging.getLogger("jianyan.errors")

MEDIA_TYPE = "application/problem+json"
# A GET is a HEAD and every address answers OPTIONS, so neither is in the routes.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


URN = "urn:jianyan:problem:"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What all problems of one type share; `slug` ends the type's address after URN."""

    slug: str
    title: str
    status: int
    meaning_en: str
    meaning_zh: str
    headers: Mapping[str, str] = field(default_factory=dict)


INVALID = ProblemType(
    "invalid",
    "A parameter is unknown or malformed",
    422,
    "`errors` names it and the nearest known ones.",
    "参数未知或有误，`errors` 列出该参数和最接近的写法。",
)
NOT_FOUND = ProblemType(
    "not-found",
    "There is no such thing",
    404,
    "nothing has that id, code or address.",
    "没有该编号、代码或网址。",
)
NOT_ALLOWED = ProblemType(
    "not-allowed",
    "The method does not work here",
    405,
    "the header Allow names those that do.",
    "该网址不支持此方法，Allow 头列出可用的方法。",
)
UNAUTHORIZED = ProblemType(
    "unauthorized",
    "A write needs a key that works",
    401,
    "`X-API-Key` is missing, wrong or revoked.",
    "缺少 `X-API-Key`，或密钥无效、已撤销。",
    {"WWW-Authenticate": "APIKey"},
)
NO_KEY = ProblemType(
    "no-key",
    "Nobody can write yet",
    403,
    "no key exists; `scripts/keys.py add NAME` makes one.",
    "尚无任何密钥，请用 `scripts/keys.py add NAME` 生成。",
)
CONFLICT = ProblemType(
    "conflict",
    "It does not go with what is stored",
    409,
    "two people whom one article names cannot be one.",
    "与已存数据矛盾，例如同一篇文章中的两个人不能合并。",
)
UNSUPPORTED = ProblemType(
    "unsupported",
    "No article can be read from that",
    415,
    "the address leads to no page, plain text, Markdown, PDF or Word document.",
    "该网址的内容不是网页、纯文本、Markdown、PDF 或 Word 文档。",
)
REFUSED = ProblemType(
    "refused",
    "The article was refused",
    422,
    "it is empty, cannot be fetched, or cannot be read.",
    "文章为空、无法获取或无法读取。",
)
UNAVAILABLE = ProblemType(
    "unavailable",
    "The database cannot be read or written",
    503,
    "try again; the log says why.",
    "数据库暂不可用，请重试，原因见日志。",
)
BUSY = ProblemType(
    "busy",
    "Too much of this is going on",
    503,
    "too many files are being written; Retry-After says when to try again.",
    "同时导出的文件过多，请按 Retry-After 重试。",
    {"Retry-After": "60"},
)
TOO_SLOW = ProblemType(
    "too-slow",
    "It takes the database too long",
    503,
    "it was stopped; ask for less: more filters, fewer facets, or pages.",
    "查询耗时过长，已中止，请增加筛选条件、减少分面或分页查询。",
)
TOO_MANY = ProblemType(
    "too-many",
    "You ask too often",
    429,
    "too many requests, or writes without a key that works; Retry-After says when to try again.",
    "请求过于频繁，或多次使用无效密钥，请按 Retry-After 重试。",
)
INTERNAL = ProblemType(
    "internal", "The server failed", 500, "a fault of ours; the log says why.", "服务器出错，原因见日志。"
)
HTTP = ProblemType(
    "http",
    "Any other",
    400,
    "what HTTP itself refuses: a body too large (413) or too slow (408), an address too long (414).",
    "HTTP 本身拒绝的请求，例如正文过大（413）或发送过慢（408）、网址过长（414）。",
)

PROBLEM_TYPES = (
    INVALID,
    NOT_FOUND,
    NOT_ALLOWED,
    UNAUTHORIZED,
    NO_KEY,
    CONFLICT,
    UNSUPPORTED,
    REFUSED,
    UNAVAILABLE,
    BUSY,
    TOO_SLOW,
    TOO_MANY,
    INTERNAL,
    HTTP,
)
"""Every type there is, as the docs page explains them."""


def answer_with_problems(app: FastAPI, types: Mapping[type[Exception], ProblemType]) -> None:
    """Have the application answer every error so; `types` tells them apart."""

    async def explain(request: Request, error: Exception) -> JSONResponse:
        kind = next((types[base] for base in type(error).__mro__ if base in types), INTERNAL)
        if kind.status >= 500 and kind not in (BUSY, TOO_SLOW):
            return _fault(request, kind, error)
        if kind is TOO_SLOW:
            _logger.warning("%s: %s", request.url.path, error)
        return _problem(request, kind, str(error), _field_problems(error))

    app.add_exception_handler(JianyanError, explain)
    app.add_exception_handler(TooManyError, explain_refusal)
    for each in types:
        app.add_exception_handler(each, explain)
    app.add_exception_handler(RequestValidationError, _explain_invalid)
    app.add_exception_handler(HTTPException, _explain_http)
    app.add_exception_handler(Exception, explain_failure)


def _problem(
    request: Request, kind: ProblemType, detail: str, errors: Sequence[FieldProblem] = ()
) -> JSONResponse:
    problem = Problem(
        type=f"{URN}{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=request.url.path,
        errors=list(errors),
    )
    return JSONResponse(problem.model_dump(), kind.status, kind.headers, media_type=MEDIA_TYPE)


def _fault(request: Request, kind: ProblemType, error: Exception) -> JSONResponse:
    """Ours and not the client's: the text may hold what is nobody's business, so only the log has it."""
    _logger.error("%s: %s", type(error).__name__, error, exc_info=error)
    failure = f"{kind.title[0].lower()}{kind.title[1:]}"
    return _problem(request, kind, f"{failure}; try again, and if that does not help, its log says why")


def _field_problems(error: Exception) -> list[FieldProblem]:
    """The parameter that one of our errors names, if it names one."""
    field = getattr(error, "field", None)
    if field is None:
        return []
    return [FieldProblem(field=field, detail=str(error), nearest=list(getattr(error, "nearest", ())))]


async def _explain_invalid(request: Request, error: Exception) -> JSONResponse:
    """What the types of the parameters refused."""
    assert isinstance(error, RequestValidationError)
    errors = [
        FieldProblem(field=name, detail=f"{name}: {each['msg']}", nearest=[])
        for each in error.errors()
        for name in [_name_of(each["loc"])]
    ]
    return _problem(request, INVALID, "; ".join(each.detail for each in errors), errors)


def _name_of(place: Sequence[str | int]) -> str:
    """The field at a place, which is (query, theme, 0): where it was given, its name, which of several.

    Of a body that is wrong as a whole there is no name, or the offset where its JSON breaks off.
    """
    return place[1] if len(place) > 1 and isinstance(place[1], str) else str(place[0])


async def _explain_http(request: Request, error: Exception) -> Response:
    """What the framework itself refused: an address or a method that does not exist."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    kind, detail = replace(HTTP, title=phrase, status=error.status_code), str(error.detail)
    if error.status_code == 404:
        kind, detail = NOT_FOUND, f"nothing is at {request.url.path}; /api/v1/ lists what there is"
    elif error.status_code == 405:
        return _explain_method(request)
    elif error.status_code == 400:
        detail = "the body cannot be read; send one JSON object, in UTF-8, as /docs shows it"
    response = _problem(request, kind, detail)
    response.headers.update(error.headers or {})
    return response


def _explain_method(request: Request) -> Response:
    """With the methods that work here; who asks with OPTIONS wants to know nothing else."""
    allowed = ", ".join([*_methods_at(request), "OPTIONS"])
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    detail = f"{request.method} does not work at {request.url.path}; use {allowed}"
    response = _problem(request, NOT_ALLOWED, detail)
    response.headers["Allow"] = allowed
    return response


def _methods_at(request: Request) -> list[str]:
    """The methods of all routes of the address, while the framework names those of the first."""
    found = []
    for method in _METHODS:
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            found += ["GET", "HEAD"] if method == "GET" else [method]
    return found


async def explain_refusal(request: Request, error: Exception) -> Response:
    """What is refused before the application is asked: too often, or at an address that is too long."""
    if not isinstance(error, TooManyError):
        return await _explain_http(request, error)
    response = _problem(request, TOO_MANY, str(error))
    response.headers["Retry-After"] = str(error.seconds)
    return response


async def explain_failure(request: Request, _error: Exception) -> JSONResponse:
    """Anything unforeseen; whoever caught it has logged it."""
    return _problem(request, INTERNAL, "the server failed at this; its log says why")
