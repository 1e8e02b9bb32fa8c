"""Who may import whom: the one place where these rules stand, held against every file of app/."""

import ast
import graphlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WEB = {"fastapi", "starlette"}
DATABASE = {"sqlmodel", "sqlalchemy", "sqlite3"}
NETWORK = {"httpx", "requests", "socket", "ssl", "http", "urllib", "ftplib", "asyncio"}
FILES = {"os", "io", "shutil", "tempfile", "glob", "fileinput", "subprocess", "mmap"}


@dataclass(frozen=True)
class Rule:
    """What a room may take from the other rooms of app, and what from nowhere."""

    rooms: frozenset[str]
    never: frozenset[str]


def rule(rooms: str, never: set[str]) -> Rule:
    return Rule(frozenset(rooms.split()), frozenset(never))


RULES = {
    "logs": rule("", WEB | DATABASE),
    "vocabulary": rule("", WEB | DATABASE | NETWORK),
    "errors": rule("", WEB | DATABASE | NETWORK),
    "language": rule("", WEB | DATABASE | NETWORK),
    "settings": rule("errors", WEB | DATABASE),
    "faults": rule("", WEB | NETWORK),
    "sqlite_file": rule("errors", WEB),
    "database": rule("errors faults sqlite_file", WEB),
    "lexicon": rule("vocabulary errors", WEB | DATABASE | NETWORK),
    "extraction": rule("vocabulary errors language lexicon", WEB | DATABASE | NETWORK | FILES),
    "importers": rule("errors", WEB | DATABASE),
    "tables": rule("vocabulary language", WEB),
    "store": rule("vocabulary errors language database lexicon extraction tables", WEB),
    "queries": rule("vocabulary errors language tables", WEB),
    "ingest": rule("vocabulary errors settings database lexicon extraction importers store", WEB),
    "schemas": rule("vocabulary", WEB | DATABASE),
    "protocol": rule("", WEB | DATABASE | {"httpx", "jieba"}),
    "writer": rule("vocabulary errors database extraction importers store ingest", WEB),
    "routers": rule(
        "vocabulary errors schemas citations queries ingest writer", DATABASE | {"httpx", "jieba"}
    ),
    "guide": rule("schemas routers", DATABASE | {"httpx", "jieba"}),
    "citations": rule("vocabulary", WEB | DATABASE | NETWORK | FILES),
    "middleware": rule("logs", DATABASE | {"httpx", "jieba"}),
}
TOP = {"main", "asgi", "start"}  # where all is wired together; these may import everything


@dataclass(frozen=True)
class Import:
    """A module named by an import statement, those under TYPE_CHECKING included, and its line."""

    module: str
    line: int


def imports_of(module: str, source: str, known: frozenset[str]) -> Iterator[Import]:
    """All imports of a module's source; `from a import b` is a.b where `known` has that module, else a."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(module, node)
            for name in (f"{base}.{alias.name}" for alias in node.names):
                yield Import(name if name in known else base, node.lineno)


def absolute(module: str, node: ast.ImportFrom) -> str:
    assert node.level == 0, f"{module}, line {node.lineno}: write imports in full, from `app` on"
    return str(node.module)


def room_of(module: str) -> str | None:
    """extraction for app.extraction.clean; None for app itself and for what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "app" and len(parts) > 1 else None


def faults_of(module: str, source: str, known: frozenset[str]) -> list[str]:
    """What a module's source does against its room's rule, as `module, line n: reason`."""
    room = room_of(module)
    if room is None or room in TOP:
        return []
    found = [
        f"{module}, line {each.line}: {fault}"
        for each in imports_of(module, source, known)
        if (fault := fault_of(room, each.module))
    ]
    return found + [f"{module}, line {line}: extraction opens no files" for line in opens(room, source)]


def fault_of(room: str, imported: str) -> str | None:
    allowed = RULES[room]
    package = imported.split(".")[0]
    if package in allowed.never:
        return f"{room} never imports {package}"
    if package == "app" and room_of(imported) not in allowed.rooms | {room}:
        return f"{room} may import {sorted(allowed.rooms) or 'nothing'} of app, and this is {imported}"
    return None


def opens(room: str, source: str) -> list[int]:
    """The lines where a module of the pure room calls open(), read_text() and their like."""
    calls = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if room == "extraction"
        and isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) in calls
    ]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def cycle_in(sources: dict[str, str]) -> list[str]:
    """One ring of modules that import each other, empty when there is none."""
    known = frozenset(sources)
    graph = {
        module: {each.module for each in imports_of(module, source, known)} & known - {module}
        for module, source in sources.items()
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


SOURCES = {module_of(path): path.read_text("utf-8") for path in sorted((ROOT / "app").rglob("*.py"))}
KNOWN = frozenset(SOURCES)


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    assert faults_of(module, SOURCES[module], KNOWN) == []


def test_every_room_of_app_has_a_rule() -> None:
    rooms = {room for module in SOURCES if (room := room_of(module))}
    assert rooms - TOP - set(RULES) == set(), "give the new room a line in RULES"


def test_app_itself_is_an_empty_name() -> None:
    assert list(imports_of("app", SOURCES["app"], KNOWN)) == [], "every module of app would import it too"


def test_no_modules_import_each_other_in_a_ring() -> None:
    assert cycle_in(SOURCES) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda p: p.name
)
def test_a_migration_imports_nothing_of_the_application(path: Path) -> None:
    modules = [each.module for each in imports_of(path.stem, path.read_text("utf-8"), KNOWN)]
    assert [name for name in modules if name.split(".")[0] == "app"] == []


def fault(module: str, source: str) -> str:
    """The one fault of a module with that source."""
    (only,) = faults_of(module, source, frozenset({"app.store", "app.tables", "app.tables.articles"}))
    return only


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("app.routers.proposals", "import app.tables.articles", "line 1: routers may import"),
        ("app.routers.proposals", "from app import store", "this is app.store"),
        ("app.extraction.rules", "\n\nfrom app.store import save", "line 3: extraction may import"),
        (
            "app.extraction.rules",
            "def f():\n    import urllib.request",
            "line 2: extraction never imports urllib",
        ),
        ("app.extraction.rules", "text = open('a').read()", "line 1: extraction opens no files"),
        ("app.schemas.themes", "from sqlmodel import SQLModel", "schemas never imports sqlmodel"),
        ("app.vocabulary", "from app.errors import JianyanError", "vocabulary may import nothing"),
        (
            "app.queries.page",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.store import save",
            "line 3: queries may import",
        ),
    ],
)
def test_a_forbidden_import_is_named_with_its_line_and_rule(module: str, source: str, expected: str) -> None:
    assert module in fault(module, source)
    assert expected in fault(module, source)


def test_a_room_may_import_itself_and_the_wiring_may_import_everything() -> None:
    assert faults_of("app.tables.metrics", "import app.tables.articles", KNOWN) == []
    assert faults_of("app.main", "import fastapi, app.store, app.tables.articles", KNOWN) == []


def test_a_ring_over_three_modules_is_found() -> None:
    ring = {"app.a": "import app.b", "app.b": "from app import c", "app.c": "from app.a import x"}
    assert set(cycle_in(ring)) == {"app.a", "app.b", "app.c"}
