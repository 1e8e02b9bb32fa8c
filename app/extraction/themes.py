"""Stage 6: the themes a sentence asks for, by the words that carry them (seeds/themes.toml)."""

import re

from ahocorasick_rs import AhoCorasick, MatchKind

from app.lexicon.themes import Theme

ASIDE = re.compile(
    r"(?:[^,;。、]*、){2,}[^,;。]*?等?(?:重点|优势|关键)?(?:领域|行业|企业|方向)|[^,;。“”]{0,40}沿线"
)
"""What only says where: 在大数据、智能制造、新材料等领域, 高速公路沿线."""
NAMED_ASIDE = re.compile("领域|行业|企业|方向|沿线")
"""Without one of these nothing is an aside, which is slow to look for."""
COORDINATION = re.compile(
    r"合作|协同|协作|机制|一体化|协议|规划|政策|标准|共识|统筹|联动|互认|工作小组|协商|建议|对接|优势互补"
)
GENERAL = "governance"


class ThemeFinder:
    """Finds the theme codes of a sentence, those with the most words first."""

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        words = [(keyword, theme.code) for theme in themes for keyword in theme.keywords]
        self._codes = [code for _, code in words]
        self._automaton = AhoCorasick([word for word, _ in words], matchkind=MatchKind.Standard)
        self._patterns = [(re.compile(pattern), theme.code) for theme in themes for pattern in theme.patterns]
        # Of ten sentences nine have none of the patterns, which is said sooner by one than by each.
        self._any_pattern = re.compile("|".join(pattern for theme in themes for pattern in theme.patterns))
        self._order = {theme.code: place for place, theme in enumerate(themes)}

    def find(self, words: str) -> tuple[str, ...]:
        """The codes, in the order of the seeds file; coordination in general is governance."""
        if NAMED_ASIDE.search(words):
            words = ASIDE.sub("", words)
        matches = self._automaton.find_matches_as_indexes(words, overlapping=True)
        found = {self._codes[index] for index, _, _ in matches}
        if self._any_pattern.search(words):
            found |= {code for pattern, code in self._patterns if pattern.search(words)}
        if not found and COORDINATION.search(words):
            found = {GENERAL}
        return tuple(sorted(found, key=self._order.__getitem__))
