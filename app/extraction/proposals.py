"""Stage 6: which sentences put something forward, and of what kind.

A sentence is judged by the cues of its clauses: something ought to be done (应, 要, 须), will be done
(将, 下一步), is told to be done (加快…, 建立…), was done (已, 了) or is lacking (不足, 短板).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.extraction.attribution import Attribution, Manner, Voice
from app.extraction.cast import Cast, Mention
from app.extraction.document import Document, Sentence
from app.extraction.rules import alternation
from app.lexicon import Lexicon
from app.vocabulary import ActorKind, AttributionForm, Kind

FORM_WEIGHT = {
    AttributionForm.EXPLICIT: 0.97,
    AttributionForm.SHORT: 0.95,
    AttributionForm.PRONOUN: 0.9,
    AttributionForm.IMPLIED: 0.82,
    AttributionForm.NONE: 0.4,
}
CUE_WEIGHT = {"asked": 1.0, "ought": 0.95, "planned": 0.95, "told": 0.85, "agreed": 0.95}

OUGHT = re.compile(
    r"(?<![供反响适相效对感回答呼照顺策])应(?!该说|该看到|当看到|用|对|急|届|邀|聘|有尽|运|变|税|激|收|付|酬|力|答|声|景|战|验|链|商|城)"
    r"|(?<![重主必只首概纲摘纪紧次扼想简提索却])(?<!大多)(?<!往往)(?<!每[年天月]都)(?<!一般)(?<!平均)(?<!甚至)(?<!动辄)(?<!经常)(?<!通常)(?<!常常)要(?!指出的是|说明的是|强调的是|注意的是|求|素|点|闻|塞|道|件|害|职|领|约|么|义|地|务|情|目|员|不是|知道|说|看|\d|跑|买|花|等|拿回|付|几|两|三|半|近|多|价|看到|以[^,。]{1,12}为准|[^,。]{1,12}才)"
    r"|必须|务必|亟需|亟须|亟待|急需|有必要|(?<![供内刚急军只])需(?!求|方|量|给|知|视|时|要指出的是|要说明的是|要强调的是|要注意的是)|(?<![必急])须(?!知)"
    r"|(?<![许认不尚大])可(?=由|设|考虑|探索|在|先|借鉴|尝试|率先|通过|前瞻|成立|共建|统筹|以[^,。]{2,24}为|采取|采用|适当|逐步|参照|结合|从|依托|充分|进一步|建立|推动|加|联合|试点|利用|支持|组织|按)|完全可以|也可以|可以(?=由|先|考虑|探索|尝试|借鉴|成立|建立|把|从|在|率先)"
    r"|不能(?!不|满足|适应|完全|充分|发挥)|不宜|不应|不得(?!不)|不可(?!否认|或缺|分|避免)|切忌|理应|有待|宜(?=以|从|将|把)|不妨|不如(?=[^,。]{2})|最好(?=[能由是让把先从在])|千万|不要(?!说)|别(?=让|再|急|忘|光|把)|尽快|尽早|抓紧|务求|有责任|不必|就够了|才行|关键[在是]要?|避免|杜绝"
)
WILL = re.compile(
    r"(?<![即必现])将(?!军|士|来|近|领|信|错|心|其)|(?<![模虚草])拟(?!定|合|人|态|订)|力争|争取|致力于|打算|定于"
    r"|计划(?=[在于到今明后年投建用从将新再\d])|准备(?=[在于到从将新建开])|(?<![社议机协学集展])会(?=继续|进一步|努力|积极|加大|把|在|以|同|全力|尽快|一如既往|坚定)|有望|愿意|愿(?=与|同|和)|承诺|答应(?=[^,。]{2})|(?:年底|月底|年内|\d月份?|国庆|春节)(?:以前|之前|前)(?=[^,。]{2})|期待(?=与|和|接下来)|继续(?=推|加|深|做|抓|坚|发|完|优|保)"
)
NEXT = re.compile(
    r"下一步|接下来|下一阶段|下阶段|下步|今后|未来|(?:到|至)?20\d\d年底?前?,|(?<![在自过])“?十[四五六]五”?期间"
)
ASKED = re.compile(
    r"(?:我|他|她)(?:一直|也|仍|始终|还是|倒是?)(?:主张|建议|希望|呼吁)|(?:做法|办法|想法|建议|主张|期待|看法|希望|思路|愿望|呼吁|诉求)(?:只有一条|是[^,。]{3}|有[一二三四五]|:)|(?:^|[,、;:“”‘]|(?:他|她|还|并|也|则|同时|因此|因而|此外|另外|为此|对此|特此|我|我们|诚挚|强烈))(?:建议|提议|呼吁|倡议|希望|恳请|主张|期待|期盼|盼望|请求)(?!书|稿|者|人|小学|工程|的|之|,收|征集|案)"
)
DONE = re.compile(
    r"已(?!有基)|^目前|(?<!为)了(?!解)|曾(?!经济)|取得|截至|累计|近年来|近几年|去年|过去|[一二三四五两几多]年(?:多)?来|以来|成功|正在|先后|此前|长期以来|至今|顺利|圆满|获得|获批|荣获|达到了|实现了|完成了|日前|刚刚|持续向好|稳步增长|同比"
)
LACKING = re.compile(
    r"不足|缺乏|缺少|短板|问题|困难|矛盾|滞后|薄弱|制约|仍然?存|尚未|不够|不平衡|难以|差距|存在|欠缺|缺失|瓶颈|痛点|堵点|不强|不高|不完善|不健全|偏低|偏少|偏弱|不畅|不一致?|缺位|隐患|挑战|流失|脱节|有限|单一|低于|困扰|遗憾|尴尬"
)
PREPOSITIONS = frozenset(
    [
        "围绕",
        "通过",
        "按照",
        "根据",
        "结合",
        "依托",
        "立足",
        "面向",
        "聚焦",
        "借助",
        "利用",
        "参照",
        "瞄准",
        "随着",
    ]
)
NOMINAL = re.compile(
    r"(?:(?:主要|根本)?目的|旨在|就是|是|成为|离不开|对.*具有|意义|有着|正在|事关|关系到|既是)"
)
NOUN_USE = re.compile(r"(?:正|已|的|步伐|进展|成效|工作已|取得|进入|以来|了|方面取得|是)")
RESULTS = re.compile(r"成效|成绩|进展|成果|取得|亮点|成就")
STATES = re.compile(r"情况|现状|很多|不少|拥有|具有|是[^,。]{2,20}的|已经|有着|非常|越来越|之一")
COUNTED_ADVICE = re.compile(
    r"提(?:出|了)[^,。;:]{0,8}?[一二三四五六七八九十几多\d]+[点条项个](?:方面)?(?:的)?(?:意见|建议|思考|看法|要求|希望)+[。”]*$"
)
SUBJECTLESS = re.compile(
    r"^[“‘(]*(?:(?:同时|此外|另外|并且?|还|再|其次|最后|首先|一方面|另一方面|具体来说|为此|因此|其中|特别是|尤其是?|进一步|第?[一二三四五六七八九十][是要来、]?|其[一二三四五六]|[(（]?\d+[.、)）]|二者|两地|双方|川渝|各地|政府|国家|企业|高校)[,:、]?)*"
)
TOPIC = re.compile(r"(?:在)?[^,。;:]{1,24}(?:上|方面|领域|层面|环节|中|下),")
PAIR_AGREES = re.compile(
    r"(?:双方|两地|两省|两市|三地|三省|四地|各方|三方|四方|两省市|两校|两区)(?:还|并|也|共同|一致|就[^,。;]{1,30}|在[^,。;]{1,20}|将)*(?:明确|决定|商定|约定|同意|达成|签|确定|宣布)|(?:宣布|公布|明确|确定|商定)了?双方[^。]*(?:合作|任务|事项)"
)
PLACES_MEANT = re.compile(r"[两三四五六](?:县市|市|县|区|省)")
PACT = re.compile(
    r"(?:根据|按照|依据)?(?:该|上述|这份|此次)?(?:战略)?(?:合作)?(?:框架)?(?:协议|备忘录|协定|公约)(?:明确|提出|约定|规定|商定|,)"
)
FOUNDING = re.compile(r"(?:联合|共同)?(?:成立|组建|设立|建立|商定|约定|明确)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposal in the reading text, by the sentence it is."""

    sentence: int
    kind: Kind
    voices: tuple[Voice, ...]
    form: AttributionForm
    confidence: float
    rule: str
    content: int = 0
    """Where what is said begins."""


@dataclass(slots=True)
class _Walk:
    """What the sentences before leave behind."""

    kind: Kind | None = None
    results: bool = False
    """Whether the speech at hand tells results."""
    names: tuple[str, ...] = ()
    parties: tuple[Voice, ...] = ()
    places: tuple[Voice, ...] = ()
    party_paragraph: int = -9
    agreed_paragraph: int = -9
    source_paragraph: int = -9


class ProposalFinder:
    """Finds the proposals among attributed sentences.

    `members` holds the (name, code) of a bloc's provinces by the bloc's code.
    """

    def __init__(self, lexicon: Lexicon, members: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        proposing = lexicon.proposing
        self._members = members
        strong = tuple(word for word in proposing.doing if len(word) > 1 and word not in PREPOSITIONS)
        self._doing = re.compile(rf"(?:{alternation(proposing.doing)})")
        self._strong_doing = re.compile(rf"(?:{alternation(strong)})")
        self._agreeing = re.compile(
            rf"(?:{alternation(proposing.agreeing)})(?:了|的)?(?=[^,。;]{{0,60}}?(?:{alternation(proposing.agreed)}))|成立(?=[^,。;]{{0,30}}?(?:工作组|联盟|小组|委员会|专班|联席会议|合作体))|(?<=工作小组|领导小组)成立|(?<=工作组|委员会)成立|(?<=联盟|专班)成立"
        )
        self._issued = re.compile(r"《[^》]*》[^,。]{0,12}(?:出台|印发|发布|签署)")
        self._may = re.compile(rf"可以?(?:{alternation(strong)})")
        self._pairs = re.compile(rf"(?:{alternation(lexicon.speech.pair_pronouns)})")
        self._nouns = alternation(lexicon.speech.asking_nouns)
        self._meant = re.compile(
            rf"(?:就[^。]{{8,}}?(?:提出|提交)[^,。]{{0,6}}(?:{self._nouns})|(?:提出|提交)[^,。;]{{6,}}(?:{self._nouns}))"
        )
        self._empty = re.compile(rf"^[^,。;]{{0,14}}(?:{self._nouns})[了]?[,。:;”]?")

    def find(
        self, document: Document, sentences: tuple[Sentence, ...], cast: Cast, attributions: list[Attribution]
    ) -> tuple[Finding, ...]:
        """The proposals in reading order."""
        walk = _Walk()
        found: list[Finding] = []
        for index, (sentence, attribution) in enumerate(zip(sentences, attributions, strict=True)):
            if document.paragraphs[sentence.paragraph].kind != "body":
                walk.kind = None
                continue
            finding = self._judge(document.text, index, sentence, cast, attribution, walk)
            if finding:
                found.append(finding)
        return tuple(found)

    def _judge(
        self, text: str, index: int, sentence: Sentence, cast: Cast, attribution: Attribution, walk: _Walk
    ) -> Finding | None:
        words = text[sentence.start : sentence.end]
        names = tuple(voice.name for voice in attribution.voices)
        if not attribution.goes_on or names != walk.names:
            walk.kind, walk.results = None, False
        walk.names = names
        if attribution.manner is Manner.TELLING:
            return self._told(text, index, sentence, cast, attribution, walk)
        kind, cue = self._spoken(words, text[attribution.content : sentence.end], attribution, walk)
        if kind is None:
            return None
        walk.kind = kind
        confidence = FORM_WEIGHT[attribution.form] * CUE_WEIGHT[cue]
        if not attribution.voices:
            confidence *= 0.5
        return Finding(
            index,
            kind,
            attribution.voices,
            attribution.form,
            round(confidence, 2),
            f"{attribution.rule}/{cue}",
            attribution.content,
        )

    # --- what somebody says

    def _spoken(
        self, words: str, content: str, attribution: Attribution, walk: _Walk
    ) -> tuple[Kind | None, str]:
        if words.rstrip("”’").endswith("?") and (attribution.goes_on or not ASKED.search(words)):
            return None, ""
        if attribution.goes_on:
            return self._gone_on(words, attribution, walk)
        said = content if len(content) > 8 else words
        quoted = words[: words.find("”")] if words.startswith("“") and "”" in words else ""
        if attribution.manner is Manner.ASKING:
            if attribution.rule == "quote-before-speaker" and self._describes(words):
                return None, ""
            return self._asked(words, content, quoted)
        if self._meant.search(words) and not COUNTED_ADVICE.search(words):
            return Kind.RECOMMENDATION, "asked"
        kind, cue = self._weighed(f"{quoted},{said}" if quoted else said, walk)
        walk.results = kind is None and bool(RESULTS.search(words))
        return (None, "") if cue == "told" and not attribution.voices else (kind, cue)

    def _describes(self, words: str) -> bool:
        """Whether a quotation only tells how things are, the asking coming behind it."""
        clauses = _clauses(words)
        if OUGHT.search(words) or ASKED.search(words) or self._tells_to_do(clauses):
            return False
        return bool(LACKING.search(words) or DONE.search(words) or STATES.search(words))

    def _asked(self, words: str, content: str, quoted: str) -> tuple[Kind | None, str]:
        """After 建议: a recommendation, unless nothing follows that says what."""
        if COUNTED_ADVICE.search(words) and not OUGHT.search(words):
            return None, ""
        rest = content.strip("。,:;”“ ")
        if len(rest) >= 4 and not (self._empty.match(rest) and len(rest) < 12):
            return Kind.RECOMMENDATION, "asked"
        if self._meant.search(words) or (quoted and self._weighed(quoted, _Walk())[0]):
            return Kind.RECOMMENDATION, "asked"
        return None, ""

    def _weighed(self, said: str, walk: _Walk) -> tuple[Kind | None, str]:
        """Reported speech by its own words."""
        clauses = _clauses(said)
        if any(ASKED.match(clause) or ASKED.search(clause) for clause in clauses):
            return Kind.RECOMMENDATION, "asked"
        willed = [clause for clause in clauses if WILL.search(clause) and not DONE.search(clause)]
        ought = [clause for clause in clauses if OUGHT.search(clause) or self._may.search(clause)]
        if NEXT.search(said) and (willed or ought or self._tells_to_do(clauses)):
            return Kind.PLAN, "planned"
        if ought and not (willed and said.find(willed[0]) < said.find(ought[0])):
            return (walk.kind or Kind.RECOMMENDATION), "ought"
        if willed:
            return Kind.PLAN, "planned"
        if walk.results:
            return None, ""
        if (
            self._opens_doing(clauses[-1])
            and self._tells_to_do(clauses)
            and not DONE.search(said)
            and not LACKING.search(said)
        ):
            return (walk.kind or Kind.RECOMMENDATION), "told"
        return None, ""

    def _gone_on(self, words: str, attribution: Attribution, walk: _Walk) -> tuple[Kind | None, str]:
        """Speech that goes on keeps its kind where the sentence still asks or plans."""
        if attribution.manner is not Manner.ASKING and walk.kind is None:
            return self._weighed(words, walk)
        clauses = _clauses(words)
        kind = walk.kind or Kind.RECOMMENDATION
        if any(ASKED.search(clause) for clause in clauses):
            return Kind.RECOMMENDATION, "asked"
        if any(OUGHT.search(clause) or self._may.search(clause) for clause in clauses):
            return kind, "ought"
        if any(WILL.search(clause) and not DONE.search(clause) for clause in clauses):
            return (kind if attribution.manner is Manner.ASKING else Kind.PLAN), "planned"
        if walk.results:
            return None, ""
        if self._tells_to_do(clauses) and not (
            DONE.search(words) or (LACKING.search(words) and not self._opens_doing(clauses[0]))
        ):
            return kind, "told"
        return None, ""

    def _tells_to_do(self, clauses: list[str]) -> bool:
        """Whether a clause without subject opens with something to be done."""
        following = [*clauses[1:], ""]
        return any(
            self._opens_doing(clause) and not NOMINAL.match(after)
            for clause, after in zip(clauses, following, strict=True)
        )

    def _opens_doing(self, clause: str) -> bool:
        lead = SUBJECTLESS.match(clause)
        doing = self._strong_doing.match(clause, lead.end() if lead else 0)
        return bool(doing) and not NOUN_USE.match(clause, doing.end() if doing else 0)

    # --- what the reporter tells

    def _told(
        self, text: str, index: int, sentence: Sentence, cast: Cast, attribution: Attribution, walk: _Walk
    ) -> Finding | None:
        words = text[sentence.start : sentence.end]
        parties = self._parties(text, sentence, cast, walk)
        agreed = self._agrees(words)
        if (
            len(parties) < 2
            and walk.parties
            and walk.agreed_paragraph == sentence.paragraph
            and FOUNDING.match(words)
        ):
            return self._finding(
                index, Kind.AGREEMENT, walk.parties, AttributionForm.IMPLIED, "agreed", "agreement-goes-on"
            )
        if agreed and len(parties) >= 2 and not ASKED.search(words):
            walk.parties = parties
            walk.party_paragraph = walk.agreed_paragraph = sentence.paragraph
            return self._finding(
                index, Kind.AGREEMENT, parties, AttributionForm.EXPLICIT, "agreed", "parties-and-agreement"
            )
        plan = self._told_plan(text, index, sentence, cast, attribution, walk)
        row = self._row(text, sentence, cast)
        if len(row) >= 2 and row[0].kind is ActorKind.REGION:
            walk.places = row
        if plan is None and len(row) >= 2:
            walk.parties, walk.party_paragraph = row, sentence.paragraph
        return plan

    @staticmethod
    def _row(text: str, sentence: Sentence, cast: Cast) -> tuple[Voice, ...]:
        """The first row of bodies or places that stand side by side: 两江新区、天府新区."""
        row: list[Mention] = []
        for mention in cast.at(sentence.start, sentence.end):
            if mention.kind is ActorKind.PERSON:
                continue
            if (
                row
                and mention.kind is row[-1].kind
                and text[row[-1].end : mention.start] in ("、", "和", "与", "同", "及")
            ):
                row.append(mention)
            elif len(row) >= 2:
                break
            else:
                row = [mention]
        return _unique([_party(mention) for mention in row]) if len(row) >= 2 else ()

    def _agrees(self, words: str) -> bool:
        match = self._agreeing.search(words)
        if match and not re.search(
            r"(?:建议|拟|将|计划|推动|争取|希望|应|要|加快|促成|积极)[^,。]{0,8}$", words[: match.start()]
        ):
            return True
        return bool(self._issued.search(words) or PAIR_AGREES.search(words))

    def _parties(self, text: str, sentence: Sentence, cast: Cast, walk: _Walk) -> tuple[Voice, ...]:
        """Who stands before the verb of agreement: bodies, else places; 双方 are those named before."""
        words = text[sentence.start : sentence.end]
        match = self._agreeing.search(words) or PAIR_AGREES.search(words)
        stop = sentence.start + (match.start() if match else len(words))
        pair = self._pairs.search(words[: stop - sentence.start + 2])
        mentions = [m for m in cast.at(sentence.start, stop) if m.kind is not ActorKind.PERSON]
        titled = bool(self._issued.search(words))
        mentions = [
            m
            for m in mentions
            if titled
            or words.count("《", 0, m.start - sentence.start)
            == words.count("》", 0, m.start - sentence.start)
        ]
        bodies = _unique([_party(m) for m in mentions if m.kind is ActorKind.INSTITUTION])
        places = _unique(
            [voice for m in mentions if m.kind is ActorKind.REGION for voice in self._place_parties(m)]
        )
        if pair and PLACES_MEANT.match(pair[0]) and len(places) < 2:
            return places or walk.places
        if len(bodies) < 2 and match and match[0].startswith("成立"):
            later = [m for m in cast.at(stop, sentence.end) if m.kind is ActorKind.INSTITUTION]
            bodies = _unique([_party(m) for m in later]) or bodies
        if len(bodies) >= 2:
            return bodies
        if pair and pair[0] in ("双方", "各方", "三方", "四方"):
            return (bodies + places)[:4] if len(bodies + places) >= 2 else walk.parties
        if bodies and places and titled is False:
            return _unique(
                [
                    _party(m)
                    for m in mentions
                    if m.kind is ActorKind.INSTITUTION or m.end == stop or text[m.end] in "、和与同,"
                ]
            )
        if len(places) >= 2:
            return places
        return walk.parties if pair and sentence.paragraph - walk.party_paragraph <= 3 else ()

    def _place_parties(self, mention: Mention) -> list[Voice]:
        """A place as a party; 川渝 and 两地 stand for the members of their bloc."""
        members = self._members.get(mention.place or "", ())
        if members:
            return [Voice(name, ActorKind.REGION, mention.start, mention.end) for name, _ in members]
        return [_party(mention)]

    def _told_plan(
        self, text: str, index: int, sentence: Sentence, cast: Cast, attribution: Attribution, walk: _Walk
    ) -> Finding | None:
        words = text[sentence.start : sentence.end]
        clauses = _clauses(words)
        willed = next((clause for clause in clauses if WILL.search(clause) and not DONE.search(clause)), None)
        pair = self._pairs.search(words)
        if PACT.match(words) and walk.parties and sentence.paragraph - walk.agreed_paragraph <= 1:
            kind = Kind.PLAN if willed else Kind.AGREEMENT
            return self._finding(index, kind, walk.parties, AttributionForm.PRONOUN, "agreed", "pact")
        if willed and pair and walk.parties and sentence.paragraph - walk.party_paragraph <= 1:
            return self._finding(
                index, Kind.PLAN, walk.parties, AttributionForm.PRONOUN, "planned", "parties-and-plan"
            )
        goes_on = (
            walk.source_paragraph >= sentence.paragraph - 2
            and self._tells_to_do([TOPIC.sub("", words), *clauses])
            and not DONE.search(words)
        )
        if attribution.source and (willed or goes_on):
            walk.source_paragraph = sentence.paragraph
            return self._finding(
                index, Kind.PLAN, attribution.source, AttributionForm.IMPLIED, "planned", "source-and-plan"
            )
        if willed:
            return self._planned_by_subject(text, index, sentence, cast, willed)
        return None

    def _planned_by_subject(
        self, text: str, index: int, sentence: Sentence, cast: Cast, willed: str
    ) -> Finding | None:
        """重庆高新区将…: the body or place right before the verb plans it."""
        at = text.index(willed, sentence.start)
        match = WILL.search(willed)
        stop = at + (match.start() if match else 0)
        subjects = [
            m for m in cast.at(sentence.start, stop) if m.kind is not ActorKind.PERSON and m.end >= stop - 6
        ]
        if not subjects or not re.fullmatch(
            r"(?:还|也|则|下一步|今年|明年|未来|接下来|,|计划|两地|双方|共同|联合)*",
            text[subjects[-1].end : stop],
        ):
            return None
        return self._finding(
            index, Kind.PLAN, (_party(subjects[-1]),), AttributionForm.EXPLICIT, "planned", "subject-and-plan"
        )

    @staticmethod
    def _finding(
        index: int, kind: Kind, voices: tuple[Voice, ...], form: AttributionForm, cue: str, rule: str
    ) -> Finding:
        return Finding(index, kind, voices, form, round(FORM_WEIGHT[form] * CUE_WEIGHT[cue] * 0.95, 2), rule)


def _clauses(words: str) -> list[str]:
    return [clause for clause in re.split(r"[,;:。!?]", words) if clause]


def _party(mention: Mention) -> Voice:
    return Voice(mention.name, mention.kind, mention.start, mention.end)


def _unique(voices: list[Voice]) -> tuple[Voice, ...]:
    return tuple({voice.name: voice for voice in reversed(voices)}.values())[::-1]
