"""What is known of a host during one import: what its robots.txt allows, and when it may be asked again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

import httpx
from protego import Protego

from app.errors import SourceError
from app.importers.web.asking import Answer

AGENT = "Jianyan"
"""What a robots.txt calls us."""
MOST_HOSTS = 1000
"""That are remembered; of another one the robots.txt is read again."""
MOST_DELAY = 30.0
"""Seconds between two requests that a robots.txt can ask for."""

ReadRobots = Callable[[str], Answer]
"""Fetches the robots.txt at an address. Raises SourceError."""


@dataclass(slots=True)
class Host:
    """One scheme, name and port; `lock` is held by whoever asks it, so that nobody else does meanwhile.

    `refusal` says why nothing is fetched from there, None where something may be.
    """

    origin: str
    lock: Lock = field(default_factory=Lock)
    rules: Protego | None = None
    refusal: str | None = None
    asked_at: float | None = None

    def check(self, address: httpx.URL, name: str, read_robots: ReadRobots) -> None:
        """Raise SourceError under `name` where the host does not want the address fetched."""
        if self.rules is None and self.refusal is None:
            self._learn(read_robots)
        if self.refusal is not None:
            raise SourceError(name, self.refusal)
        if self.rules is not None and not self.rules.can_fetch(str(address), AGENT):
            raise SourceError(
                name, f"is closed to programs by {self.origin}/robots.txt; save the page as a file"
            )

    def asked(self) -> None:
        """Note that it was asked just now."""
        self.asked_at = monotonic()

    def waiting(self, seconds_between: float) -> float:
        """Seconds until it may be asked, where its robots.txt may want more than `seconds_between`."""
        asked_for = (self.rules.crawl_delay(AGENT) if self.rules else None) or 0.0
        # In this order: what is no number at all is never greater.
        delay = min(max(seconds_between, asked_for), max(seconds_between, MOST_DELAY))
        return 0.0 if self.asked_at is None else max(0.0, self.asked_at + delay - monotonic())

    def _learn(self, read_robots: ReadRobots) -> None:
        address = f"{self.origin}/robots.txt"
        try:
            answer = read_robots(address)
        except SourceError as error:
            self.refusal = f"is not fetched, as {address} {error.reason}"
            return
        if answer.status == 200 or 400 <= answer.status < 500:
            self.rules = Protego.parse(answer.data.decode("utf-8", "replace"))
        else:
            self.refusal = f"is not fetched, as {address} {answer.said}; try again later"


class Hosts:
    """The hosts asked last, by their origin."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, Host] = OrderedDict()
        self._lock = Lock()

    def at(self, address: httpx.URL) -> Host:
        """The host of an address."""
        origin = f"{address.scheme}://{address.netloc.decode('ascii')}"
        with self._lock:
            host = self._hosts.setdefault(origin, Host(origin))
            self._hosts.move_to_end(origin)
            if len(self._hosts) > MOST_HOSTS:
                self._hosts.popitem(last=False)
            return host
