"""The docs page, and what it says before its addresses: how to ask, the types of problems, the glossary."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import Response

from app.routers.problems import PROBLEM_TYPES, URN, ProblemType
from app.schemas.glossary import GLOSSARY

_HOW_TO_ASK = """
Who proposed what (建言): proposals, people, institutions and figures from Chinese news on regional
cooperation, each with its exact place in the article.
从区域合作的新闻报道中抽取的建言、人物、机构和指标，每一条都附原文位置。

* A list answers `{"items": […], "total": n, "next": address or null}`; follow `next` for more.
  （列表分页返回，`next` 为下一页网址）
* Filters combine; a repeated one is OR: `?theme=5g&theme=funding`. （筛选条件可组合，重复者任一即可）
* Themes and regions go by code, name or alias; a region includes all below it.
  （主题和地区可用代码、名称或别名，地区含其下级）
* `include=` adds the larger parts of a detail; one that was not asked for is null.
  （`include` 附加较大的部分）
* Every list comes whole as a file with `format=csv`, `ndjson` or `xlsx`. （每个列表都可整份导出为文件）
* Writing needs a key in `X-API-Key`, made with `scripts/keys.py add NAME`. （写入需要密钥）
"""

PAGE = "/docs"
FILES = "/static-offline-docs"
"""Where fastapi-offline serves the page's scripts and styles."""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)

# In the order a newcomer reads.
TAGS = [
    {"name": "proposals", "description": "Who put forward what (建言)."},
    {"name": "people", "description": "Who they are and which posts they hold (人物)."},
    {"name": "institutions", "description": "Named bodies and their people (机构)."},
    {"name": "metrics", "description": "The figures articles give (指标)."},
    {"name": "articles", "description": "What was read (文章)."},
    {"name": "themes", "description": "What proposals are about (主题)."},
    {"name": "regions", "description": "Divisions, zones and blocs (地区)."},
    {"name": "search", "description": "Words in everything at once (检索)."},
    {"name": "stats", "description": "Proposals counted (统计)."},
    {"name": "imports", "description": "What became of the sources that were imported (导入)."},
    {"name": "service", "description": "The service itself (服务)."},
]


async def show_page(request: Request) -> Response:
    """The docs page, which runs its own scripts and no others, whatever stands in the answers it shows."""
    app, root = request.app, request.scope.get("root_path", "")
    page = get_swagger_ui_html(
        openapi_url=f"{root}{app.openapi_url}",
        title=app.title,
        swagger_js_url=f"{root}{FILES}/swagger-ui-bundle.js",
        swagger_css_url=f"{root}{FILES}/swagger-ui.css",
        swagger_favicon_url=f"{root}{FILES}/favicon.png",
        swagger_ui_parameters=app.swagger_ui_parameters,
    )
    page.headers["Content-Security-Policy"] = _policy(bytes(page.body).decode())
    return page


def _policy(page: str) -> str:
    """What a page may load and run: what this server has, and the scripts that stand in it now."""
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in _SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def description() -> str:
    """The text in Markdown."""
    return "\n".join(
        (
            _HOW_TO_ASK,
            "### Problems 错误类型",
            f"Errors are problem documents (RFC 9457); their `type` is `{URN}` and one of these:",
            "",
            *_table(("type", "status", "", ""), map(_problem, PROBLEM_TYPES)),
            "",
            "### Glossary 术语",
            *_table(
                ("中文", "here", "", ""), ((t.name_zh, t.name, t.meaning_en, t.meaning_zh) for t in GLOSSARY)
            ),
        )
    )


def _problem(kind: ProblemType) -> tuple[str, ...]:
    return f"`{kind.slug}`", str(kind.status), f"{kind.title}: {kind.meaning_en}", kind.meaning_zh


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
