"""Stage 4: people, by the grammar of Chinese appositions: body + title lists + name, or name + title.

A name is believed where a post stands beside it; app/extraction/entities/names.py says where it ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from app.extraction.entities.institutions import BodyFinder
from app.extraction.entities.names import HAN, SELDOM_GIVEN, SOUNDED, NameReader, places_of
from app.extraction.entities.regions import Place
from app.extraction.rules import Anchored, alternation, any_of, opening
from app.extraction.tokens import Segmenter
from app.lexicon import Lexicon

POINTS_AT = re.compile(
    r"^(?:市民|村民|居民|群众|家长|业主|商户|企业|职工|学生|青年|附议|[\d一二三四五六七八九十]+[余多]?[名位])$|^(?:农民|村民|青年|妇女|女|男)$|^(?:另|还有|其中|这位|那位|一位|一名|著名|知名|资深|同|派|前|原|老|新|退休|离休|青年|年轻|普通|在场|基层|一线|领衔)|(?:一位|一名|领域|方面|等|籍|来|当选)$"
)
FACULTIES = ("学院", "系")
SHARED = ("副", "委员", "代表", "常委", "党组成员", "教授", "专家")
HELD = re.compile(r"(?:担任|时任|身为|作为|出任|兼任|现任)[^,。;!?]{2,36}$")
SIGNER = (
    r"(?:第一)?(?:提\s*案\s*[者人]|提\s*出\s*人|建\s*议\s*人|联\s*名\s*人|附\s*议\s*人|发\s*言\s*人|执\s*笔\s*人"
    r"|领衔代表|提案委员)"
)
"""What a paper calls those who sign it."""
FIELD = re.compile(rf"(?:^|\n)[【(]?{SIGNER}[】)]?\s*:\s*(?=[{HAN}])")
"""提案人:, 联名人: — the names of those who sign a paper stand behind it."""
PLAIN_PEOPLE = (
    "船主|业主|户主|养殖户|种植户|经营户|农户|店长|商人|村民|居民|市民|网友|牧民|果农|菜农|茶农|老板|店主"
    "|船长|车主|乘客|旅客|家长|老师|司机|大户|读者"
)
"""Whose names stand without a post."""
HAN_BEFORE = re.compile(rf"(?!的)[{HAN}]")
CALLINGS = ("户", "商人", "民", "工人", "医生", "律师", "演员", "作家", "画家", "学者", "企业家", "专家")
"""Titles that no body gives, whichever stands before them."""
STOPS = frozenset("、,。;:!?“”‘’()《》兼暨—|")
"""Marks and words behind which the body of a post can begin."""
LIST_NEXT = re.compile(r"、|和|以及")


class Post(NamedTuple):
    """A post as it stands in the reading text; the body's own place is `[body_start, body_end)`, empty where
    the post names none or inherits it."""

    institution: str
    title: str
    start: int
    end: int
    body_start: int
    body_end: int
    region: str | None


@dataclass(slots=True)
class Named:
    """A person while being collected: name, posts, and the place of every mention."""

    name: str
    rule: str
    posts: list[Post] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)


class PeopleFinder:
    """Finds the people of a reading text with their posts."""

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter, bodies: BodyFinder) -> None:
        posts = lexicon.posts
        self._reader = NameReader(lexicon, segmenter)
        self._bodies = bodies
        ranked = rf"(?:{alternation(posts.ranks)})*(?:{alternation(posts.titles)})"
        title = any_of(alternation(posts.members), ranked)
        self._before_name = Anchored(
            (*posts.members, *posts.ranks, *posts.titles),
            rf"(?P<title>{title})(?![{HAN}]?(?:会|们|团|级|处|办|制|任期|席位|单位|后|门诊|公寓|养老|返乡|培训|就业|子女|流动|工作站|服务站|宿舍))"
            rf"(?P<gap>的|(?:\([^)]{{1,20}}\))?[ :]?(?:——)?)(?=[{HAN}])",
        )
        first = opening((*posts.members, *posts.ranks, *posts.titles))
        self._title_end = re.compile(rf"{first}{title}$")
        self._title = re.compile(title)
        self._honorific = re.compile(
            rf"(?:{alternation(posts.honorifics)})(?![会团们]|委员|代表(?:[们团会,。、:说]|大会))"
        )
        self._sub_body = re.compile(rf"(?:{alternation(posts.sub_bodies)})$")
        self._introduced = re.compile(
            rf"(?:^|[:\n])\s*(?P<name>[{HAN}]{{2,4}})\s+[^\s。:“”][^。:“”\n]{{2,60}}?{title}(?=\n|$|\s|:)"
        )
        self._apposed = re.compile(
            rf"(?:^|[\n。”])\s*(?P<name>[{HAN}]{{2,4}}),(?:[^,。:;!?“”]{{1,30}},){{0,5}}[^,。:;!?“”]{{2,30}}{title}(?=。)"
        )
        self._being = re.compile(
            rf"(?<![{HAN}])(?=[{HAN}])(?P<name>[{HAN}]{{2,4}}?)"
            r"(?P<being>,?(?:是|同是|也是|同为|系|现任|现为|担任|时任|任|曾任))"
            r"(?:[^,。;:!?“”]{2,24},(?:同时)?(?:也是|还是|又是))?"
            rf"(?P<post>[^,。;:!?“”]{{2,36}}{title})(?=[,。;)])"
        )
        self._after_name = re.compile(
            rf"{opening((*posts.honorifics, '('))}(?P<honorific>(?:{alternation(posts.honorifics)})?)"
            r"[(](?P<posts>[^()。]{2,60})[)]"
        )
        speech = lexicon.speech
        self._speech = re.compile(rf"(?:{alternation((*speech.asking, *speech.saying))})")
        self._said_first = re.compile(
            rf"(?:{alternation(speech.adverbs)})*(?:在[^,。;:]{{1,12}}?[中时上里后])?(?:{self._speech.pattern})|[{HAN}]{{0,8}}:“|一边[{HAN}]{{1,10}}一?边[{HAN}]?(?:说|讲|算)"
        )
        self._speaking = re.compile(
            rf"(?:[。!?”\n,的]|{PLAIN_PEOPLE})(?=[{HAN}]{{2,4}}(?:{self._said_first.pattern}))"
        )
        self._organs = frozenset((*posts.sub_bodies, *lexicon.bodies.levels))

    def find(self, text: str, places: tuple[Place, ...]) -> list[Named]:
        """The people in the order of their first mention; mentions are all places of the full name."""
        starts = {place.start: place for place in places}
        people: dict[str, Named] = {}
        for rule, start, end, posts in self._stated(text, starts):
            name = text[start:end].replace(" ", "")
            person = people.setdefault(name, Named(name, rule))
            person.posts += [post for post in posts if not _has(person.posts, post)]
        self._add_speakers(text, people, starts)
        self._add_recurring(text, people, starts)
        self._drop_fragments(people)
        for person in people.values():
            person.mentions = self._mentions(text, person)
        return sorted(people.values(), key=lambda person: person.mentions[0])

    def _is_place(self, text: str, start: int, end: int, places: dict[int, Place]) -> bool:
        """Whether the characters name a place, and nobody of that name speaks."""
        place = places.get(start)
        return place is not None and place.end == end and not self._speech.match(text, end)

    def _stated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """Every name with the posts that stand beside it."""
        honoured = list(self._honoured(text, places))
        taken = {post.start for *_, posts in honoured for post in posts}
        yield from honoured
        last: Post | None = None
        heads: dict[str, Post] = {}
        for match in self._before_name.finditer(text):
            if text[match.start("title") - 2 : match.start("title")] == "代表" and match["title"] == "委员":
                continue
            if match.start("title") in taken or (
                self._bodies.overlaps(text, *match.span("title"))
                and not text.startswith("任何", match.end("title") - 1)
            ):
                continue
            if match["title"].endswith("编辑") and MAKES_PAGE.search(
                text[max(0, match.start() - 2) : match.start()]
            ):
                continue  # who made the page
            if match["title"] == "发言人" and ":" in match["gap"]:
                continue  # a field that names who signs
            if match["gap"] == "的" and not HELD.search(text, max(0, match.start() - 40), match.start()):
                continue
            end = self._reader.read(text, match.end(), trusted=True)
            if end is None or not self._reader.follows(text, end):
                whole = self._reader.unnamed(text, match.end())
                end = whole if whole and (end is None or whole - match.end() > 3) else end
            if end is None or self._is_place(text, match.end(), end, places):
                continue
            if any(place.end > end for start in range(match.end() + 1, end) if (place := places.get(start))):
                continue
            posts = self._chain(text, match.start("title"), match.end("title"), places)
            if posts is None or any(MANY.match(post.institution) for post in posts):
                continue
            posts = _inheriting(text, posts, last)
            posts = [_under(post, heads) for post in posts]
            last = posts[-1]
            heads |= {post.title: post for post in posts if post.institution}
            yield "post-and-name", match.end(), end, posts
            if text[end : end + 1] == "、" or match["title"].startswith(SHARED):
                for start, stop in self._listed(text, end):
                    yield "post-and-list", start, stop, posts
        yield from self._enumerated(text, places)
        for label in FIELD.finditer(text):
            end = self._reader.read(text, label.end(), trusted=True)
            if end is not None and self._reader.follows(text, end):
                yield "field-and-name", label.end(), end, []
                after = BRACKETS.match(text, end)
                for start, stop in self._listed(text, after.end() if after else end):
                    yield "field-and-name", start, stop, []
        labels = [line for line in BODY_AND_LABEL.finditer(text) if self._is_named(text, line)]
        for line in labels if len(labels) > 1 else ():
            yield "body-and-name", *line.span("name"), []
        for line in BODY_AND_NAME.finditer(text):
            if (
                self._bodies.is_kind(line["body"])
                and self._reader.is_whole(text, *line.span("name"))
                and not self._reader.is_word(line["name"])
            ):
                yield "body-and-name", *line.span("name"), []
        yield from self._bracketed(text, places)
        yield from self._predicated(text, places)

    def _is_named(self, text: str, line: re.Match[str]) -> bool:
        return self._reader.is_whole(text, *line.span("name")) and not self._reader.is_word(line["name"])

    def _enumerated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """黄振坤、廖素英等23名全国人大代表: names in a row with the post of all behind them; rows alone."""
        for row in NAME_ROW.finditer(text):
            spans = _names_in(row)
            if not all(self._reader.is_whole(text, *span) for span in spans):
                continue
            title = row.end("post") if row["post"] else None
            posts = self._chain(text, title - 2, title, places) if title else []
            for start, stop in spans:
                yield "names-and-post", start, stop, list(posts or [])
        for one in LABELLED.finditer(text):
            if self._reader.is_labelled(text, *one.span("name")) and one.start("name") not in places:
                yield "name-and-title", *one.span("name"), [_bare(text, *one.span("title"))]
        for one in SPEAKER_OF.finditer(text):
            if self._reader.is_whole(text, *one.span("name")):
                yield "name-and-speech", *one.span("name"), []
        for row in NAMES_AFTER.finditer(text):
            for start, stop in _names_in(row):
                if self._reader.is_whole(text, start, stop):
                    yield "names-in-a-row", start, stop, []
        for one in ONE_OF_MANY.finditer(text):
            if self._reader.is_whole(text, *one.span("name")):
                posts = self._chain(text, one.end("title") - 2, one.end("title"), places)
                yield "names-and-post", *one.span("name"), posts or []
        for row in ROW_AND_TITLE.finditer(text):
            start = row.start("names")
            while (stop := text.find("、", start, row.end("names"))) >= 0:
                if self._reader.is_whole(text, start, stop):
                    yield "names-and-post", start, stop, [_bare(text, *row.span("title"))]
                start = stop + 1
        headings = [match.span("name") for match in NAME_LINE.finditer(text)]
        alone = [
            span
            for span in headings
            if self._reader.is_whole(text, *span)
            and not self._reader.is_word(text[slice(*span)])
            and not self._reader.is_topic(text[slice(*span)])
            and text[span[1] - 1] not in "网报社台"
        ]
        if len(alone) > 1 or (alone and PAPER_TITLE.search(text, 0, alone[0][0])):
            for start, stop in alone:
                yield "name-as-heading", start, stop, []

    def _listed(self, text: str, end: int) -> Iterator[tuple[int, int]]:
        """The names that follow in a row: 副主席陈贵云、吴刚、谭家玲."""
        while mark := LIST_NEXT.match(text, end):
            start = mark.end()
            stop = self._reader.read(text, start, trusted=True)
            if stop is None or not (
                self._reader.follows(text, stop) or self._reader.is_sure(text[start:stop])
            ):
                return
            yield start, stop
            end = stop

    def _chain(
        self, text: str, title_start: int, title_end: int, places: dict[int, Place]
    ) -> list[Post] | None:
        """The posts whose last title is `text[title_start:title_end]`, in reading order."""
        groups: list[tuple[int, int]] = []
        end = title_end
        while True:
            start = self._group_start(text, end)
            groups.append((start, end))
            gap = start
            while gap > 0 and text[gap - 1] in "、,兼暨和 ":
                gap -= 1
            before = text[self._group_start(text, gap) : gap]
            if gap == start or not self._title_end.search(before):
                break
            end = gap
        return self._posts(text, groups[::-1], places)

    @staticmethod
    def _group_start(text: str, end: int) -> int:
        """Where the stretch that ends with a title begins: behind the mark before it."""
        start = end
        while start > 0 and end - start < 40 and not (text[start - 1] in STOPS or text[start - 1].isspace()):
            start -= 1
            if text.startswith("暨南", start - 1):
                start -= 1
            if (
                text[start - 1 : start] == "”"
                and (quote := text.rfind("“", max(0, start - 14), start)) > 0
                and re.match(f"[{HAN}]", text[quote - 1])
            ):
                start = quote
            if text[start - 1 : start] == ")" and (opening := text.rfind("(", max(0, start - 8), start)) > 0:
                start = opening
        return start

    def _posts(self, text: str, groups: list[tuple[int, int]], places: dict[int, Place]) -> list[Post] | None:
        posts: list[Post] = []
        for start, end in groups:
            match = self._title_end.search(text, start, end)
            title = match.start() if match else end
            if match is None:
                return None
            body_start = self._bodies.begin(text, start, title, places) if title > start else title
            body_start = self._behind_name(text, body_start, title)
            if text[body_start - 1 : body_start] == "某":
                body_start = self._bodies.begin(text, start, body_start - 1, places)
            posts.append(self._post(text, body_start, title, end, posts, places))
        return posts

    def _behind_name(self, text: str, start: int, end: int) -> int:
        """Where the body begins that another's name is joined to: …厅长牛立新和|华中科技大学副校长."""
        joined = NAME_AND.match(text, start, end)
        if joined and self._reader.is_whole(text, *joined.span("name")):
            return joined.end()
        return start

    def _post(
        self, text: str, body_start: int, title: int, end: int, before: list[Post], places: dict[int, Place]
    ) -> Post:
        if text[title - 1] == "原" and self._bodies.is_kind(text[body_start : title - 1]):
            title -= 1  # 省水利厅|原总工程师
        body = self._plain_body(text[body_start:title].rstrip("的"))
        place = places.get(body_start)
        if (place and text[place.end : title] == "的") or OCCUPIED.search(
            text, max(0, body_start - 8), title
        ):
            body = ""  # 来自济宁的委员, 从事海洋牧场的委员
        if place and body == place.word and text[title:end] in ("代表", "委员"):
            body = ""  # 芜湖代表
        if not body:
            body_start = title
        region = place.code if place else None
        if before and not body and not text[title:end].endswith(CALLINGS):
            return Post(
                _heir(before[-1].institution, text[title:end]),
                text[title:end],
                title,
                end,
                title,
                title,
                before[-1].region,
            )
        if before and not place and body.endswith(FACULTIES) and before[-1].institution.endswith("大学"):
            return self._part(before[-1], before[-1].institution + body, text, body_start, title, end)
        if before and not place and self._sub_body.fullmatch(body):
            return self._part(before[-1], _sub(before[-1].institution, body), text, body_start, title, end)
        return Post(body, text[title:end], body_start, end, body_start, title, region)

    @staticmethod
    def _part(before: Post, institution: str, text: str, start: int, title: int, end: int) -> Post:
        """A post in a part of the body of the post before; the body's full name stands nowhere."""
        return Post(institution, text[title:end], start, end, start, start, before.region)

    def _plain_body(self, body: str) -> str:
        """The body without words that only point at a person: 另一位代表, 著名经济学家, 派二级巡视员."""
        if self._bodies.is_kind(body):
            return body
        return "" if (len(body) < 2 and body not in self._organs) or POINTS_AT.search(body) else body

    def _bracketed(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """邢海英(四川省通信管理局局长)."""
        for match in self._after_name.finditer(text):
            if not self._title_end.search(match["posts"]):
                continue
            for length in (4, 3, 2):
                start = match.start() - length
                if start >= 0 and self._reader.is_whole(text, start, match.start()):
                    posts = self._chain(text, match.end("posts") - 1, match.end("posts"), places)
                    if posts:
                        yield "name-and-brackets", start, match.start(), posts
                    break

    def _predicated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """方向明是天水市交通运输局副局长: a name, a word of being, and a post at the end of the clause."""
        for match in chain(self._introduced.finditer(text), self._apposed.finditer(text)):
            if not self._reader.is_whole(text, *match.span("name")):
                continue
            if posts := self._chain(text, match.end() - 1, match.end(), places):
                yield "name-and-posts", *match.span("name"), posts
        for match in self._being.finditer(text):
            posts = self._chain(text, match.end() - 1, match.end(), places)
            if not posts:
                continue
            named = (
                posts[-1].institution
                and match.start() not in places
                and self._reader.may_fill(text, *match.span("name"))
            )
            if named or self._reader.is_whole(text, *match.span("name")):
                yield "name-is-post", match.start(), match.start("being"), posts

    def _honoured(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """习近平总书记, 刘伟教授: a name with its title behind it."""
        for match in self._honorific.finditer(text):
            if (dotted := self._reader.dotted_before(text, match.start())) is not None:
                yield "name-and-title", dotted, match.start(), [_bare(text, *match.span())]
                continue
            sounded = SOUNDED.search(text, max(0, match.start() - 8), match.start())
            if sounded and sounded.start("name") not in places:
                yield "name-and-title", sounded.start("name"), match.start(), [_bare(text, *match.span())]
                continue
            for length in (4, 3, 2):
                start = match.start() - length
                if start < 0 or not self._reader.may_fill(text, start, match.start()):
                    continue
                sure = length == 3 or bool(self._speech.match(text, match.end()))
                if (
                    self._reader.read(text, start, trusted=sure) != match.start()
                    and not self._reader.ends_before_title(text, start, match.start(), sure)
                    and not (
                        not HAN_BEFORE.match(text[start - 1 : start])
                        and self._reader.is_called(text, start, match.start(), match.end())
                    )
                ):
                    continue
                behind = re.match(f"[{HAN}]", text[start - 1]) if start else None
                if behind and behind[0] not in "由和与对向为被让请" and self._bodies.crosses(text, start):
                    continue
                if start in places and places[start].end - start > 1:
                    continue
                name = text[start : match.start()]
                if (
                    text[start - 1 : start] in ("·", "•")
                    or name in self._organs
                    or name[-1] in "籍港"
                    or self._bodies.ends_like_body(name)
                ):
                    continue
                is_post = match[0] not in ("先生", "女士", "同志", "老师", "老人")
                posts = [_bare(text, *match.span())] if is_post else []
                yield "name-and-title", start, match.start(), posts
                break

    def _add_speakers(self, text: str, people: dict[str, Named], places: dict[int, Place]) -> None:
        """Names without a post that speak at the head of a sentence, where the reading is beyond doubt."""
        for match in self._speaking.finditer(f"\n{text}"):
            start = match.end() - 1
            if start in places:
                continue
            end = self._reader.read(text, start, trusted=False)
            if end is None or text[start:end] in people:
                continue
            name = text[start:end]
            said = self._said_first.match(text, end)
            repeated = text.count(name) > 1
            if not repeated and not SELDOM_GIVEN.isdisjoint(name[1:]):
                continue
            if said and not self._reader.is_word(name) and (repeated or len(name) == 3):
                people[name] = Named(name, "name-and-speech")

    def _add_recurring(self, text: str, people: dict[str, Named], places: dict[int, Place]) -> None:
        """Names without a post that an article comes back to: 周素云 in a feature on her."""
        for name in self._reader.recurring(text):
            if any(name in known or known in name for known in people):
                continue
            if any(self._is_place(text, start, end, places) for start, end in places_of(name, text)):
                continue
            people[name] = Named(name, "recurring-name")

    def _mentions(self, text: str, person: Named) -> list[tuple[int, int]]:
        """All places of the full name; of a name that is a word too, those where a person is meant."""
        found = places_of(person.name, text)
        if len(person.name) == 2:
            apart = re.compile(" {1,4}".join(person.name)).finditer(text)
            found = sorted(found + [match.span() for match in apart])
        if not self._reader.is_word(person.name):
            return found
        meant = [
            (start, end)
            for start, end in found
            if self._reader.speaks(text, end) or self._title_end.search(text, max(0, start - 12), start)
        ]
        return meant or found[:1]

    @staticmethod
    def _drop_fragments(people: dict[str, Named]) -> None:
        """A reading that is the beginning of a longer name of the article is that name misread."""
        for name in list(people):
            longer = [other for other in people if other != name and other.startswith(name)]
            if longer and len(name) == 2:
                full = people[longer[0]]
                full.posts += [post for post in people[name].posts if not _has(full.posts, post)]
                del people[name]
            elif "·" in name and any(other != name and other.endswith(name) for other in people):
                del people[name]


FIELDED = rf"[{HAN}]{{2,4}}(?:\([^()]{{1,16}}\))?"
"""A name, and in brackets what is said of it: 张三(民建)."""
NAME_ROW = re.compile(
    rf"(?:^|[。\n,;“”:])由?(?P<names>{FIELDED}(?:(?:、|和){FIELDED})+)"
    rf"(?:(?:等(?:\d+|[一二三四五六七八九十]+)?(?:名|位)?)(?P<post>[^,。;、:]{{0,12}}?(?:代表|委员))(?![会团们])|(?=\n|$)|(?=(?:等)?(?:委员|代表):))"
)
SPEAKER_OF = re.compile(
    rf"(?:^|[。\n,;“”由])\s*(?P<name>[{HAN}]{{2,4}})(?=:?《|作了?(?:题为)?《|作了?关于|以《|执笔|的(?:发言|提案)题目)"
)
"""张三:《关于…的建议》, 张三作了《…》的发言: whose speech or paper it is."""
LABELLED = re.compile(
    rf"(?:^|\n)(?P<name>[{HAN}]{{2,4}})(?P<title>委员|常委|代表|教授|院士|研究员)(?:\([^()]{{1,40}}\))?:"
)
"""张三委员(某公司总工程师):… at the head of a paragraph: whose speech is printed there."""
NAMES_AFTER = re.compile(
    rf"(?:的有|分别是|还有|领导|代表|委员):\s*(?P<names>{FIELDED}(?:、{FIELDED})+)(?=[。;\n]|等|$)"
)
"""提交书面发言的有:张三、李四。"""
ONE_OF_MANY = re.compile(
    rf"(?:^|[。\n,;“”:由])(?P<name>[{HAN}]{{2,4}})等(?:\d+|[一二三四五六七八九十]+)[余多]?[名位]"
    r"(?P<title>[^,。;、:]{0,12}?(?:代表|委员))(?![会团们])"
)
"""张三等30余名代表: the only one of them who is named."""
ROW_AND_TITLE = re.compile(
    rf"(?:^|[。\n,;“”:])(?P<names>(?:[{HAN}]{{2,4}}、)+)[{HAN}]{{2,4}}(?P<title>委员|代表)(?![会团们])"
)
"""张三、李四委员: the title is of all of them."""
PAPER_TITLE = re.compile(r"(?:^|\n)关于[^\n]{4,60}的(?:提案|议案|建议|发言|倡议)\n$")
"""What a paper is called, in the line above its author's name."""
NAME_LINE = re.compile(rf"(?:^|\n)(?P<name>[{HAN}]{{2,4}}|[{HAN}] {{1,4}}[{HAN}])(?=\n)")
BODY_AND_NAME = re.compile(
    rf"(?:^|\n)\s*(?P<body>[^\s。,:;“”、]{{4,24}})[ \u3000]+(?P<name>[{HAN}]{{2,4}})(?=\n|$)"
)
"""民盟阜阳市委 张三: a line that says who wrote or speaks what stands below."""
NAME_AND = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?)[和与](?=[{HAN}]{{4}})")
BODY_AND_LABEL = re.compile(
    rf"(?:^|\n)\s*(?P<body>[^\s。,:;“”、]{{2,24}})[ \u3000]+(?P<name>[{HAN}]{{2,4}}):"
)
"""民盟阜阳市委 张三: 科技界别 李四: who speaks below, in a row of such lines."""
MAKES_PAGE = re.compile(r"(?:^|[\n(【□■]|版面|责任|视觉|美术|实习|文字|图片)\Z")
BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\)){1,60}\)")
MANY = re.compile(r"[一二三四五六七八九十两各多]级|各|全体|部分|多名|多位|两地|与会|广大|不少|一些")


def _bare(text: str, start: int, end: int) -> Post:
    """A post that is a title alone."""
    return Post("", text[start:end], start, end, start, start, None)


def _names_in(row: re.Match[str]) -> list[tuple[int, int]]:
    """The places of the names in a row, without what brackets say of them."""
    begin = row.start("names")
    found = re.finditer(rf"[{HAN}]+(?![^()]*\))", row["names"])
    return [(begin + name.start(), begin + name.end()) for name in found]


def _inheriting(text: str, posts: list[Post], last: Post | None) -> list[Post]:
    """A post without a body, later in a list of attendance: …周勇,秘书长秦敏出席."""
    first = posts[0]
    if (
        first.institution
        or last is None
        or not last.institution
        or re.search(r"[。!?\n]", text[last.end : first.start])
    ):
        return posts
    if text[first.start - 1 : first.start] not in (",", "、", "和"):
        return posts
    return [
        post._replace(institution=_heir(last.institution, post.title), region=last.region)
        if not post.institution
        else post
        for post in posts
    ]


def _under(post: Post, heads: dict[str, Post]) -> Post:
    """副厅长 without a body, in an article that has named the 厅长: of the same body."""
    head = heads.get(post.title.removeprefix("副"))
    if post.institution or not head or not post.title.startswith("副"):
        return post
    return post._replace(institution=head.institution, region=head.region)


def _has(posts: list[Post], post: Post) -> bool:
    return any(other.institution == post.institution and other.title == post.title for other in posts)


PARTY_ORGANS = ("组织部", "宣传部", "统战部", "政法委", "办公厅", "政研室", "秘书处", "机关")
COMMITTEE = re.compile(r"(党工委|管委会|省委|市委|区委|县委|州委|党委|党组|政府|人大常委会|政协|工委)$")


def _sub(institution: str, part: str) -> str:
    """The body a post means by its part: 四川省委 + 组织部 → 四川省委组织部; …党工委 + 管委会 → …管委会."""
    if part in PARTY_ORGANS or not COMMITTEE.search(institution):
        return institution + part
    stem = COMMITTEE.sub(lambda match: match[0][0] if match[0][0] in "省市区县州" else "", institution)
    return stem + part


OCCUPIED = re.compile(r"(?:来自|从事|关注|研究|负责|熟悉|开发|经营)[^,。;、]{1,14}的$")
ORGAN_OF_PLACE = re.compile(r"(?:委|政协|人大常委会|人大|政府)$")
HEADS_OF_PLACES = re.compile(r"(?:常务副|副|代)?(省|市|区|县|州|镇|乡)长$")


def _heir(institution: str, title: str) -> str:
    """The body of a post that names none: that of the post before; 市长 after 市委书记 is the city's."""
    if HEADS_OF_PLACES.search(title):
        return ORGAN_OF_PLACE.sub("", institution)
    return institution
