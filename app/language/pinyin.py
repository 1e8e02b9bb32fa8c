"""How names are spelt in pinyin, for those who type them so."""

from itertools import accumulate

from app.language.characters import read

SURNAMES = {
    "单": "shan",
    "区": "ou",
    "仇": "qiu",
    "查": "zha",
    "解": "xie",
    "曾": "zeng",
    "任": "ren",
    "覃": "qin",
    "朴": "piao",
    "缪": "miao",
    "盖": "ge",
    "乐": "yue",
    "宁": "ning",
    "卜": "bu",
    "翟": "zhai",
    "冼": "xian",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
}
"""Characters that are read otherwise as a surname; the dictionary of family names, 中国姓氏大辞典 (2010)."""


def spelt(name: str, is_person: bool = False) -> str:
    """All beginnings a name can be typed by, a blank between: chenfang fang cf f of 陈放.

    Of every syllable the rest of the name from there, in full and by first letters; letters a to z and
    digits only. Empty for a name that has none.
    """
    syllables = _syllables(read(name), is_person)
    full = list(accumulate(reversed(syllables), lambda rest, syllable: syllable + rest))
    short = list(accumulate((each[0] for each in reversed(syllables)), lambda rest, first: first + rest))
    return " ".join(dict.fromkeys([*reversed(full), *reversed(short)]))


def _syllables(name: str, is_person: bool) -> list[str]:
    # Imported here: whoever only reads does without its dictionary of 50 MB, and starts half a second sooner.
    from pypinyin import Style, lazy_pinyin

    surname = next((name[:n] for n in (2, 1) if is_person and name[:n] in SURNAMES), "")
    spelling = lazy_pinyin(name.removeprefix(surname), style=Style.NORMAL, errors="default")
    every = [*SURNAMES.get(surname, "").split(), *spelling]
    plain = ("".join(c for c in each.lower() if c.isascii() and c.isalnum()) for each in every)
    return [each for each in plain if each]
