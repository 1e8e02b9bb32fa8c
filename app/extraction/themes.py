"""Stage 6: the themes a sentence asks for, by the words that carry them (seeds/themes.toml)."""

import re

from ahocorasick_rs import AhoCorasick, MatchKind

from app.lexicon.themes import Theme


class ThemeFinder:
    """Finds the theme codes of a sentence, those with the most words first."""

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        words = [(keyword, theme.code) for theme in themes for keyword in theme.keywords]
        self._codes = [code for _, code in words]
        self._automaton = AhoCorasick([word for word, _ in words], matchkind=MatchKind.Standard)
        self._patterns = [(re.compile(pattern), theme.code) for theme in themes for pattern in theme.patterns]
        self._order = {theme.code: place for place, theme in enumerate(themes)}

    def find(self, words: str) -> tuple[str, ...]:
        """The codes, in the order of the seeds file."""
        found = {
            self._codes[index] for index, _, _ in self._automaton.find_matches_as_indexes(words, overlapping=True)
        }
        found |= {code for pattern, code in self._patterns if pattern.search(words)}
        return tuple(sorted(found, key=self._order.__getitem__))
