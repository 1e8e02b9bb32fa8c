"""The frames of reported speech, as patterns over the coded text (see app/extraction/cast.py).

P stands for a person's name and B for a body's in the examples; in the coded text each of their
characters is one sign.
"""

import re

from app.extraction.cast import BODY, PERSON, PLACE
from app.extraction.rules import alternation, any_of, opening
from app.lexicon import Lexicon

NO_STOP = f"[^,。;:“”{PERSON}]"
OFFICIAL = (
    r"(?:党组|办公室|系统|方面)?的?(?:一位|一名|某)?(?:(?:相关|有关|主要|分管|参会|与会|到会|列席|在场)的?)?(?:部门|司局|处室|科室|[一-鿿]{1,8}?[处司科室])?"
    r"(?:负责人|负责同志|主席会议成员|班子成员|同志|领导|人士|工作人员|新闻发言人|发言人|官员|代表(?!团|大会)"
    r"|副?局长|副?处长|副?厅长|副?主任|副?科长)"
)
"""市发改委相关负责人: somebody of a body who is not named."""
ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]是|[(（]?[一二三四五六七八九十\d]+[)）、.]|第[一二三四五六七八九十])"
)
"""一是…, (二), 3.: a point of a list, in a heading or at the head of a paragraph."""
FIRST_POINT = re.compile(r"“?(?:一[是要来]|第一[,、点]|首先|其一)")
ROW = re.compile(
    rf"(?:\([^)]{{1,20}}\))?(?:、|和|与|以及|,)(?:{BODY}+[^,。;:“”{PERSON}]{{1,12}}(?:、|,)?"
    rf"|[^,。;:“”{PERSON}]{{2,16}}(?<=[长任事记授委员席师家表士]))*"
)
"""What may stand between two names of a row: P、P; P、B局长P."""
LABEL = re.compile(
    rf"[*]*【[^】{PERSON}]{{0,24}}(?P<boxed>{PERSON}+)(?:委员|常委|代表|教授)?】:?"
    rf"|[^。,:“”;{PERSON}]{{2,40}}(?P<posted>{PERSON}+):(?!“)"
    rf"|[*]*(?:(?P<person>{PERSON}+)(?:委员|常委|代表|教授|研究员|主任|书记|院士)?"
    rf"(?:\([^)]{{1,40}}\)|\s[^。,:“”{PERSON}]{{2,40}})?|(?P<office>(?<!{BODY}){BODY}++)(?:(?:有关|相关)?(?:负责人|负责同志))?(?:的?(?:书面)?(?:答复|回复|回应))?(?:\([^)]{{1,20}}\))?"
    r"|(?P<answers>答|A)"
    r"|(?P<asks>记者|问|主持人|本报记者|编辑|Q|(?:网友|听众|观众|读者|市民)[^:。,]{0,8}))[*]*\s?:[*]*|(?P<told>【(?:解说|旁白|导语)】)"
)
"""P:…, 答:…, 记者:… at the head of a paragraph of an interview."""
INTERVIEWEE = re.compile(rf"【(?:同期声?|采访|嘉宾)】[^。]{{0,40}}?(?P<person>{PERSON}+)")
"""【同期】全国政协委员 P: who speaks in the paragraphs below."""
PAPER_OF = re.compile(
    rf"(?=[{PERSON}{BODY}])(?P<who>(?<!{PERSON}){PERSON}++|(?<!{BODY}){BODY}++)"
    rf"(?:委员|代表)?[^。,;“”{PERSON}{BODY}]{{0,24}}(?:提案|议案|书面发言|大会发言|发言材料|建议案|[件份条项个]建议)"
)
"""B在书面发言中…, P提交的提案…: whose paper it is."""
ISSUES = re.compile(
    rf"(?P<who>{BODY}+)[^。,;“”{PERSON}{BODY}]{{0,8}}(?:印发|出台|发布|公布|制定|下发)(?:了|的)?《"
)
"""B日前印发的《…方案》: who says what the plan says."""
ANSWERS = re.compile(rf"(?P<who>{BODY}+)[^。,;“”{PERSON}{BODY}]{{0,16}}(?:答复|复函|回复)")
"""B近日作出答复: who says what the answer says."""
MEETS = re.compile(
    rf"(?=[{BODY}{PLACE}])(?P<who>(?<![{BODY}{PLACE}])[{BODY}{PLACE}]++(?:(?:、|和|与|及)[{BODY}{PLACE}]++)*)"
    rf"(?:[^。;“”{BODY}{PLACE}{PERSON}]{{0,46}}?"
    rf"|[^。;“”{BODY}{PLACE}{PERSON}]{{0,30}}?{PLACE}+[^。;“”{BODY}{PLACE}{PERSON}]{{0,16}}?)(?:会议|座谈会|协商会|大会|全会|常委会|联席会|推进会|布置会|部署会|签约仪式)"
)
"""B召开…会议 · 某地、某地…联席会议: who meets."""
MEETING_AGREES = re.compile(
    r"(?:据悉,|会上,|经[^,。]{1,12},)?(?:会上|会议)(?:还|一致|并|同时)*(?:审议|讨论|审定|协商)?(?:并)?(?:原则)?(?:通过|商定|议定|约定|决定)了?"
)
"""会议审议通过…, 会议商定…: what those who meet bind themselves to."""
ARRANGED = re.compile(r"(?:按照|根据|依据)[^,。;]{0,16}(?:安排|部署|计划|工作要点|实施方案),")
"""按照今年的工作安排,…: what the office has set itself."""
MEETING = re.compile("会|签约仪式")
"""What all meetings are called by; MEETS is slow to find that there is none."""


class Frames:
    """The patterns that need the word lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        speech, proposing = lexicon.speech, lexicon.proposing
        seeing = alternation(speech.seeing)
        view = (
            r"(?:的|给出的|开出的|提出的|带来的)(?:想法|设想|思路|主张|看法|办法|方案|建议|提案|诉求|意见|答案|期待|愿望|药方)"
            r"(?:也?[很十][^,。:]{1,4}|只有一[条个])?(?:就?是|:|——)"
        )
        self.asking = (
            rf"(?<![件份条项篇])(?!(?<=的)(?:建议|提案)(?!是|:|,))(?:{alternation(speech.asking)})"
            r"(?!引起|得到|被|获|受到|[书稿者案权]|人(?![社民大力才们工员口行事文均家防]))"
        )
        self.saying = alternation(speech.saying)
        self.verb = re.compile(alternation((*speech.asking, *speech.saying)))
        """What every frame of speech holds, and what is quick to look for."""
        self.speech = re.compile(
            rf"{self._opening(lexicon)}{self._speakers(lexicon)}{self._between(lexicon)}"
            rf"(?P<verb>(?:{self.asking}|{self.saying}|道(?=[,:]))(?!的(?!是))(?!(?<=发言|讲话|致辞)[中时里上])(?!(?<=答)[应复]))(?P<more>{self.asking})?"
        )
        self.seeing = re.compile(
            opening((*"在据从”提建议他她按", PERSON))
            + any_of(
                rf"在[^。“”;]{{0,50}}?(?P<person>{PERSON}+)(?:委员|代表|教授|院士|主席|主任)?(?:{seeing})",
                rf"据[^。“”;,]{{0,50}}?(?P<told>{PERSON}+|{BODY}+{OFFICIAL}?)(?:介绍|透露)",
                rf"从(?P<from>{BODY}+)[^,。]{{0,12}}?(?:获悉|了解到|得知)",
                rf"”(?P<between>{PERSON}+)[^“”。;]{{0,14}}?[,:](?=“)",
                rf"在(?P<pronoun>[他她])(?:{seeing})",
                r"(?:提案|建议|议案)(?:中|里)?(?P<paper>的)(?:设想|思路|做法|主张|想法|办法)(?:是|:)",
                rf"(?P<means>{PERSON}+)(?:委员|代表|教授)?{view}",
                rf"(?P<pronoun_means>[他她]){view}",
                rf"按照?(?:(?P<plans>{PERSON}+)|(?P<pronoun_plans>[他她]))的(?:设想|想法|构想|规划|打算|计划|思路),",
                rf"(?:(?P<lists>{PERSON}+)|(?P<pronoun_lists>[他她]))[^。“”;:{PERSON}]{{0,60}}?(?:给出|提出|列出|开出|梳理出|归纳出|抛出|亮出|谈了|讲了|带来|捎来)了?[^,。;:]{{0,6}}?"
                r"[几一二三四五六七八九十两\d]+(?:条|点|项|个|方面|剂|味)[^。,;]{0,8}?(?:路径|建议|举措|药方|对策|意见|措施|思路|办法|诉求|良方|想法|设想|愿望|心愿|期盼|呼声)(?=[。:])",
                rf"(?<!{PERSON})(?P<colon>{PERSON}+)(?:[^。“”;:{PERSON}]{{0,24}}:|[^。,“”;:{PERSON}]{{2,12}},)(?=“)",
                rf"(?:(?P<has>{PERSON}+)|(?P<pronoun_has>[他她]))[^。“”;:{PERSON}]{{0,20}}(?:建议|提案|议案)[里中]?(?:共|主要)?有"
                r"[几一二三四五六七八九十两\d]+[条点项个](?=[:。])",
            )
        )
        """在P看来 · 按P的设想 · 据P介绍 · 从B获悉 · “…”P顿了顿,“…” · 在他看来 · P的想法是 · P问:“…"."""
        titles = alternation(lexicon.posts.titles)
        self.posted = re.compile(rf"[^,。;:“”、{PERSON}{BODY}]{{0,16}}?(?:{titles})(?!们|团|大会)")
        """A post right behind a body: it is not the body that speaks, but somebody of it."""
        self.posted_speaks = re.compile(
            rf"[^。;:“”{PERSON}]{{0,40}}?[一-鿿]{{2,4}}(?:{alternation(speech.adverbs)})*(?:{self.asking}|{self.saying})"
        )
        actors = f"(?<![{BODY}{PLACE}])[{BODY}{PLACE}]++"
        self.official = re.compile(
            rf"{opening((BODY, PLACE))}(?P<official>{actors}(?:(?:、|和|与){actors})*{OFFICIAL})"
        )
        """B和B领导: who 他们 means where no one spoke before."""
        behind = alternation((*speech.adverbs, *speech.asking, *speech.saying))
        self.named = re.compile(
            rf"(?<=[长任])(?!{behind}|[在就对从向以也还又都均等])[一-鿿]{{2,4}}(?:{behind})"
        )
        """A name that was not read, behind 局长 or 主任 and before a word of speech."""
        self.unread_speaks = re.compile(
            rf"{opening((BODY, PLACE))}{actors}{self.posted.pattern}(?!{behind})[一-鿿]{{2,4}}"
            rf"(?:{alternation(speech.adverbs)})*(?:{self.asking}|{self.saying})(?!的)"
        )
        """B书记 with a name that was not read, who speaks."""
        self.unread = re.compile(
            rf"{opening((BODY, PLACE))}{actors}(?:党组|党委|机关党委)?(?:{alternation(lexicon.posts.titles)})"
            r"(?=[一-鿿]{2})(?![一-鿿]?[们和与及等会])"
        )
        """B局长 with a name behind it that was not read: nobody known is meant by 他 from there on."""
        nameless = alternation(
            (
                *lexicon.posts.titles,
                "老人",
                "人士",
                "网友",
                "居民",
                "村民",
                "市民",
                "先生",
                "女士",
                "大爷",
                "大妈",
                "师傅",
                "阿姨",
                "大姐",
                "大哥",
            )
        )
        self.nameless = re.compile(
            rf"[^,。;“”{PERSON}]{{0,30}}?(?:{nameless})(?:{alternation(speech.adverbs)})*"
            rf"(?:在[^,。;:{PERSON}]{{1,12}}?[中时上里后])?(?:{self.asking}|{self.saying})(?!的)"
        )
        """…活动小组负责人说: somebody speaks whom no rule can name."""
        self.then_asking = re.compile(
            rf"[,、;:“](?:并|同时|因此|为此|对此|他|她|还|故|进而|就此|特|据此|也|并且|同时也)*(?:{self.asking})"
        )
        """P率先发言,建议…: the asking behind the verb of speech."""
        self.going_on = re.compile(rf"(?:{alternation(proposing.going_on)})")
        self.narrating = re.compile(rf"(?:{alternation(proposing.narrating)})")
        doing = alternation(word for word in proposing.doing if len(word) > 1)
        self.doing = re.compile(rf"[“‘(]*(?:{doing})(?![^。;]{{0,40}},(?:是|成为|离不开|对[^,。]*具有))")
        """A sentence that opens with something to be done: 加快…, 建立…."""
        self.source = re.compile(
            f"(?=[采专走从据{BODY}])"
            + any_of(
                rf"(?:采访了?|专访了?|走访了?|从|据){PERSON}*+(?P<body>{BODY}++)(?:{OFFICIAL})?(?:处|方面)?"
                r"(?:获悉|了解到|得知|介绍|消息)?",
                rf"(?P<reporting>(?<!{BODY}){BODY}++(?:和|与|、)?(?:{BODY}+)?{OFFICIAL})[^。]{{0,40}}?"
                r"(?:通报|介绍|汇报|解读|发布)",
            )
        )
        """记者采访了B相关负责人 · B和B相关负责人就…进行了通报."""

    @staticmethod
    def _opening(lexicon: Lexicon) -> str:
        """A guard by the first character of any speaker, so that most places are passed over at once."""
        speech = lexicon.speech
        words = (*speech.groups, *speech.pronouns, *speech.meetings, *lexicon.posts.titles)
        return opening((PERSON, BODY, PLACE, *"这两他她该上提议书件答复回文《", *words))

    def _speakers(self, lexicon: Lexicon) -> str:
        speech = lexicon.speech
        actors = f"[{BODY}{PLACE}]++"
        named_pronoun = rf"这位(?:{BODY}+|[^,。;“”]{{0,8}}?)(?:{alternation(lexicon.posts.titles)})"
        return any_of(
            rf"(?P<person>(?<!{PERSON}){PERSON}++(?:[一-鿿]{{0,6}}?(?<!的)(?={self.asking}|{self.saying}))?)",
            rf"(?P<official>{actors}(?:(?:、|和|与){actors})*{OFFICIAL})",
            rf"(?P<group>(?<![老位名])(?:{alternation(speech.groups)}))",
            rf"(?P<pronoun>{named_pronoun}|(?<![其吉])(?:{alternation(speech.pronouns)})(?![们人国乡方])"
            r"|两人|他们)",
            r"(?P<paper>(?<![一-鿿])建议(?=中?(?:提出|认为|指出|明确|主张))|(?:这份|该|这件|上述)?(?:提案|议案|书面意见|发言|书面发言|文章|《[^》]{2,50}(?:建议|提案|议案)》)(?=(?:中|里)?(?:还|也|则|并|同时|进一步|特别)?(?:建议|提出|认为|呼吁|指出|主张))"
            r"|(?<![一-鿿])(?:答复|复函|回复)(?=称|说|表示|指出|明确|介绍|中?提出))",
            rf"(?P<meeting>(?<![一-鿿》])(?:{alternation(speech.meetings)})(?=(?:还|也|则)?(?:{self.asking}|{self.saying})))",
            rf"(?P<body>(?<!{BODY}){BODY}++)",
            rf"(?P<office>(?<![一-鿿{PERSON}{BODY}{PLACE}])(?:{alternation(lexicon.posts.titles)}))",
        )

    def _between(self, lexicon: Lexicon) -> str:
        """What may stand between the speaker and the verb."""
        return (
            any_of(
                alternation(lexicon.speech.adverbs),
                r"(?:\d{1,2}月)?\d{1,2}日",
                rf"(?:的[^,。;:]{{0,6}}?)?(?:提案|议案|发言|建议|文章)(?=(?:则|也|还|中)?(?:{self.asking}|{self.saying}))",
                rf"等(?:\d+|[一二三四五六七八九十]+)?(?:名|位)?{BODY}*(?:委员|代表|专家|人)?",
                r"等?(?:委员|代表|教授|先生|女士|院士|专家|同志|老师)",
                r"\([^)]{1,30}\)",
                r"(?:今年)?(?:带来|提交|准备|撰写|递交)[了的][^,。;]{0,12}?(?=建议|提案)",
                r",",
                rf"在{NO_STOP}{{1,28}}?(?:时|上|中|后|里|期间|会|之际|看来)",
                rf"就[^。;:“”{PERSON}]{{1,60}}?",
                rf"(?:对|结合|从|代表|向){NO_STOP}{{1,20}}?",
                rf"{NO_STOP}{{0,8}}?(?:印发|出台|发布|公布|制定|下发)的《[^》]*》",
                r"以[^,。;:“”]{1,24}?为题",
                rf"(?:经过?|通过){NO_STOP}{{1,10}}?",
                rf"[^。;:“”{PERSON}{BODY}]{{0,60}}?,",
                rf"[^,。;:“”{PERSON}{BODY}听据]{{1,6}}?(?=[说道][,:])",
            )
            + "*?"
        )
