"""seeds/themes.toml: each theme by its own example, and what a broken file is told."""

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.extraction.themes import ThemeFinder
from app.language.characters import read
from app.lexicon.themes import Theme, load_themes

SEEDS = Path(__file__).parents[2] / "seeds" / "themes.toml"
THEMES = load_themes(SEEDS)
CODES = {
    "5g", "automotive", "basic-research", "funding", "governance", "industry", "innovation-platforms",
    "core-technologies", "technology-transfer", "talent", "education", "digital-economy", "transport",
    "logistics-opening", "investment-promotion", "ecology", "public-services", "health", "culture-tourism",
    "social-governance",
}  # fmt: skip


@pytest.fixture(scope="module")
def finder() -> ThemeFinder:
    return ThemeFinder(THEMES)


def test_the_twenty_themes_are_there() -> None:
    assert {theme.code for theme in THEMES} == CODES
    assert len(THEMES) == len(CODES)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.code)
def test_the_example_of_a_theme_carries_it(finder: ThemeFinder, theme: Theme) -> None:
    assert theme.code in finder.find(theme.example)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.code)
def test_keywords_stand_as_the_reading_text_writes_them(theme: Theme) -> None:
    words = theme.keywords + theme.weak + theme.silent
    assert [word for word in words if read(word) != word] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.code)
def test_a_silent_word_holds_a_word_of_its_theme(theme: Theme) -> None:
    """One that holds none silences nothing; patterns aside, whose matches cannot be listed."""
    carrying = theme.keywords + theme.weak
    assert [word for word in theme.silent if not any(other in word for other in carrying)] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.code)
def test_a_theme_has_names_to_filter_by(theme: Theme) -> None:
    assert theme.zh.strip()
    assert theme.en.strip()
    assert theme.keywords
    assert theme.example.endswith("。")


def block(code: str = "ports", **changes: str) -> str:
    """A theme as it stands in the file; a change to "" leaves the key out."""
    values = {
        "code": f'"{code}"',
        "zh": '"港口"',
        "en": '"Ports"',
        "aliases": '["码头"]',
        "keywords": '["泊位"]',
        "weak": "[]",
        "silent": "[]",
        "patterns": "[]",
        "example": '"应共用泊位。"',
    } | changes
    return "[[theme]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value)


RAIL = {"zh": '"铁路"', "en": '"Rail"', "aliases": "[]"}


def test_a_small_file_loads_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(block() + block("rail", **RAIL), encoding="utf-8")
    ports, rail = load_themes(path)
    assert (ports.code, ports.aliases, ports.keywords) == ("ports", ("码头",), ("泊位",))
    assert rail.code == "rail"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[theme]", r"themes\.toml: "),
        ("[[themes]]\ncode = 1\n", r"themes\.toml: 'theme'"),
        (block(example=""), r"themes\.toml: theme ports: example is missing"),
        (block(weight="3"), r"themes\.toml: theme ports: weight is unknown"),
        (block(patterns='["泊位("]'), r"themes\.toml: theme ports: pattern '泊位\('"),
        (block(keywords='["泊位", "泊位"]'), r"themes\.toml: theme ports says 泊位 twice"),
        (block(weak='["泊位"]'), r"themes\.toml: theme ports says 泊位 twice"),
        (
            block() + block("rail", **RAIL | {"aliases": '["码头"]'}),
            r"themes\.toml: '码头' names both ports and rail",
        ),
        (
            block() + block("rail", **RAIL | {"en": '"PORTS"'}),
            r"themes\.toml: 'ports' names both ports and rail",
        ),
    ],
    ids=[
        "no TOML",
        "wrong table",
        "missing key",
        "unknown key",
        "broken pattern",
        "keyword twice",
        "strong and weak at once",
        "alias of another",
        "name of another in other letters",
    ],
)
def test_a_broken_file_is_refused_by_name_and_entry(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=complaint):
        load_themes(path)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(block() + block("ports", **RAIL), encoding="utf-8")
    with pytest.raises(LexiconError, match="ports"):
        load_themes(path)


def test_a_list_that_is_a_plain_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(block(keywords='"泊位"'), encoding="utf-8")
    with pytest.raises(LexiconError, match="theme ports: keywords"):
        load_themes(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"themes\.toml: "):
        load_themes(tmp_path / "themes.toml")
