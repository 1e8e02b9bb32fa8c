"""Everything wired together: the application with its database, its routes and its errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from sqlalchemy import Engine, exc
from sqlmodel import Session
from starlette.types import Scope

from app import guide
from app.database import is_file, make_engine, newest_revision, revision_of
from app.errors import (
    BusyError,
    ConflictError,
    DatabaseError,
    EvidenceError,
    KeyRefusedError,
    NoKeyError,
    NotFoundError,
    SourceError,
    UnknownValueError,
    UnsupportedSourceError,
)
from app.middleware.stack import add_middleware
from app.queries import versions
from app.queries.memory import Memory
from app.queries.page import CursorError, WholeListError
from app.queries.parameters import UnknownParameterError
from app.queries.reader import Reader
from app.queries.search import RelevanceError
from app.queries.stats import SameDimensionError
from app.routers import (
    articles,
    citations,
    coverage,
    dictionary,
    exports,
    imports,
    institutions,
    metrics,
    people,
    proposals,
    regions,
    search,
    service,
    stats,
    themes,
    writes,
)
from app.routers.limits import BodyLimit
from app.routers.problems import (
    BUSY,
    CONFLICT,
    INTERNAL,
    INVALID,
    NO_KEY,
    NOT_FOUND,
    REFUSED,
    UNAUTHORIZED,
    UNAVAILABLE,
    UNSUPPORTED,
    ProblemType,
    answer_with_problems,
    explain_failure,
)
from app.settings import Settings
from app.store import postings
from app.writer import Writer

API = "/api/v1"

TYPES: dict[type[Exception], ProblemType] = {
    UnknownParameterError: INVALID,
    UnknownValueError: INVALID,
    CursorError: INVALID,
    RelevanceError: INVALID,
    WholeListError: INVALID,
    SameDimensionError: INVALID,
    NotFoundError: NOT_FOUND,
    DatabaseError: UNAVAILABLE,
    BusyError: BUSY,
    KeyRefusedError: UNAUTHORIZED,
    NoKeyError: NO_KEY,
    ConflictError: CONFLICT,
    UnsupportedSourceError: UNSUPPORTED,
    SourceError: REFUSED,
    EvidenceError: REFUSED,
    # SQLite says by the base of its errors that a file is damaged or is no database.
    exc.DatabaseError: UNAVAILABLE,
    exc.TimeoutError: UNAVAILABLE,  # no connection is free, and waiting for one took too long
    # Kinds of the first that are mistakes of this program: another try would not help.
    exc.ProgrammingError: INTERNAL,
    exc.IntegrityError: INTERNAL,
    exc.DataError: INTERNAL,
    exc.NotSupportedError: INTERNAL,
}


def create_app(settings: Settings) -> FastAPI:
    """The application on the settings' database, which it opens when it starts to serve.

    It refuses to start, with a DatabaseError, on a database that is not migrated.
    """
    app = FastAPIOffline(
        title="Jianyan 建言",
        description=guide.description(),
        openapi_tags=guide.TAGS,
        # Not its own page: FastAPI would remember it, and by it every application there ever was.
        docs_url=None,
        redoc_url=None,
        # Else the page would ask another host whether the schema is valid.
        swagger_ui_parameters={"validatorUrl": None},
        generate_unique_id_function=_operation_id,
        lifespan=_lifespan(settings),
    )
    assert isinstance(app, FastAPI)
    app.add_route(guide.PAGE, guide.show_page, include_in_schema=False)
    app.include_router(service.router)
    resources = (
        proposals,
        people,
        institutions,
        metrics,
        articles,
        themes,
        regions,
        search,
        stats,
        dictionary,
        exports,
        citations,
        coverage,
        imports,
        writes,
    )
    for resource in resources:
        app.include_router(resource.router, prefix=API)
    answer_with_problems(app, TYPES)
    app.add_middleware(BodyLimit)
    add_middleware(app, f"{API}/", _version, explain_failure)
    return app


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = make_engine(settings.database_url)
        try:
            require_migrated(engine)
            app.state.memory = Memory()
            app.state.reader = Reader(engine, at_once=is_file(engine))
            app.state.writer = Writer(engine, settings.data_dir, settings.fetch_private)
            app.state.require_ready = partial(_require_ready, engine)
            yield
            app.state.reader.close()
        finally:
            engine.dispose()

    return lifespan


def require_migrated(engine: Engine) -> None:
    """Raises DatabaseError unless the schema and what lists are read from are those of this version."""
    needed = newest_revision()
    found = revision_of(engine)
    if found != needed:
        state = f"is at revision {found}" if found else "was never migrated"
        raise DatabaseError(
            f"database {_shown(engine)} {state} and this version needs {needed}; start with scripts/serve, "
            "or run `alembic upgrade head` first"
        )
    with Session(engine) as session:
        if not postings.are_made(session):
            raise DatabaseError(f"database {_shown(engine)} is to be made ready; start with scripts/serve")


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _require_ready(engine: Engine) -> None:
    """Raises DatabaseError, or an OperationalError, unless the data can be read."""
    require_migrated(engine)
    Reader(engine).ask(versions.check)


# Their answers are about the import runs too, and change with them.
_OF_IMPORTS = tuple(f"{API}/{name}" for name in ("coverage", "imports", "export.zip"))


async def _version(scope: Scope) -> str | None:
    """The version of what an answer is made of: this program and the data. The route is told that."""
    reader: Reader = scope["app"].state.reader
    try:
        found = await reader.versions()
    except exc.SQLAlchemyError:
        return None  # the route will meet the same, and answers it
    imports = found["imports"] if scope["path"].startswith(_OF_IMPORTS) else ""
    scope.setdefault("state", {}).update(version=found["data"], imports=imports)
    return f"{_program()} {found['data']} {imports}"


@cache
def _program() -> str:
    """The digest of this program's files: another release may say the same data otherwise."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _operation_id(route: APIRoute) -> str:
    return route.name
