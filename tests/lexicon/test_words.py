"""The word lists of seeds/words: what they promise each other, and what a broken file is told."""

import re
import shutil
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.language.characters import read
from app.lexicon import SEEDS, Lexicon, load_lexicon
from app.lexicon.words import load_given_names, load_words


@dataclass(frozen=True, slots=True)
class TeaWords:
    """A file of two lists."""

    green: tuple[str, ...]
    black: tuple[str, ...]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def written(folder: Path, text: str) -> Path:
    path = folder / "tea.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_becomes_its_lists(tmp_path: Path) -> None:
    words = load_words(written(tmp_path, 'green = ["龙井", "毛尖"]\nblack = []\n'), TeaWords)
    assert words == TeaWords(("龙井", "毛尖"), ())


def test_a_string_is_the_list_of_its_characters(tmp_path: Path) -> None:
    words = load_words(written(tmp_path, 'green = """\n绿 青\n黄\n"""\nblack = []\n'), TeaWords)
    assert words.green == ("绿", "青", "黄")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("green = [", r"tea\.toml: "),
        ('green = ["龙井"]\n', r"tea\.toml: black is missing"),
        ('green = []\nblack = []\nwhite = ["白毫"]\n', r"tea\.toml: white is unknown"),
        ('green = ["龙井", "毛尖", "龙井"]\nblack = []\n', r"tea\.toml: green: '龙井' stands there 2 times"),
        ('green = [""]\nblack = []\n', r"tea\.toml: green: ''"),
        ("green = [1]\nblack = []\n", r"tea\.toml: green: 1"),
        ('green = "青绿青"\nblack = []\n', r"tea\.toml: green: '青' stands there 2 times"),
    ],
    ids=[
        "no TOML",
        "missing list",
        "unknown list",
        "word twice",
        "empty word",
        "a number",
        "character twice",
    ],
)
def test_a_broken_file_is_refused_by_name_and_entry(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(LexiconError, match=complaint):
        load_words(written(tmp_path, text), TeaWords)


def test_a_list_that_is_a_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"tea\.toml: green"):
        load_words(written(tmp_path, "green = 3\nblack = []\n"), TeaWords)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"tea\.toml: "):
        load_words(tmp_path / "tea.toml", TeaWords)


def test_given_names_count_each_character_by_place(tmp_path: Path) -> None:
    path = tmp_path / "given_names.tsv"
    path.write_text("# counts\ncharacter\tmiddle\tlast\tsingle\n明\t8\t9\t3\n", encoding="utf-8")
    names = load_given_names(path)
    assert (names.middle["明"], names.last["明"], names.single["明"]) == (8, 9, 3)


@pytest.mark.parametrize(
    "line", ["明\t8\t9", "明\t8\t9\tmany"], ids=["a count is missing", "a count is no number"]
)
def test_a_broken_line_of_given_names_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "given_names.tsv"
    path.write_text(f"character\tmiddle\tlast\tsingle\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"given_names\.tsv: '明"):
        load_given_names(path)


FILES = sorted(path.relative_to(SEEDS).as_posix() for path in (SEEDS / "words").iterdir())


@pytest.mark.parametrize("file", [*FILES, "themes.toml"])
def test_a_seeds_folder_without_one_of_its_files_is_refused(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    (folder / file).unlink()
    with pytest.raises(LexiconError, match=re.escape(Path(file).name)):
        load_lexicon(folder)


def test_every_file_says_what_its_lists_mean() -> None:
    for path in (SEEDS / "words").glob("*.toml"):
        head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
        assert head, path.name


def test_surnames_are_characters_and_compound_ones_words(lexicon: Lexicon) -> None:
    names = lexicon.names
    assert {len(name) for name in (*names.surnames, *names.rare_surnames)} == {1}
    assert all(len(name) == 2 for name in names.compound_surnames)


@pytest.mark.parametrize("group", ["posts", "bodies", "speech", "proposing", "measures"])
def test_words_stand_as_the_reading_text_writes_them(lexicon: Lexicon, group: str) -> None:
    words = getattr(lexicon, group)
    unread = {w for field in fields(words) for w in getattr(words, field.name) if read(w) != w}
    assert unread == set()


def test_a_verb_asks_or_says_but_not_both(lexicon: Lexicon) -> None:
    assert not set(lexicon.speech.asking) & set(lexicon.speech.saying)


def test_a_word_for_bodies_is_strong_or_weak_but_not_both(lexicon: Lexicon) -> None:
    assert not set(lexicon.bodies.suffixes) & set(lexicon.bodies.weak_suffixes)


def test_page_furniture_is_given_in_patterns_that_compile(lexicon: Lexicon) -> None:
    for field in fields(lexicon.pages):
        for pattern in getattr(lexicon.pages, field.name):
            assert re.compile(pattern)


def test_measure_words_say_how_exactly_in_one_way_only(lexicon: Lexicon) -> None:
    measures = lexicon.measures
    for lists in (
        (measures.about, measures.over, measures.at_least, measures.under),
        (measures.after_about, measures.after_over, measures.after_under),
    ):
        words = [word for group in lists for word in group]
        assert len(set(words)) == len(words)
