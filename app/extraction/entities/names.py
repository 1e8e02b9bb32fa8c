"""Stage 4: names of people, by their characters and by what stands around them.

Where a name ends is decided by what the article says elsewhere and by the likelier reading of the
characters behind it: 陈放|率先发言, 罗明刚|呼吁.
"""

import math
import re
from collections import Counter

from app.extraction.rules import alternation
from app.extraction.tokens import Segmenter
from app.lexicon import Lexicon

HAN = "一-鿿"
NO_NAME = frozenset("人同和与及等年各还其另在从对把被让给由就跟到去往来赴")
SPACED = re.compile(rf"[{HAN}] {{1,4}}[{HAN}](?![{HAN}]{{0,1}} )(?=[{HAN},、。:;)\n]|$)")
DOT = re.compile("[·•・]")
DOTTED = re.compile(rf"[{HAN}]{{1,7}}(?:[·•・][{HAN}]{{1,8}}){{1,3}}")
DOTTED_BEFORE = re.compile(rf"[{HAN}]{{1,12}}(?P<dot>[·•・])[{HAN}]{{2,8}}(?:[·•・][{HAN}]{{1,8}}){{0,2}}$")
NEVER_GIVEN = frozenset("他她它我你得在副的了是们这那该各每所些或及被着就都也还又不等个")
SELDOM_GIVEN = frozenset(
    "派和与说过为把将从向对于到要会能可应请让使由因而但则其之以此今昨两一二三四五六七八九十率同首再先并各称曾均"
)
SOUNDS = frozenset("日格娜杰木措吉加让尔其图拉仁玛珠姆央太提江德布巴泰罕旦扎多次西卓曲旺达勒克苏汗丽别")
"""Characters that end names written by sound: 敖云其其格, 才让多杰."""
NICKNAME = re.compile(r"师傅|大爷|大妈|大姐|大哥|大叔|大娘|大伯|阿姨|奶奶|爷爷")
"""冯师傅: nobody's name."""
LONGEST_BY_SOUND = 8
ET_AL = re.compile(r"等(?:\d|[一二三四五六七八九十]|名|位|人|多|委员|代表)|边[一-鿿]{1,3}边")
"""顾海平|等11位代表, not 平等; 靳占海|边听边记, not 海边."""
OFTEN = 3
"""Places at which a name without a post is believed."""
USUAL = -8.2
"""Log share of a given name of one character that many people have."""
LIKELY = -14.0
"""Log share of a given name's two characters."""
CLOSING = frozenset("”’》)。;!?\n")
"""Marks behind which 养老 and 公寓 are words, not names."""
MANY_OF = re.compile("[百千万十余多数几]人$|^近[百千万]")
ALL_DO = re.compile(r"[齐全共同都](?:参与|努力|发力|上阵|亮相|动手|行动|受益|覆盖|响应)")
"""委员齐参与: what all do is no name."""
NEVER_ALONE = frozenset("有无来去到会能可是在说看想做用给名位把让将使叫派")
ADVERBS = frozenset("则也还均都又亦却已再")
FUNCTION_WORDS = frozenset("来能应有要从向别过连越通都谈管")
"""Surnames that are particles everywhere else: believed where the name recurs or speaks."""
BY_SOUND = frozenset(
    "阿艾安南云其堆果白赤顿罗措腾音敦孜曼太奥敖巴白拜包宝毕布才让策查朝次达丹旦道德迪丁东多额尔恩格古哈海胡吉加江杰金卡克拉兰朗勒里力利隆鲁洛玛麦满木穆那娜纳尼努帕其青却热仁日"
    "瑞萨赛桑沙斯苏索塔泰坦特图托吐娃瓦旺维乌西希雅亚央伊依音尤玉扎泽珠卓孜提吾甫肯别汗买合"
)
"""Characters that names of Mongols, Tibetans, Uygurs and Kazakhs are written with."""
PLAIN = re.compile(f"[{HAN}]+")
SOUNDING = frozenset(
    "益顺平措洋脱陶和群来曲松班琴娃丽库尕昂文村林伦珠朋尼更阳布贡觉草夏俄土登高朝鲁花孟雅明正日旦宛妮吾毛增逊江"
)
"""More of them, which are too usual to tell where a name ends."""
ADVERB_NEXT = re.compile("[则也还亦都又再]|说|建议|认为|表示|提出|委员|代表")
BY_SOUND_ALONE = re.compile(rf"[{''.join(sorted(BY_SOUND))}]{{3,7}}(?![{''.join(sorted(BY_SOUND))}])")
SOUNDED = re.compile(rf"(?:^|[^{HAN}]|的)(?P<name>[{''.join(sorted(BY_SOUND | SOUNDING))}]{{3,7}})$")
"""A name by sound before its title, behind a mark: 尕玛才仁|委员."""


class NameReader:
    """Decides whether a name stands at a place, and where it ends."""

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter) -> None:
        names = lexicon.names
        self._segmenter = segmenter
        self._surnames = frozenset(names.surnames)
        self._rare = frozenset(names.rare_surnames)
        self._compound = frozenset(names.compound_surnames)
        self._not_names = frozenset(names.not_names)
        self._manners = frozenset(names.manners)
        given = lexicon.given_names
        self._middle, self._last, self._single = map(_log_shares, (given.middle, given.last, given.single))
        said = (*lexicon.speech.asking, *lexicon.speech.saying)
        behind = (*said, *lexicon.speech.adverbs, *names.behind_names)
        self._said = re.compile(rf"(?:{alternation(behind)}|\d|[,、。:;()”!?\s]|$)")
        self._speech = re.compile(rf"(?:{alternation(said)})")
        titles = alternation(lexicon.posts.honorifics)
        self._strictly_said = re.compile(
            rf"(?:{alternation(said)}|是(?!否)|现任|担任|(?:{titles})(?!会|团|们)|,|、|。|:|;|\(|\)|”|!|\s|$)"
        )
        self._says = re.compile(
            rf"(?:(?:对|向)[^,。;]{{2,10}}?)?(?:{alternation(lexicon.speech.adverbs)})*(?:说|表示|认为|建议|呼吁|提出|指出|提醒|介绍|回应|坦言|希望|告诉)"
        )
        usual = "".join(sorted(self._surnames - self._rare))
        self._candidates = re.compile(rf"(?=(?P<name>[{usual}][{HAN}]{{2}}))")
        self._title_next = re.compile(rf"(?:{alternation(lexicon.posts.titles)})")

    def read(self, text: str, start: int, trusted: bool) -> int | None:
        """The end of the name that begins at `start`, or None. `trusted`: a post stands right before it."""
        if dotted := DOTTED.match(text, start):
            first = re.split("[·•・]", dotted[0])[0]
            return None if len(first) == 2 and self._is_common(first) else self._dotted_end(text, start)
        if NICKNAME.match(text, start + 1):
            return None
        family = self._family(text, start)
        if family == 1 and text[start] in "由经和与" and self._family(text, start + 1) == 2:
            return None
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

    def is_whole(self, text: str, start: int, end: int) -> bool:
        """Whether the name that a post or a mark says begins at `start` ends at `end`."""
        return self.read(text, start, trusted=True) == end

    def is_labelled(self, text: str, start: int, end: int) -> bool:
        """Whether the characters before a title and a colon are a name: they begin with a surname and are no
        word."""
        name = text[start:end]
        family = self._family(text, start)
        return (
            family > 0
            and 1 <= len(name) - family <= 2
            and name[-1] not in ADVERBS
            and NEVER_GIVEN.isdisjoint(name[-1])
            and (len(name) < 3 or NEVER_GIVEN.isdisjoint(name[family:]) or name[0] not in self._rare)
            and not self._is_common(name)
            and not self._is_common(name[:2])
        )

    def is_called(self, text: str, start: int, end: int, title_end: int) -> bool:
        """Whether the article comes back to the words with their title: a word that is a name, 高远|委员."""
        name = text[start:end]
        return (
            text.count(text[start:title_end]) > 1
            and self._family(text, start) == 1
            and len(name) > 1
            and name not in self._not_names
            and name[-1] not in ADVERBS
            and (len(name) == 3 or text[start] not in self._rare)
        )

    def ends_before_title(self, text: str, start: int, end: int, trusted: bool) -> bool:
        """Whether the characters before a title may be a name, though a longer one is likelier: 阎军|代表."""
        family = self._family(text, start)
        return (
            family > 0
            and end - start - family in (1, 2)
            and not self._is_common(text[start:end])
            and self._may_be(text, start, family, end - start - family, trusted)
        )

    @staticmethod
    def _with_sound(text: str, start: int, end: int) -> int:
        """The end of 索南旺|杰: a name by sound goes on where all its places in the text do."""
        while end - start < LONGEST_BY_SOUND and text[end : end + 1] in SOUNDS:
            by_sound = all(c in BY_SOUND or c in SOUNDS for c in text[start:end])
            if by_sound and ADVERB_NEXT.match(text, end + 1):
                end += 1
                continue
            whole = text.count(text[start : end + 1])
            if whole < 2 or whole < text.count(text[start:end]):
                break
            end += 1
        return end

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
        if self._speech.match(text, end) or ET_AL.match(text, end) or self._title_next.match(text, end):
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
        sounded = [run.end()] if (run := BY_SOUND_ALONE.match(text, start)) else []
        return next(
            (end for end in (*speaking, *followed, *sounded) if self._could_be_one(text[start:end])), None
        )

    def _could_be_one(self, name: str) -> bool:
        """Whether the characters could be a name that begins with no known surname."""
        if len(name) > 2 and all(c in BY_SOUND or c in SOUNDS for c in name):
            return True
        return not (
            not PLAIN.fullmatch(name)
            or name in self._manners
            or MANY_OF.search(name)
            or any(c in "百千万几" for c in name)
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

    def _closes(self, text: str, end: int) -> bool:
        """Whether a name ends there by what follows, a title behind it included: 雍和平|委员."""
        return self.follows(text, end) or bool(self._strictly_said.match(text, end))

    def is_word(self, text: str) -> bool:
        """Whether the characters are an ordinary word rather than a name."""
        return text in self._not_names or self._segmenter.log_frequency(text) > -13.0

    def recurring(self, text: str) -> list[str]:
        """The names of three characters that stand often in the text and can be nothing else."""
        counts = Counter(
            match["name"] for match in self._candidates.finditer(text) if self.is_sure(match["name"])
        )
        return [
            name
            for name, count in counts.items()
            if count >= OFTEN - self._opens(text, name)
            and self._is_likely(name)
            and not self.is_word(name)
            and self._stands_apart(text, name)
        ]

    @staticmethod
    def _opens(text: str, name: str) -> bool:
        """Whether the name begins a sentence somewhere."""
        return any(not start or text[start - 1] in "。!?\n”" for start, _ in places_of(name, text))

    def _is_likely(self, name: str) -> bool:
        """Whether given names usually have these characters."""
        weight = self._middle.get(name[1], -9.5) + self._last.get(name[2], -9.5)
        return weight > LIKELY and NEVER_GIVEN.isdisjoint(name[1:]) and SELDOM_GIVEN.isdisjoint(name[1:])

    def _stands_apart(self, text: str, name: str) -> bool:
        """Whether different characters stand before and behind it, and no word runs across its ends."""
        found = places_of(name, text)
        words = self._segmenter.words(text)
        before = {text[start - 1 : start] for start, _ in found}
        behind = {text[end : end + 1] for _, end in found}
        return len(before) > 1 and len(behind) > 1 and not any(words.cross(start) for start, _ in found)

    def is_topic(self, name: str) -> bool:
        """Whether it reads as a verb and what is spoken of: 谈人才, 谈投入."""
        return name[0] in FUNCTION_WORDS and self._is_everyday(name[1:])

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
        if MANY_OF.search(name) or (name[0] == "有" and self._is_common(name[family:])):
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
        if given == 2 and self._is_everyday(name[1:]) and not (trusted and self._closes(text, end)):
            return False
        if name[0] in FUNCTION_WORDS and given == 2 and self._is_everyday(name[1:]):
            return False
        if (
            name[0] in FUNCTION_WORDS
            and text.count(name) < 2
            and not self.speaks(text, end)
            and not (
                given == 1
                and trusted
                and self._single.get(name[-1], -99.0) > USUAL
                and self.follows(text, end)
            )
            and not (given == 2 and trusted and self._closes(text, end))
        ):
            return False
        if name[:2] in self._not_names and given == 2 and name[-1] in SELDOM_GIVEN:
            return False
        if name[0] == name[1:2] and given == 1:
            return False
        if name in self._manners:
            return False
        if trusted and self._is_said_of(text, name, end):
            return True
        if name[:2] in self._not_names or name in self._not_names:
            if given == 1 and self._segmenter.log_frequency(name) > -10.0:
                return False
            if trusted and given == 2 and not self._is_common(name):
                follows = self._said.match(text, end) or self._strictly_said.match(text, end)
                return bool(follows) and not self._speech.match(text, end - 1)
            return (
                trusted
                and bool(self._strictly_said.match(text, end))
                and not self._speech.match(name, family)
            )
        if self._title_next.fullmatch(name, family):
            return False
        if family == 2 or name[0] not in self._rare:
            return True
        if any(c in "二三四五六七八九十两百" for c in name) or (
            given == 1 and self._is_everyday(name) and text[end : end + 1] in CLOSING
        ):
            return False
        if self._is_common(name[:2]) and not (trusted and self._strictly_said.match(text, end)):
            return False
        if not trusted:
            return bool(self._strictly_said.match(text, end))
        if self._is_common(name[1:]):
            return bool(self._said.match(text, end))
        return bool(self._said.match(text, end)) or not any(map(self._is_common, (name, name[:2])))

    def _is_said_of(self, text: str, name: str, end: int) -> bool:
        """Whether a word behind a post is the name of who speaks: 秘书长成功则认为, not 秘书长郑重表示."""
        return len(name) == 2 and name[0] not in self._rare and self._says.match(text, end) is not None

    def _is_everyday(self, word: str) -> bool:
        """Whether the word is one of the most used: 养老, 公寓."""
        return self._segmenter.log_frequency(word) > -12.0

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
        is_cut = self._segmenter.knows(text[end - 1 : end + 1]) and not (
            ET_AL.match(text, end) or self._title_next.match(text, end)
        )
        return weight + (3.0 if self._closes(text, end) and not is_cut else 0.0)

    def _elsewhere(self, text: str, start: int, family: int, end: int) -> float:
        """A short reading gains where other characters follow it elsewhere, a long one where it recurs."""
        short = text[start : start + family + 1]
        third = text[start + family + 1 : start + family + 2]
        if text.count(short) < 2:
            return 0.0
        others = sum(text[stop : stop + 1] != third for _, stop in places_of(short, text))
        same = text.count(short + third) - 1
        is_short = end == start + family + 1
        if (
            third in SELDOM_GIVEN
            and not is_short
            and any(self._speech.match(text, stop) for _, stop in places_of(short + third, text))
        ):
            return 9.0
        return 4.0 * min(others, 3) if is_short else 4.0 * min(same, 4) if not others else 0.0


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """The places of the words in the text; quicker than a pattern, which would have to be compiled first."""
    found = []
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        found.append((start, end))
        start = text.find(words, end)
    return found


def _log_shares(counts: dict[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {character: math.log((count + 0.2) / total) for character, count in counts.items()}
