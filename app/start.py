"""What a start does, in order: migrate, load the reference seeds, import the examples, serve.

Called as `python -m app.start HOST PORT [WORKERS]`; every step that is done already is passed over.
"""

import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import quote

import uvicorn
from sqlalchemy import Engine
from sqlmodel import Session, col, select
from uvicorn.supervisors import Multiprocess

from app.database import make_engine, migrate
from app.errors import JianyanError
from app.protocol import Limits, TimedProtocol
from app.settings import REPOSITORY, Settings
from app.store.searchable import make_searchable
from app.store.seeds import load_seeds
from app.tables import ImportRun

EXAMPLES = REPOSITORY / "seeds" / "articles"
QUERIES = {"speaker": "陈放", "theme": "5g", "region": "四川"}


class PortError(JianyanError):
    """The address to listen on is taken, reserved or none of this machine's."""


def main(host: str, port: int, workers: int = 1) -> None:
    """Serve until interrupted. Raises JianyanError when a step before that fails."""
    settings = Settings()
    listener = listen(host, port)
    engine = make_engine(settings.database_url)
    prepare(engine)
    engine.dispose()
    say(invitation(host, listener.getsockname()[1]))
    with suppress(KeyboardInterrupt):
        serve(listener, workers, settings)


def serve(listener: socket.socket, workers: int, settings: Settings) -> None:
    """Answer on the socket, in so many processes: one that dies is started again."""
    _allow_many_files()
    limits = Limits(settings.head_seconds, settings.url_bytes, settings.part_seconds)
    protocol: Any = partial(TimedProtocol, limits=limits)
    # Without a log of its own: app.asgi sets up ours. No websockets, which would have no limits.
    config = uvicorn.Config("app.asgi:app", log_config=None, workers=workers, http=protocol, ws="none")
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listener])
    else:
        Multiprocess(config, [listener]).run()


def _allow_many_files() -> None:
    """As many connections as the system has for this process: of the usual 1024 one client could hold all."""
    try:
        import resource
    except ModuleNotFoundError:
        return  # Windows has no such limit
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on, so that a taken port is told before any work.

    Port 0 is any free one. Raises PortError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", error)).partition(" (while")[0]
        raise PortError(f"{host}:{port}: {reason}; name another with --host and --port") from error


def prepare(engine: Engine) -> None:
    """Bring the database to where it answers queries: schema, reference rows and, at first, examples."""
    migrate(engine)
    load_seeds(engine)
    make_searchable(engine)
    if not _was_fed(engine):
        say(f"Importing the example articles in {EXAMPLES.relative_to(REPOSITORY)} ...")
        _import_examples(engine)


def say(lines: str) -> None:
    """Tell whoever reads: a server can do without, as where stdout is a file on a full disk."""
    with suppress(OSError):
        print(lines, flush=True)


def invitation(host: str, port: int) -> str:
    """The address of the docs page and three queries to follow, safe to click and to paste."""
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    queries = [f"  {base}/api/v1/proposals?{name}={quote(value)}" for name, value in QUERIES.items()]
    return "\n".join([f"Docs page: {base}/docs", "Try:", *queries])


def _import_examples(engine: Engine) -> None:
    # Imported here: every other start does without the extraction, and comes up half a second sooner.
    from app.importers.sources import find
    from app.ingest.conductor import ingest, prepared_here
    from app.ingest.preparing import Preparer, load_extract

    prepare = Preparer(load_extract(Settings().data_dir), engine=engine)
    ingest(engine, prepared_here(find([str(EXAMPLES)]), prepare), sources=[EXAMPLES.name])


def _was_fed(engine: Engine) -> bool:
    # Not by its articles: an import that was killed half-way leaves some, and is to be done again.
    finished = select(ImportRun.id).where(col(ImportRun.finished_at).is_not(None)).limit(1)
    with Session(engine) as session:
        return session.exec(finished).first() is not None


if __name__ == "__main__":
    # In a container this is process 1, which else is deaf to it until it serves.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        main(sys.argv[1], *map(int, sys.argv[2:]))
    except JianyanError as error:
        sys.exit(str(error))
