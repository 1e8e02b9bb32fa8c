"""Which names of an article mean the same body: 市政协 in a 重庆 article is 重庆市政协."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.extraction.entities.institutions import Body
from app.extraction.entities.people import Named
from app.extraction.entities.regions import Place
from app.lexicon.regions import Gazetteer
from app.vocabulary import RegionLevel

TERM = re.compile(r"第?[一二三四五六七八九十]+届(?=人大|政协|人民代表大会)")
BARE_OFFICE = re.compile(r"(?!国务院|中央|中共|全国)[一-鿿]{2,8}厅")
"""商务厅: an office of the province the article is about."""
PARTY = re.compile(
    r"(?P<party>民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?P<level>省|市|自治区|区|县)(?=委)"
)
"""民建省委会: 民建广东省委会 in a text on Guangdong."""
PARTY_NAME = re.compile("民革|民盟|民建|民进|农工党|致公党|九三学社|台盟")
CPPCC = re.compile(
    r"(?:中国人民)?政(?:治)?协(?:商会议)?(?:第[一二三四五六七八九十]+届)?(?P<place>[一-鿿]{2,12}?)(?:第[一二三四五六七八九十]+届)?委员会"
)
"""政协北京市第十二届委员会: 北京市政协 by its full name."""
LOCAL = re.compile(r"(特区|自治区|自治州|省|市|区|县|州|旗|镇)(?=.{1,})")
MEMBER = re.compile(r"(?:[一二三四五六七八九十]+次会议的?)?(?P<seat>委员(?!会)|代表(?!团|大会))")
FIRST_NAMED = 2
"""Bodies whose place counts twice, as a text first names those it is about."""
COUNCILS = {"委员": "政协", "代表": "人大"}
"""The councils whose members are called so."""
POINTING = re.compile(
    r"[该我](?P<kind>校|院|所|公司|集团|局|厅|委(?!员)|部(?!门|分)|中心|协会|学会|研究会|联盟|商会|基金会|党派)"
)
POINTED = {
    "校": ("大学", "学院", "学校"),
    "院": ("学院", "研究院", "医院", "科学院", "法院"),
    "所": ("研究所",),
    "公司": ("公司",),
    "集团": ("集团",),
    "局": ("局",),
    "厅": ("厅",),
    "委": ("委", "委员会"),
    "部": ("部",),
    "中心": ("中心",),
    "协会": ("协会",),
    "学会": ("学会",),
    "研究会": ("研究会",),
    "联盟": ("联盟",),
    "商会": ("商会",),
    "基金会": ("基金会",),
    "党派": ("市委会", "省委会", "市委", "省委", "委员会"),
}
ENDINGS = {"特区": ("特别行政区",), "厅": ("省", "自治区")}
"""What the names of the places end with whose offices are called so, where it is not the word itself."""
LEVELS = {
    "厅": (RegionLevel.PROVINCE,),
    "特区": (RegionLevel.PROVINCE,),
    "省": (RegionLevel.PROVINCE,),
    "自治区": (RegionLevel.PROVINCE,),
    "市": (RegionLevel.PREFECTURE, RegionLevel.PROVINCE, RegionLevel.COUNTY),
    "州": (RegionLevel.PREFECTURE,),
    "自治州": (RegionLevel.PREFECTURE,),
    "区": (RegionLevel.COUNTY, RegionLevel.PROVINCE),
    "县": (RegionLevel.COUNTY,),
    "旗": (RegionLevel.COUNTY,),
}


@dataclass(slots=True)
class Entity:
    """A body of the article: its full name, other forms, and every place it stands at."""

    name: str
    region: str | None
    rule: str
    bodies: list[Body] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)


OF_OUTLET = 3
"""Mentions that a place's own paper counts for, when a 市科技局 is asked for its city."""
HOMES = (RegionLevel.PROVINCE, RegionLevel.PREFECTURE)


class BodyNames:
    """The full name of every form an article uses."""

    def __init__(
        self,
        text: str,
        gazetteer: Gazetteer,
        bodies: tuple[Body, ...],
        people: list[Named],
        places: tuple[Place, ...],
        short_kinds: Mapping[str, str],
        outlet: str,
    ) -> None:
        self._gazetteer = gazetteer
        self._short_kinds = short_kinds
        self._order = [body.name for body in bodies]
        self._names = {*self._order, *(post.institution for one in people for post in one.posts)}
        self._home = Counter(code for body in bodies if (code := body.region))
        self._home.update(place.code for place in places)
        self._home.update(body.region for body in bodies[:FIRST_NAMED] if body.region)
        if home := self._place_of(outlet):
            self._home[home] += OF_OUTLET
        self._members = Counter(
            (title["seat"], body.name) for body in bodies if (title := MEMBER.match(text, body.end))
        )
        self._homes: dict[str, str | None] = {}
        self._known: dict[str, str] = {}
        self._longest: dict[str, str] = {}
        for full in map(self._placed, self._names):
            written = self._written_out(full)
            self._longest[written] = max(self._longest.get(written, ""), full, key=len)

    def _place_of(self, outlet: str) -> str | None:
        """The province or city whose paper it is: 洛阳日报, 四川政协报."""
        for end in range(len(outlet), 1, -1):
            readings = self._gazetteer.aliases.get(outlet[:end], ())
            if readings and self._gazetteer.by_code[readings[0].code].level in HOMES:
                return readings[0].code
        return None

    def full(self, name: str) -> str:
        """The full name of a form; the form itself where the article does not tell."""
        full = self._known.get(name)
        if full is None:
            placed = self._placed(name)
            full = self._known[name] = self._longest.get(self._written_out(placed), placed)
        return full

    def _written_out(self, name: str) -> str:
        """The name with its kind in full: 陕西省工信厅 → 陕西省工业和信息化厅."""
        if name.endswith("委会") and PARTY_NAME.match(name):
            return name[:-1]
        for at in range(len(name) - 6, len(name) - 1):
            if at > 0 and (kind := self._short_kinds.get(name[at:])):
                return name[:at] + kind
        return name

    def _placed(self, name: str) -> str:
        """The name with the place it belongs to: 市科技局 → 长沙市科技局."""
        name = TERM.sub("", name)
        if party := PARTY.match(name):
            place = self._home_of(party["level"])
            return f"{party['party']}{place}{name[party.end() :]}" if place else name
        if name in LEVELS:
            return self._home_of(name) or name
        if (cppcc := CPPCC.fullmatch(name)) and (
            cppcc["place"] == "全国" or cppcc["place"] in self._gazetteer.aliases
        ):
            return f"{cppcc['place']}政协"
        if BARE_OFFICE.fullmatch(name) and not self._begins_with_place(name) and not LOCAL.match(name):
            home = self._home_of("厅")
            return f"{home}{name}" if home else name
        pointing = POINTING.match(name)
        if pointing:
            return self._pointed(pointing) + name[pointing.end() :]
        level = LOCAL.match(name)
        if level is None:
            return name
        rest = name[level.end() :]
        forms = (name, f"{name}员会") if name.endswith("委") else (name,)
        longer = [
            other
            for other in self._names
            if other != name and other.endswith(forms) and not LOCAL.match(other)
        ]
        if len(longer) == 1:
            return longer[0]
        place = self._home_of(level[1])
        return f"{place}{rest}" if place else name

    def seat_of(self, title: str) -> str:
        """The body a bare 委员 or 代表 sits in: the one whose members the article names most, or ""."""
        seats = [body for (kind, body), _ in self._members.most_common() if kind == title]
        if seats:
            return self.full(seats[0])
        councils = {self.full(name) for name in self._order if name.endswith(COUNCILS.get(title, "?"))}
        return councils.pop() if len(councils) == 1 else ""

    def _begins_with_place(self, name: str) -> bool:
        return any(name[:end] in self._gazetteer.aliases for end in range(2, len(name) - 1))

    def _pointed(self, pointing: re.Match[str]) -> str:
        """The body 该校 or 我院 means: the one of that kind the article names most, else the word itself."""
        kinds = POINTED[pointing["kind"]]
        named = [body for body in self._order if body.endswith(kinds)]
        return self._placed(Counter(named).most_common(1)[0][0]) if named else pointing[0]

    def _home_of(self, level: str) -> str | None:
        """The place of that level the article is most about."""
        if level not in self._homes:
            self._homes[level] = self._most_named(level)
        return self._homes[level]

    def _most_named(self, level: str) -> str | None:
        wanted = LEVELS.get(level, ())
        counted: Counter[str] = Counter()
        for code, count in self._home.items():
            for rank, above in enumerate((code, *self._gazetteer.ancestors(code))):
                region = self._gazetteer.by_code[above]
                if region.level in wanted and region.name.endswith(ENDINGS.get(level, level)):
                    counted[region.name] += count * (3 if rank == 0 else 1)
        return counted.most_common(1)[0][0] if counted else None


def pointed_at(text: str, named: list[tuple[Body, str]]) -> Iterator[tuple[Body, str]]:
    """Every 该厅 as a mention of the body of that kind that was named last before it."""
    for pointing in POINTING.finditer(text):
        kinds = POINTED[pointing["kind"]]
        before = [full for body, full in named if body.end <= pointing.start() and full.endswith(kinds)]
        if before and pointing[0].startswith("该"):
            yield Body(*pointing.span(), pointing[0], None, "pointing-word"), before[-1]


def collect(bodies: tuple[Body, ...], names: BodyNames) -> dict[str, Entity]:
    """The entities by full name, in the order of their first mention."""
    entities: dict[str, Entity] = {}
    for body in bodies:
        name = names.full(body.name)
        entity = entities.setdefault(name, Entity(name, body.region, body.rule))
        entity.bodies.append(body)
        entity.region = entity.region or body.region
        if body.name != name:
            entity.forms[body.name] = None
    return entities
