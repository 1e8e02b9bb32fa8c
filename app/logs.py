"""What the server logs: one JSON object a line, with the id of the request it belongs to."""

import json
import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered; routes in threads see it too."""

_KEY = re.compile(r"jianyan(?:_|%5[Ff])[\w-]{12,}(?:(?:\.{3}|\\u2026)[\w-]+)?")
"""A key, wherever it was sent by mistake; also one from whose middle a message left out some letters."""

_UVICORN = ("uvicorn", "uvicorn.error", "uvicorn.asgi")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; `extra={"fields": {…}}` of a log call stands beside the message.

    What looks like a key is left out, whoever logs it.
    """

    def format(self, record: logging.LogRecord) -> str:
        fields: Mapping[str, object] = getattr(record, "fields", {})
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            **fields,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        # In ASCII: U+2028 would end the line for some readers, and a terminal may know no Chinese.
        return _KEY.sub("jianyan_***", json.dumps(line, default=str))


def log_to_stderr(level: str) -> None:
    """Have this process log so from now on, what uvicorn logs included; its own access log is silenced."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _UVICORN:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # On INFO it tells of each look at the revision, two lines a time.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Else every request would have two lines.
    logging.getLogger("uvicorn.access").disabled = True
