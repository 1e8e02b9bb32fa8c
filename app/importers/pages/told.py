"""What a page says of its article, and how such words are cleaned of what is no part of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.importers.names import is_address


@dataclass(frozen=True, slots=True)
class Told:
    """What one place of a page says of its article; None and () where it is silent."""

    title: str | None = None
    source: str | None = None
    published_on: date | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()


SILENT = frozenset(("null", "undefined", "none", "nan", "-", "--", "/", "无", "暂无", "未知", "其他", "其它"))
"""What systems print where nobody filled a field in."""
LONGEST = 1_000
"""Characters that are looked at of what a page says of its article."""
LONGEST_ADDRESS = 2_000
BLANKS = re.compile(r"[\s\u3000\u200b\ufeff\x00-\x1f\ud800-\udfff]+")
LABEL = re.compile(
    r"^(?:(?:文章|信息|稿件|新闻)?(?:来源|來源|出处|稿源)|(?:责任|实习|特约|本报|本网|见习|首席)*"
    r"(?:记者|通讯员|编辑|作者|责编|撰稿|撰文|文|图))\s*[:：/丨|]\s*"
)
ROLE = re.compile(
    r"(?:责任|实习|特约|本报|本网|见习|首席|全媒体|融媒体?)*(?:记者|记者站|通讯员|编辑|作者|责编|撰稿人?|撰文|摄影|实习生)[:：\s]*"
    r"|(?:^|(?<=[\s、,，]))(?:文|图|摄)\s*[/:：]"
)
IN_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
ISSUE = re.compile(r"[》\s]*[(（\[【]?\s*(?:19|20)\d\d\s*[-/.年].*|[》\s]*[(（\[【]\s*第?\s*\d+\s*[版期].*")
"""（2021年05月28日 第01版）, which says where in a paper an article stood."""
NO_OUTLET = re.compile(
    r"https?:|www\.|[\w.-]+\.(?:com|cn|net|org)\b|(?:(?:本站|本网|本網)(?:原创|原創|讯)?|原创|原創|转载|轉載|\d*)$"
)
BETWEEN = re.compile(r"[\s、,，;；/／|｜&]+")
SPACED = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")
"""张 三, which tables of names write to be as wide as 欧阳三."""
NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{1,8}(?:·[一-鿿]{1,10})+")
NOBODY = re.compile(
    r"[网網报報社局厅廳]$|政协|电视台|电台|公司|政府|中心|频道|新闻|办公室|编辑部|集团|综合|客户端|发布|管理|本站|来源|转载|原创|未知|佚名|匿名|[市县区省]委"
)
"""A site, a company or an office, or a word that fills the field."""


def line(value: object, most: int = LONGEST) -> str | None:
    """The words on one line without blanks around them; None for what is nothing or says nothing.

    Of more than `most` characters the first ones, as the time that patterns take can grow with their square.
    """
    words = BLANKS.sub(" ", value).strip()[:most] if isinstance(value, str) else ""
    return None if words.lower() in SILENT else words or None


def source_of(value: object) -> str | None:
    """The name of the first outlet, without 来源：, 《》 issue; None for addresses, days, the site itself."""
    words = LABEL.sub("", line(value) or "").strip("《》 ")
    words = ISSUE.sub("", words).strip("《》 ")
    if re.match(r"\S*[一-鿿]", words):
        words = words.split()[0].rstrip("》")  # behind a blank come 原创, 作者 or a second outlet
    return None if NO_OUTLET.match(words) else line(words)


def names_of(value: object) -> tuple[str, ...]:
    """The people in a field of authors, each once; sites, companies and offices are none."""
    words = ROLE.sub(" ", IN_BRACKETS.sub(" ", line(value) or ""))
    parts = BETWEEN.split(SPACED.sub(r"\1\2", words))
    return tuple(dict.fromkeys(each for each in parts if NAME.fullmatch(each) and not NOBODY.search(each)))


def address_of(value: object) -> str | None:
    """The value if it is a whole address of the web."""
    words = line(value, LONGEST_ADDRESS + 1) or ""
    return words if len(words) <= LONGEST_ADDRESS and is_address(words) else None


def first(told: Iterable[Told]) -> Told:
    """Of each field what the first one says that says anything."""
    ranks = list(told)
    return Told(
        title=next((each.title for each in ranks if each.title), None),
        source=next((each.source for each in ranks if each.source), None),
        published_on=next((each.published_on for each in ranks if each.published_on), None),
        url=next((each.url for each in ranks if each.url), None),
        bylines=next((each.bylines for each in ranks if each.bylines), ()),
    )
