"""Stage 4: people, by the grammar of Chinese appositions: body + title lists + name, or name + title.

A name is believed where a post stands beside it. Where it ends is decided by what the article says
elsewhere and by the likelier reading of the characters behind it: 陈放|率先发言, 罗明刚|呼吁.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.extraction.entities.institutions import BodyFinder
from app.extraction.entities.regions import Place
from app.extraction.rules import Anchored, alternation, any_of, opening
from app.extraction.tokens import Segmenter
from app.lexicon import Lexicon

HAN = "一-鿿"
POINTS_AT = re.compile(
    r"^(?:另|还有|其中|这位|那位|一位|一名|著名|知名|资深|同|派|前|原|老|新)|(?:一位|一名|领域|方面)$"
)
FACULTIES = ("学院", "系")
SHARED = ("副", "委员", "代表", "常委", "党组成员", "教授", "专家")
NO_NAME = frozenset("人同和与及等年各还其另在从对把被让给由就跟")
HELD = re.compile(r"(?:担任|时任|身为|作为|出任|兼任|现任)[^,。;!?]{2,36}$")
SPACED = re.compile(rf"[{HAN}] [{HAN}](?![{HAN}]{{0,1}} )(?=[{HAN},、。:;)\n]|$)")
DOT = re.compile("[·•・]")
DOTTED = re.compile(rf"[{HAN}]{{1,7}}(?:[·•・][{HAN}]{{1,8}}){{1,3}}")
DOTTED_BEFORE = re.compile(rf"[{HAN}]{{1,12}}(?P<dot>[·•・])[{HAN}]{{2,8}}(?:[·•・][{HAN}]{{1,8}}){{0,2}}$")
NEVER_GIVEN = frozenset("副的了是们这那该各每所些或及被着就都也还又不等个")
SELDOM_GIVEN = frozenset(
    "在和与说过为把将从向对于到要会能可应请让使由因而但则其之以此今昨两一二三四五六七八九十率同首再先并各称曾均"
)
SOUNDS = frozenset("格娜杰木措吉加让尔其图拉仁玛珠姆央太提江德布巴泰罕旦扎多次西卓曲旺达勒克苏汗丽别")
"""Characters that end names written by sound: 敖云其其格, 才让多杰."""
ALL_DO = re.compile(r"[齐全共同都](?:参与|努力|发力|上阵|亮相|动手|行动|受益|覆盖|响应)")
"""委员齐参与: what all do is no name."""
NEVER_ALONE = frozenset("有无来去到会能可是在说看想做用给名位")
ADVERBS = frozenset("则也还均都又亦却已再")
FUNCTION_WORDS = frozenset("来能应有要从向别过连越通都谈管")
"""Surnames that are particles everywhere else: believed where the name recurs or speaks."""
BY_SOUND = frozenset(
    "阿艾安奥敖巴白拜包宝毕布才让策查朝次达丹旦道德迪丁东多额尔恩格古哈海胡吉加江杰金卡克拉兰朗勒里力利隆鲁洛玛麦满木穆那娜纳尼努帕其青却热仁日"
    "瑞萨赛桑沙斯苏索塔泰坦特图托吐娃瓦旺维乌西希雅亚央伊依音尤玉扎泽珠卓孜提吾甫肯别汗买合"
)
"""Characters that names of Mongols, Tibetans, Uygurs and Kazakhs are written with."""
SOUNDED = re.compile(rf"(?:^|[^{HAN}]|的)(?P<name>[{''.join(sorted(BY_SOUND))}]{{3,5}})$")
FIELD = re.compile(
    rf"(?:^|\n)[【(]?(?:第一)?(?:提\s*案\s*[者人]|提\s*出\s*人|建\s*议\s*人|联\s*名\s*人|附\s*议\s*人|领衔代表|发\s*言\s*人|执\s*笔\s*人|提案委员)[】)]?\s*:\s*(?=[{HAN}])"
)
"""提案人:, 联名人: — the names of those who sign a paper stand behind it."""
PLAIN = re.compile(f"[{HAN}]+")
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


class NameReader:
    """Decides whether a name stands at a place, and where it ends."""

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter) -> None:
        names = lexicon.names
        self._segmenter = segmenter
        self._surnames = frozenset(names.surnames)
        self._rare = frozenset(names.rare_surnames)
        self._compound = frozenset(names.compound_surnames)
        self._not_names = frozenset(names.not_names)
        given = lexicon.given_names
        self._middle, self._last, self._single = map(_log_shares, (given.middle, given.last, given.single))
        said = (*lexicon.speech.asking, *lexicon.speech.saying)
        behind = (*said, *lexicon.speech.adverbs, *names.behind_names)
        self._said = re.compile(rf"(?:{alternation(behind)}|\d|[,、。:;()”!?\s]|$)")
        self._speech = re.compile(rf"(?:{alternation(said)})")
        self._spoken = re.compile(rf"(?:{alternation(said)}|,|、|。|:|;|\(|\)|”)")
        titles = alternation(lexicon.posts.honorifics)
        self._strictly_said = re.compile(
            rf"(?:{alternation(said)}|是(?!否)|现任|担任|(?:{titles})(?!会|团|们)|,|、|。|:|;|\(|\)|”|!|\s|$)"
        )
        self._title_next = re.compile(rf"(?:{alternation(lexicon.posts.titles)})")

    def read(self, text: str, start: int, trusted: bool) -> int | None:
        """The end of the name that begins at `start`, or None. `trusted`: a post stands right before it."""
        if dotted := DOTTED.match(text, start):
            first = re.split("[·•・]", dotted[0])[0]
            return None if len(first) == 2 and self._is_common(first) else self._dotted_end(text, start)
        family = self._family(text, start)
        if not family or self._title_next.match(text, start + 1):
            return None
        if trusted and (spaced := SPACED.match(text, start)) and text[start] in self._surnames:
            return spaced.end()
        if family == 1 and text[start] in self._rare and not trusted:
            return None
        ends = [
            start + family + given
            for given in (1, 2)
            if self._may_be(text, start, family, given, trusted)
            and not self._runs_on(text, start, start + family + given)
        ]
        if not ends:
            return None
        end = ends[0] if len(ends) == 1 else max(ends, key=lambda e: self._weigh(text, start, family, e))
        return self._with_sound(text, start, end)

    @staticmethod
    def _with_sound(text: str, start: int, end: int) -> int:
        """The end of 索南旺|杰: a name by sound goes on where all its places in the text do."""
        name, following = text[start:end], text[end : end + 1]
        whole = text.count(name + following)
        return end + 1 if following in SOUNDS and whole > 1 and whole == text.count(name) else end

    def _family(self, text: str, start: int) -> int:
        """How many characters of a surname stand there: 2, 1 or 0."""
        if text[start : start + 2] in self._compound:
            return 2
        return 1 if text[start : start + 1] in self._surnames else 0

    def may_fill(self, text: str, start: int, end: int) -> bool:
        """Whether a name may stand there by its length, which is quicker to say than to read it."""
        family = self._family(text, start)
        return (family > 0 and 1 <= end - start - family <= 3) or DOT.search(text, start, end) is not None

    def _runs_on(self, text: str, start: int, end: int) -> bool:
        """Whether a usual word runs across the end of the name: 谈一体 in 谈一体化."""
        if self._speech.match(text, end):
            return False
        across = self._segmenter.words(text).around(end)
        return any(place > start and self._is_common(word) for place, word in across)

    def _dotted_end(self, text: str, start: int) -> int:
        """The end of 阿不都热依木·托合提 before 在接受采访时: where a word of speech or a mark follows."""
        match = DOTTED.match(text, start)
        assert match
        dot = max(match[0].rfind(mark) for mark in "·•・") + start
        said = (end for end in range(dot + 3, match.end()) if self._said.match(text, end))
        words = self._segmenter.words(text).between(dot + 1, match.end() + 2)
        common = (place for place, word in words if place > dot + 2 and self._is_common(word))
        return min(next(said, match.end()), next(common, match.end()))

    def dotted_before(self, text: str, end: int) -> int | None:
        """Where the name with a dot that ends there begins: 麦麦提艾力·玉苏普|委员."""
        begin = max(0, end - 24)
        match = DOT.search(text, begin, end) and DOTTED_BEFORE.search(text, begin, end)
        if not match:
            return None
        start = match.start()
        for place, word in self._segmenter.words(text).between(start, match.start("dot")):
            if self._is_common(word) or word in "的和与、":
                start = place + len(word)
        return start if match.start("dot") - start >= 2 else None

    def unnamed(self, text: str, start: int) -> int | None:
        """The end of a name without a known surname (才让多杰) right behind a post: unknown as a word, a verb
        of speech or a mark behind it."""
        ends = range(start + 2, start + 6)
        speaking = [end for end in ends if self._speech.match(text, end)]
        followed = [end for end in reversed(ends) if end - start > 2 and self._said.match(text, end)]
        return next((end for end in (*speaking, *followed) if self._could_be_one(text[start:end])), None)

    def _could_be_one(self, name: str) -> bool:
        """Whether the characters could be a name that begins with no known surname."""
        if len(name) > 2 and all(c in BY_SOUND for c in name):
            return True
        return not (
            not PLAIN.fullmatch(name)
            or any(c in NEVER_GIVEN for c in name)
            or name[0] in NO_NAME
            or (name[0] in self._surnames and name[-1] not in SOUNDS)
            or any(self._segmenter.log_frequency(name[at : at + 2]) > -11.5 for at in range(len(name) - 1))
            or any(map(self._is_common, self._segmenter.cut(name)))
            or self._speech.search(name)
        )

    def follows(self, text: str, end: int) -> bool:
        """Whether what follows there lets a name end: a mark, a word of speech or of taking part."""
        return bool(self._said.match(text, end))

    def is_word(self, text: str) -> bool:
        """Whether the characters are an ordinary word rather than a name."""
        return text in self._not_names or self._segmenter.log_frequency(text) > -13.0

    def is_sure(self, name: str) -> bool:
        """Whether a name of three characters is none of the words that begin like a name."""
        return (
            len(name) == 3
            and name[0] not in self._rare
            and not self._is_common(name[:2])
            and not self._is_common(name[1:])
        )

    def speaks(self, text: str, end: int) -> bool:
        """Whether speech, a title or a mark of a list follows there."""
        return bool(
            self._speech.match(text, end)
            or self._title_next.match(text, end)
            or text[end : end + 1] in ("、", ":")
        )

    def _may_be(self, text: str, start: int, family: int, given: int, trusted: bool) -> bool:
        end = start + family + given
        name = text[start:end]
        if len(name) < family + given or not PLAIN.fullmatch(name):
            return False
        if any(c in NEVER_GIVEN for c in name[family:]) or (given == 1 and name[-1] in NEVER_ALONE):
            return False
        if name[-1] in ADVERBS and self._speech.match(text, end):
            return False
        if name[0] == "余" and start and text[start - 1] in "0123456789十百千万":
            return False
        if self._speech.fullmatch(name) or ALL_DO.fullmatch(name):
            return False
        if name[0] == "和" and (
            name[1:2] in self._surnames - self._rare
            or self._is_common(name[1:])
            or not self._said.match(text, end)
        ):
            return False
        if (
            name[0] in FUNCTION_WORDS
            and text.count(name) < 2
            and not self.speaks(text, end)
            and not (given == 2 and trusted and self._strictly_said.match(text, end))
        ):
            return False
        if name[:2] in self._not_names and given == 2 and name[-1] in SELDOM_GIVEN:
            return False
        if name[0] == name[1:2] and given == 1:
            return False
        if name[:2] in self._not_names or name in self._not_names:
            if given == 1 and self._segmenter.log_frequency(name) > -10.0:
                return False
            if trusted and given == 2 and not self._is_common(name):
                return bool(self._said.match(text, end)) and not self._speech.match(text, end - 1)
            return (
                trusted
                and bool(self._strictly_said.match(text, end))
                and not self._speech.match(name, family)
            )
        if self._title_next.fullmatch(name, family):
            return False
        if name[0] not in self._rare:
            return True
        if self._is_common(name[:2]) and not (trusted and self._strictly_said.match(text, end)):
            return False
        if not trusted:
            return bool(self._strictly_said.match(text, end))
        if self._is_common(name[1:]):
            return bool(self._said.match(text, end))
        return bool(self._said.match(text, end)) or not any(map(self._is_common, (name, name[:2])))

    def _is_common(self, word: str) -> bool:
        """Whether the dictionary has it as more than a rare word or a name."""
        return len(word) > 1 and self._segmenter.log_frequency(word) > -14.0

    def _weigh(self, text: str, start: int, family: int, end: int) -> float:
        """How likely the name ends there: its characters, what follows, and the other places it stands at."""
        given = text[start + family : end]
        if len(given) == 1:
            weight = math.log(0.2) + self._single.get(given, -9.5)
        else:
            weight = math.log(0.8) + self._middle.get(given[0], -9.5) + self._last.get(given[1], -9.5)
        weight -= 4.5 * sum(c in SELDOM_GIVEN for c in given)
        weight += self._following(text, end, start + family + 2)
        return weight + self._elsewhere(text, start, family, end)

    def _following(self, text: str, end: int, common: int) -> float:
        """The weight of the characters behind the name, up to a place common to all readings."""
        rest = PLAIN.match(text, end, common + 4)
        weight = self._segmenter.best_path(rest[0] if rest else "")
        is_cut = self._segmenter.knows(text[end - 1 : end + 1])
        return weight + (3.0 if self._said.match(text, end) and not is_cut else 0.0)

    def _elsewhere(self, text: str, start: int, family: int, end: int) -> float:
        """A short reading gains where other characters follow it elsewhere, a long one where it recurs."""
        short = text[start : start + family + 1]
        third = text[start + family + 1 : start + family + 2]
        if text.count(short) < 2:
            return 0.0
        others = sum(text[stop : stop + 1] != third for _, stop in _places_of(short, text))
        same = text.count(short + third) - 1
        is_short = end == start + family + 1
        if (
            third in SELDOM_GIVEN
            and not is_short
            and any(self._speech.match(text, stop) for _, stop in _places_of(short + third, text))
        ):
            return 9.0
        return 4.0 * min(others, 3) if is_short else 4.0 * min(same, 4) if not others else 0.0


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
            rf"(?P<title>{title})(?![{HAN}]?(?:会|们|团|级|处|办|制|任期|席位|单位|后))"
            rf"(?P<gap>的|(?:\([^)]{{1,20}}\))?[ :]?(?:——)?)(?=[{HAN}])",
        )
        first = opening((*posts.members, *posts.ranks, *posts.titles))
        self._title_end = re.compile(rf"{first}{title}$")
        self._title = re.compile(title)
        self._honorific = re.compile(rf"(?:{alternation(posts.honorifics)})(?![会团们]|委员|代表)")
        self._sub_body = re.compile(rf"(?:{alternation(posts.sub_bodies)})$")
        self._introduced = re.compile(
            rf"(?:^|[:\n])\s*(?P<name>[{HAN}]{{2,4}})\s+[^\s。:“”][^。:“”\n]{{2,60}}?{title}(?=\n|$|\s)"
        )
        self._being = re.compile(
            rf"(?<![{HAN}])(?=[{HAN}])(?P<name>[{HAN}]{{2,4}})"
            r"(?P<being>,?(?:是|同是|也是|同为|系|现任|现为|担任|时任|任|曾任))"
            rf"(?P<post>[^,。;:!?“”]{{2,36}}{title})(?=[,。;])"
        )
        self._after_name = re.compile(
            rf"{opening((*posts.honorifics, '('))}(?P<honorific>(?:{alternation(posts.honorifics)})?)"
            r"[(](?P<posts>[^()。]{2,60})[)]"
        )
        speech = lexicon.speech
        self._speech = re.compile(rf"(?:{alternation((*speech.asking, *speech.saying))})")
        self._speaking = re.compile(rf"[。!?”\n,的](?=[{HAN}]{{2,4}}(?:{self._speech.pattern}|:“))")
        self._organs = frozenset((*posts.sub_bodies, *lexicon.bodies.levels))

    def find(self, text: str, places: tuple[Place, ...]) -> list[Named]:
        """The people in the order of their first mention; mentions are all places of the full name."""
        starts = {place.start: place for place in places}
        people: dict[str, Named] = {}
        for rule, start, end, posts in self._stated(text, starts):
            name = text[start:end].replace(" ", "")
            person = people.setdefault(name, Named(name, rule))
            person.posts += [post for post in posts if not _has(person.posts, post)]
        self._add_speakers(text, people)
        self._drop_fragments(people)
        for person in people.values():
            person.mentions = self._mentions(text, person)
        return sorted(people.values(), key=lambda person: person.mentions[0])

    def _stated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """Every name with the posts that stand beside it."""
        honoured = list(self._honoured(text))
        taken = {post.start for *_, posts in honoured for post in posts}
        yield from honoured
        last: Post | None = None
        for match in self._before_name.finditer(text):
            if text[match.start("title") - 2 : match.start("title")] == "代表" and match["title"] == "委员":
                continue
            if match.start("title") in taken or self._bodies.overlaps(text, *match.span("title")):
                continue
            if match["gap"] == "的" and not HELD.search(text, max(0, match.start() - 40), match.start()):
                continue
            end = self._reader.read(text, match.end(), trusted=True)
            if end is None or not self._reader.follows(text, end):
                whole = self._reader.unnamed(text, match.end())
                end = whole if whole and (end is None or whole - match.end() > 3) else end
            if end is None or any(
                place.end > end for start in range(match.end() + 1, end) if (place := places.get(start))
            ):
                continue
            posts = self._chain(text, match.start("title"), match.end("title"), places)
            if posts is None or any(MANY.match(post.institution) for post in posts):
                continue
            posts = _inheriting(text, posts, last)
            last = posts[-1]
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
        yield from self._bracketed(text, places)
        yield from self._predicated(text, places)

    def _enumerated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """黄振坤、廖素英等23名全国人大代表: names in a row with the post of all behind them; rows of names alone."""
        for row in NAME_ROW.finditer(text):
            names = [match.span() for match in re.finditer(f"[{HAN}]+", row["names"])]
            spans = [(row.start("names") + start, row.start("names") + stop) for start, stop in names]
            if not all(self._reader.read(text, start, trusted=True) == stop for start, stop in spans):
                continue
            title = row.end("post") if row["post"] else None
            posts = self._chain(text, title - 2, title, places) if title else []
            for start, stop in spans:
                yield "names-and-post", start, stop, list(posts or [])
        headings = [match.span("name") for match in NAME_LINE.finditer(text)]
        alone = [
            span
            for span in headings
            if self._reader.read(text, span[0], trusted=True) == span[1]
            and not self._reader.is_word(text[slice(*span)])
        ]
        if len(alone) > 1:
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
            if text[body_start - 1 : body_start] == "某":
                body_start = self._bodies.begin(text, start, body_start - 1, places)
            posts.append(self._post(text, body_start, title, end, posts, places))
        return posts

    def _post(
        self, text: str, body_start: int, title: int, end: int, before: list[Post], places: dict[int, Place]
    ) -> Post:
        body = self._plain_body(text[body_start:title].rstrip("的"))
        place = places.get(body_start)
        if (place and text[place.end : title] == "的") or OCCUPIED.search(
            text, max(0, body_start - 8), title
        ):
            body = ""  # 来自济宁的委员, 从事海洋牧场的委员
        if place and body == place.word and text[title:end] in ("代表", "委员"):
            body = ""  # 芜湖代表
        region = place.code if place else None
        if before and not body:
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
                if start >= 0 and self._reader.read(text, start, trusted=True) == match.start():
                    posts = self._chain(text, match.end("posts") - 1, match.end("posts"), places)
                    if posts:
                        yield "name-and-brackets", start, match.start(), posts
                    break

    def _predicated(self, text: str, places: dict[int, Place]) -> Iterator[tuple[str, int, int, list[Post]]]:
        """方向明是天水市交通运输局副局长: a name, a word of being, and a post at the end of the clause."""
        for match in self._introduced.finditer(text):
            end = self._reader.read(text, match.start("name"), trusted=True)
            posts = (
                self._chain(text, match.end() - 1, match.end(), places) if end == match.end("name") else None
            )
            if posts and end:
                yield "name-and-posts", match.start("name"), end, posts
        for match in self._being.finditer(text):
            end = self._reader.read(text, match.start(), trusted=True)
            if end != match.start("being"):
                continue
            posts = self._chain(text, match.end() - 1, match.end(), places)
            if posts:
                yield "name-is-post", match.start(), end, posts

    def _honoured(self, text: str) -> Iterator[tuple[str, int, int, list[Post]]]:
        """习近平总书记, 刘伟教授: a name with its title behind it."""
        for match in self._honorific.finditer(text):
            if dotted := self._reader.dotted_before(text, match.start()):
                post = Post("", match[0], match.start(), match.end(), match.start(), match.start(), None)
                yield "name-and-title", dotted, match.start(), [post]
                continue
            if sounded := SOUNDED.search(text, max(0, match.start() - 8), match.start()):
                post = Post("", match[0], match.start(), match.end(), match.start(), match.start(), None)
                yield "name-and-title", sounded.start("name"), match.start(), [post]
                continue
            for length in (4, 3, 2):
                start = match.start() - length
                if start < 0 or not self._reader.may_fill(text, start, match.start()):
                    continue
                sure = length == 3 or bool(self._speech.match(text, match.end()))
                if self._reader.read(text, start, trusted=sure) != match.start():
                    continue
                if start and re.match(f"[{HAN}]", text[start - 1]) and self._bodies.crosses(text, start):
                    continue
                name = text[start : match.start()]
                if (
                    text[start - 1 : start] in ("·", "•")
                    or name in self._organs
                    or self._bodies.ends_like_body(name)
                ):
                    continue
                post = Post("", match[0], match.start(), match.end(), match.start(), match.start(), None)
                yield (
                    "name-and-title",
                    start,
                    match.start(),
                    [] if match[0] in ("先生", "女士", "同志", "老师") else [post],
                )
                break

    def _add_speakers(self, text: str, people: dict[str, Named]) -> None:
        """Names without a post that speak at the head of a sentence, where the reading is beyond doubt."""
        for match in self._speaking.finditer(f"\n{text}"):
            start = match.end() - 1
            end = self._reader.read(text, start, trusted=False)
            if end is None or text[start:end] in people:
                continue
            name = text[start:end]
            said = self._speech.match(text, end)
            repeated = text.count(name) > 1
            if said and not self._reader.is_word(name) and (repeated or len(name) == 3):
                people[name] = Named(name, "name-and-speech")

    def _mentions(self, text: str, person: Named) -> list[tuple[int, int]]:
        """All places of the full name; of a name that is a word too, those where a person is meant."""
        found = _places_of(person.name, text)
        if len(person.name) == 2:
            found = sorted(found + _places_of(" ".join(person.name), text))
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


NAME_ROW = re.compile(
    rf"(?:^|[。\n,;“”:])(?P<names>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+)"
    rf"(?:(?:等(?:\d+|[一二三四五六七八九十]+)?(?:名|位)?)(?P<post>[^,。;、:]{{0,12}}?(?:代表|委员))(?![会团们])|(?=\n|$)|(?=(?:等)?(?:委员|代表):))"
)
NAME_LINE = re.compile(rf"(?:^|\n)(?P<name>[{HAN}]{{2,4}})(?=\n)")
BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\)){1,60}\)")
MANY = re.compile(r"[一二三四五六七八九十两各多]级|各|全体|部分|多名|多位|两地|与会|广大|不少|一些")


def _places_of(words: str, text: str) -> list[tuple[int, int]]:
    """The places of the words in the text; quicker than a pattern, which would have to be compiled first."""
    found = []
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        found.append((start, end))
        start = text.find(words, end)
    return found


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


def _log_shares(counts: dict[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {character: math.log((count + 0.2) / total) for character, count in counts.items()}
