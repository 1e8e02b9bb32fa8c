"""Whether the words of an article can mean a body or place by its full name.

All names, words and texts here are as `key_of` writes them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from app.extraction.identities import CPPCC, PARTY_NAME, POINTED, POINTING, TERM
from app.lexicon import SEEDS
from app.lexicon.regions import Gazetteer, load_gazetteer
from app.lexicon.words import BodyWords, load_words

LEVEL = re.compile(r"自治[区州县旗]|[省市区县州盟旗镇乡]")
"""市 in 市政协: the place of that level which the article is about."""
COLLECTIVE = re.compile(r"[两双二三四五六七八九十各多][省市区县州盟城地方家]+")
"""两地, 双方, 三省一市: places named before."""
GOVERNMENTS = re.compile(r"[两三四五六七八九十](?:[省市区县州]|省市)(?:人民)?政府$")
"""无锡三市政府: the last of the places whose governments are meant together."""
SHORTEST = 2
"""Characters of a piece that means anything where it stands."""


def means(name: str, words: str, text: str, is_bare: bool = False) -> bool:
    """Whether a body's full name can be what the words say in this text.

    The name ends with the words, or with what is behind their 市, 该校 or the like, and its beginning is
    a place the text names or stands there itself: 市政协 is 重庆市政协 where 重庆 is spoken of. Only where
    they may be bare need the words not begin so: 管委会 in 管委会主任.
    """
    name, words = TERM.sub("", name), TERM.sub("", words)
    if name == words:
        return True
    if _in_full(name) == _in_full(words) or _is_of_a_place(name, words):
        return True
    if (party := PARTY_NAME.match(words)) and name.startswith(party[0]):
        return means(name.removeprefix(party[0]), words.removeprefix(party[0]), text)
    if not (is_bare or LEVEL.match(words) or POINTING.match(words) or words.endswith("厅")):
        return False
    forms = {
        name,
        _in_full(name),
        name.removesuffix("员会") if name.endswith("委员会") else name.removesuffix("会"),
    }
    return any(
        form == said or _ends_with(form, said, text) for form in forms for said in {words, _in_full(words)}
    )


def _is_of_a_place(name: str, words: str) -> bool:
    """Whether the words name a council or government in the form that puts its place last, or shortens it."""
    if council := CPPCC.fullmatch(words):
        return name == f"{council['place']}政协"
    return words.startswith("特区") and name.endswith(f"特别行政区{words.removeprefix('特区')}")


def _in_full(name: str) -> str:
    """The name with the kind of office in full: 陕西省工信厅 → 陕西省工业和信息化厅."""
    kinds = (name[at:] for at in range(1, len(name) - 1))
    short = next((kind for kind in kinds if kind in _kinds()), "")
    return name.removesuffix(short) + _kinds().get(short, "")


def _ends_with(name: str, words: str, text: str) -> bool:
    for cut in range(SHORTEST, len(name) + 1):
        start, rest = name[:cut], name[cut:]
        if not words.endswith(rest):
            continue
        lead = words.removesuffix(rest)
        pointing = POINTING.fullmatch(lead)
        if pointing and start.endswith(POINTED[pointing["kind"]]) and is_composed(start, text):
            return True
        agrees = not lead or (LEVEL.fullmatch(lead) and start.endswith(lead))
        if agrees and is_composed(start, text):
            return True
    return False


def is_composed(name: str, text: str) -> bool:
    """Whether a name stands in the text, or its two pieces do; the first may be a place named otherwise."""
    if name in text or _is_place_named(name, text):
        return True
    cuts = ((name[:cut], name[cut:]) for cut in range(SHORTEST, len(name)))
    return any(
        rest in text and (_is_place_named(start, text) or (len(rest) >= SHORTEST and start in text))
        for start, rest in cuts
    )


def shares_its_end(name: str, pieces: Sequence[str]) -> bool:
    """Whether a name is told by a place and, apart from it, the rest: 四川省 … 发改委, 粤 … 政协."""
    if len(pieces) != 2 or not name.endswith(pieces[1]):
        return False
    place = name.removesuffix(pieces[1])
    return place == pieces[0] or bool(_codes(place) & _codes(pieces[0]))


def can_mean_place(name: str, words: str) -> bool:
    """Whether words name a place, one around it or in it (川渝 for 重庆市), or several together (两地)."""
    if name == words or COLLECTIVE.fullmatch(words):
        return True
    named, meant = _codes(GOVERNMENTS.sub("", words)), _codes(name)
    return bool(meant & _around(named) or named & _around(meant))


def _is_place_named(place: str, text: str) -> bool:
    """Whether the text names the place or one that lies in it, in any form."""
    return any(word in text for code in _codes(place) for word in _names_within()[code])


def _codes(name: str) -> set[str]:
    relative = _gazetteer().relatives.get(name)
    return {alias.code for alias in _gazetteer().aliases.get(name, ())} | ({relative} if relative else set())


def _around(codes: Collection[str]) -> set[str]:
    return {above for code in codes for above in (code, *_gazetteer().ancestors(code))}


@cache
def _names_within() -> Mapping[str, frozenset[str]]:
    """Code → every name of the place and of those in it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for word, readings in _gazetteer().aliases.items():
        for code in _around([alias.code for alias in readings]):
            names[code].add(word)
    return {code: frozenset(words) for code, words in names.items()}


@cache
def _kinds() -> Mapping[str, str]:
    """Short → long kinds of offices, as `key_of` writes them."""
    pairs = load_words(SEEDS / "words" / "bodies.toml", BodyWords).short_kinds
    return dict(pair.split("=") for pair in pairs)


@cache
def _gazetteer() -> Gazetteer:
    # Not the lexicon of one extraction: what stands in a text does not depend on who reads it.
    return load_gazetteer(SEEDS / "regions")
