"""The marks of a newspaper that say on which page an article goes on: (上接第一版), (下转A06版).

They are furniture, wherever in a line they stand: no sentence holds them.
"""

import re

NUMBER = r"(?:第\s*)?(?:[A-Za-z]{0,2}\s?\d{1,3}|[一二三四五六七八九十]{1,3}|头|本)"
SEVERAL = rf"{NUMBER}(?:\s*[、,和]\s*{NUMBER})*\s*"
OPENS, CLOSES = r"[(【\[〔]\s*", r"\s*[)】\]〕]"
REST = r"[^()【】\[\]。\n]{0,40}"
"""What a mark says besides the page: 《标题》, 要闻."""
SIGN = r"(?:[■◆▲►▶>→]|[^\S\r\n])*"
"""What stands before a mark without brackets."""
FROM = re.compile(
    rf"[“\"]?(?:[■◆▲►▶]\s*)?{OPENS}(?:(?:上接|紧接){SEVERAL}(?:[版页]{REST})?|[接续](?:上|{SEVERAL})版{REST}){CLOSES}"
    rf"|^{SIGN}(?:上接|紧接){SEVERAL}版(?:\s*《[^》\n]{{1,40}}》)?(?=[:\s]|$)[^\S\r\n]*:?",
    re.M,
)
"""Here goes on what began on another page. (上接湘江、下连长江) names no page."""
TO = re.compile(
    rf"(?:[■◆▲►▶]\s*)?{OPENS}(?:(?:下转|转接|下接|续转){SEVERAL}(?:[版页]{REST})?|转{SEVERAL}版{REST}){CLOSES}"
    rf"|(?:^|(?<=[。!?”])){SIGN}下转{SEVERAL}版[^。\r\n]{{0,40}}(?=\r?$)",
    re.M,
)
"""What stands before goes on on another page."""
MARKED = re.compile(r"[上紧下]接|[下续]转|转接|[(【\[〔]\s*[接续转]")
"""What all marks hold, and what is quick to look for."""


def page_marks(text: str, begin: int) -> list[tuple[int, int]]:
    """The places of all page marks behind `begin`, in order, in a text as `read` gives it."""
    if not MARKED.search(text, begin):
        return []
    return sorted(found.span() for mark in (FROM, TO) for found in mark.finditer(text, begin))


def continues_from(words: str) -> bool:
    """Whether a line is the mark of what began on another page."""
    return FROM.fullmatch(words) is not None


def continues_on(words: str) -> bool:
    """Whether a line is the mark of what goes on on another page."""
    return TO.fullmatch(words) is not None
