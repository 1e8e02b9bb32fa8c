"""One question to one address, with limits to what it may cost."""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

import httpx

from app.errors import SourceError
from app.importers.web.addresses import pinned
from app.importers.web.bodies import body_of

MOST_REDIRECTS = 5

HEADERS = {
    "User-Agent": "Jianyan",
    "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown, application/pdf, */*;q=0.5",
    # What comes compressed could grow beyond any limit in one step.
    "Accept-Encoding": "identity",
}


class UnreachableError(SourceError):
    """A connection failed or broke; it may work when tried again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be asked where: `seconds` from the first look-up to the last byte, `headers` beside HEADERS.

    `judge` is called with the media type of an answer before its body is read, and may raise SourceError.
    """

    allow_private: bool
    seconds: float
    most_bytes: int
    headers: Mapping[str, str] = field(default_factory=dict)
    judge: Callable[[str], None] = lambda media_type: None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered; `data` is b"" but for status 200, `seconds` what it took.

    `leads_to` is where a redirect points, None for other answers.
    """

    address: httpx.URL
    status: int
    phrase: str
    headers: httpx.Headers
    leads_to: str | None
    data: bytes
    seconds: float

    @property
    def media_type(self) -> str:
        """In lower case, "" where none is said."""
        return media_type_of(self.headers)

    @property
    def said(self) -> str:
        """The status in words: answered 404 Not Found."""
        return f"answered {self.status} {self.phrase}".rstrip()


def media_type_of(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def follow(name: str, terms: Terms, ask_at: Callable[[httpx.URL, float], Answer]) -> Answer:
    """The answer at the end of an address's redirects, none of which is followed unjudged.

    `ask_at` asks one address, in at most so many seconds. Raises SourceError, UnreachableError where another
    try may help.
    """
    left = terms.seconds
    with _explained(name, terms.seconds):
        address = httpx.URL(name).copy_with(fragment=None)
        for _ in range(MOST_REDIRECTS + 1):
            answer = ask_at(address, left)
            if answer.leads_to is None:
                return answer
            left -= answer.seconds
            address = address.join(answer.leads_to)
    raise SourceError(name, f"redirects more than {MOST_REDIRECTS} times; give the address it ends at")


def ask(address: httpx.URL, seconds: float, name: str, terms: Terms) -> Answer:
    """One answer, also a redirect. Raises SourceError under `name`, TimeoutError and httpx's errors."""
    return asyncio.run(_ask(address, seconds, name, terms))


async def _ask(address: httpx.URL, seconds: float, name: str, terms: Terms) -> Answer:
    started = monotonic()
    # Not httpx's own time limit, which begins anew with every byte that comes.
    async with asyncio.timeout(seconds), _client(terms) as client:
        request = await pinned(client, address, name, terms.allow_private)
        response = await client.send(request, stream=True)
        try:
            data = await _data(response, name, terms)
        finally:
            await response.aclose()
    leads_to = response.headers["location"] if response.has_redirect_location else None
    return Answer(
        address, response.status_code, response.reason_phrase, response.headers, leads_to, data,
        monotonic() - started,
    )  # fmt: skip


async def _data(response: httpx.Response, name: str, terms: Terms) -> bytes:
    if response.status_code != 200:
        return b""
    terms.judge(media_type_of(response.headers))
    return await body_of(response, name, terms.most_bytes)


def _client(terms: Terms) -> httpx.AsyncClient:
    # One for each request: a kept connection was checked for another host of the same IP address.
    # Without the environment's proxies: they would look the host up themselves, unjudged.
    headers = {**HEADERS, **terms.headers}
    return httpx.AsyncClient(trust_env=False, timeout=None, headers=headers, verify=_certificates())


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def _explained(name: str, seconds: float) -> Iterator[None]:
    """Turn what httpx raises in the block into a SourceError."""
    try:
        yield
    except TimeoutError as error:
        raise SourceError(
            name, f"did not answer whole within {seconds:g} seconds; try again later"
        ) from error
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(name, "is no address; write it as https://host/path") from error
    except httpx.HTTPError as error:
        raise _explanation(name, error) from error


def _explanation(name: str, error: httpx.HTTPError) -> SourceError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return SourceError(
                name, f"cannot prove who it is: {cause.verify_message}; its owner must renew its certificate"
            )
        cause = cause.__cause__ or cause.__context__
    reason = str(error) or type(error).__name__
    return UnreachableError(name, f"could not be fetched: {reason}; try again later")
