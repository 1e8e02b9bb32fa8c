"""The text above the addresses of the docs page."""

from app import main
from app.guide import TAGS, description
from app.routers import problems
from app.routers.problems import PROBLEM_TYPES, ProblemType
from app.schemas.glossary import GLOSSARY
from app.settings import Settings


def test_it_explains_every_type_of_problem_in_both_languages() -> None:
    told = description()
    known = {each.slug for each in vars(problems).values() if isinstance(each, ProblemType)}
    assert known == {each.slug for each in PROBLEM_TYPES}
    assert {each.slug for each in main.TYPES.values()} <= known
    for each in PROBLEM_TYPES:
        row = next(line for line in told.splitlines() if line.startswith(f"| `{each.slug}` |"))
        assert each.meaning_en in row
        assert each.meaning_zh in row


def test_it_holds_the_glossary() -> None:
    for term in GLOSSARY:
        assert f"| {term.name_zh} | {term.name} | {term.meaning_en} | {term.meaning_zh} |" in description()


def test_the_schema_shows_it_and_every_tag_that_routes_use_in_its_order() -> None:
    schema = main.create_app(Settings()).openapi()
    assert schema["info"]["description"] == description()
    used = {
        tag for methods in schema["paths"].values() for route in methods.values() for tag in route["tags"]
    }
    assert [each["name"] for each in schema["tags"]] == [each["name"] for each in TAGS]
    assert used == {each["name"] for each in TAGS}
