"""Keys that allow writing."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.tables.columns import Id


class ApiKey(SQLModel, table=True):
    """A key by the name of who holds it; the key itself is told once and not stored.

    `sha256` is the hex digest of the key. A slow hash would protect passwords, which can be guessed; a key is
    256 random bits, which cannot, and every write would wait for it. `revoked_at` is None while it works.
    """

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    name: str = Field(unique=True)
    sha256: str = Field(max_length=64)
    created_at: datetime
    revoked_at: datetime | None = None
