"""Who is the same by all that is said of those of a name; the order it is said in is none of the input."""

import pytest

from app.store.claims import Claim
from app.store.deciding import Told, decide_bodies, decide_people, name_of_body, name_of_person
from app.vocabulary import ActorKind

GANSU, NINGXIA, HAINAN = "620000", "640000", "460000"
A, B, C = "甲厅", "乙厅", "丙厅"


def told(*institutions: str, home: tuple[str, ...] = (), around: tuple[str, ...] = ()) -> Told:
    return Told(frozenset(institutions), frozenset(home), frozenset(around))


def body(name: str, *aliases: str, region: str | None = None) -> Claim:
    return Claim(ActorKind.INSTITUTION, name, region, frozenset(aliases))


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        pytest.param([told(A), told(B), told(A, B)], [{0, 1, 2}], id="two whom a third holds together"),
        pytest.param(
            [told(A), told(A, home=(GANSU,)), told(C, home=(GANSU,))],
            [{0, 1, 2}],
            id="one by an institution, the next by a province",
        ),
        pytest.param([told(A), told(B), told()], [{0}, {1}, {2}], id="a bare name among two"),
        pytest.param([told(A), told()], [{0, 1}], id="a bare name and one person"),
        pytest.param([told(), told(around=(GANSU,))], [{0, 1}], id="bare names alone"),
        pytest.param(
            [told(A, home=(GANSU,)), told(B, home=(HAINAN,)), told(around=(GANSU,))],
            [{0, 2}, {1}],
            id="a bare name where one of two is at home",
        ),
        pytest.param(
            [told(A, home=(GANSU,)), told(B, home=(HAINAN,)), told(around=(GANSU, HAINAN))],
            [{0}, {1}, {2}],
            id="a bare name where both are",
        ),
    ],
)
def test_people_of_a_name(claims: list[Told], groups: list[set[int]]) -> None:
    decided = decide_people(dict(enumerate(claims)))
    assert sorted(map(sorted, decided)) == sorted(map(sorted, groups))


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        pytest.param([body("水务厅"), body("水务厅", region=GANSU)], [{0, 1}], id="a region told once"),
        pytest.param(
            [body("水务厅"), body("水务厅", region=GANSU), body("水务厅", region=NINGXIA)],
            [{0}, {1}, {2}],
            id="no region told and two known",
        ),
        pytest.param([body("祁连院"), body("祁连研究院", "祁连院")], [{0, 1}], id="a short name of one"),
        pytest.param(
            [body("祁连院"), body("祁连研究院", "祁连院"), body("祁连医院", "祁连院")],
            [{0}, {1}, {2}],
            id="a short name of two",
        ),
        pytest.param([body("市政协"), body("兰州市政协", "市政协")], [{0}, {1}], id="a name of any city's"),
        pytest.param(
            [
                body("琼大", "琼海学院"),
                body("琼海大学", "琼大", region=HAINAN),
                body("琼海学院", region=GANSU),
            ],
            [{0}, {1}, {2}],
            id="steps that would lead into another region",
        ),
    ],
)
def test_bodies_by_their_names(claims: list[Claim], groups: list[set[int]]) -> None:
    decided = decide_bodies(dict(enumerate(claims)))
    assert sorted(map(sorted, decided)) == sorted(map(sorted, groups))


def test_names_are_the_fullest_and_most_plainly_written() -> None:
    assert name_of_body([body("祁连院"), body("祁连研究院", "祁连院")]) == "祁连研究院"
    assert name_of_body([body("蘭州市政協"), body("兰州市政协")]) == "兰州市政协"
    people = [Claim(ActorKind.PERSON, name) for name in ("陸知遥", "陆知遥")]
    assert name_of_person(people) == "陆知遥"
