"""References after GB/T 7714 《信息与文献 参考文献著录规则》, in the numeric system (顺序编码制).

Both editions: up to three authors, else three and 等; an author nobody names is left out (2015: 8.1.3,
2025: 7.1.3). What is read online has the carrier OL and its address. The codes of types are those of
2015's annex B: N newspaper, EB web page, Z other.

- Newspaper: `责任者. 题名[N]. 报纸名, 年-月-日.`; an article does not tell its page (版次).
- Web page: `责任者. 题名[EB/OL]. (发布日期)[引用日期]. 获取和访问路径.`; where no author is named, the
  body that published it is the one responsible for it (机关团体).
- Other: `责任者. 题名[Z]. 出版者, 年-月-日.`

The editions differ in two things that matter here. 2015 sets half-width marks and demands the date of access
(引用日期) of everything online; 2025 sets full-width commas, colons and parentheses, and keeps that date for
web pages alone (2025: 7.6). A date that is not known is left out: the estimate in brackets that 2015's
8.4.3.3 and 2025's 7.5.4.3 allow would need something to go by.

Rules and examples were compared with the standard's own as zepinglee/gbt7714-bibtex-style and
zotero-chinese/styles reproduce them.
"""

from dataclasses import dataclass
from datetime import date

from app.citations.work import Medium, Work

MOST_AUTHORS = 3
CODES = {Medium.NEWSPAPER: "N", Medium.WEB_PAGE: "EB", Medium.OTHER: "Z"}


@dataclass(frozen=True, slots=True)
class Edition:
    """What sets an edition of the standard apart."""

    comma: str
    parenthesised: str
    dates_access_to_newspapers: bool


EDITION_2015 = Edition(", ", "({})", dates_access_to_newspapers=True)
EDITION_2025 = Edition("，", "（{}）", dates_access_to_newspapers=False)


def format_2015(work: Work, accessed: date | None) -> str:
    """The reference after GB/T 7714-2015; a second line holds the note, if there is one."""
    return _format(work, accessed, EDITION_2015)


def format_2025(work: Work, accessed: date | None) -> str:
    """The reference after GB/T 7714-2025; a second line holds the note, if there is one."""
    return _format(work, accessed, EDITION_2025)


def _format(work: Work, accessed: date | None, edition: Edition) -> str:
    carrier = "/OL" if work.url else ""
    title = f"{work.title}[{CODES[work.medium]}{carrier}]"
    parts = (_responsible(work, edition), title, _publication(work, accessed, edition), work.url)
    entry = ". ".join(part for part in parts if part) + "."
    return "".join(f"{line}\n" for line in (entry, work.note) if line)


def _responsible(work: Work, edition: Edition) -> str:
    names = list(work.authors[:MOST_AUTHORS])
    if len(work.authors) > MOST_AUTHORS:
        names.append("等")
    if not names and work.medium is Medium.WEB_PAGE and work.source:
        names.append(work.source)
    return edition.comma.join(names)


def _publication(work: Work, accessed: date | None, edition: Edition) -> str:
    """Where and when it appeared, and when it was read."""
    day = work.published_on.isoformat() if work.published_on else ""
    seen = f"[{accessed}]" if accessed else ""
    if work.medium is Medium.WEB_PAGE:
        return (edition.parenthesised.format(day) if day else "") + seen
    appeared = edition.comma.join(part for part in (work.source, day) if part)
    return appeared + (seen if edition.dates_access_to_newspapers else "")
