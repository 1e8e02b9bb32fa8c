"""Promise: every answer keeps the contract, whatever is asked, on both databases.

No status that the schema does not declare, no body outside of its shape, no failure of the server, nothing
refused that the schema allows, nothing taken that it forbids, no write without a key.
"""

import secrets
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing, make_engine
from app.main import create_app
from app.settings import Settings
from app.start import prepare
from app.store.keys import add_key
from tests.databases import Databases
from tests.promises.fuzzing import Findings, fuzz

FIRST = ("examples", "fuzzing", "stateful")
ALL = (*FIRST, "coverage")
CHECKS = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
}


def fill(engine: Engine) -> None:
    """As a first start leaves it, with the example articles."""
    prepare(engine)


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.filled(fill)


@pytest.fixture
def key(url: str) -> str:
    engine = make_engine(url)
    with Session(for_writing(engine)) as session:
        made = add_key(session, "fuzzing")
        session.commit()
    engine.dispose()
    return made


@pytest.mark.parametrize(
    ("seed", "examples", "phases", "least"),
    [
        pytest.param(20, 8, FIRST, 300, id="short"),
        pytest.param(20, 250, ALL, 10_000, id="long", marks=pytest.mark.long),
        pytest.param(None, 250, ALL, 10_000, id="long and anew", marks=pytest.mark.long),
    ],
)
def test_every_answer_is_as_the_schema_says(
    url: str, key: str, tmp_path: Path, seed: int | None, examples: int, phases: tuple[str, ...], least: int
) -> None:
    seed = secrets.randbelow(2**32) if seed is None else seed
    app = create_app(Settings(data_dir=tmp_path, database_url=url, failed_keys_a_minute=1_000_000))
    found = fuzz(app, key, seed, examples, phases)
    print(told := f"seed {seed}: {found.total} calls, {sorted(found.calls.items())}")
    assert not found.failures, "\n\n".join(
        [told, *(f"{what}\n{why}" for what, why in found.failures.items())]
    )
    assert found.total >= least, told
    paths = app.openapi()["paths"]
    assert found.operations == {f"{each.upper()} {path}" for path in paths for each in paths[path]}
    assert found.checks >= CHECKS
    assert_it_was_no_closed_door(found)


def assert_it_was_no_closed_door(found: Findings) -> None:
    """Reads and writes worked, and were refused: else all may have been answered alike."""
    assert found.calls["GET", 200] > found.total // 10, found.calls
    assert found.calls["POST", 200] + found.calls["POST", 201], found.calls
    for each in (("GET", 422), ("GET", 404), ("POST", 401)):
        assert found.calls[each], (each, found.calls)
