import os
import subprocess
import sys

import pytest

from app.language.bands import bands, letters, mixed_with

TEXT = "青海省政协委员苗雨建议，在柴达木盆地建设5G光伏监测站，三年内完成12座，并与甘肃共享数据。"
FORMS = [
    "青海省政协委员苗雨建议,在柴达木盆地建设5Ｇ光伏监测站;三年内完成12座!并与甘肃共享数据",
    "青海省政協委員苗雨建議，在柴達木盆地建設5g光伏監測站，三年內完成12座，並與甘肅共享數據。",
    "  青海省政协委员 苗雨\n建议，在柴达木盆地建设５Ｇ光伏监测站，三年内完成１２座，并与甘肃共享数据。",
]
NUMBER = 6


def shared(one: str, other: str) -> int:
    return len({*bands(one, NUMBER)} & {*bands(other, NUMBER)})


@pytest.mark.parametrize("other", FORMS)
def test_a_text_has_the_same_bands_whatever_its_punctuation_and_forms(other: str) -> None:
    assert letters(other) == letters(TEXT)
    assert bands(other, NUMBER) == bands(TEXT, NUMBER)


@pytest.mark.parametrize("place", range(0, len(TEXT), 5))
def test_texts_that_are_nearly_the_same_share_one(place: int) -> None:
    assert shared(TEXT, TEXT[:place] + TEXT[place + 1 :]) >= 1


def test_different_texts_share_none() -> None:
    others = [
        f"第{number}位代表谈{topic}，希望{place}早日定下办法。"
        for number, topic in enumerate(["渔业", "康养", "职教", "古建", "航运", "种业"])
        for place in ("漳州", "赣州", "大理")
    ]
    assert {shared(TEXT, other) for other in others} == {0}


@pytest.mark.parametrize("text", ["", "。", "建", "建。", "\n"])
def test_a_text_of_fewer_than_two_letters_has_none(text: str) -> None:
    assert bands(text, NUMBER) == ()


@pytest.mark.parametrize("text", ["建设", TEXT, TEXT * 50, "a" * 1000, "\U0002000b\U0002000b"])
def test_any_other_has_as_many_as_are_asked_for_each_a_number_of_63_bits(text: str) -> None:
    for number in (1, 6, 10):
        found = bands(text, number)
        assert len(found) == number
        assert all(0 <= band < 1 << 63 for band in found)


def test_a_band_of_one_speaker_is_none_of_another() -> None:
    (band, *_) = bands(TEXT, NUMBER)
    mixed = {mixed_with(band, speaker) for speaker in range(1, 1000)}
    assert len(mixed) == 999
    assert all(0 <= each < 1 << 63 for each in mixed)


def test_bands_are_the_same_in_every_process() -> None:
    program = "import sys; from app.language.bands import bands; print(bands(sys.argv[1], 6))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program, TEXT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "random")
    }
    assert told == {f"{bands(TEXT, 6)}\n"}
