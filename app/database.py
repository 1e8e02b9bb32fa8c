"""The one place that knows which database stands behind an engine, and brings its schema up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from app import sqlite_file
from app.errors import DatabaseError, TooSlowError
from app.faults import is_broken, is_lost, sentence_of

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
_MIGRATIONS = PYPROJECT.with_name("migrations") / "versions"

_SQLITE_PRAGMAS = (
    "busy_timeout = 5000",  # first: switching to WAL may itself have to wait
    "journal_mode = WAL",
    "foreign_keys = ON",
    "synchronous = FULL",  # what was committed is on the disk, and stays when the power goes
)

_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""The driver that comes with Jianyan, for URLs that name none."""

_PATIENCE = 5
"""Seconds that a writer waits for others on PostgreSQL, as `busy_timeout` has it on SQLite."""

# Locks are a database's own, so the number need only differ from those of other programs in it.
_LOCK = "SELECT pg_advisory_xact_lock(7413100517)"
_BEGIN_WRITING = f"SET LOCAL lock_timeout = '{_PATIENCE}s'; {_LOCK}"
# A machine that went away without a word does not keep the lock.
_BEGIN_WRITING_PATIENTLY = (
    "SET LOCAL lock_timeout = '10min'; SET LOCAL idle_in_transaction_session_timeout = '1min'; " + _LOCK
)

_PATIENTLY = "PRAGMA busy_timeout = 60000"
"""So many milliseconds an import waits for others on SQLite: not as long as on PostgreSQL, where there may be
more of them. Of a lock that another program keeps one wants to hear."""

_STEPS = 250_000
"""Of SQLite's machine, some milliseconds, after which it is seen whether a question takes too long.

More often would cost: Python is asked each time, and may be busy with another thread.
"""

_STOPPED = {"SQLITE_INTERRUPT", "57014"}
"""How SQLite and PostgreSQL name that a statement was stopped."""


def make_engine(url: str) -> Engine:
    """An engine for any SQLAlchemy URL; connects on first use, makes a SQLite file's folder at once.

    Every transaction is one snapshot, and on PostgreSQL it cannot write: one that does must come from
    `for_writing(engine)`. Raises DatabaseError for a malformed URL, a missing driver or a folder that cannot
    be made.
    """
    try:
        parts = _with_driver(make_url(url))
        engine = create_engine(parts, **_options(parts))
    except ArgumentError as error:
        raise DatabaseError(_unusable(url, error)) from error
    except ModuleNotFoundError as error:
        raise DatabaseError(f"database URL needs the Python package {error.name}; install it") from error
    event.listen(engine, "handle_error", _as_operational, retval=True)
    if engine.dialect.name == "sqlite":
        if path := sqlite_file.path_of(engine.url):
            sqlite_file.make_folder(path)
            sqlite_file.watch(engine, path)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _check_encoding, insert=True)  # before SQLAlchemy trips over it
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def open_copy(path: Path) -> Engine:
    """An engine that reads a SQLite file and leaves it as it is, byte for byte, as an archive demands."""
    engine = create_engine(
        f"sqlite:///{path}",
        creator=lambda: sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
        ),
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _with_driver(url: URL) -> URL:
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    # Else a server that does not even refuse is waited for two minutes.
    timeout = {} if "connect_timeout" in url.query else {"connect_timeout": 10}
    return {
        # Statements prepared by the server are planned without their values: as if all words were rare.
        "connect_args": {**timeout, "prepare_threshold": None},
        "pool_pre_ping": True,  # a connection that a restarted server closed is replaced unseen
    }


def is_file(engine: Engine) -> bool:
    """Whether the database is a file that this process reads itself, with no server in between."""
    return engine.dialect.name == "sqlite"


def for_writing(engine: Engine) -> Engine:
    """The same engine and pool, its transactions holding the database's write lock from their start.

    Of those there is one at a time, so that what it reads stays true until it is done. On SQLite, a
    transaction that asks for the lock later fails at once when another process wrote in between; on
    PostgreSQL, two would both miss the person that both add.
    """
    return engine.execution_options(writes=True)


def patient(engine: Engine) -> Engine:
    """The same engine and pool, for one of many writers: it waits a minute for the others, on PostgreSQL ten.

    There it loses its connection in return when it leaves the database alone for a minute within a
    transaction.
    """
    return engine.execution_options(patient=True)


def make_roomy(connection: Connection, megabytes: int = 200) -> None:
    """Let the connection hold in memory what large changes touch again and again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{megabytes}000")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {megabytes * 1000 // 4}")  # pages of 4 KB


@contextmanager
def within(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop what the connection is asked in the block when it takes longer; it can be asked more afterwards.

    SQLite has so long for the whole block, PostgreSQL for each statement. Raises TooSlowError.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    if is_sqlite:
        deadline = monotonic() + seconds
        driver.set_progress_handler(lambda: monotonic() > deadline, _STEPS)
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
        if code in _STOPPED:
            raise TooSlowError(seconds) from error
        raise
    finally:
        if is_sqlite:
            driver.set_progress_handler(None, 0)


@contextmanager
def driver_of(connection: Connection) -> Iterator[Any]:
    """The driver's own connection; what it raises in the block is raised as SQLAlchemy would have it."""
    dialect: Any = connection.dialect
    try:
        yield connection.connection.driver_connection
    except dialect.loaded_dbapi.Error as error:
        base = dialect.loaded_dbapi.Error
        wrapped = DBAPIError.instance(None, None, error, base, dialect=dialect)
        raise OperationalError(None, None, error) if is_broken(error) else wrapped from error


def migrate(target: Engine | str) -> None:
    """Bring the schema of an engine's or URL's database to the newest revision; nothing if it is there.

    All or nothing on databases whose schema changes are transactional, SQLite among them.
    Raises DatabaseError.
    """
    engine = make_engine(target) if isinstance(target, str) else target
    if known_revision(engine) == newest_revision():
        return  # without the lock: who only reads need not wait for it, nor be allowed to write
    # Imported here: a server does without, and starts a quarter of a second sooner.
    from alembic import command
    from alembic.config import Config

    config = Config(toml_file=PYPROJECT, attributes={"engine": engine})
    with explained(engine.url):
        command.upgrade(config, "head")


def revision_of(engine: Engine) -> str | None:
    """The revision the schema is at, None for a database that was never migrated. Raises DatabaseError."""
    with explained(engine.url), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return revision


def known_revision(engine: Engine) -> str | None:
    """As `revision_of`; raises DatabaseError for one too that no migration of this version leads to."""
    found = revision_of(engine)
    if found is not None and found not in _revisions():
        name = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"database {name} was made by another version of Jianyan, as it "
            f"is at revision {found} and this version needs {newest_revision()}; "
            "use that version, or a newer one"
        )
    return found


def newest_revision() -> str:
    """The revision that this version of the schema has: the number of the last migration."""
    return max(_revisions())


def _revisions() -> set[str]:
    return {path.stem.partition("_")[0] for path in _MIGRATIONS.glob("*.py")}


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A connection for schema changes, in one write transaction that is committed at the end.

    SQLite does not enforce foreign keys in it: a change that rebuilds a table drops the old one,
    and with them enforced that would delete all rows pointing there.
    """
    with for_writing(engine).connect() as connection:
        _enforce_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            _enforce_foreign_keys(connection, "ON")


def _enforce_foreign_keys(connection: Connection, value: str) -> None:
    # On the driver's connection, as SQLite ignores this inside the transaction SQLAlchemy would begin.
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys = {value}")


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's sqlite3 would begin late and not at all before CREATE; _begin_sqlite does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = _writes(connection)
    if writes and _is_patient(connection):
        connection.connection.cursor().execute(_PATIENTLY)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def _check_encoding(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseError(
            f"database {connection.info.dbname} is in {encoding} and cannot hold Chinese; make it with "
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )


def _begin_postgresql(connection: Connection) -> None:
    writes = _writes(connection)
    driver, dialect = connection.connection.dbapi_connection, connection.dialect
    # A writer's statements see what was committed before each, as REPEATABLE READ would keep to the state at
    # which the waiting for the lock began.
    dialect.set_isolation_level(driver, "READ COMMITTED" if writes else "REPEATABLE READ")  # type: ignore[arg-type]
    dialect.set_readonly(driver, not writes)  # type: ignore[attr-defined]
    if writes:
        connection.exec_driver_sql(_BEGIN_WRITING_PATIENTLY if _is_patient(connection) else _BEGIN_WRITING)


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))


def _is_patient(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("patient"))


def _as_operational(context: ExceptionContext) -> BaseException | None:
    # By its kind a missing table, or a damaged page, would look like a slip in our own SQL.
    error = context.sqlalchemy_exception
    if is_lost(context.original_exception):
        context.is_disconnect = True  # all connections are opened anew, as what they hold in memory is stale
    if isinstance(error, DBAPIError) and is_broken(error.orig):
        return OperationalError(error.statement, error.params, error.orig or context.original_exception)
    return None


def _unusable(url: str, error: ArgumentError) -> str:
    if isinstance(error, NoSuchModuleError):
        return f"database kind {make_url(url).drivername!r} is unknown; use sqlite:///PATH, for example"
    return "database URL is not one; write sqlite:///PATH, for example"  # it may hold a password: not shown


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what drivers raise in the block into a DatabaseError of one sentence."""
    name = url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        raise DatabaseError(f"database {name} {sentence_of(error.orig)}") from error
