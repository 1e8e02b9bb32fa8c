"""Stage 6: the themes a sentence asks for, by the words that carry them (seeds/themes.toml)."""

import re
from collections import Counter
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from app.lexicon.themes import Theme

FIELDS = re.compile(
    r"(?:[^,;。、]*、){2,}[^,;。]*?等?(?:重点|优势|关键)?(?:(?<!多)领域|行业|企业|方向)|[^,;。“”]{0,40}沿线"
)
OTHER_SCENE = re.compile(
    r"\([^()]{3,}\)"
    r"|围绕[^,;。]{4,80}等方面"
    r"|(?:针对|鉴于|面对|由于|随着|作为|为解决|为破解|为补齐|为加快补齐)[^,;。]{2,60},"
    r"|(?:借鉴|参照|参考|学习|仿照|比照|复制)[^,;。]{2,40}"
    r"|(?:避免|防止|以免|防范)[^,;。]{2,40}"
    r"|(?<=[,;])(?:支撑|助力|服务|赋能|带动|促进|推动)[^,;。]{0,24}发展[。”]*$"
    r"|^[^,;。:《]{0,40}(?:建议|提出|认为|表示|透露|介绍|指出|主张|呼吁)(?=[,:])"
)
SCENE = re.compile(f"{FIELDS.pattern}|{OTHER_SCENE.pattern}")
"""What only says who, where, why, like whom or for what: 在大数据、智能制造、新材料等领域."""
FIELD = re.compile("领域|行业|企业|方向|沿线")
"""What all FIELDS end with, which are slow to look for."""
BODY = re.compile(r"[^,;。、:的和与及在]{0,4}(?:(?<![布格全大开结变破僵])局|厅|部门|委员会|管委会|协会|商会)")
"""What follows a word that stands in the name of a body: 交通 in 交通运输局, but not in 交通布局."""
STRONG, WEAK, SILENT = range(3)
DEMOTED = 2
"""What a strong word weighs that only sets the scene, against 1 of a weak word."""
REMEMBERED = 256
"""Sentences whose themes are kept at hand; each metric of a sentence asks for them again."""


class ThemeFinder:
    """Finds the theme codes of a sentence."""

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        words = [
            (word, kind, place)
            for place, theme in enumerate(themes)
            for kind, group in enumerate((theme.keywords, theme.weak, theme.silent))
            for word in group
        ]
        self._codes = [theme.code for theme in themes]
        self._senses = [(kind, place) for _, kind, place in words]
        self._automaton = AhoCorasick([word for word, _, _ in words], matchkind=MatchKind.Standard)
        self._patterns = [
            (re.compile(pattern), place) for place, theme in enumerate(themes) for pattern in theme.patterns
        ]
        # Of ten sentences nine have none of the patterns, which is said sooner by one than by each.
        self._any_pattern = re.compile("|".join(pattern for theme in themes for pattern in theme.patterns))
        self._found = lru_cache(REMEMBERED)(self._find)

    def find(self, words: str) -> tuple[str, ...]:
        """The codes in the order of the seeds file: every theme asked for in strong words, else the one
        that most speaks for among weak words and those that set the scene; none where no word speaks.
        """
        return self._found(words)

    def _find(self, words: str) -> tuple[str, ...]:
        hits = [
            (*self._senses[index], start, end)
            for index, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True)
        ]
        if self._any_pattern.search(words):
            hits += [
                (STRONG, place, *match.span())
                for pattern, place in self._patterns
                if (match := pattern.search(words))
            ]
        if not hits:
            return ()
        silent = [hit[1:] for hit in hits if hit[0] == SILENT]
        scene = SCENE if FIELD.search(words) else OTHER_SCENE
        scenes = [match.span() for match in scene.finditer(words)]
        strong: set[int] = set()
        weak: Counter[int] = Counter()
        for kind, place, start, end in hits:
            if kind == SILENT or any(
                place == other and left <= start and end <= right for other, left, right in silent
            ):
                continue
            if kind == WEAK:
                weak[place] += 1
            elif BODY.match(words, end) or any(left <= start and end <= right for left, right in scenes):
                weak[place] += DEMOTED
            else:
                strong.add(place)
        places = strong or {place for place, _ in weak.most_common(1)}
        return tuple(self._codes[place] for place in sorted(places))
