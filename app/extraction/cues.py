"""The cues of clauses: what ought to be, will be or was done, and what opens with something to do."""

import re
from itertools import zip_longest

from app.extraction.rules import alternation
from app.lexicon.words import ProposingWords

PREPOSITIONS = re.compile(r"围绕|通过|按照|根据|结合|依托|立足|面向|聚焦|借助|利用|参照|瞄准|随着")
"""Verbs that open a clause and ask for nothing by themselves."""
NOMINAL = re.compile(r"(?:主要|根本)?目的|旨在|就是|是|成为|离不开|对.*具有|意义|有着|正在|事关|关系到|既是")
"""The clause before is the subject of one that begins so: 加快…,是务实之举."""
ASSERTS = re.compile(
    "[难大急要]的是|在于|意味着|是[^,。]*(?:举措|之举|要求|责任|关键|需要|任务|途径|引擎|保障|基础|支撑)$"
)
"""What tells how things are, whatever verb it opens with: 跨省共建最难的是…."""
NOUN_USE = re.compile(
    r"不(?!断)|[城家技院仪](?!庭|里)|也不|并不|正|已|的|步伐|进展|成效|工作已|取得|进入|以来|了|方面取得|是"
)
"""The verb before is a noun: 建设正提速."""
LEAD = re.compile(
    r"^[“‘(]*(?:(?:同时|此外|另外|并且?|还|再|其次|最后|首先|一方面|另一方面|具体来说|为此|因此|其中|特别是"
    r"|尤其是?|进一步|第?[一二三四五六七八九十][是要来、]?|其[一二三四五六]|[(（]?\d+[.、)）]|二者|两地|双方"
    r"|各地|政府|国家|企业|高校)[,:、]?)*"
)
"""What may stand before the verb of a clause that tells to do something."""
MAKE_ONE = (
    "对[^,。]{2,20}(?:给予|实行|予以|加大|适当)"
    "|[建办搞设修开拿出列编签定立补架铺引请派选再多].{0,2}?[一几两三若][些个张条座套批所家支项份部类间处台]"
)
"""建一张清单, 再修两条路, 对…给予补贴: a plain verb and what is to be made or given."""
PAST = re.compile(r"[“]?(?:过去|以前|从前|早先|那时|当年|原先|原来|往年)(?!的?经验)")
"""过去做个检查要坐一天车: what had to be done then is asked of nobody now."""
YET = re.compile(r"但|可是|不过|却|然而")
WILL_OF_SUBJECT = re.compile(
    r"(?:同时|此外|另外)?(?!建议|希望|由|把)[^,。;将]{2,10}(?<![应要须可需])将(?:主动|积极|继续|全力|认真|会同|进一步|加快|尽快|组织|启动|推出|出台|与)"
)
STRIVING = re.compile(r"争取|力争|继续")
CLAUSE_END = re.compile(r"[,;:。!?]")


class Cues:
    """The patterns of seeds/words/proposing.toml, ready to search a clause with."""

    def __init__(self, words: ProposingWords) -> None:
        self.ought = re.compile("|".join(words.ought))
        self.will = re.compile("|".join(words.will))
        self.next = re.compile("|".join(words.next))
        self.asked = re.compile("|".join(words.asked))
        self.done = re.compile("|".join(words.done))
        self.lacking = re.compile("|".join(words.lacking))
        self.results = re.compile("|".join(words.results))
        doing = alternation(
            word for word in words.doing if len(word) > 1 and not PREPOSITIONS.fullmatch(word)
        )
        self.may = re.compile(rf"可以?(?!真正|更|不断)(?:{doing})(?![^,。;]{{0,6}}的)")
        self._doing = re.compile(rf"(?:{doing}|{MAKE_ONE})")

    def binds(self, clause: str) -> bool:
        """Whether something ought to be done, or may be: 应…, 可以建立…."""
        return bool(self.ought.search(clause) or self.may.search(clause))

    def bound(self, clauses: list[str]) -> list[str]:
        """The clauses that bind; not what may be done but is not: 可以参与,但经费过不了境."""
        return [
            clause
            for clause, after in zip_longest(clauses, clauses[1:], fillvalue="")
            if self.binds(clause)
            and not (YET.match(after) and self._permits(clause))
            and not PAST.match(clause)
        ]

    def _permits(self, clause: str) -> bool:
        """Whether nothing stronger than 可以 binds it."""
        ought = self.ought.search(clause)
        return ought is None or ought[0].startswith("可")

    def presses(self, clause: str) -> bool:
        """Whether somebody asks for something in words that no report of facts has: 应当…, 希望…."""
        return bool(self.binds(clause) or self.asked.search(clause)) and not self.done.search(clause)

    def wills(self, clause: str) -> bool:
        """Whether the clause says what will be done, not what was."""
        return bool(self.will.search(clause)) and not self.done.search(clause)

    def wills_first(self, said: str) -> bool:
        """Whether what will be done is told before what ought to be."""
        ought = self.ought.search(said)
        return ought is not None and any(map(self.wills, split_clauses(said[: ought.start()])))

    def wills_oneself(self, clause: str) -> bool:
        """Whether a subject will do something: 本市将积极对接…, not 将…纳入规划, which one asks."""
        return bool(WILL_OF_SUBJECT.match(clause)) and not self.done.search(clause)

    def wills_firmly(self, clause: str) -> bool:
        """Whether the clause wills by more than striving: 将…, not 争取…, which one may ask of others."""
        return self.wills(STRIVING.sub("", clause))

    def tell_to_do(self, clauses: list[str]) -> bool:
        """Whether a clause without subject opens with something to be done."""
        return any(
            self.open_doing(clause) and not NOMINAL.match(after)
            for clause, after in zip_longest(clauses, clauses[1:], fillvalue="")
        )

    def open_doing(self, clause: str) -> bool:
        """Whether the clause opens with a verb of doing: 加快…, 同时,建立…."""
        lead = LEAD.match(clause)
        doing = self._doing.match(clause, lead.end() if lead else 0)
        return (
            bool(doing)
            and not ASSERTS.search(clause)
            and not NOUN_USE.match(clause, doing.end() if doing else 0)
        )


def split_clauses(words: str) -> list[str]:
    """The clauses of a sentence, without their marks."""
    return [clause for clause in CLAUSE_END.split(words) if clause]
