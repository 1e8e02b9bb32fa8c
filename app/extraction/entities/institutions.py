"""Stage 4: institutions, by the grammar of their names: place or proper name + kind of work + kind of body.

A name is found from its end (局, 委员会, 大学 …) and followed to the left to where it begins: at a place,
at a head (中国, 全国, 民建 …), or behind the last word that no name contains.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from app.extraction.entities.regions import Place
from app.extraction.rules import alternation
from app.extraction.tokens import Segmenter
from app.lexicon.regions import Gazetteer
from app.lexicon.words import BodyWords
from app.vocabulary import RegionLevel

HARD_STOPS = frozenset(",、。;:!?“”‘’《》〈〉【】|/…—")
JOINERS = frozenset("和与及暨同")
USUAL_WORD = -13.7
"""The log frequency from which a word is met in any paper."""
LONGEST = 32
"""Characters of the longest name that is looked for."""


class Body(NamedTuple):
    """A named body at `[start, end)` of the reading text; `region` is the code of the place it begins with.

    `head` is set where the place stands apart from the rest: 四川省和重庆市发改委 names 四川省发改委 too,
    by `head` and the part of the reading text from `start` on.
    """

    start: int
    end: int
    name: str
    region: str | None
    rule: str
    head: tuple[int, int] | None = None


class BodyFinder:
    """Finds names of bodies in a reading text, and where the name of a given body begins."""

    def __init__(
        self, words: BodyWords, titles: tuple[str, ...], gazetteer: Gazetteer, segmenter: Segmenter
    ) -> None:
        self._segmenter = segmenter
        self._blocs = frozenset(
            c for c, region in gazetteer.by_code.items() if region.level is RegionLevel.BLOC
        )
        self._places = {code: region.name for code, region in gazetteer.by_code.items()}
        self._title = re.compile(rf"[副党]?(?:{alternation(titles)})")
        self._suffixes = frozenset(words.suffixes)
        self._suffix_list = tuple(words.suffixes)
        self._suffix = re.compile(f"(?:{alternation(words.suffixes)})")
        self._weak_suffixes = words.weak_suffixes
        self._head = re.compile(f"(?:{alternation(words.heads)})")
        self._bodies = re.compile(f"(?:{alternation(words.bodies)})")
        self._body_names = frozenset(words.bodies)
        lists = (words.bodies, words.suffixes, words.weak_suffixes, DIVISIONS, PARTS)
        self._lists = [number for number, each in enumerate(lists) for _ in each]
        endings = [word for each in lists for word in each]
        self._endings = AhoCorasick(endings, implementation=Implementation.DFA)
        self._anchors = frozenset(word[0] for word in (*words.heads, *words.bodies, *words.levels))
        """The characters that heads, listed bodies and words for a level begin with."""
        self._longest_suffix = max(map(len, words.suffixes))
        self._generic = frozenset(words.generic)
        self._breakers = frozenset(words.breakers)
        self._soft_breakers = frozenset(words.soft_breakers)
        self._founding_first = re.compile(alternation(words.founding))
        self._parting = JOINERS | self._breakers | self._soft_breakers | frozenset(words.levels)
        """The words at which a name may begin anew."""
        self._founding = re.compile(
            f"(?:{alternation(words.founding)})(?:一个|一批|全国性?|国家级|跨区域|区域性?|跨省|省级|市级)?“?$"
        )
        self._levels = frozenset(words.levels)
        self._place_generic = re.compile(PLACE_GENERIC)
        self._local = re.compile(rf"(?P<level>{alternation(words.levels)})(?:{alternation(words.suffixes)})")

    def find(self, text: str, places: Iterable[Place]) -> tuple[Body, ...]:
        """All names of bodies, in order, overlapping none."""
        starts = {place.start: place for place in places}
        stops = {place.end: place for place in places}
        found: list[Body] = []
        for segment_start, ends in _by_segment(text, self._ends(text)):
            for body in self._in_segment(text, segment_start, ends, starts):
                several = self._several(text, starts[body.start], starts) if body.start in starts else None
                if several:
                    found += self._each(text, body, several, stops)
                else:
                    found += [*self._coordinated(text, body, starts, stops), body]
        return tuple(found)

    @staticmethod
    def _several(text: str, place: Place, starts: dict[int, Place]) -> re.Match[str] | None:
        """The words 三市 or 两省 behind the last of the places that stand together from this one on."""
        while place.end in starts:
            place = starts[place.end]
        return SEVERAL.match(text, place.end)

    def _each(self, text: str, body: Body, several: re.Match[str], stops: dict[int, Place]) -> list[Body]:
        """The bodies of 大庆、绥化、松原三市政协 and 浙赣两省人大常委会, one a place."""
        rest = text[several.end() : body.end]
        if self._place_generic.match(rest) or rest == "政府":
            return []  # 四市政府 is said of the places
        place = stops.get(several.start())
        found: list[Body] = []
        while place:
            name = (
                place.word if several["level"] == "地" else self._places.get(place.code, place.word)
            ) + rest
            found.append(
                Body(several.end(), body.end, name, place.code, "several-places", (place.start, place.end))
            )
            gap = place.start - (text[place.start - 1 : place.start] in ("、", "和", "与"))
            place = stops.get(gap)
        return found[::-1]

    def _coordinated(
        self, text: str, body: Body, starts: dict[int, Place], stops: dict[int, Place]
    ) -> list[Body]:
        """The body that shares its kind with this one: the first place of 四川省和重庆市发改委."""
        own = starts.get(body.start)
        other = stops.get(body.start - 1) if text[body.start - 1 : body.start] in "和与、及" else None
        if (
            own is None
            or other is None
            or own.word[-1] not in "省市区县州"
            or "特区" in (own.word[-2:], other.word[-2:])
            or text.startswith("特区", own.end)
            or other.word[-1] not in "省市区县州"
        ):
            return []
        name = other.word + text[own.end : body.end]
        return [Body(own.end, body.end, name, other.code, "coordinated-places", (other.start, other.end))]

    def ends_like_body(self, name: str) -> bool:
        """Whether the characters are (the end of) the name of a body rather than of a person."""
        return (
            name in self._suffixes
            or name[-1] in "厅局委院所办处部署会社团司省市区县州旗镇乡"
            or bool(self._local.fullmatch(name))
        )

    def is_kind(self, name: str) -> bool:
        """Whether the name ends like that of a body, and is more than a common noun."""
        named = name in self._body_names or name.endswith((*self._suffixes, *self._weak_suffixes, *PARTS))
        return (
            named
            and name not in self._generic
            and not name.startswith(("该", "我"))
            and "某" not in name
            and not COUNTED.search(name)
        )

    def is_founded_at(self, text: str, place: int) -> bool:
        """Whether the words before the place are of founding: 成立, 组建一批."""
        return bool(self._founding.search(text[max(0, place - 8) : place]))

    def _in_segment(self, text: str, start: int, ends: list[int], places: dict[int, Place]) -> list[Body]:
        found: list[Body] = []
        left = start
        for stop in ends:
            last = found[-1] if found else None
            body = self._founded(text, start, stop) or self._ending_at(text, left, stop, places)
            if (
                last
                and last.end < stop
                and (
                    body is None
                    or text[body.start : stop].endswith(PARTS)
                    or (body.start == last.end and body.region is None)
                )
            ):
                body = self._longer(text, last, stop, places) or body
            if body is None:
                continue
            while found and body.start <= found[-1].start:
                found.pop()
            found.append(body)
            left = stop
        return found

    def _founded(self, text: str, start: int, stop: int) -> Body | None:
        """A new body takes the whole stretch before 成立: 7月,…工作小组成立."""
        name = text[start:stop]
        if not 6 <= len(name) <= 40 or not FOUNDED.match(text, stop) or not name.endswith(NEW_BODIES):
            return None
        if any(
            word in ("的", "了", "将", "由", "在") for _, word in self._words(text, start, stop)
        ) or COUNTED.match(name):
            return None
        return Body(start, stop, name, None, "founded-body")

    def _longer(self, text: str, last: Body, stop: int, places: dict[int, Place]) -> Body | None:
        """The body before with its part: 重庆市公安局 + 两江新区分局, 北理工 + 重庆创新中心."""
        part = text[last.end : stop]
        if (
            len(part) > 14
            or re.search(r"[由该的了将正在]", part)
            or (self._local.match(text, last.end) and not part.startswith("地区"))
            or any(
                (word in self._breakers or word in JOINERS)
                and not (
                    word in "与和"
                    and text.startswith(ACADEMIES, last.end - 3, last.end)
                    and not self._starts_name(text, place + 1, places)
                )
                for place, word in self._words(text, last.end, stop)
            )
        ):
            return None
        if not self._ends_as_word(text, stop) or FOLLOWED_BY.match(text, stop):
            return None
        if DIVISION.search(part) and self._title.match(text, stop):
            return None
        whole = (
            self._suffix.fullmatch(part)
            or part.endswith(PARTS)
            or (last.name.endswith(ACADEMIES) and part.endswith("所"))
            or text[last.start : stop] in self._body_names
        )
        if not whole and not (last.rule == "listed-body" and last.end in places):
            return None
        return Body(last.start, stop, text[last.start : stop], last.region, last.rule)

    def _ends(self, text: str) -> list[int]:
        """Where names may end, in order: with the longest word of each list that begins at a place."""
        longest: dict[tuple[int, int], int] = {}
        for index, start, end in self._endings.find_matches_as_indexes(text, overlapping=True):
            key = (self._lists[index], start)
            if end > longest.get(key, 0):
                longest[key] = end
        return sorted(set(longest.values()))

    def _ends_as_word(self, text: str, stop: int) -> bool:
        """Whether no word runs across `stop`: not 科技部 in 科技部门, nor 布局 as a 局."""
        if NOT_AN_END.search(text, max(0, stop - 3), stop):
            return False
        following = text[stop : stop + 1]
        if self._title.match(text, stop):
            return not text.endswith(PARTY_CELLS, 0, stop) or text.endswith("自治区党委", 0, stop)
        if not following or not "一" <= following <= "鿿" or following in PARTICLES:
            return True
        return not self.crosses(text, stop)

    def _ending_at(self, text: str, left: int, stop: int, places: dict[int, Place]) -> Body | None:
        start = self.begin(text, max(left, stop - LONGEST), stop, places)
        if text[start - 1 : start] == "(" and ")" in text[start:stop]:
            start = self.begin(text, max(left, start - 1 - LONGEST), start - 1, places)
        bracket = text.rfind("(", start, stop)
        if bracket >= 0 and ")" not in text[bracket:stop]:
            start = bracket + 1
        name = text[start:stop]
        is_listed = name in self._body_names
        is_whole = self._ends_as_word(text, stop) and not FOLLOWED_BY.match(text, stop)
        if not (is_whole or (is_listed and len(name) >= 5)):
            return None
        if is_listed:
            return None if NO_LISTED.match(text, stop) else Body(start, stop, name, None, "listed-body")
        if UNNAMED.search(text, max(0, start - 3), start):
            return None
        if not self._is_name(text, start, stop, places):
            return None
        if place := places.get(start):
            if name.endswith(TASK_GROUPS) and text[start - 2 : start] in ("推动", "推进"):
                return Body(start - 2, stop, text[start - 2 : stop], place.code, "place-and-body")
            return Body(start, stop, name, place.code, "place-and-body")
        rule = "head-and-body" if self._head.match(name) else "proper-name-and-body"
        return Body(start, stop, name, None, rule)

    def begin(self, text: str, left: int, stop: int, places: dict[int, Place]) -> int:
        """Where the name that ends at `stop` begins, not before `left`."""
        words = self._words(text, left, stop)
        start = left
        for index, (place, word) in enumerate(words):
            end = place + len(word)
            if end >= stop:
                break
            if word not in self._parting:
                continue
            if word in JOINERS:
                if self._joins(text, start, place, end, stop, places):
                    continue
                start = end
            elif word in self._soft_breakers and not self._starts_name(text, end, places):
                continue
            elif word in self._breakers and not self._inside_name(words, index, places):
                start = end
            elif (
                index
                and word in self._levels
                and LEVEL_OPENS.match(text, place)
                and not any(at in places for at in range(start, place))
            ):
                start = place
        for place in range(start + 2, stop):
            if place in places and text[place - 1] in "和与及" and self._title.search(text, start, place - 1):
                start = place
        for lead in LED.finditer(text, start, stop):
            if self._opens_name(text, lead.end(), places):
                start = lead.end()
        while (leading := LEADING.match(text, start, stop)) and leading.end() + 1 < stop:
            if not self._opens_name(text, leading.end(), places):
                break
            start = leading.end()
        verb = SUPPORTS.match(text, start, stop)
        if (
            verb
            and text.endswith(self._suffix_list, verb.end(), stop)
            and self._is_proper(text[verb.end() : stop])
        ):
            start = verb.end()
        of = text.rfind("的", start, stop)
        if of >= 0 and self._opens_name(text, of + 1, places):
            start = of + 1
        closing = text.rfind(")", start, stop)
        if closing >= 0 and "(" not in text[start:closing]:
            start = closing + 1
        return self._first_anchor(text, start, stop, places)

    def _words(self, text: str, left: int, stop: int) -> list[tuple[int, str]]:
        return self._segmenter.words(text).between(left, stop)

    @staticmethod
    def _inside_name(words: list[tuple[int, str]], index: int, places: dict[int, Place]) -> bool:
        """A place name may hold a breaker: 和平区, 从化."""
        at = words[index][0]
        return any(
            place.start <= at < place.end for start in range(at - 4, at + 1) if (place := places.get(start))
        )

    def _joins(
        self, text: str, start: int, joiner: int, after: int, stop: int, places: dict[int, Place]
    ) -> bool:
        """Whether 和 stands inside the name: 人力资源和社会保障厅, not 四川省和重庆市政府."""
        if self._starts_name(text, after, places):
            return False
        return not text[start:joiner].endswith(self._suffix_list)

    def _opens_name(self, text: str, at: int, places: dict[int, Place]) -> bool:
        """Whether what stands there is a place, a head, a listed body or a word for the level of a place."""
        return bool(at in places or self._head.match(text, at) or self._bodies.match(text, at)) or (
            text[at] in "省市县区州"
        )

    def _starts_name(self, text: str, at: int, places: dict[int, Place]) -> bool:
        """Whether the name of a body can begin there by a place, a head or a level."""
        return bool(at in places or self._head.match(text, at) or self._local.match(text, at))

    def _first_anchor(self, text: str, start: int, stop: int, places: dict[int, Place]) -> int:
        """The first place, head or listed body from `start` on with a body's name behind it, else `start`."""
        for at in range(start, stop):
            place = places.get(at)
            if place and place.end < stop and self._heads(text, place, stop):
                return start if self._is_body(text[start:at]) else at
            if text[at] not in self._anchors:
                continue
            head = self._head.match(text, at, stop) or self._bodies.match(text, at, stop)
            if head and head.end() <= stop and (at == start or not self.crosses(text, at)):
                return at
            if self._local.match(text, at, stop) and (at == start or text[at - 1] in LEADS):
                return at
        return start

    def _is_body(self, name: str) -> bool:
        """Whether a body's proper name ends before the place: 晋能控股集团|晋城煤业技术中心."""
        return len(name) >= 4 and name.endswith(PARENTS) and self._is_proper(name)

    def _heads(self, text: str, place: Place, stop: int) -> bool:
        """Whether a name can begin with the place: not 两地, nor 川渝省市 before 全国政协."""
        if place.word in RELATIVE or not place.sure:
            return False
        later = self._bodies.search(text, place.end, stop)
        return not (
            later and later.end() == stop and later[0][:2] in ("全国", "中共", "国家", "中央", "中国")
        )

    def crosses(self, text: str, at: int) -> bool:
        """Whether a word runs across `at`."""
        return self._segmenter.words(text).cross(at)

    def overlaps(self, text: str, start: int, end: int) -> bool:
        """Whether a usual word has one end inside the stretch: 理事 in 办理事项, 工人 in 务工人员."""
        words = self._segmenter.words(text)
        across = [
            *((place, word) for place, word in words.around(start) if place + len(word) < end),
            *((place, word) for place, word in words.around(end) if place > start),
        ]
        return any(self._segmenter.log_frequency(word) > USUAL_WORD for _, word in across)

    def _is_name(self, text: str, start: int, stop: int, places: dict[int, Place]) -> bool:
        name = text[start:stop]
        if name in COMMITTEES:
            return True
        if name in self._generic or len(name) < 3 or self._founding_first.match(name):
            return False
        if start not in places and name.startswith(NO_START):
            return False
        if LEADS_GROUP.search(name):
            return False
        if COUNTED.search(name) and not (start in places and self._several(text, places[start], places)):
            return False
        strong = name.endswith(self._suffix_list)
        place = places.get(start)
        if place:
            while place.end in places and places[place.end].end < stop:
                place = places[place.end]
            rest = text[place.end : stop]
            if DOES.search(rest):
                return False  # 陕川两省共享省界基站
            if strong:
                if self._place_generic.match(rest):
                    return False
                return rest not in NOT_ALONE and not (place.code in self._blocs and rest in GOVERNING)
            return (
                name.endswith(self._weak_suffixes)
                and len(rest) >= 4
                and rest not in self._generic
                and "创新" not in rest
            )
        if level := self._level(text, start, stop):
            rest = name[len(level) :]
            return strong and rest not in NOT_ALONE and (rest not in self._generic or rest in GOVERNING)
        if self._head.match(name):
            rest = name[self._head.match(name).end() :]  # type: ignore[union-attr]
            if CLAUSE.search(rest):
                return False  # 国家支持建设…实验室
            return strong and name not in self._generic and rest not in self._generic
        return strong and self._is_proper(name)

    def _level(self, text: str, start: int, stop: int) -> str:
        """The word for a level that the name begins with: 省 of 省教育厅, not 市 of 市场监管局."""
        if local := self._local.match(text, start, stop):
            return local["level"]
        first = self._words(text, start, stop)[0][1]
        return first if first in self._levels else ""

    def _is_proper(self, name: str) -> bool:
        """Whether what stands before the suffix is a name rather than common words."""
        lengths = range(self._longest_suffix, 0, -1)
        suffix = next(name[-length:] for length in lengths if name[-length:] in self._suffixes)
        stem = name[: -len(suffix)]
        if len(stem) < 2 or stem in self._breakers or any(mark in stem for mark in "和与及到把让被"):
            return False
        if CLAUSE.search(stem):
            return False
        if suffix in COMPANIES:
            return not COMMON_STEM.fullmatch(stem)
        if suffix in STRONG_KINDS:
            return not COMMON_STEM.search(stem)
        words = self._segmenter.cut(stem)
        return any(
            len(word) > 1 and not self._segmenter.knows(word) for word in words
        ) and not COMMON_STEM.search(stem)


SEVERAL = re.compile(r"[两三四五六七八](?P<level>县市|省市|省区|市州|[省市县区地])(?:\([市县区]\))?")


DIVISIONS = ("处", "司")
DIVISION = re.compile("(?<!公)司$|处$")
"""Parts of an office, which are bodies only behind its name: 民政厅养老服务处."""
PARTS = (
    "宣传部",
    "组织部",
    "统战部",
    "政法委",
    "司",
    "分局",
    "研究所",
    "研究中心",
    "学院",
    "医院",
    "处",
    "系",
    "中心",
    "支队",
    "总队",
    "分公司",
    "分行",
    "支行",
    "研究院",
    "分院",
    "分校",
    "办公室",
    "审批局",
    "服务局",
    "专委会",
    "委员会",
    "办",
)
COUNTED = re.compile(
    r"\d|个|[一二三四五六七八九十两][所家座批]|^[一二三五六七八九十两](?=[省市县区地院校家])|四(?=[省市县区地院校家])|[一二三四五六七八九十两](?:省|市|县|区|地|院|校)|两省|两市|两地|省市|各|三地|[一二三四五六七八九十两]家"
)
DOES = re.compile(r"推动|增设|试办|开办|新办|新增|已有|拥有|开设|升格|建数字|加快|鼓励|共享|支持(?!中心)")
PARTICLES = frozenset("则也还已亦均将拟在对从与把向就")
"""Characters that hardly ever go on a word behind a name: 省委会|则, not 会则."""
CLAUSE = re.compile(
    r"试办|开办|合办|创办|关注|支持|推动|加快|设立|成立|鼓励|(?:建设|共建)(?![一-鿿]{0,2}(?:厅|局|委|银行|部|集团|公司|兵团))"
)
"""What makes words a clause rather than a name."""
NOT_AN_END = re.compile(
    r"(?:[会协磋面]商会|[布格结大全时变]局|[客餐大门舞]厅|[部签连]署|[承主举开协兴联督查经创合会]办|下属单位|[城地社]区委)$"
)
SUPPORTS = re.compile("支持|推动|促进|指导|组织|联合")
"""Verbs that may stand in names, and mostly stand before one: 支持|电子科技大学."""
PARENTS = ("集团", "集团公司", "有限公司")
"""Bodies whose parts lie in other places, of which the whole name tells."""
TASK_GROUPS = ("工作组", "领导小组", "联合办公室", "联席会议办公室")
"""Bodies whose names say what they are to do: 推动…建设领导小组."""
PARTY_CELLS = ("党委", "党组", "党总支", "党支部")
ACADEMIES = ("中科院", "科学院", "工程院", "农科院", "社科院")
"""Bodies whose institutes may have 与 in their names: 东北地理与农业生态研究所."""
COMMITTEES = frozenset(["省委", "市委", "区委", "县委", "州委", "盟委", "旗委"])
LEADS_GROUP = re.compile(
    r"^[一二三四五六七八九十][是要]|(?<![效概频税功汇利])率[^,。]{0,6}(?:团|组|队)$|\d处$"
)
"""某某率党政代表团, 已有32处: no name, but what somebody does."""
LED = re.compile(r"[率携偕](?=[一-鿿])")
"""某某率省政协调研组: who is led begins behind it."""
LEADING = re.compile("[宜应可需须均都仍则]?[由经向据对请与和及为被让在至报给到交送从]")
LEADS = frozenset("由经向据对请与和及为被让在至报给到交送从")
LEVEL_OPENS = re.compile(
    r"省|市|自治区|州|兵团|(?:区|县|旗|镇|盟)(?=[政委人教科发财卫交农水公商文住城应审统医退纪监])"
)
"""A word for the level of a place that begins a name: 市科技局, 区政协, not 合作|区开发公司."""
PLACE_GENERIC = (
    r"市属|省属|区属|县级|还有|公立|定点|全部|各|部分|所有|主要|多家|民办|公办|大型|本地|当地|三甲|[一二三]级|乡镇|农村|社区"
    r"|知名|重点|优质|骨干|地方|试点"
)
"""北京市属医院, 河北全部县级中学: bodies of a place, but none by its name."""
UNNAMED = re.compile(r"(?:某|[一这那两几][家所座])$")
"""某机械公司, 一家…公司: a company, but not by its name."""
NO_LISTED = re.compile(r"门|湖|荒|街")
"""自然资源部|门, 北大|湖."""
FOUNDED = re.compile(r"(?:正式|宣告|宣布|挂牌|揭牌)?(?:成立(?!的|于)|揭牌)")
NEW_BODIES = (
    "小组",
    "工作组",
    "联盟",
    "委员会",
    "协会",
    "学会",
    "商会",
    "公司",
    "研究院",
    "联合会",
    "办公室",
    "指挥部",
    "中心",
    "实验室",
    "基金会",
    "理事会",
    "专班",
)
GOVERNING = frozenset(
    ["政府", "地方政府", "政协", "人大", "各级政府", "基层政协", "人民政府", "法院", "检察院", "公安局"]
)
NOT_ALONE = frozenset(
    [
        "实验室",
        "研究院",
        "研究所",
        "学院",
        "学校",
        "公司",
        "集团",
        "医院",
        "卫生院",
        "办公室",
        "高校",
        "中学",
        "小学",
        "协会",
        "合作社",
    ]
)
RELATIVE = frozenset(["两地", "双城", "两省", "两市", "三地", "两省市", "双方"])
NO_START = (
    "各",
    "对方",
    "我方",
    "我校",
    "该",
    "某",
    "社区",
    "全省",
    "全市",
    "全区",
    "全县",
    "我省",
    "我市",
    "我国",
    "我区",
    "我县",
    "本",
    "当地",
    "所有",
    "这",
    "该",
    "有关",
    "相关",
    "其他",
    "多",
    "以",
    "等",
    "成为",
    "一",
    "两",
    "双",
    "三级",
    "三甲",
    "三类",
    "三方",
    "三大",
    "每",
    "允许",
    "高",
    "地方",
    "基层",
    "上级",
    "下级",
    "民营",
    "国有",
    "大型",
    "外资",
    "县级",
    "市级",
    "省级",
    "区县",
    "乡镇",
    "跨",
    "新",
    "重点",
    "骨干",
    "龙头",
    "著名",
    "知名",
    "优质",
    "一流",
    "世界",
    "国际",
    "合资",
    "产业",
    "科技",
    "技术",
    "行业",
    "专业",
    "公共",
    "企业",
    "社会",
)
COMPANIES = frozenset(["有限责任公司", "股份有限公司", "有限公司"])
STRONG_KINDS = frozenset(
    [
        "大学",
        "学院",
        "有限责任公司",
        "股份有限公司",
        "有限公司",
        "集团公司",
        "集团",
        "银行",
        "医院",
        "实验室",
        "研究院",
        "日报社",
        "通讯社",
        "电视台",
        "出版社",
        "科学院",
        "职业技术学院",
    ]
)
COMMON_STEM = re.compile(
    r"(?:重点|国家|省级|市级|高水平|综合|开放|联合|民办|公办|社区|商业|大型|龙头|骨干|跨国|地方|基层|普通|应用型|本科|高职|职业|专业|一流|优质|知名|著名|三甲|二级|三级|中小|农村|城市|乡镇|各|等|多家|若干|高校|科研|新型|职教|学分|医疗|台资|港资|定点)$"
)
FOLLOWED_BY = re.compile(
    r"规章|长(?![江春沙安三治])|员(?!会)|们|化|级|性|(?<=大学)[城园]|(?<=站)[区点台位]|(?<=政协)[报网]|(?<=办)[了过着好成完公学理事案法起在]"
)


def _by_segment(text: str, ends: list[int]) -> Iterator[tuple[int, list[int]]]:
    """The ends in each stretch between marks that no name crosses, with the place where it begins."""
    start, group = 0, list[int]()
    for end in ends:
        mark = _behind_mark(text, end, group[-1] if group else 0)
        if mark is not None:
            if group:
                yield start, group
            start, group = mark, []
        group.append(end)
    if group:
        yield start, group


def _behind_mark(text: str, place: int, last: int) -> int | None:
    """The place behind the nearest mark before, None where there is none from `last` on."""
    for at in range(place, last, -1):
        if text[at - 1] in HARD_STOPS or text[at - 1].isspace():
            return at
    return None
