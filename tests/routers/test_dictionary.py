import re
from collections.abc import Iterator
from typing import Any

import pytest

from app import vocabulary
from app.schemas.meanings import described
from app.vocabulary import Code
from tests.builders import Library
from tests.databases import Databases
from tests.routers.test_exports import LISTS
from tests.web import TestClient


@pytest.fixture
def databases(sqlite_databases: Databases) -> Iterator[Databases]:
    """SQLite alone, as no database makes a difference here."""
    yield sqlite_databases
    sqlite_databases.clear()


CHINESE = re.compile(r"[一-鿿]")
PROSE = re.compile("[，。：]")
"""What a Chinese sentence has, while an English one may give examples: 两江新区."""


@pytest.fixture
def dictionary(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/dictionary").json()
    return found


def keys(entries: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(entry["of"], entry["key"]) for entry in entries}


def codes() -> Iterator[tuple[str, str]]:
    """All codes of every list of the vocabulary that stands in answers."""
    for name, each in vars(vocabulary).items():
        if isinstance(each, type) and issubclass(each, Code) and each is not Code:
            yield from ((name, code.value) for code in each)


def test_every_field_of_every_answer_is_in_the_dictionary(
    client: TestClient, dictionary: dict[str, Any]
) -> None:
    shapes = client.get("/openapi.json").json()["components"]["schemas"]
    fields = {
        (name, field)
        for name, shape in shapes.items()
        if "Input" not in name
        for field in shape.get("properties", {})
    }
    assert len(fields) > 200
    assert fields - keys(dictionary["fields"]) == set()


def test_every_code_and_theme_is_in_the_dictionary(dictionary: dict[str, Any]) -> None:
    themes = {("Theme", code) for code in ("5g", "automotive", "funding")}
    assert keys(dictionary["codes"]) == set(codes()) | themes
    assert ("Kind", "plan") in keys(dictionary["codes"])


def test_every_column_of_every_file_is_in_the_dictionary(
    client: TestClient, dictionary: dict[str, Any]
) -> None:
    for name in LISTS:
        header = client.get(f"/api/v1/{name}?format=csv").content.decode("utf-8-sig").splitlines()[0]
        found = [entry["key"] for entry in dictionary["columns"] if entry["of"] == name]
        assert found == header.split(",")


def test_every_entry_has_its_name_and_meaning_in_both_languages(dictionary: dict[str, Any]) -> None:
    for entry in [entry for part in dictionary.values() for entry in part]:
        assert all(entry.values()), entry
        assert CHINESE.search(entry["name_zh"]), entry
        assert CHINESE.search(entry["meaning_zh"]), entry
        assert not CHINESE.search(entry["name_en"]), entry
        assert not PROSE.search(entry["meaning_en"]), entry


def test_no_entry_stands_there_twice(dictionary: dict[str, Any]) -> None:
    for part in dictionary.values():
        assert len(keys(part)) == len(part)


def test_an_entry_says_what_the_schema_says(dictionary: dict[str, Any]) -> None:
    entries = {(entry["of"], entry["key"]): entry for entry in dictionary["fields"]}
    assert entries["Proposal", "confidence"] == {
        "of": "Proposal",
        "key": "confidence",
        "name_en": "confidence",
        "name_zh": "置信度",
        "meaning_en": "How sure the extraction is, from 0 to 1.",
        "meaning_zh": "抽取结果有多可靠，0 到 1。",
    }


def test_a_theme_is_explained_with_the_names_it_is_found_by(client: TestClient, library: Library) -> None:
    library.theme("water", "水利", "Water")
    entries = {entry["key"]: entry for entry in client.get("/api/v1/dictionary").json()["codes"]}
    assert entries["water"]["name_zh"] == "水利"
    assert entries["automotive"]["meaning_zh"] == "属于“汽车产业”的诉求。也可用汽车检索。"


@pytest.mark.parametrize(
    ("description", "name", "english", "chinese"),
    [
        ("How sure (置信度：0 到 1), from 0 to 1.", "置信度", "How sure, from 0 to 1.", "0 到 1。"),
        ("Places [a, b) (位置：含起点).", "位置", "Places [a, b).", "含起点。"),
        ("About (约：大约) or over (超：超过).", "约", "About or over (超：超过).", "大约。"),
    ],
)
def test_the_first_chinese_brackets_of_a_description_are_its_name_and_meaning(
    description: str, name: str, english: str, chinese: str
) -> None:
    found = described("Person", "id", description)
    assert (found.name_zh, found.meaning_en, found.meaning_zh) == (name, english, chinese)


@pytest.mark.parametrize("description", ["Id of the person (an integer).", "Id of the person (人物编号)."])
def test_a_description_without_its_meaning_in_chinese_is_refused_with_its_place(description: str) -> None:
    with pytest.raises(ValueError, match=r"Person\.id: say its Chinese name and meaning in brackets"):
        described("Person", "id", description)
