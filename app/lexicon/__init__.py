"""The words the extraction knows, read once from seeds/ and frozen; bad lists are refused."""

from dataclasses import dataclass
from pathlib import Path

from app.lexicon.regions import Gazetteer, load_gazetteer
from app.lexicon.themes import Theme, load_themes
from app.lexicon.words import (
    BodyWords,
    GivenNames,
    MeasureWords,
    NameWords,
    PageWords,
    PostWords,
    ProposingWords,
    SpeechWords,
    load_given_names,
    load_words,
)

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists of seeds/, by what they are about."""

    themes: tuple[Theme, ...]
    gazetteer: Gazetteer
    names: NameWords
    given_names: GivenNames
    pages: PageWords
    posts: PostWords
    bodies: BodyWords
    speech: SpeechWords
    proposing: ProposingWords
    measures: MeasureWords


def load_lexicon(folder: Path = SEEDS) -> Lexicon:
    """The lexicon of a seeds folder; LexiconError names file and entry of what is wrong."""
    words = folder / "words"
    return Lexicon(
        themes=load_themes(folder / "themes.toml"),
        gazetteer=load_gazetteer(folder / "regions"),
        names=load_words(words / "names.toml", NameWords),
        given_names=load_given_names(words / "given_names.tsv"),
        pages=load_words(words / "page.toml", PageWords),
        posts=load_words(words / "posts.toml", PostWords),
        bodies=load_words(words / "bodies.toml", BodyWords),
        speech=load_words(words / "speech.toml", SpeechWords),
        proposing=load_words(words / "proposing.toml", ProposingWords),
        measures=load_words(words / "measures.toml", MeasureWords),
    )
