"""Keys that allow writing: made, listed and revoked by name; the caller opens and commits the session."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from app.errors import ConflictError, NotFoundError
from app.tables import ApiKey

PREFIX = "jianyan_"
"""How keys begin, so that one that got somewhere by mistake is seen to be one."""


def add_key(session: Session, name: str) -> str:
    """Make a key for that name; the key, which cannot be told again. Raises ConflictError."""
    if _called(session, name) is not None:
        raise ConflictError(f"there is or was a key for {name!r}; choose another name")
    key = PREFIX + secrets.token_urlsafe(32)
    digest = hashlib.sha256(key.encode()).hexdigest()
    session.add(ApiKey(name=name, sha256=digest, created_at=datetime.now(UTC)))
    session.flush()
    return key


def find_keys(session: Session) -> Sequence[ApiKey]:
    """All keys, the revoked ones too, in the order they were made."""
    return session.exec(select(ApiKey).order_by(col(ApiKey.id))).all()


def revoke_key(session: Session, name: str) -> None:
    """Make a key of no use from now on; one that was revoked before stays so. Raises NotFoundError."""
    key = _called(session, name)
    if key is None:
        raise NotFoundError("key", name)
    key.revoked_at = key.revoked_at or datetime.now(UTC)


def _called(session: Session, name: str) -> ApiKey | None:
    return session.exec(select(ApiKey).where(ApiKey.name == name)).first()
