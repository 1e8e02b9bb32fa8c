"""One form for each character, and the form in which texts are searched."""

from app.language.characters import read, searchable


def test_a_text_is_searched_in_one_form_of_each_character() -> None:
    assert searchable("重慶５Ｇ，Wi-Fi「走廊」") == "重庆5g,wi-fi“走廊”"


def test_the_length_stays_so_that_places_lead_back() -> None:
    text = "㎡İ臺灣ﬁ①…—ß"
    assert len(searchable(text)) == len(read(text)) == len(text)


def test_what_was_read_once_is_read_the_same_again() -> None:
    """Names are found by how they are read, also where they are read twice: ⾧ is 长, not 長."""
    every = "".join(map(chr, range(0x20, 0xD800)))
    assert read(read(every)) == read(every)
    assert read("市⾧") == "市长"
