"""Schemathesis over the whole application: what it asked, and what of the answers broke the contract."""

import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.config import _checks as checks
from schemathesis.core.failures import Failure
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.python.asgi import shutdown_lifespans
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_ID = 2**63 - 1

REFUSED: dict[str, tuple[str, ...]] = {
    # Only what a page gave out is one.
    "cursor": (),
    # Names that the database knows.
    **dict.fromkeys(("theme", "region", "speaker_region", "parent"), ()),
    # A file is the whole list: what is about a page does not go with `format`.
    **dict.fromkeys(("limit", "facets", "facet_limit"), ("format",)),
    # Most hits first, of nothing that is searched for.
    "sort": ("sort",),
    # The same as the rows.
    "columns": ("rows",),
}
"""Parameters that may be refused though their values are as the schema says, as it has no words for why;
and what must be among the parameters for that."""


_TOO_LONG = ["413", "414"]
_EXPECTED = {
    "negative_data_rejection": [*checks.NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES, *_TOO_LONG],
    "positive_data_acceptance": [*checks.POSITIVE_DATA_ACCEPTANCE_EXPECTED_STATUSES, *_TOO_LONG],
}
"""By check what may be answered: also that all of it together is too long, which a schema cannot say."""


@dataclass
class Findings:
    """What was asked and answered: calls by method and status, and by phase; checks that looked; failures."""

    calls: Counter[tuple[str, int]] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.calls.total()

    def add(self, scenario: ScenarioFinished) -> None:
        recorder = scenario.recorder
        for key, nodes in recorder.checks.items():
            case = recorder.cases[key].value
            self.operations.add(case.operation.label)
            self.checks |= {node.name for node in nodes}
            for node in nodes:
                if node.failure_info is not None:
                    failure = node.failure_info.failure
                    what = f"{node.name} at {case.operation.label}: {failure.title}"
                    self.failures.setdefault(what, f"{what}: {failure.message}\n{case.as_curl_command()}")


def fuzz(app: ASGIApp, key: str, seed: int, examples: int, phases: tuple[str, ...]) -> Findings:
    """Ask the application, which opens its database for it, `examples` times for each operation and phase.

    `key` allows writing. All checks that schemathesis has are on.
    """
    findings = Findings()
    schema = schemathesis.openapi.from_asgi(
        "/openapi.json", _counting(app, findings.calls), config=_config(key, seed, examples, phases)
    )
    schema.hook(filter_failure)
    try:
        with no_way_out():
            for event in engine.from_schema(schema).execute():
                if isinstance(event, ScenarioFinished):
                    findings.add(event)
                elif isinstance(event, NonFatalError):
                    findings.failures[f"error at {event.label}"] = repr(event.value)
                elif isinstance(event, FatalError):
                    raise event.exception
    finally:
        shutdown_lifespans()
    return findings


def _config(key: str, seed: int, examples: int, phases: tuple[str, ...]) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "continue-on-failure": True,
            "suppress-health-check": ["too_slow"],  # it is the machine that may be
            "request-timeout": 300,  # the first article waits for the extraction to be loaded
            "generation": {"max-examples": examples, "database": "none"},
            "phases": {
                name: {"enabled": name in phases} for name in ("examples", "coverage", "fuzzing", "stateful")
            },
            "checks": {name: {"expected-statuses": statuses} for name, statuses in _EXPECTED.items()},
            "auth": {"openapi": {"ApiKey": {"api_key": key}}},
        }
    )


def _counting(app: ASGIApp, calls: Counter[tuple[str, int]]) -> ASGIApp:
    """The application, with each answer counted where it leaves, as schemathesis need not be believed."""

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                calls[scope["method"], message["status"]] += 1
            await send(message)

        await app(scope, receive, count)

    return counting


def filter_failure(_context: object, failure: Failure, case: Any, response: Any) -> bool:
    """Whether a failure is one: not where the schema has no words for what is refused."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    problem = response.json()
    if problem["type"] == "urn:jianyan:problem:refused":
        return False  # the text has no words, or nothing can be fetched from the address
    query = case.query or {}
    may_be = {
        name for name, beside in REFUSED.items() if all(each in query for each in beside)
    } | _beyond_schema(case)
    return not {error["field"] for error in problem["errors"]} <= may_be


def _beyond_schema(case: Any) -> set[str]:
    """Fields with what schemathesis takes for good: an id that was null in another answer, or one that is
    above the largest by less than floats can tell."""
    body = case.body if isinstance(case.body, dict) else {}
    given = {**(case.path_parameters or {}), **body}
    return {
        name
        for name, value in given.items()
        if value in (None, "null") or (isinstance(value, int | float) and value > LARGEST_ID)
    }


_guards: list[bool] = []


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _guards:
        return
    if event == "socket.getaddrinfo" and not _is_here(arguments[0]):
        raise socket.gaierror(socket.EAI_NONAME, "a test asks no one outside")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_here(arguments[1][0]):
        raise OSError("a test connects to nobody outside")


def _is_here(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


sys.addaudithook(_guard)  # for good, as there is no way to take one back; it does nothing by itself


@contextmanager
def no_way_out() -> Iterator[None]:
    """While it lasts this process looks up no host and connects to none but this machine."""
    _guards.append(True)
    try:
        yield
    finally:
        _guards.pop()
