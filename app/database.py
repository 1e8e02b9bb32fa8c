"""The one place that knows which database stands behind an engine, and brings its schema up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import DatabaseError

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

_SQLITE_PRAGMAS = (
    "busy_timeout = 5000",  # first: switching to WAL may itself have to wait
    "journal_mode = WAL",
    "foreign_keys = ON",
    "synchronous = NORMAL",
)

_EXPLANATIONS = {
    "unable to open database file": "cannot be opened; check that the path is a file you may write",
    "readonly database": "may not be written; check who owns the file and its folder",
    "database is locked": "is in use by another process; try again when that one is done",
    "not a database": "is not a SQLite database; name another file",
    "malformed": "is damaged; restore a copy of it",
}


def make_engine(url: str) -> Engine:
    """An engine for any SQLAlchemy URL; connects on first use, makes a SQLite file's folder at once.

    A transaction that reads must come from `for_reading(engine)`, one that writes from `for_writing(engine)`.
    Raises DatabaseError for a malformed URL, a missing driver or a folder that cannot be made.
    """
    try:
        engine = create_engine(url)
    except ArgumentError as error:
        raise DatabaseError(_unusable(url, error)) from error
    except ModuleNotFoundError as error:
        raise DatabaseError(f"database URL needs the Python package {error.name}; install it") from error
    if engine.dialect.name == "sqlite":
        _make_folder(engine.url)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same engine and pool, all statements of a transaction seeing the data of one moment.

    SQLite's do anyway; PostgreSQL's would each see what was committed before it, so that a total need not go
    with its rows.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: Engine) -> Engine:
    """The same engine and pool, its transactions taking SQLite's write lock at their start.

    A transaction that reads first and asks for the lock later fails at once, without waiting, when
    another process wrote in between.
    """
    return engine.execution_options(sqlite_begin="IMMEDIATE")


def migrate(target: Engine | str) -> None:
    """Bring the schema of an engine's or URL's database to the newest revision; nothing if it is there.

    All or nothing on databases whose schema changes are transactional, SQLite among them.
    Raises DatabaseError.
    """
    engine = make_engine(target) if isinstance(target, str) else target
    config = Config(toml_file=PYPROJECT, attributes={"engine": engine})
    with explained(engine.url):
        command.upgrade(config, "head")


def revision_of(engine: Engine) -> str | None:
    """The revision the schema is at, None for a database that was never migrated. Raises DatabaseError."""
    with explained(engine.url), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


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
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"database folder {folder} cannot be made: {error.strerror}") from error


def _unusable(url: str, error: ArgumentError) -> str:
    if isinstance(error, NoSuchModuleError):
        return f"database kind {make_url(url).drivername!r} is unknown; use sqlite:///PATH, for example"
    return "database URL is not one; write sqlite:///PATH, for example"  # it may hold a password: not shown


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what drivers and Alembic raise in the block into a DatabaseError of one sentence."""
    name = url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        known = (text for part, text in _EXPLANATIONS.items() if part in str(error.orig))
        raise DatabaseError(f"database {name} {next(known, f'failed: {error.orig}')}") from error
    except CommandError as error:
        raise DatabaseError(
            f"database {name} was made by another version of Jianyan; use that or a newer one ({error})"
        ) from error
