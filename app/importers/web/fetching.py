"""Many addresses fetched politely: as their hosts' robots.txt allow, with rests, and tried again."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from threading import Event

import httpx

from app.errors import SourceError
from app.importers.options import Options
from app.importers.web.addresses import check
from app.importers.web.asking import Answer, Terms, UnreachableError, ask, follow
from app.importers.web.hosts import Hosts
from app.importers.web.pages import FEEDS, judge

AT_ONCE = 8
"""Addresses that are fetched at the same time, each of another host."""
TRIES = 3
TRY_AGAIN = {429, 502, 503, 504}
LONGEST_REST = 60.0
"""Seconds that a server can make us wait for another try."""
MOST_BYTES_OF_ROBOTS = 500_000

Rest = Callable[[float], object]


class Fetcher:
    """Asks one host one question at a time. `rest` waits so many seconds; close it when all is fetched."""

    def __init__(self, options: Options, rest: Rest | None = None) -> None:
        self._options = options
        self._hosts = Hosts()
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._closed = Event()
        self._rest: Rest = rest or self._closed.wait
        self._terms = Terms(options.allow_private, options.seconds, options.most_bytes)

    def begin(self, name: str) -> Future[Answer | SourceError | None]:
        """What `fetch` will return or raise, fetched meanwhile."""
        return self._pool.submit(self._fetch_or_tell, name)

    def fetch(self, name: str) -> Answer | None:
        """The page or feed at an address; None where it did not change since it was last imported.

        Raises SourceError.
        """
        headers = _conditions(self._options.validators_of(name))
        terms = replace(self._terms, headers=headers, judge=partial(judge, name=name, known=FEEDS))
        answer = self._persist(name, lambda: follow(name, terms, partial(self._ask, name, terms)))
        if answer.status == 304 and headers:
            return None
        if answer.status != 200:
            raise SourceError(name, answer.said + "; try again later" * (answer.status in TRY_AGAIN))
        return answer

    def close(self) -> None:
        """Give up what is still to be fetched."""
        self._closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fetch_or_tell(self, name: str) -> Answer | SourceError | None:
        try:
            return self.fetch(name)
        except SourceError as error:
            return error
        except Exception:  # whatever a server can bring the libraries to: one page must not end an import
            reason = "could not be fetched, as its server answers in a way that is not known"
            return SourceError(name, f"{reason}; save the page as a file")

    def _ask(self, name: str, terms: Terms, address: httpx.URL, seconds: float) -> Answer:
        check(address, name)
        host = self._hosts.at(address)
        with host.lock:
            host.check(address, name, self._robots)
            self._pause(host.waiting(self._options.seconds_between), name)
            try:
                return ask(address, seconds, name, terms)
            finally:
                host.asked()

    def _robots(self, address: str) -> Answer:
        # Not by `_ask`: whoever holds the lock of one host and waits for another's could wait for ever.
        terms = replace(self._terms, most_bytes=MOST_BYTES_OF_ROBOTS)
        return self._persist(address, lambda: follow(address, terms, partial(ask, name=address, terms=terms)))

    def _persist(self, name: str, attempt: Callable[[], Answer]) -> Answer:
        """The answer of the first attempt that gets one, or of the last. Raises SourceError."""
        for number in range(1, TRIES):
            rest = min(self._options.seconds_between * 2**number, LONGEST_REST)
            try:
                answer = attempt()
                if answer.status not in TRY_AGAIN:
                    return answer
                rest = max(rest, _asked_to_wait(answer))
                if rest > LONGEST_REST:
                    return answer
            except UnreachableError:
                pass
            self._pause(rest, name)
        return attempt()

    def _pause(self, seconds: float, name: str) -> None:
        if seconds > 0:
            self._rest(seconds)
        if self._closed.is_set():
            raise SourceError(name, "was not fetched, as the import was stopped")


def _conditions(validators: Mapping[str, str]) -> dict[str, str]:
    headers = {"If-None-Match": validators.get("etag"), "If-Modified-Since": validators.get("last_modified")}
    # What came in other characters cannot be sent back, so that the page is then fetched whole.
    return {key: value for key, value in headers.items() if value and value.isascii() and value.isprintable()}


def _asked_to_wait(answer: Answer) -> float:
    """Seconds that a Retry-After asks for, 0.0 without one."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
