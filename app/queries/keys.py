"""Who holds a key that allows writing."""

from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import Connection, select

from app.errors import KeyRefusedError, NoKeyError
from app.queries.rows import api_key, fetch


def holder_of(connection: Connection, key: str | None) -> str:
    """The name of who holds the key. Raises NoKeyError where no key works, and KeyRefusedError."""
    working = fetch(
        connection, select(api_key.c.name, api_key.c.sha256).where(api_key.c.revoked_at.is_(None))
    )
    if not working:
        raise NoKeyError
    if key is None:
        raise KeyRefusedError("writing needs a key; send it in the header X-API-Key")
    digest = sha256(key.encode()).hexdigest()
    # All are compared, each in the same time: how long it takes tells nothing about any of them.
    holders = [row["name"] for row in working if compare_digest(row["sha256"], digest)]
    if not holders:
        raise KeyRefusedError("this key is unknown or was revoked; scripts/keys.py list shows whose work")
    return str(holders[0])
