"""The README's tour: each question's two lines ask the same, and find something."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.schemas.glossary import GLOSSARY
from app.settings import Settings
from tests.web import TestClient

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
TOUR = README.partition("### Ten questions")[2].partition("\n### ")[0]
QUESTION = re.compile(r"\*(?P<asked>[^*]+\?)\*\n```sh\n(?P<shell>.+)\n```\n```python\n(?P<python>.+)\n```")
BASE = "http://127.0.0.1:8000/api/v1/"


@pytest.fixture(scope="module")
def client(seeded_database: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=seeded_database)), base_url=BASE) as client:
        yield client


def asked_by(line: str) -> tuple[str, list[tuple[str, str]]]:
    """The address and parameters of a curl line with -G."""
    command, options, address, *data = shlex.split(line)
    assert (command, options) == ("curl", "-sG")
    assert set(data[::2]) <= {"-d", "--data-urlencode"}
    assert all(each.isascii() for option, each in zip(data[::2], data[1::2], strict=True) if option == "-d")
    return address, [tuple(each.split("=", 1)) for each in data[1::2]]  # type: ignore[misc]


def answers(body: dict[str, Any]) -> bool:
    """Whether an answer has anything in it, be it a list, a table, a timeline or a search."""
    return bool(body.get("items") or body.get("cells") or body.get("periods")) or any(
        isinstance(group, dict) and group.get("total") for group in body.values()
    )


def test_there_are_ten_questions() -> None:
    assert len(QUESTION.findall(TOUR)) == TOUR.count("```sh") == 10


@pytest.mark.parametrize("question", list(QUESTION.finditer(TOUR)), ids=lambda match: match["asked"])
def test_both_lines_of_a_question_answer_it(client: TestClient, question: re.Match[str]) -> None:
    address, parameters = asked_by(question["shell"])
    by_shell = client.get(address, params=parameters)
    by_python = eval(question["python"], {"api": client})  # the README's own line
    assert by_shell.status_code == by_python.status_code == 200, by_shell.text
    assert by_shell.json() == by_python.json()
    assert answers(by_shell.json()), question["asked"]


def test_the_glossary_has_the_words_of_the_docs_page() -> None:
    for term in GLOSSARY:
        assert f"| {term.name_zh} | {term.name} | {term.meaning_en} |\n" in README
