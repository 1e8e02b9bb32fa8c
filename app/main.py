"""Everything wired together: the application with its database, its routes and its errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from sqlalchemy import Engine, exc
from sqlmodel import Session
from starlette.types import Scope

from app import guide
from app.database import is_file, known_revision, make_engine, newest_revision, within
from app.errors import (
    BusyError,
    ConflictError,
    DatabaseError,
    EvidenceError,
    JianyanError,
    KeyRefusedError,
    NoKeyError,
    NotFoundError,
    SourceError,
    TooSlowError,
    UnknownValueError,
    UnsupportedSourceError,
)
from app.middleware.stack import add_middleware
from app.queries import versions
from app.queries.memory import Memory
from app.queries.page import CursorError, WholeListError
from app.queries.parameters import RepeatedParameterError, UnknownParameterError
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
from app.routers.clients import Buckets
from app.routers.declared import declare_problems
from app.routers.deps import require_single
from app.routers.exports import Patience
from app.routers.keys import Guard
from app.routers.limits import BodyLimit, RequestLimits
from app.routers.problems import (
    BUSY,
    CONFLICT,
    INTERNAL,
    INVALID,
    NO_KEY,
    NOT_FOUND,
    REFUSED,
    TOO_SLOW,
    UNAUTHORIZED,
    UNAVAILABLE,
    UNSUPPORTED,
    ProblemType,
    answer_with_problems,
    explain_failure,
    explain_refusal,
)
from app.settings import Settings
from app.sqlite_file import is_current
from app.store import postings
from app.writer import Terms, Writer

API = "/api/v1"

TYPES: dict[type[Exception], ProblemType] = {
    UnknownParameterError: INVALID,
    RepeatedParameterError: INVALID,
    UnknownValueError: INVALID,
    CursorError: INVALID,
    RelevanceError: INVALID,
    WholeListError: INVALID,
    SameDimensionError: INVALID,
    NotFoundError: NOT_FOUND,
    DatabaseError: UNAVAILABLE,
    BusyError: BUSY,
    TooSlowError: TOO_SLOW,
    KeyRefusedError: UNAUTHORIZED,
    NoKeyError: NO_KEY,
    ConflictError: CONFLICT,
    UnsupportedSourceError: UNSUPPORTED,
    SourceError: REFUSED,
    EvidenceError: REFUSED,
    # SQLite says by the base of its errors that a file is damaged or is no database.
    exc.DatabaseError: UNAVAILABLE,
    exc.InterfaceError: UNAVAILABLE,  # a connection was cut
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
        app.include_router(resource.router, prefix=API, dependencies=[Depends(require_single)])
    answer_with_problems(app, TYPES)
    declare_problems(app)
    app.add_middleware(BodyLimit, most_bytes=settings.body_bytes, seconds=settings.body_seconds)
    limits = RequestLimits(settings.url_bytes, settings.requests_a_minute)
    add_middleware(app, f"{API}/", _version, explain_failure, JianyanError, limits.check, explain_refusal)
    return app


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = make_engine(settings.database_url)
        try:
            require_migrated(engine)
            app.state.memory = Memory(settings.memory_bytes)
            reader = app.state.reader = _reader(engine, settings)
            app.state.guard = Guard(reader, Buckets(settings.failed_keys_a_minute))
            app.state.writer = Writer(engine, settings.data_dir, _terms(settings))
            app.state.patience = Patience(settings.part_seconds, settings.export_seconds)
            app.state.require_ready = partial(_require_ready, engine, reader)
            yield
            app.state.reader.close()
        finally:
            engine.dispose()

    return lifespan


def _reader(engine: Engine, settings: Settings) -> Reader:
    limit = partial(within, seconds=settings.query_seconds)
    return Reader(engine, is_file(engine), is_current, limit, BoundedSemaphore(settings.exports))


def _terms(settings: Settings) -> Terms:
    return Terms(settings.fetch_private, settings.fetch_seconds, settings.fetch_bytes)


def require_migrated(engine: Engine) -> None:
    """Raises DatabaseError unless the schema and what lists are read from are those of this version."""
    needed = newest_revision()
    found = known_revision(engine)
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


def _require_ready(engine: Engine, reader: Reader) -> None:
    """Raises DatabaseError, or an OperationalError, unless the data can be read."""
    require_migrated(engine)
    reader.ask(versions.check)


# Their answers are about the import runs too, and change with them.
_OF_IMPORTS = tuple(f"{API}/{name}" for name in ("coverage", "imports", "export.zip"))


async def _version(scope: Scope) -> str | None:
    """The version of what an answer is made of: this program and the data. The route is told that."""
    reader: Reader = scope["app"].state.reader
    try:
        found = await reader.versions()
    except (exc.SQLAlchemyError, DatabaseError, TooSlowError):
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
