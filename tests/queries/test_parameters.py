import pytest
from pydantic import TypeAdapter, ValidationError

from app.queries.parameters import Day, Text, UnknownParameterError, nearest
from app.queries.proposals import ProposalQuery


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        pytest.param("automotve", ["automotive", "funding"], ("automotive",), id="a letter left out"),
        pytest.param("FUNDING", ["automotive", "funding"], ("funding",), id="capitals"),
        pytest.param("四川盛", ["四川省", "重庆市"], ("四川省",), id="one character of three"),
        pytest.param("zzz", ["automotive", "funding"], (), id="like none"),
    ],
)
def test_the_nearest_known_words_are_found(word: str, known: list[str], expected: tuple[str, ...]) -> None:
    assert nearest(word, known) == expected


def test_the_best_match_stands_first_and_three_are_enough() -> None:
    known = ["plan", "plane", "planes", "planet", "plank"]
    assert nearest("plan", known)[0] == "plan"
    assert len(nearest("plan", known)) == 3


def test_a_name_is_taken_without_the_blanks_around_it() -> None:
    assert TypeAdapter(Text).validate_python("\u3000陈放 ") == "陈放"


def test_a_day_is_read_as_the_schema_says() -> None:
    assert TypeAdapter(Day).validate_python("2020-10-22").isoformat() == "2020-10-22"


@pytest.mark.parametrize("value", ["yesterday", "20201022", "2020-W43-4"])
def test_a_day_that_is_none_is_answered_with_how_to_write_one(value: str) -> None:
    with pytest.raises(ValidationError, match="write a date as 2020-10-22"):
        TypeAdapter(Day).validate_python(value)


def test_an_unknown_parameter_is_refused_before_the_others_are_read() -> None:
    with pytest.raises(UnknownParameterError, match="did you mean"):
        ProposalQuery.model_validate({"limit": "x", "speeker": "陈放"})
