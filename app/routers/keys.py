"""Who may write: the key that a write has to come with, looked at before anything else of the request."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any
from weakref import WeakValueDictionary

from anyio import Lock
from fastapi import Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader

from app.errors import KeyRefusedError, NoKeyError, TooManyError
from app.queries import keys
from app.queries.reader import Reader
from app.routers.clients import Buckets, client_of
from app.schemas.problems import Problem

KEYED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "There is no key with it, or one that does not work (密钥无效)."},
    403: {"model": Problem, "description": "No key exists yet; it says how to make one (尚无密钥)."},
}

_HEADER = APIKeyHeader(
    name="X-API-Key",
    scheme_name="ApiKey",
    description="A key that scripts/keys.py made (写入密钥); reading needs none.",
    auto_error=False,  # what is wrong is told as a problem of ours
)


@dataclass
class Guard:
    """Tells who holds a key, and has no ear for a client that often came without one that works.

    A key that worked before is heard all the same, as others may send wrong ones from the same address.
    """

    reader: Reader
    failures: Buckets
    _worked: set[str] = field(default_factory=set)
    _locks: WeakValueDictionary[str, Lock] = field(default_factory=WeakValueDictionary)

    async def holder_of(self, client: str, key: str | None) -> str:
        """The name of who holds the key. Raises NoKeyError, KeyRefusedError and TooManyError."""
        digest = None if key is None else sha256(key.encode()).hexdigest()
        if digest in self._worked:
            return await self._ask(client, key, digest)
        # One after the other, as of many at once none would have failed yet.
        async with self._locks.setdefault(client, Lock()):
            if wait := self.failures.wait_of(client):
                raise TooManyError("too many writes without a key that works came from your address", wait)
            return await self._ask(client, key, digest)

    async def _ask(self, client: str, key: str | None, digest: str | None) -> str:
        try:
            holder = await self.reader.answer(keys.holder_of, key)
        except (NoKeyError, KeyRefusedError):
            self._worked.discard(str(digest))
            self.failures.take(client)
            raise
        self._worked.add(str(digest))
        return holder


class WriteRoute(APIRoute):
    """Hears only who holds a key, before the body is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def hear(request: Request) -> Response:
            guard: Guard = request.app.state.guard
            key = request.headers.get(_HEADER.model.name)
            request.state.holder = await guard.holder_of(client_of(request.scope), key)
            return await handle(request)

        return hear


async def _holder(request: Request, _key: Annotated[str | None, Security(_HEADER)]) -> str:
    holder: str = request.state.holder
    return holder


Holder = Annotated[str, Security(_holder)]
"""The name of who holds the key, in a WriteRoute."""
