"""Stage 6: which sentences put something forward, and of what kind.

A sentence is judged by the cues of its clauses: something ought to be done (应, 要, 须), will be done
(将, 下一步), is told to be done (加快…, 建立…), was done (已, 了) or is lacking (不足, 短板).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.extraction.cast import BODY, PLACE, Cast, Mention, innermost
from app.extraction.cues import Cues, split_clauses
from app.extraction.document import Document, Sentence
from app.extraction.rules import alternation
from app.extraction.voices import Attribution, Manner, Voice, voice_of
from app.lexicon import Lexicon
from app.vocabulary import ActorKind, AttributionForm, Kind

FORM_WEIGHT = {
    AttributionForm.EXPLICIT: 0.9,
    AttributionForm.SHORT: 0.88,
    AttributionForm.PRONOUN: 0.87,
    AttributionForm.IMPLIED: 0.85,
    AttributionForm.NONE: 0.4,
}
"""How often the speaker is right who is named so; set by the articles that are only scored."""
CUE_WEIGHT = {"asked": 1.0, "ought": 0.95, "planned": 0.95, "told": 0.9, "agreed": 0.95}
UNASKED = 0.92
"""What speech that only goes on loses where nothing in the sentence asks."""

LISTED = re.compile(
    r"“?(?:[二三四五六七八]是|第[二三四五六七八],|其[二三四五]|[二三四五六七八]要|再一个就?是)"
)
CHARGED = re.compile(r"由[^,。;]{2,16}(?:牵头|负责|承担|分担|出面|统筹|组织|主导|出资|拿出)")
COUNTED_ADVICE = re.compile(
    r"(?:提出|提了|给出|开出|列出|带来|捎来|谈了|讲了)[^,。;:]{0,8}?[一二三四五六七八九十几多\d]+[点条项个](?:方面)?(?:的)?(?:意见|建议|思考|看法|要求|希望|路径|举措|药方|对策|措施|思路|办法|想法)+[。”]*$"
    r"|提(?:出|了)了?(?:一系列|许多|不少|大量|很多|若干|诸多|多[条项]|[^,。;:]{0,8}(?:针对|建设|可行|操作)性)[^,。;:]{0,10}"
    r"(?:意见|建议)+[。”]*$"
)
PAST_PAPERS = re.compile(
    r"曾|此前|去年|前年|以来|累计|连续|已被|多次|多年|历年|[\d一二三四五六七八九十百]+[件份][,、。]"
)
"""Papers of former years, or how many there are: nothing is asked by telling of them."""
SUGGESTS = re.compile(r"能不能|能否|可否|可不可以|是不是可以|是否可以|何不|何妨|不妨")
"""A question that is a wish."""
RESULTS = re.compile(r"已(?!有基)|取得|累计|截至|去年|以来|同比")
"""What a point of a list of wishes does not have."""
ASKS_AGAIN = re.compile(r"^(?:并|还)?(?:建议|呼吁|希望|提议|主张)(?=[^,。:;]{3})")
"""X接过话头,建议…: what is asked begins behind the second verb."""
OF_OTHERS = re.compile(
    r"^(?:[^,。]{0,8},)?(?:双方|两[地市省县]|各[地部级][^,。]{0,6})?要(?!求)|应该|应当|理应|千万不?[要别]|不妨|最好"
)
"""What one says of what others ought to do, even where one tells one's own plans."""
SHORT_POINT = 10
"""Characters of a point that only names what the next sentence tells: 首先是“补关节”。"""
BARE_ANNOUNCEMENT = re.compile(
    r"[^,。;:]{0,12}[,]?(?:我们|我|特|现)?(?:提出)?(?:如下|以下|几点)?(?:建议|提议|希望)(?:如下)?(?:[:。]|——)$"
)
"""为此,建议: — what is asked comes behind it."""
TOPIC = re.compile(r"(?:在)?[^,。;:]{1,24}(?:上|方面|领域|层面|环节|中|下),")
PAIR_AGREES = re.compile(
    r"(?:双方|两地|两省|两市|三地|三省|四地|各方|三方|四方|两省市|两校|两区)(?:还|并|也|共同|一致|就[^,。;]{1,30}|在[^,。;]{1,20}|将)*(?:当场)?(?:明确|决定|商定|约定|同意|达成|签|确定|宣布|敲定)|形成了?[一二三四五六七八九十两几\d]+[点项条个]?(?:重要)?共识|(?:宣布|公布|明确|确定|商定)了?双方[^。]*(?:合作|任务|事项)"
)
PLACES_MEANT = re.compile(r"[两三四五六](?:县市|市|县|区|省)")
PACT = re.compile(
    r"(?:根据|按照|依据)?(?:该|上述|这份|此次)?(?:战略)?(?:合作)?(?:框架)?(?:协议|备忘录|协定|公约|共识|纪要)(?:还|也|同时|并)?(?:内容)?(?:明确|提出|约定|规定|商定|写明|载明|包括|涉及|涵盖|,)"
)
ISSUED = re.compile(r"《[^》]*》[^,。]{0,12}(?:出台|印发|发布|签署)")
NOT_YET = re.compile(
    r"(?:建议|拟|将|计划|推动|争取|希望|(?<!对)应(?!邀)|(?<![主重需])要(?!求)|加快|促成|积极)[^,。]{0,8}$"
    r"|(?:^|[,;:])(?:[^,。;]{0,6}(?:应当?|可以?|支持|鼓励|引导|建议|希望))[^,。;]{0,40}$"
)
"""Before a verb of agreement: it is only wished for."""
PACT_SAYS = re.compile(
    r"[^,。]{0,12}(?:协议|备忘录|协定|公约|共识|纪要)(?:还|也|同时|并)?(?:内容)?(?:明确|提出|约定|规定|商定|写明|载明|包括|涉及|涵盖)"
)
PACT_POINT = re.compile(r"\s*(?:——|[(（]?[一二三四五六七八九十\d]+[)）、.是]|[●◆■])")
PAIRING = (" ", "、", "和", "与", "·", "—", "——", "-", "–")
VISITS = re.compile(r"来到|走进|前往|参观|考察了?|走访|实地|深入|调研了")
"""Behind which a row of bodies is a tour's, and none of them signs."""
GUESTS = re.compile(
    rf"(?:率[^,。;]{{0,12}}?|(?=[{BODY}]){BODY}*)(?:代表团|考察团|党政团|一行)?(?:[^,。;{PLACE}]{{0,4}})"
    rf"(?:赴|来到?|到访?|访问|走进)(?P<host>{PLACE}+)[^,。;]{{0,10}}?(?:考察|访问|学习|对接|调研|洽谈|交流|签|推介|招商|座谈)"
)
"""率党政代表团赴某市考察: two places that meet."""
NEAR_PACT = 4
"""Paragraphs behind the signing in which 协议 is what was signed."""
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
    index: int = 0
    last: int = -9
    """The sentence at hand and that of the last proposal."""
    results: bool = False
    """Whether the speech at hand tells results."""
    names: tuple[str, ...] = ()
    parties: tuple[Voice, ...] = ()
    places: tuple[Voice, ...] = ()
    party_paragraph: int = -9
    agreed_paragraph: int = -9
    pact_paragraph: int = -9
    source_paragraph: int = -9


class ProposalFinder:
    """Finds the proposals among attributed sentences.

    `members` holds the (name, code) of a bloc's provinces by the bloc's code.
    """

    def __init__(self, lexicon: Lexicon, members: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        self._members = members
        self._aliases = lexicon.gazetteer.aliases
        self._cues = Cues(lexicon.proposing)
        self._agreeing = _agreeing(lexicon)
        self._pairs = re.compile(rf"(?:{alternation(lexicon.speech.pair_pronouns)})")
        self._nouns = alternation(lexicon.speech.asking_nouns)
        self._meant = re.compile(
            rf"就[^。]{{8,}}?(?:提出|提交)[^,。]{{0,6}}(?:{self._nouns})"
            rf"|(?:提出|提交)(?!的)[^,。;]{{6,}}(?:{self._nouns})"
        )
        self._empty = re.compile(rf"^[^,。;]{{0,14}}(?:{self._nouns})[了]?[,。:;”]?")

    def find(
        self, document: Document, sentences: tuple[Sentence, ...], cast: Cast, attributions: list[Attribution]
    ) -> tuple[Finding, ...]:
        """The proposals in reading order."""
        walk = _Walk()
        found: list[Finding] = []
        for index, (sentence, attribution) in enumerate(zip(sentences, attributions, strict=True)):
            if document.paragraphs[sentence.paragraph].kind != "body" and not attribution.listed:
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
        walk.index = index
        if not attribution.goes_on or names != walk.names:
            walk.kind, walk.results = None, False
        walk.names = names
        if attribution.rule == "meeting-agrees":
            walk.parties, walk.agreed_paragraph = attribution.voices, sentence.paragraph
            return Finding(
                index, Kind.AGREEMENT, attribution.voices, attribution.form, 0.75, "meeting-agrees/agreed"
            )
        is_pact = (
            attribution.rule == "body-and-verb"
            and attribution.manner is not Manner.ASKING
            and self._agrees(words)
        )
        if attribution.manner is Manner.TELLING or is_pact:
            return self._told(text, index, sentence, cast, attribution, walk)
        kind, cue = self._spoken(words, text[attribution.content : sentence.end], attribution, walk)
        if kind is None:
            return None
        walk.kind, walk.last = kind, index
        confidence = FORM_WEIGHT[attribution.form] * CUE_WEIGHT[cue]
        if attribution.form is AttributionForm.IMPLIED and cue != "asked":
            confidence *= UNASKED
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
        if BARE_ANNOUNCEMENT.match(words):
            return None, ""
        if words.rstrip("”’").endswith("?"):
            if SUGGESTS.search(words):
                return Kind.RECOMMENDATION, "asked"
            if attribution.goes_on or not self._cues.asked.search(words):
                return None, ""
        if attribution.manner is Manner.FINDING and not self._cues.asked.search(content):
            walk.results = True
            return None, ""
        if attribution.rule == "arrangement":
            return (None, "") if self._cues.done.search(words) else (Kind.PLAN, "planned")
        if (
            attribution.listed
            and attribution.manner is Manner.ASKING
            and len(words) > SHORT_POINT
            and not RESULTS.search(words)
        ):
            return Kind.RECOMMENDATION, "asked"
        if attribution.goes_on:
            return self._gone_on(words, attribution, walk)
        said = content if len(content) > 8 or not words.startswith("“") else words
        quoted = words[: words.find("”")] if words.startswith("“") and "”" in words else ""
        if attribution.manner is Manner.ASKING:
            if attribution.rule == "quote-before-speaker" and self._describes(words):
                return None, ""
            return self._asked(words, content, quoted)
        at = attribution.voices[0].end if attribution.voices else 0
        told = (
            words[max(0, at - attribution.content + len(words) - len(content)) :]
            if not quoted and at
            else words
        )
        if self._meant.search(told) and not (COUNTED_ADVICE.search(words) or PAST_PAPERS.search(words)):
            return Kind.RECOMMENDATION, "asked"
        kind, cue = self._weighed(f"{quoted},{said}" if quoted else said, walk)
        walk.results = kind is None and bool(self._cues.results.search(words))
        return (None, "") if cue == "told" and not attribution.voices else (kind, cue)

    def _describes(self, words: str) -> bool:
        """Whether a quotation only tells how things are, the asking coming behind it."""
        clauses = split_clauses(words)
        cues = (self._cues.ought, self._cues.asked, self._cues.will, self._cues.may)
        return not (any(cue.search(words) for cue in cues) or self._cues.tell_to_do(clauses))

    def _asked(self, words: str, content: str, quoted: str) -> tuple[Kind | None, str]:
        """After 建议: a recommendation, unless nothing follows that says what."""
        if COUNTED_ADVICE.search(words) and not self._cues.ought.search(words):
            return None, ""
        rest = ASKS_AGAIN.sub("", content.strip("。,:;”“ "))
        if self._wills_before_asking(rest):
            return Kind.PLAN, "planned"
        if len(rest) >= 4 and not (self._empty.match(rest) and len(rest) < 12):
            return Kind.RECOMMENDATION, "asked"
        if self._meant.search(words) or (quoted and self._weighed(quoted, _Walk())[0]):
            return Kind.RECOMMENDATION, "asked"
        return None, ""

    def _wills_before_asking(self, said: str) -> bool:
        """Whether what is said first tells what will be done, and asks others only then: 将…,希望…."""
        asking = self._cues.asked.search(said)
        return asking is not None and any(map(self._cues.wills, split_clauses(said[: asking.start()])))

    def _weighed(self, said: str, walk: _Walk) -> tuple[Kind | None, str]:
        """Reported speech by its own words."""
        clauses = split_clauses(said)
        if not clauses:
            return None, ""
        if any(self._cues.asked.search(clause) for clause in clauses):
            return Kind.RECOMMENDATION, "asked"
        willed = [clause for clause in clauses if self._cues.wills(clause)]
        ought = self._cues.bound(clauses)
        if (
            self._cues.next.match(clauses[0].lstrip("“"))
            and (willed or ought or self._cues.tell_to_do(clauses))
        ) or (willed and not ought and self._cues.next.search(said)):
            return Kind.PLAN, "planned"
        if ought and not self._cues.wills_first(said):
            return (walk.kind or Kind.RECOMMENDATION), "ought"
        if willed:
            return Kind.PLAN, "planned"
        if walk.results:
            return None, ""
        if (
            self._cues.open_doing(clauses[-1])
            and self._cues.tell_to_do(clauses)
            and not self._cues.done.search(said)
            and not self._cues.lacking.search(said)
        ):
            return (walk.kind or Kind.RECOMMENDATION), "told"
        return None, ""

    def _gone_on(self, words: str, attribution: Attribution, walk: _Walk) -> tuple[Kind | None, str]:
        """Speech that goes on keeps its kind where the sentence still asks or plans."""
        if attribution.manner is Manner.PLANNING:
            return self._planned(words)
        if attribution.manner is not Manner.ASKING and walk.kind is None:
            return self._weighed(words, walk)
        clauses = split_clauses(words)
        kind = walk.kind or Kind.RECOMMENDATION
        wills = any(map(self._cues.wills, clauses))
        if any(self._cues.asked.search(clause) for clause in clauses):
            return Kind.RECOMMENDATION, "asked"
        if any(map(self._cues.wills_oneself, clauses)):
            return Kind.PLAN, "planned"
        if wills and (
            self._cues.next.match(words)
            or (attribution.manner is Manner.SAYING and self._cues.next.search(words))
        ):
            return Kind.PLAN, "planned"
        if attribution.manner is Manner.ASKING:
            kind = Kind.RECOMMENDATION
        if self._cues.bound(clauses):
            return (Kind.RECOMMENDATION if OF_OTHERS.search(words) else kind), "ought"
        goes_on = walk.kind and walk.last == walk.index - 1
        if goes_on and (LISTED.match(words) or CHARGED.search(words)) and not self._cues.done.search(words):
            return kind, "told"
        if wills:
            asked = attribution.manner is Manner.ASKING or (
                walk.kind is Kind.RECOMMENDATION and not any(map(self._cues.wills_firmly, clauses))
            )
            return (kind if asked else Kind.PLAN), "planned"
        if walk.results:
            return None, ""
        if self._cues.tell_to_do(clauses) and not (
            self._cues.done.search(words)
            or (self._cues.lacking.search(words) and not self._cues.open_doing(clauses[0]))
        ):
            return kind, "told"
        return None, ""

    def _planned(self, words: str) -> tuple[Kind | None, str]:
        """A sentence under a heading of plans: what is to be done, or aimed at."""
        told = len(words) > SHORT_POINT and not words.endswith(":") and not words.endswith("?")
        facts = self._cues.done.search(words) or self._cues.lacking.search(words)
        return (Kind.PLAN, "planned") if told and not facts else (None, "")

    # --- what the reporter tells

    def _told(
        self, text: str, index: int, sentence: Sentence, cast: Cast, attribution: Attribution, walk: _Walk
    ) -> Finding | None:
        words = text[sentence.start : sentence.end]
        if self._is_pact_point(text, sentence, walk):
            return self._finding(
                index, Kind.AGREEMENT, walk.parties, AttributionForm.IMPLIED, "agreed", "point-of-a-pact"
            )
        agreed = self._agrees(words)
        goes_on = (
            walk.parties and walk.agreed_paragraph == sentence.paragraph and FOUNDING.match(words) is not None
        )
        if guests := self._guests(text, sentence, cast):
            walk.parties = walk.places = guests
            walk.party_paragraph = sentence.paragraph
        parties = self._parties(text, sentence, cast, walk) if agreed or goes_on else ()
        if goes_on and len(parties) < 2:
            return self._finding(
                index, Kind.AGREEMENT, walk.parties, AttributionForm.IMPLIED, "agreed", "agreement-goes-on"
            )
        of_pact = walk.parties and self._is_of_pact(words, sentence, walk)
        if agreed and len(parties) >= 2 and not of_pact and not self._cues.asked.search(words):
            walk.parties = parties
            walk.party_paragraph = walk.agreed_paragraph = sentence.paragraph
            return self._finding(
                index, Kind.AGREEMENT, parties, AttributionForm.EXPLICIT, "agreed", "parties-and-agreement"
            )
        plan = self._told_plan(text, index, sentence, cast, attribution, walk)
        row = self._row(text, sentence, cast)
        if len(row) >= 2 and row[0].kind is ActorKind.REGION:
            walk.places = row
        if plan is None and len(row) >= 2 and not VISITS.search(words):
            walk.parties, walk.party_paragraph = row, sentence.paragraph
        return plan

    @staticmethod
    def _is_of_pact(words: str, sentence: Sentence, walk: _Walk) -> bool:
        """Whether it tells what was signed shortly before: 根据协议,双方将…."""
        return bool(PACT.match(words)) and sentence.paragraph - walk.agreed_paragraph <= NEAR_PACT

    def _guests(self, text: str, sentence: Sentence, cast: Cast) -> tuple[Voice, ...]:
        """The two places of a visit: of those who come, and of those they come to; () where none is told."""
        visit = GUESTS.search(cast.coded, sentence.start, sentence.end)
        if not visit:
            return ()
        before = [m for m in cast.at(sentence.start, visit.start("host")) if m.kind is not ActorKind.PERSON]
        home = next((m for m in before if m.place), None)
        host = innermost(cast.at(*visit.span("host")))[-1]
        if home is None or home.place == host.place:
            return ()
        return self._as_place(text, home), voice_of(host)

    def _as_place(self, text: str, mention: Mention) -> Voice:
        """The innermost place a body's name begins with: 玉溪市 of 云南省玉溪市委."""
        if mention.kind is ActorKind.REGION:
            return voice_of(mention)
        start = end = mention.start
        while (following := self._place_end(text, end, mention.end)) is not None:
            start, end = end, following
        return Voice(text[start:end], ActorKind.REGION, start, end)

    def _place_end(self, text: str, start: int, stop: int) -> int | None:
        """Where the longest name of a place that begins there ends."""
        return next((end for end in range(stop, start + 1, -1) if text[start:end] in self._aliases), None)

    @staticmethod
    def _is_pact_point(text: str, sentence: Sentence, walk: _Walk) -> bool:
        """Whether the sentence tells a point of the list behind 根据协议,双方将在以下方面开展合作:."""
        if sentence.paragraph - walk.pact_paragraph > 1:
            return False
        opens = text[sentence.start - 1 : sentence.start] in ("", "\n")
        if opens and not PACT_POINT.match(text, sentence.start):
            walk.pact_paragraph = -9
            return False
        walk.pact_paragraph = sentence.paragraph
        return sentence.end - sentence.start > SHORT_POINT

    @staticmethod
    def _row(text: str, sentence: Sentence, cast: Cast) -> tuple[Voice, ...]:
        """The first row of bodies or places that stand side by side: 两江新区、天府新区."""
        row: list[Mention] = []
        for mention in cast.at(sentence.start, sentence.end):
            if mention.kind is ActorKind.PERSON:
                continue
            if row and mention.kind is row[-1].kind is ActorKind.REGION and mention.start == row[-1].end:
                row[-1] = mention
                continue
            if (
                row
                and mention.kind is row[-1].kind
                and text[row[-1].end : mention.start] in ("、", "和", "与", "同", "及", "·", "—", "-")
            ):
                row.append(mention)
            elif len(row) >= 2:
                break
            else:
                row = [mention]
        return _unique([voice_of(mention) for mention in row]) if len(row) >= 2 else ()

    def _agrees(self, words: str) -> bool:
        match = self._agreeing.search(words)
        if self._cues.next.match(words):
            return False
        if match and not NOT_YET.search(words, 0, match.start()):
            return True
        return bool(ISSUED.search(words) or PAIR_AGREES.search(words))

    def _parties(self, text: str, sentence: Sentence, cast: Cast, walk: _Walk) -> tuple[Voice, ...]:
        """Who stands before the verb of agreement: bodies, else places; 双方 are those named before."""
        words = text[sentence.start : sentence.end]
        match = self._agreeing.search(words) or PAIR_AGREES.search(words)
        stop = sentence.start + (match.start() if match else len(words))
        pair = self._pairs.search(words[: stop - sentence.start + 2])
        mentions = [m for m in cast.at(sentence.start, stop) if m.kind is not ActorKind.PERSON]
        titled = bool(ISSUED.search(words))
        mentions = [
            m
            for m in mentions
            if titled
            or words.count("《", 0, m.start - sentence.start)
            == words.count("》", 0, m.start - sentence.start)
        ]
        if len(signing := self._title_parties(text, sentence, cast)) > 1:
            return signing
        bodies = _unique([voice_of(m) for m in mentions if m.kind is ActorKind.INSTITUTION])
        meant = [m for m in mentions if not (walk.places and self._pairs.fullmatch(m.name))]
        places = _unique(
            [
                voice
                for m in innermost(tuple(meant))
                if m.kind is ActorKind.REGION
                for voice in self._place_parties(m)
            ]
        )
        if pair and len(places) < 2 and walk.places:
            places = walk.places
        if pair and PLACES_MEANT.match(pair[0]) and len(bodies) < 2 and len(places) < 2:
            return places or walk.places or _places_of(walk.parties)
        if len(bodies) < 2 and match and match[0].startswith("成立"):
            later = [m for m in cast.at(stop, sentence.end) if m.kind is ActorKind.INSTITUTION]
            bodies = _unique([voice_of(m) for m in later]) or bodies
        if len(bodies) >= 2:
            return bodies
        if pair and pair[0] in ("双方", "各方", "三方", "四方"):
            return (bodies + places)[:4] if len(bodies + places) >= 2 else walk.parties
        if bodies and places and titled is False:
            return _unique(
                [
                    voice_of(m)
                    for m in mentions
                    if m.kind is ActorKind.INSTITUTION or m.end == stop or text[m.end] in "、和与同,"
                ]
            )
        if len(places) >= 2:
            return places
        return walk.parties if pair and sentence.paragraph - walk.party_paragraph <= 3 else ()

    @staticmethod
    def _title_parties(text: str, sentence: Sentence, cast: Cast) -> tuple[Voice, ...]:
        """The bodies that the title of what is signed begins with: 《云南省政府 贵州省政府关于…协议》."""
        title = re.compile("《([^》]+)》").search(text, sentence.start, sentence.end)
        if not title:
            return ()
        named = innermost(tuple(m for m in cast.at(*title.span(1)) if m.kind is not ActorKind.PERSON))
        if not named or named[0].start != title.start(1):
            return ()
        row = list(named[:1])
        for mention in named[1:]:
            if mention.kind is not row[-1].kind or text[row[-1].end : mention.start] not in PAIRING:
                break
            row.append(mention)
        return _unique([voice_of(m) for m in row])

    def _place_parties(self, mention: Mention) -> list[Voice]:
        """A place as a party; 川渝 and 两地 stand for the members of their bloc."""
        members = self._members.get(mention.place or "", ())
        if members:
            return [Voice(name, ActorKind.REGION, mention.start, mention.end) for name, _ in members]
        return [voice_of(mention)]

    def _told_plan(
        self, text: str, index: int, sentence: Sentence, cast: Cast, attribution: Attribution, walk: _Walk
    ) -> Finding | None:
        mentions = cast.at(sentence.start, sentence.end)
        if not (attribution.source or walk.parties or any(m.kind is not ActorKind.PERSON for m in mentions)):
            return None  # nobody whose plan it could be
        words = text[sentence.start : sentence.end]
        if words.rstrip("”").endswith("?"):
            return None
        clauses = split_clauses(words)
        willed = next(filter(self._cues.wills, clauses), None)
        pair = self._pairs.search(words)
        if walk.parties and self._is_of_pact(words, sentence, walk):
            walk.agreed_paragraph = sentence.paragraph
            if words.endswith(":"):
                walk.pact_paragraph = sentence.paragraph
            kind = Kind.AGREEMENT if PACT_SAYS.match(words) else Kind.PLAN
            return self._finding(index, kind, walk.parties, AttributionForm.PRONOUN, "agreed", "pact")
        if willed and pair and walk.parties and sentence.paragraph - walk.party_paragraph <= 1:
            return self._finding(
                index, Kind.PLAN, walk.parties, AttributionForm.PRONOUN, "planned", "parties-and-plan"
            )
        goes_on = (
            walk.source_paragraph >= sentence.paragraph - 2
            and self._cues.tell_to_do([TOPIC.sub("", words), *clauses])
            and not self._cues.done.search(words)
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
        match = self._cues.will.search(willed)
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
            index,
            Kind.PLAN,
            (voice_of(subjects[-1]),),
            AttributionForm.EXPLICIT,
            "planned",
            "subject-and-plan",
        )

    @staticmethod
    def _finding(
        index: int, kind: Kind, voices: tuple[Voice, ...], form: AttributionForm, cue: str, rule: str
    ) -> Finding:
        return Finding(index, kind, voices, form, round(FORM_WEIGHT[form] * CUE_WEIGHT[cue] * 0.95, 2), rule)


def _agreeing(lexicon: Lexicon) -> re.Pattern[str]:
    """签署…协议, 成立…工作组, …联盟成立."""
    agreeing, agreed = alternation(lexicon.proposing.agreeing), alternation(lexicon.proposing.agreed)
    founded = "工作组|联盟|小组|委员会|专班|联席会议|合作体"
    return re.compile(
        rf"(?:{agreeing})(?:了|的)?(?=[^,。;]{{0,60}}?(?:{agreed}))"
        rf"|成立(?=[^,。;]{{0,30}}?(?:{founded}))"
        "|(?<=工作小组|领导小组)成立|(?<=工作组|委员会)成立|(?<=联盟|专班)成立"
    )


def _places_of(parties: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """The places whose governments these are: 四市 behind 运城、临汾、渭南、三门峡四市政府."""
    if not parties or not all(party.name.endswith("政府") for party in parties):
        return ()
    return tuple(
        party._replace(name=party.name.removesuffix("人民政府").removesuffix("政府"), kind=ActorKind.REGION)
        for party in parties
    )


def _unique(voices: list[Voice]) -> tuple[Voice, ...]:
    return tuple({voice.name: voice for voice in reversed(voices)}.values())[::-1]
