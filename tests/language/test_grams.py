import pytest

from app.language.grams import pieces, pieces_of_word

TEXTS = ("建设西部科学城", "科城学", "a", "𠮷野家", "学 城")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_pieces_of_every_word_it_contains(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert set(pieces_of_word(text[start:end])) <= pieces(text)


@pytest.mark.parametrize("word", ["科", "学城", "𠮷", "部科", "野"])
def test_a_word_of_one_or_two_characters_is_in_a_text_exactly_if_its_piece_is(word: str) -> None:
    (piece,) = pieces_of_word(word)
    for text in TEXTS:
        assert (piece in pieces(text)) == (word in text)


def test_pieces_are_letters_and_digits_that_no_tokenizer_cuts() -> None:
    assert all(piece.isalnum() and piece.isascii() for text in TEXTS for piece in pieces(text))
