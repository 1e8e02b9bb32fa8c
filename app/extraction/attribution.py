"""Stage 5: who speaks in each sentence.

The sentences are walked in reading order. A frame (speaker + verb of speech) in the sentence decides;
else a pronoun, a quotation that a frame follows, or the speech before that goes on. Headings,
narration and new speakers reset.
"""

import re
from dataclasses import dataclass, replace

from app.extraction.cast import BODY, PERSON, Cast, innermost
from app.extraction.cues import Cues, split_clauses
from app.extraction.document import Document, Sentence
from app.extraction.frames import (
    ANSWERS,
    ARRANGED,
    FIRST_POINT,
    INTERVIEWEE,
    ISSUES,
    LABEL,
    MEETING,
    MEETING_AGREES,
    MEETS,
    ORDINAL,
    PAPER_OF,
    ROW,
    Frames,
)
from app.extraction.papers import (
    LEAVES,
    is_reply,
    printed_speeches,
    section_manner,
    signed_quotations,
    suggestions_begin,
)
from app.extraction.voices import SILENT, UNREAD, Attribution, Manner, Voice, voice_of
from app.lexicon import Lexicon
from app.vocabulary import ActorKind, AttributionForm

TOPIC = re.compile(r"(?:在)?[^,。;:]{1,24}(?:上|方面|领域|层面|环节),")
PUTS_FORWARD = re.compile(r"[,:](?![^,。]{0,14}(?:问题|疑问|质疑|目前|当前|存在|已))")
BARE_ASKING = re.compile(
    r"“?(?:建议|呼吁|希望|提议)"
    r"(?!中(?![央国小部西东心科等])|里|书|稿|案|的|还附|附有|指出|提到|认为|写道|由[^,。]{2,12}(?:主办|承办|办理)|提上|交办|是|已|被|得到)"
)
ANNOUNCES = re.compile(
    r"(?:[::]|(?:建议|如下)——|如下[。:]|[点条项个剂味](?:方面)?(?:的)?(?:意见|建议|思考|看法|要求|希望|举措|对策|措施|想法|路径|药方|诉求|思路|办法|良方)[。:])[”’]?$"
)
"""A sentence behind which a list follows: 建议如下:, 提出三点建议。"""
LIST_ITEM = re.compile(
    r"[“—–\-]*\s*(?:[一二三四五六七八九十][是要、则]|[(（]?[一二三四五六七八九十\d]+[)）、..]|第[一二三四五六七八九十]|首先|其[一二三四次]|再次|再者|最后|同时|此外|另外|——)"
)
COUNTED = re.compile(
    r"[一二三四五六七八九十几多\d]+[点条项个](?:方面)?(?:的)?(?:意见|建议|要求|希望|对策|措施)[。:]"
)
REPORTED = re.compile(
    r"记者|采访|会议|据了解|据悉|大家|与会|网友|市民|签署|签订|签约|签下|达成[^,。]{0,8}协议|揭牌|出席"
)
"""What only a reporter's own sentence has."""
PAPER_ITEM = re.compile(
    r"第[一二三四五六七八九十](?:件|份|项)?(?:建议|提案|议案)?[,:]?(?:是)?(?:《?关于)[^。]{4,60}的(?:建议|议案|提案)》?[。,]?"
)
"""第一件,关于…的建议。: the delegation's paper is told from there on."""
REPORTER_OPENS = re.compile(
    r"(?:据了解|据悉|当天|当日|昨日|会上|活动|[^,。;]{0,6}(?:研讨会|论坛|闭幕式|开幕式|仪式|座谈会|推介会|现场)上,|采访|讨论结束|会议结束)"
)
ATTENDS = re.compile("参加|出席|列席|到会")
"""Those who attend a meeting do not hold it."""
PACT_OPENS = re.compile(r"(?:根据|按照|依据)(?:该|上述|这份|双方|框架|合作)*(?:协议|共识|备忘录|协定)[,书]")
"""根据协议,…: what was signed is told, by nobody who spoke before."""
SIGNERS = re.compile(
    rf"(?P<row>{PERSON}+(?:(?:、|和){PERSON}+)*)等(?:\d+|[一二三四五六七八九十]+)?(?:名|位)[^,。]{{0,6}}$"
)
"""P、P等12名: those who sign a paper together."""
LISTS = ("lists", "pronoun_lists", "has", "pronoun_has")
"""The wordings of Frames.seeing that announce a list of what is wished."""
EDITORS = re.compile(
    r"【?(?:编后|编者|编辑|相关链接|新闻链接|链接|背景|名词解释|延伸阅读|记者手记|采访手记|短评|评论)"
)
"""A heading behind which those who made the page speak, or nobody."""
WISHED = re.compile(r"的(?:想法|设想|思路|主张|办法|方案|建议|期待|愿望|做法|药方)[^的]{0,6}(?:是|:|——)$")
"""P的设想是: what follows is what P wishes; P的看法是 is only what P thinks."""
WE = re.compile(r"(?:鉴于[^。,]*,|为此,|下一步,|目前,|对此,)*(?:我们|我[局市省委县区校院办厅])")
OF_HIM = re.compile(r"[^,。“”]{0,4}?,?[他她](?![们人国乡])")
MY_VIEW = re.compile(
    r"(?:所以|因此|但|不过)?,?我(?:的(?:想法|看法|建议|意见|主张|思路)|觉得|认为|建议|希望|主张|呼吁)"
)
SEATED = ("人大", "政协")
"""Bodies whose 代表 and 委员 sit in them and do not speak for them."""
NO_SUBJECT = re.compile(r"(?:[由请向与对从给让报经被]|会同|联合|支持|协调|推动|建议|希望)$")
"""由B牵头编制…,明确…: a body behind one of these does not speak."""
OWN_WILL = re.compile("我们|我[省市区县局厅委校院司]|(?<![即])将|拟|计划|力争")
TREATY = re.compile(r"签署|签订|签约|签下|共同发布|联合发布|揭牌")
OPENING_NAME = re.compile(rf"(?:[^。,:;“”{PERSON}]{{2,30}})?(?P<person>{PERSON}+)")
FIRST_PERSON = 12
"""Characters of a quotation among which 我 says that somebody tells of himself."""
UNREAD_LABEL = re.compile(r"(?<![^\n])[一-鿿]{2,4}(?:委员|常委|代表|教授|院士)(?:\([^()]{1,40}\))?:")
"""Whoever is named so at the head of a paragraph, the one before has ended."""
SOMEBODY = re.compile(
    "(?:有|市民|网友|居民|村民|群众|读者|听众|听友|另?[一几]位|另?[一几]名|不少|一些|某|在场|邻座)"
)
"""一位代表说: whoever he is, he is not named."""
PAPERS = frozenset(["调研报告", "通知", "意见", "方案", "报告", "文件", "纲要", "规划"])
"""What an office issues, and speaks by."""
NEAR_MARK = 60
"""Characters behind a semicolon in which another speaker takes up the word."""
PASSAGE = 3
"""Paragraphs of narration over which someone who has asked for something still has the floor."""
OUGHT = re.compile(r"^[^,。;]{0,16}(?:应(?!用|对|急)|要(?!求|素)|必须|需要|须)")


@dataclass(slots=True)
class _State:
    """The speech at hand while walking."""

    voices: tuple[Voice, ...] = ()
    manner: Manner = Manner.TELLING
    paragraph: int = -1
    last_person: Voice | None = None
    person_paragraph: int = -1
    delegation: Voice | None = None
    delegation_paragraph: int = -9
    quote_open: bool = False
    sole: Voice | None = None
    """The only person the article names, or None."""
    answerer: Voice | None = None
    """The person who answers in an interview, or None outside of one."""
    monologue: tuple[Voice, ...] = ()
    """Whose paper or speech the text is; empty where a reporter tells."""
    own: frozenset[str] = frozenset()
    """Who is named where it says whose paper or speech it is."""
    announcement: int = -1
    """Where the paper at hand says that its suggestions follow, -1 where it never does."""
    answers: bool = False
    """Whether the paper is a reply to one."""
    section: Manner | None = None
    """How the section of the paper at hand is to be read, by its heading; None where it does not say."""
    of_meeting: bool = False
    """Whether the speech is a meeting's, which does not go on into the next paragraph."""
    subject: tuple[Voice, ...] = ()
    """The body that opened the paragraph at hand, or the last one that opened any."""
    subject_paragraph: int = -1
    officials: tuple[Voice, ...] = ()
    """The bodies whose officials were named last without speaking."""
    source: tuple[Voice, ...] = ()
    issuer: tuple[Voice, ...] = ()
    """Who issued the plan or notice spoken of last."""
    author: tuple[Voice, ...] = ()
    """Whose paper (提案, 书面发言) was spoken of last."""
    meeting: tuple[Voice, ...] = ()
    """Who held the meeting the article is about."""
    floor: tuple[Voice, ...] = ()
    """Who asked last; narration that names nobody else does not take it from them."""
    floor_paragraph: int = -9
    announced: bool = False
    """Whether a list of what is asked was announced and goes on."""


class Attributor:
    """Says for every sentence who speaks."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._frames = Frames(lexicon)
        self._cues = Cues(lexicon.proposing)
        self._asking_words = frozenset(lexicon.speech.asking)
        self._finding_words = frozenset(lexicon.speech.finding)

    def attribute(self, document: Document, sentences: tuple[Sentence, ...], cast: Cast) -> list[Attribution]:
        """One attribution a sentence."""
        sole = _sole(cast)
        state = _State(sole=sole)
        speeches = printed_speeches(document, cast)
        signed = signed_quotations(document, cast)
        found: list[Attribution] = []
        for index, sentence in enumerate(sentences):
            paragraph = document.paragraphs[sentence.paragraph]
            if sentence.paragraph in speeches:
                following = min((index for index in speeches if index > sentence.paragraph), default=None)
                end = document.paragraphs[following].start if following else len(document.text)
                state = _State(
                    sole=sole,
                    monologue=speeches[sentence.paragraph],
                    announcement=suggestions_begin(document, sentence.end, end),
                    answers=is_reply(document, sentence.paragraph),
                    own=frozenset(m.name for m in cast.at(sentence.start, sentence.end)),
                )
                found.append(SILENT)
                continue
            if signer := signed.get(sentence.paragraph):
                said = Attribution(
                    (signer,), AttributionForm.SHORT, Manner.SAYING, sentence.start, "signed-quotation"
                )
                found.append(said)
                self._note(document.text, sentence, cast, said, state)
                continue
            if state.monologue and LEAVES.match(document.text, sentence.start):
                state = _State(sole=sole)
            if paragraph.kind != "body" and not self._is_item(document.text, sentence, paragraph.kind, state):
                self._pass_heading(document.text, sentence, paragraph.kind, cast, state)
                found.append(SILENT)
                continue
            attribution = self._speaks(document, sentences, index, cast, state)
            if not attribution.voices and state.source:
                attribution = replace(attribution, source=state.source)
            found.append(attribution)
            self._note(document.text, sentence, cast, attribution, state)
        return found

    @staticmethod
    def _is_item(text: str, sentence: Sentence, kind: str, state: _State) -> bool:
        """Whether a line with a list mark is a point of the list that was announced."""
        near = state.announced and bool(state.voices) and sentence.paragraph - state.paragraph <= 1
        return near and (kind == "bullet" or bool(LIST_ITEM.match(text, sentence.start)))

    @staticmethod
    def _pass_heading(text: str, sentence: Sentence, kind: str, cast: Cast, state: _State) -> None:
        """A heading ends the speech at hand; one that names an interviewee begins theirs."""
        if state.monologue:
            words = text[sentence.start : sentence.end]
            state.section = section_manner(words)
            if state.answers and state.section is Manner.ASKING:
                state.section = None  # the heading names what was asked of the one who answers
        if state.monologue and EDITORS.match(text, sentence.start):
            state.monologue = ()
        if kind != "heading" or ORDINAL.match(text, sentence.start):
            return
        if set(cast.coded[sentence.start : sentence.end]) == {BODY}:
            state.author = tuple(map(voice_of, cast.at(sentence.start, sentence.end)))[:1]
        state.voices, state.manner, state.quote_open = (), Manner.TELLING, False
        state.floor, state.announced = (), False
        if (
            state.meeting
            and not state.monologue
            and section_manner(text[sentence.start : sentence.end]) is Manner.PLANNING
        ):
            state.voices, state.manner = state.meeting, Manner.PLANNING
            state.paragraph = sentence.paragraph
        speaker = INTERVIEWEE.match(cast.coded, sentence.start, sentence.end)
        if speaker:
            state.answerer = voice_of(cast.at(*speaker.span("person"))[0])
            state.voices, state.manner = (state.answerer,), Manner.SAYING
            state.paragraph = sentence.paragraph

    def _speaks(
        self, document: Document, sentences: tuple[Sentence, ...], index: int, cast: Cast, state: _State
    ) -> Attribution:
        sentence = sentences[index]
        labelled = self._labelled(sentence, cast, state)
        if labelled:
            return labelled
        decided = self._decided(sentence, cast, state)
        if decided:
            return decided
        framed = self._framed(document.text, sentence, cast, state)
        if framed and state.monologue and framed.voices and {v.name for v in framed.voices} <= state.own:
            return replace(framed, voices=state.monologue)  # 民盟省委会认为…, says its member
        if framed:
            return framed
        own = self._back_to_paper(document.text, sentence, state)
        if own:
            return own
        kind = document.paragraphs[sentence.paragraph].kind
        listed = self._listed_point(document.text, sentence, kind, state)
        if listed:
            return listed
        quoted = self._quoted(document, sentences, index, cast, state)
        if quoted:
            return quoted
        place = cast.coded, sentence.start, sentence.end
        if (
            self._frames.verb.search(*place)
            and self._frames.nameless.match(*place)
            and not (state.monologue and document.text.startswith("我", sentence.start))
        ):
            return SILENT
        if self._leads_in(document.text, sentences, index, cast, state):
            return SILENT
        return self._going(document, sentence, cast, state)

    def _leads_in(
        self, text: str, sentences: tuple[Sentence, ...], index: int, cast: Cast, state: _State
    ) -> bool:
        """Whether a paragraph's first sentence leads the reader to another speaker, who follows at once."""
        sentence = sentences[index]
        if sentence.paragraph == state.paragraph or index + 1 == len(sentences):
            return False
        following = sentences[index + 1]
        if following.paragraph != sentence.paragraph:
            return False
        framed = self._framed(text, following, cast, state)
        here = {voice.name for voice in state.voices}
        return framed is not None and bool(framed.voices) and framed.voices[0].name not in here

    # --- interviews and speeches printed whole

    def _labelled(self, sentence: Sentence, cast: Cast, state: _State) -> Attribution | None:
        """司马青:… · 答:… · 记者:… at the head of a paragraph of an interview."""
        label = LABEL.match(cast.coded, sentence.start, sentence.end)
        if not label:
            return UNREAD if UNREAD_LABEL.match(cast.coded, sentence.start, sentence.end) else None
        if label["asks"] or label["told"]:
            state.voices, state.manner = (), Manner.TELLING
            return SILENT
        group = "posted" if label["posted"] else 0
        mentions = cast.at(*label.span(group))
        voice = voice_of(mentions[0]) if mentions else state.answerer or state.last_person or state.sole
        if voice is None:
            return None
        if label["office"]:
            if state.monologue:  # the answer to a printed paper, down to the end
                state.monologue, state.announcement, state.section = (voice,), -1, None
            return Attribution((voice,), AttributionForm.EXPLICIT, Manner.SAYING, label.end(), "label")
        state.answerer = voice
        return Attribution((voice,), AttributionForm.SHORT, Manner.SAYING, label.end(), "label")

    @staticmethod
    def _decided(sentence: Sentence, cast: Cast, state: _State) -> Attribution | None:
        """会议商定…: agreed by those who meet; 按照今年的工作安排,…: planned by the office that met."""
        place = sentence.start, sentence.end
        if state.delegation and (item := PAPER_ITEM.match(cast.coded, *place)):
            return Attribution(
                (state.delegation,),
                AttributionForm.IMPLIED,
                Manner.ASKING,
                item.end(),
                "item-of-a-delegation",
            )
        if len(state.meeting) > 1 and (agreed := MEETING_AGREES.match(cast.coded, *place)):
            form, manner, rule = AttributionForm.PRONOUN, Manner.TELLING, "meeting-agrees"
        elif len(state.meeting) == 1 and (agreed := ARRANGED.match(cast.coded, *place)):
            form, manner, rule = AttributionForm.IMPLIED, Manner.SAYING, "arrangement"
        else:
            return None
        return Attribution(state.meeting, form, manner, agreed.end(), rule)

    # --- frames: a speaker and a verb of speech in the sentence itself

    def _framed(self, text: str, sentence: Sentence, cast: Cast, state: _State) -> Attribution | None:
        coded = cast.coded[sentence.start : sentence.end]
        seeing = self._frames.seeing.search(coded)
        if seeing:
            voice = self._seen(seeing, sentence, cast, state)
            content = sentence.start + (0 if seeing["between"] else seeing.end())
            wished = WISHED.search(seeing[0]) or seeing.lastgroup in LISTS
            manner = Manner.ASKING if wished else Manner.SAYING
            if voice:
                return Attribution((voice,), AttributionForm.SHORT, manner, content, "in-the-eyes-of")
        if not self._frames.verb.search(coded):
            return None
        for match in self._frames.speech.finditer(coded):
            if _inside_quotes(coded, match.start()):
                continue
            if (match["body"] or match["official"]) and NO_SUBJECT.search(
                coded, max(0, match.start() - 3), match.start()
            ):
                continue
            if match["body"] and self._frames.posted.match(coded, match.end("body")):
                if self._frames.posted_speaks.match(coded, match.end("body")):
                    return UNREAD
                continue
            resolved = self._resolve(text, sentence, match, cast, state)
            if resolved is None:
                continue
            if match["official"] and self._frames.named.match(coded, match.end("official")):
                return UNREAD
            voices, form, rule = resolved
            voices += self._joining(text, sentence, match, cast, state)
            manner = self._manner(coded, match)
            return Attribution(voices, form, manner, sentence.start + match.end(), rule)
        unread = self._frames.unread_speaks.search(coded)
        return UNREAD if unread and not _inside_quotes(coded, unread.start()) else None

    def _joining(
        self, text: str, sentence: Sentence, first: re.Match[str], cast: Cast, state: _State
    ) -> tuple[Voice, ...]:
        """Who speaks in the clauses behind: A建议…;B提出…."""
        coded = cast.coded[sentence.start : sentence.end]
        mark = coded.find(";", first.end())
        voices: tuple[Voice, ...] = ()
        while mark >= 0:
            match = self._frames.speech.search(coded, mark, mark + NEAR_MARK)
            if match and (match["person"] or match["body"]) and not _inside_quotes(coded, match.start()):
                resolved = self._resolve(text, sentence, match, cast, state)
                voices += resolved[0] if resolved else ()
            mark = coded.find(";", mark + 1)
        return voices

    @staticmethod
    def _seen(match: re.Match[str], sentence: Sentence, cast: Cast, state: _State) -> Voice | None:
        group = match.lastgroup or ""  # one a wording
        if group.startswith("pronoun"):
            return state.last_person
        if group == "paper":
            return state.author[0] if state.author else state.last_person
        mentions = cast.at(sentence.start + match.start(group), sentence.start + match.end(group))
        return voice_of(mentions[0]) if mentions else None

    def _manner(self, coded: str, match: re.Match[str]) -> Manner:
        verb = match["verb"]
        rest = coded[match.end() :]
        if match["body"] and "的《" in match[0]:
            return Manner.SAYING  # 市政府印发的《…方案》提出: its own plan
        if match["more"] or verb in self._asking_words:
            return Manner.ASKING
        if verb == "提出" and (
            PUTS_FORWARD.match(rest) or COUNTED.match(rest) or self._cues.open_doing(rest.partition(",")[0])
        ):
            return Manner.ASKING
        if self._frames.then_asking.search(rest):
            return Manner.ASKING
        return Manner.FINDING if verb in self._finding_words else Manner.SAYING

    def _resolve(
        self, text: str, sentence: Sentence, match: re.Match[str], cast: Cast, state: _State
    ) -> tuple[tuple[Voice, ...], AttributionForm, str] | None:
        start = sentence.start + match.start()
        if match["person"]:
            return self._people(text, sentence, start, cast)
        if match["official"] or match["body"]:
            return self._bodies(sentence, match, cast)
        if match["pronoun"] and match["pronoun"].endswith(("们", "人")):
            several = state.voices if len(state.voices) > 1 else state.officials or state.source
            if several:
                return several, AttributionForm.PRONOUN, "pronoun-and-verb"
        if match["paper"] and state.author:
            return state.author, AttributionForm.PRONOUN, "pronoun-and-verb"
        if match["pronoun"] or match["paper"]:
            voice = state.last_person
            if match["pronoun"] and (named := self._named_before(sentence, start, cast)):
                voice = named
            return ((voice,), AttributionForm.PRONOUN, "pronoun-and-verb") if voice else None
        if match["office"]:
            return (), AttributionForm.NONE, "office-and-verb"
        if match["group"]:
            return self._group(state), AttributionForm.PRONOUN, "group-and-verb"
        if match["meeting"] in PAPERS:
            paper = state.issuer or state.author or state.subject
            return (paper, AttributionForm.PRONOUN, "paper-and-verb") if paper else None
        return (state.meeting, AttributionForm.PRONOUN, "meeting-and-verb") if state.meeting else None

    @staticmethod
    def _group(state: _State) -> tuple[Voice, ...]:
        """Who 委员们 and 与会者 are: the delegation, those who just spoke, or the body that sits."""
        if state.delegation:
            return (state.delegation,)
        if len(state.voices) > 1 and all(voice.kind is ActorKind.PERSON for voice in state.voices):
            return state.voices
        return state.meeting if len(state.meeting) == 1 and state.meeting[0].name.endswith(SEATED) else ()

    @staticmethod
    def _named_before(sentence: Sentence, start: int, cast: Cast) -> Voice | None:
        """Whom the sentence itself names before it says 他."""
        people = [m for m in cast.at(sentence.start, start) if m.kind is ActorKind.PERSON]
        return voice_of(people[-1]) if people else None

    @staticmethod
    def _people(
        text: str, sentence: Sentence, start: int, cast: Cast
    ) -> tuple[tuple[Voice, ...], AttributionForm, str] | None:
        """The person at `start` and those in a row before: 张三、李四建议."""
        mentions = [
            mention for mention in cast.at(sentence.start, start + 1) if mention.kind is ActorKind.PERSON
        ]
        if not mentions:
            return None
        row = [mentions[-1]]
        for mention in reversed(mentions[:-1]):
            if ROW.fullmatch(cast.coded, mention.end, row[0].start):
                row.insert(0, mention)
            else:
                break
        has_post = bool(re.search(r"[一-鿿]", text[max(sentence.start, row[0].start - 1) : row[0].start]))
        form = AttributionForm.EXPLICIT if has_post and not row[0].short else AttributionForm.SHORT
        return tuple(voice_of(mention) for mention in row), form, "person-and-verb"

    @staticmethod
    def _bodies(
        sentence: Sentence, match: re.Match[str], cast: Cast
    ) -> tuple[tuple[Voice, ...], AttributionForm, str] | None:
        group = "official" if match["official"] else "body"
        mentions = cast.at(sentence.start + match.start(group), sentence.start + match.end(group))
        bodies = [mention for mention in mentions if mention.kind is ActorKind.INSTITUTION]
        voices = tuple(voice_of(mention) for mention in bodies or mentions)
        if match["official"] and match["official"].endswith("代表") and not bodies:
            return None  # 一位郑州代表说
        if not voices or (
            match["official"] and match["official"].endswith("代表") and voices[-1].name.endswith(SEATED)
        ):
            return None
        return voices, AttributionForm.EXPLICIT, "official-and-verb" if match["official"] else "body-and-verb"

    # --- quotations whose speaker is named behind them, or before

    def _quoted(
        self, document: Document, sentences: tuple[Sentence, ...], index: int, cast: Cast, state: _State
    ) -> Attribution | None:
        sentence = sentences[index]
        text = document.text
        if text[sentence.start] != "“" and not state.quote_open:
            return None
        if state.quote_open and state.voices and sentence.paragraph == state.paragraph:
            return _going_on(state.voices, state.manner, sentence, "quote-goes-on")
        for later in sentences[index + 1 : index + 7]:
            if later.paragraph != sentence.paragraph:
                break
            coded = cast.coded[later.start : later.end]
            if not coded.startswith("“"):
                if SOMEBODY.match(coded) and self._frames.nameless.match(coded):
                    return SILENT
                framed = self._framed(text, later, cast, state)
                opening = coded.partition(",")[0]
                if (
                    framed
                    and framed.voices
                    and (
                        PERSON in opening
                        or framed.form is not AttributionForm.EXPLICIT
                        or BODY in opening
                        or PERSON in coded[:60]
                    )
                ):
                    return Attribution(
                        framed.voices, framed.form, framed.manner, sentence.start, "quote-before-speaker"
                    )
                is_closed = cast.coded.endswith("”", 0, later.start)
                if is_closed or "“" not in cast.coded[sentence.start : later.start]:
                    break
        if state.voices and (state.quote_open or sentence.paragraph - state.paragraph <= 1):
            return _going_on(state.voices, state.manner, sentence, "quote-goes-on")
        if state.last_person and self._is_of_the_one_named(text, sentence, state):
            return Attribution(
                (state.last_person,),
                AttributionForm.IMPLIED,
                Manner.SAYING,
                sentence.start,
                "quote-of-the-one-named",
            )
        return None

    @staticmethod
    def _is_of_the_one_named(text: str, sentence: Sentence, state: _State) -> bool:
        """Whether a quotation is of the person named last: in the paragraph, or before one that says 我."""
        if text[sentence.start] != "“":
            return False
        distance = sentence.paragraph - state.person_paragraph
        opens = text[sentence.start - 1 : sentence.start] in ("", "\n")
        return distance == 0 or (
            distance <= PASSAGE and opens and "我" in text[sentence.start : sentence.start + FIRST_PERSON]
        )

    # --- speech that goes on

    def _going(self, document: Document, sentence: Sentence, cast: Cast, state: _State) -> Attribution:
        text = document.text
        if state.monologue and state.voices in ((), state.monologue):
            if state.section is Manner.TELLING:
                return SILENT
            if state.section is None and sentence.end <= state.announcement:
                return SILENT
            return _going_on(
                state.monologue,
                state.section or (state.manner if state.voices else Manner.SAYING),
                sentence,
                "printed-speech",
            )
        if not state.voices:
            listing = self._listing(text, sentence, state)
            return listing if listing.voices else self._holding(text, sentence, cast, state)
        if sentence.paragraph == state.paragraph:
            if self._tells(text, sentence, cast, state):
                return SILENT
        elif (
            self._another_opens(sentence, cast, state)
            or self._tells_of_treaty(text, sentence, cast)
            or not self._continues(text, sentence, state)
        ):
            return SILENT
        return _going_on(state.voices, state.manner, sentence, "speech-goes-on")

    @staticmethod
    def _listing(text: str, sentence: Sentence, state: _State) -> Attribution:
        """一要…, 一是… behind a sentence that only says that somebody spoke."""
        if (
            state.last_person
            and sentence.paragraph - state.person_paragraph <= 1
            and FIRST_POINT.match(text, sentence.start)
        ):
            return _going_on((state.last_person,), Manner.SAYING, sentence, "list-of-points")
        near = state.delegation if sentence.paragraph - state.delegation_paragraph <= 2 else None
        if near and BARE_ASKING.match(text, sentence.start):
            return _going_on((near,), Manner.ASKING, sentence, "asking-of-a-delegation")
        if (
            state.subject
            and sentence.paragraph == state.subject_paragraph
            and BARE_ASKING.match(text, sentence.start)
        ):
            return _going_on(state.subject, Manner.ASKING, sentence, "asking-of-the-subject")
        return SILENT

    def _holding(self, text: str, sentence: Sentence, cast: Cast, state: _State) -> Attribution:
        """Narration by its place that asks for something: 应当… behind the background to what P asked."""
        words = text[sentence.start : sentence.end]
        if (
            not state.floor
            or OF_HIM.match(words)
            or sentence.paragraph - state.floor_paragraph > PASSAGE
            or self._frames.narrating.match(words)
            or REPORTED.search(words)
            or any(mention.kind is ActorKind.PERSON for mention in cast.at(sentence.start, sentence.end))
            or not any(self._cues.presses(clause) for clause in split_clauses(words))
        ):
            return SILENT
        return _going_on(state.floor, Manner.ASKING, sentence, "holds-the-floor")

    @staticmethod
    def _back_to_paper(text: str, sentence: Sentence, state: _State) -> Attribution | None:
        """我们将…: whoever was cited before, the paper or the interviewed speaks again."""
        if state.answerer and MY_VIEW.match(text, sentence.start):
            return _going_on((state.answerer,), Manner.SAYING, sentence, "label")
        if state.monologue and state.voices != state.monologue and WE.match(text, sentence.start):
            return _going_on(state.monologue, state.section or Manner.SAYING, sentence, "printed-speech")
        return None

    @staticmethod
    def _listed_point(text: str, sentence: Sentence, kind: str, state: _State) -> Attribution | None:
        """A point of the list that was announced as what is asked."""
        if not (state.announced and state.voices):
            return None
        new = sentence.paragraph - state.paragraph
        belongs = (
            kind == "bullet"
            or _is_point(text, sentence)
            or state.monologue
            or text[sentence.start - 2] not in "。!?”"
        )
        if new > 1 or (new == 1 and not belongs):
            return None
        return replace(_going_on(state.voices, state.manner, sentence, "list-of-points"), listed=True)

    @staticmethod
    def _another_opens(sentence: Sentence, cast: Cast, state: _State) -> bool:
        """Whether a new paragraph begins with a person, and perhaps the post, who has not spoken yet."""
        speaking = {voice.name for voice in state.voices}
        opening = OPENING_NAME.match(cast.coded, sentence.start, sentence.end)
        if not opening:
            return False
        return cast.at(*opening.span("person"))[0].name not in speaking

    def _continues(self, text: str, sentence: Sentence, state: _State) -> bool:
        """Whether a new paragraph goes on with the speech before."""
        if sentence.paragraph - state.paragraph > 2 or state.of_meeting:
            return False
        opening = text[sentence.start : sentence.end]
        if (
            self._frames.narrating.match(opening)
            or REPORTER_OPENS.match(opening)
            or PACT_OPENS.match(opening)
        ):
            return False
        return bool(
            self._frames.going_on.match(opening)
            or ORDINAL.match(opening)
            or TOPIC.match(opening)
            or self._frames.doing.match(opening)
            or OUGHT.match(opening)
            or (
                not REPORTED.search(opening)
                and any(self._cues.presses(clause) for clause in split_clauses(opening))
            )
            or state.answerer is not None
            or re.match(r"(?:“)?(?:我们|我)", opening)
        )

    def _tells(self, text: str, sentence: Sentence, cast: Cast, state: _State) -> bool:
        """Whether the reporter takes over inside the paragraph: another person acts in the sentence."""
        others = [
            mention
            for mention in cast.at(sentence.start, min(sentence.start + 30, sentence.end))
            if mention.kind is ActorKind.PERSON and mention.name not in {voice.name for voice in state.voices}
        ]
        words = text[sentence.start : sentence.end]
        return bool(others) or bool(
            (REPORTER_OPENS.match(words) and not OUGHT.search(words))
            or self._tells_of_treaty(text, sentence, cast)
            or re.search(r"记者(?:采访|从|了解|获悉|看到|注意)", words)
        )

    @staticmethod
    def _tells_of_treaty(text: str, sentence: Sentence, cast: Cast) -> bool:
        """Whether the sentence tells that two or more have signed something."""
        treaty = TREATY.search(text, sentence.start, sentence.end)
        if treaty and OWN_WILL.search(text, sentence.start, treaty.start()):
            return False  # 我们将与某省签订…
        return treaty is not None and len(cast.at(sentence.start, sentence.end)) > 1

    # --- what the sentence leaves behind

    def _note(
        self, text: str, sentence: Sentence, cast: Cast, attribution: Attribution, state: _State
    ) -> None:
        mentions = cast.at(sentence.start, sentence.end)
        for mention in mentions:
            if mention.kind is ActorKind.INSTITUTION and mention.name.endswith(
                ("代表团", "调研组", "考察团", "考察组", "视察团", "视察组")
            ):
                state.delegation, state.delegation_paragraph = voice_of(mention), sentence.paragraph
        if paper := PAPER_OF.search(cast.coded, sentence.start, sentence.end):
            state.author = self._authors(cast, sentence, paper)
        if issued := ISSUES.search(cast.coded, sentence.start, sentence.end):
            state.issuer = (voice_of(cast.at(*issued.span("who"))[-1]),)
        if answer := ANSWERS.search(cast.coded, sentence.start, sentence.end):
            state.author = (voice_of(cast.at(*answer.span("who"))[-1]),)
        state.meeting = self._who_meets(sentence, cast) or state.meeting
        self._note_subject(text, sentence, cast, state)
        if attribution.voices or attribution.manner is not Manner.TELLING:
            manner = Manner.SAYING if attribution.manner is Manner.FINDING else attribution.manner
            state.voices, state.manner, state.paragraph = attribution.voices, manner, sentence.paragraph
            if attribution.rule == "official-and-verb":
                state.source = attribution.voices
            state.of_meeting = attribution.rule == "meeting-and-verb" or (
                attribution.goes_on and state.of_meeting
            )
            if attribution.voices and attribution.voices[-1].kind is ActorKind.PERSON:
                state.last_person = attribution.voices[-1]
            self._note_floor(text, sentence, attribution, state)
        else:
            people = [mention for mention in mentions if mention.kind is ActorKind.PERSON]
            state.announced = False
            if {person.name for person in people} - {voice.name for voice in state.floor}:
                state.floor = ()
            if attribution is UNREAD:
                state.last_person, state.floor = None, ()
            elif people:
                state.last_person, state.person_paragraph = voice_of(people[-1]), sentence.paragraph
            elif mentions and self._frames.unread.search(cast.coded, sentence.start, sentence.end):
                state.last_person = None
            self._note_source(sentence, cast, state)
            official = len(people) < len(mentions) and self._frames.official.search(
                cast.coded, sentence.start, sentence.end
            )
            if official:
                mentions = cast.at(official.start("official"), official.end("official"))
                state.officials = tuple(voice_of(m) for m in mentions if m.kind is ActorKind.INSTITUTION)
        state.quote_open = _open_after(text, sentence, state.quote_open)

    @staticmethod
    def _note_subject(text: str, sentence: Sentence, cast: Cast, state: _State) -> None:
        """A party or office that opens a paragraph: what is suggested there with no subject is its."""
        if text[sentence.start - 1 : sentence.start] not in ("", "\n"):
            return
        opens = [m for m in cast.at(sentence.start, sentence.start + 1) if m.kind is ActorKind.INSTITUTION]
        if opens:
            state.subject, state.subject_paragraph = (voice_of(opens[0]),), sentence.paragraph

    @staticmethod
    def _authors(cast: Cast, sentence: Sentence, paper: re.Match[str]) -> tuple[Voice, ...]:
        """Whose paper it is; P、P等12名B委员联名提交的提案 is the persons' own."""
        who = cast.at(*paper.span("who"))[-1]
        row = SIGNERS.search(cast.coded, sentence.start, who.start)
        return tuple(map(voice_of, cast.at(*row.span("row")) if row else [who]))

    @staticmethod
    def _who_meets(sentence: Sentence, cast: Cast) -> tuple[Voice, ...]:
        """The body that meets, or the places whose joint meeting it is; () where no meeting is named."""
        if not MEETING.search(cast.coded, sentence.start, sentence.end):
            return ()
        match = MEETS.search(cast.coded, sentence.start, sentence.end)
        if not match or ATTENDS.search(match[0]):
            return ()
        named = innermost(cast.at(*match.span("who")))
        bodies = [mention for mention in named if mention.kind is ActorKind.INSTITUTION]
        return tuple(map(voice_of, bodies or (named if len(named) > 1 else ())))

    def _note_floor(self, text: str, sentence: Sentence, attribution: Attribution, state: _State) -> None:
        """Who asks has the floor; who only speaks takes it from another."""
        if attribution.rule == "meeting-and-verb" or state.of_meeting:
            state.floor = ()
        elif attribution.manner is Manner.ASKING or {v.name for v in attribution.voices} == {
            v.name for v in state.floor
        }:
            state.floor, state.floor_paragraph = attribution.voices, sentence.paragraph
        elif attribution.voices:
            state.floor = ()
        words = text[sentence.start : sentence.end]
        asked = attribution.manner is Manner.ASKING or COUNTED.search(words) or self._cues.asked.search(words)
        if asked and ANNOUNCES.search(words):
            state.announced, state.manner = True, Manner.ASKING
            state.floor, state.floor_paragraph = attribution.voices, sentence.paragraph
        else:
            state.announced = attribution.listed

    def _note_source(self, sentence: Sentence, cast: Cast, state: _State) -> None:
        """记者采访了市科技局相关负责人: what is planned next is theirs."""
        match = self._frames.source.search(cast.coded, sentence.start, sentence.end)
        state.voices, state.manner = (), Manner.TELLING
        if match:
            group = "body" if match["body"] else "reporting"
            voices = tuple(
                voice_of(m)
                for m in cast.at(match.start(group), match.end(group))
                if m.kind is ActorKind.INSTITUTION
            )
            state.source = voices


def _going_on(voices: tuple[Voice, ...], manner: Manner, sentence: Sentence, rule: str) -> Attribution:
    """Speech that was begun before, in a sentence that names nobody for it."""
    return Attribution(voices, AttributionForm.IMPLIED, manner, sentence.start, rule, goes_on=True)


def _sole(cast: Cast) -> Voice | None:
    """The only person an article names; None where it names none or more."""
    people = [mention for mention in cast.mentions if mention.kind is ActorKind.PERSON]
    return voice_of(people[0]) if len({mention.name for mention in people}) == 1 else None


def _is_point(text: str, sentence: Sentence) -> bool:
    """Whether a paragraph is a point of a list by its shape: a mark before it, or ; at its end."""
    return bool(LIST_ITEM.match(text, sentence.start) or text[sentence.end - 1] in ";；")


def _inside_quotes(coded: str, place: int) -> bool:
    return coded.count("“", 0, place) > coded.count("”", 0, place)


def _open_after(text: str, sentence: Sentence, was_open: bool) -> bool:
    """Whether a quotation is still open behind the sentence."""
    words = text[sentence.start : sentence.end]
    last_open, last_close = words.rfind("“"), words.rfind("”")
    if last_open == last_close == -1:
        return was_open
    return last_open > last_close
