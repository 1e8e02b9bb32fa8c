"""Stage 5: papers and speeches that an article prints whole, and whose they are.

A proposal as it was handed in, a speech, the report of an office, a reply: nobody tells that somebody
speaks; the author stands in a line of its own.
"""

import re

from app.extraction.cast import BODY, PERSON, Cast
from app.extraction.document import Document, Paragraph
from app.extraction.entities.people import SIGNER
from app.extraction.frames import ORDINAL
from app.extraction.voices import Manner, Voice, voice_of
from app.vocabulary import ActorKind

PRINTED = re.compile(
    rf"(?={PERSON})(?P<who>(?<!{PERSON}){PERSON}++)[^。]{{0,10}}的?(?:发言|演讲|讲话|文章|讲稿|观点)[^。]{{0,16}}"
    r"(?:如下|刊发|刊登|整理|摘要|摘编|摘登)"
)
"""现将P的发言摘要刊发如下."""
AUTHORED = re.compile(
    rf"[【(]?(?:{SIGNER}|提案单位)[】)]?\s*:\s*"
    rf"[^。{PERSON}{BODY}]{{0,12}}(?P<who>{PERSON}+|{BODY}+)"
)
"""提案者:B · 建议人:P: whose paper the article prints."""
EXECUTES = re.compile(r"执\s*笔\s*人")
"""Who wrote a paper that others signed: none of those whose it is."""
SPEAKER_LINE = re.compile(
    rf"(?:[^。,!?“”:;{PERSON}]{{2,50}})?(?P<who>{PERSON}+)\s*(?:委员|代表)?\s*(?:\([^)]{{1,20}}\))?\s*(?::|——)?"
)
"""省政协委员、B教授 P: the line above a speech that is printed whole."""
NAME_FIRST = re.compile(rf"(?P<who>{PERSON}+)\s+[^。,!?“”:;{PERSON}]{{2,50}}")
"""P 省政协委员、B教授: the same with the name first."""
BODY_LINE = re.compile(rf"(?P<who>{BODY}+)(?:有关|相关)?(?:负责人|负责同志)?:")
"""B: alone on a line, above what B answers."""
TITLED = re.compile(
    rf"(?P<who>{PERSON}+|{BODY}+)(?:委员|代表|教授)?:\s*(?:关于[^。]{{4,}}的(?:建议|提案|议案)|建议|应|加快|推动|让)"
)
"""B:关于…的建议 as a headline: the paper of B, or a report on it."""
OFFICE_REPORT = re.compile(
    rf"(?P<who>{BODY}+)[^。,;]{{0,30}}(?:工作总结|工作思路|工作计划|工作要点|工作安排|工作打算|重点工作)$"
)
"""B2013年工作总结和2014年工作思路: the report of B."""
LONGEST_SIGNATURE = 60
SIGNED = re.compile(rf"{BODY}+|(?:[^。,!?“”:;{PERSON}]{{2,30}}\s)?{PERSON}+(?:、{PERSON}+)*")
"""A line that only names who wrote what stands below."""
REPORTS = re.compile(
    r"(?:工作)?(?:总结|计划|安排|要点|报告|汇报|打算|思路)$|关于[^。]{4,}的?(?:建议|提案|议案)(?:[(][^)]{1,12}[)])?$"
)
"""What a report or paper is called, beside whose name its author's stands."""
REPLY = re.compile(r"收悉[。,].{0,80}?答复如下|现(?:就|将)[^。]{2,40}答复如下")
"""…的提案收悉。现答复如下:"""
LEAVES = re.compile(
    r"(?:以上(?:建议|意见)|会后|随后|发言结束|发言之后|抄送|感谢|据了解|据悉|记者|该(?:件|提案|建议|委|局|厅)|[^。,]{2,12}等?(?:委员|代表):$)"
)
"""Behind a printed paper: the reporter, or the answer to those who wrote it."""
ANNOUNCEMENT = re.compile(r"(?:^|[\n。,;])[^。,;\n]{0,16}(?:建议|对策)(?:如下)?(?::|——)")
PLANNING_SECTION = re.compile(
    r"(?:工作|重点|任务|目标|年)(?:安排|打算|计划|思路|要点|部署|举措)|重点(?:工作|任务)|下一步|今后"
)
ASKING_SECTION = re.compile(r"建议|对策|请求|希望|诉求")
TELLING_SECTION = re.compile(r"情况|回顾|总结|成效|成绩|问题|存在|现状|背景|原因|不足")


def is_reply(document: Document, paragraph: int) -> bool:
    """Whether an answer to a paper begins behind the paragraph."""
    place = document.paragraphs[paragraph]
    return REPLY.search(document.text, place.start, place.end) is not None


def printed_speeches(document: Document, cast: Cast) -> dict[int, tuple[Voice, ...]]:
    """Whose words are printed whole, by the paragraph that says so and behind which they begin."""
    speeches: dict[int, tuple[Voice, ...]] = {}
    lines: dict[int, tuple[Voice, ...]] = {}
    fields: dict[int, tuple[Voice, ...]] = {}
    for index, paragraph in enumerate(document.paragraphs):
        place = paragraph.start, paragraph.end
        if match := PRINTED.search(cast.coded, *place):
            speeches[index] = _who(cast, match)
        elif match := AUTHORED.match(cast.coded, *place):
            before = _signed_before(document, fields, index)
            executes = before and EXECUTES.match(document.text, paragraph.start)
            fields[index] = before if executes else before + _signing(cast, match.start("who"), paragraph.end)
        elif SIGNED.fullmatch(cast.coded, *place) and (begins := _below_title(document, index)) is not None:
            named = cast.at(*place)
            signers = [mention for mention in named if mention.kind is ActorKind.PERSON] or named
            speeches[begins] = tuple(map(voice_of, signers))
        elif match := _speaker_line(document, cast, index):
            lines[index] = _who(cast, match)
        elif match := OFFICE_REPORT.match(cast.coded, *place):
            speeches[index] = _who(cast, match)
        elif REPLY.search(document.text, *place) and (answerer := _signer(document, cast, index)):
            speeches[index] = (answerer,)
        elif paragraph.kind == "heading" and (match := TITLED.match(cast.coded, *place)):
            voice = voice_of(cast.at(*match.span("who"))[-1])
            if not _spoken_of(voice, cast, paragraph.end):
                speeches[index] = (voice,)
    return speeches | fields | (lines if len(lines) > 1 else {})


def _who(cast: Cast, match: re.Match[str]) -> tuple[Voice, ...]:
    return (voice_of(cast.at(*match.span("who"))[0]),)


def _speaker_line(document: Document, cast: Cast, index: int) -> re.Match[str] | None:
    """The line above a speech or an answer that says whose it is."""
    paragraph = document.paragraphs[index]
    if _is_signature(document, index):
        return None
    place = paragraph.start, paragraph.end
    patterns = (SPEAKER_LINE, NAME_FIRST, BODY_LINE)
    return next((match for each in patterns if (match := each.fullmatch(cast.coded, *place))), None)


def _signed_before(document: Document, fields: dict[int, tuple[Voice, ...]], index: int) -> tuple[Voice, ...]:
    """Who signed in the fields right above, with no prose between."""
    last = max(fields, default=None)
    if last is None or any(one.kind == "body" for one in document.paragraphs[last + 1 : index]):
        return ()
    return fields[last]


def _signing(cast: Cast, start: int, end: int) -> tuple[Voice, ...]:
    """The actors that a field names, of the kind of the first."""
    actors = [m for m in cast.at(start, end) if m.kind is not ActorKind.REGION]
    return tuple(voice_of(m) for m in actors if m.kind is actors[0].kind)


def _below_title(document: Document, index: int) -> int | None:
    """Behind which paragraph the paper begins whose title stands beside the line, None where none does."""
    above = index > 0 and _is_title(document.text, document.paragraphs[index - 1])
    below = index + 1 < len(document.paragraphs) and _is_title(document.text, document.paragraphs[index + 1])
    return index + 1 if below else index if above else None


def signed_quotations(document: Document, cast: Cast) -> dict[int, Voice]:
    """The speakers of the quotations that a line below names, by their paragraphs: ——省政协委员 P."""
    found: dict[int, Voice] = {}
    for index, paragraph in enumerate(document.paragraphs):
        if index and _is_signature(document, index):
            people = [m for m in cast.at(paragraph.start, paragraph.end) if m.kind is ActorKind.PERSON]
            if len(people) == 1:
                found[index - 1] = voice_of(people[0])
    return found


def _is_signature(document: Document, index: int) -> bool:
    """Whether the paragraph is a line of its own that begins with a dash behind a quotation."""
    paragraph = document.paragraphs[index]
    before = document.paragraphs[index - 1] if index else None
    words = document.text[paragraph.start : paragraph.end]
    return (
        before is not None
        and words.startswith("——")
        and len(words) <= LONGEST_SIGNATURE
        and "。" not in words
        and document.text[before.end - 1] == "”"
    )


def section_manner(words: str) -> Manner | None:
    """How the part of a paper under a heading is to be read; None where it says nothing, or both."""
    if PLANNING_SECTION.search(words) and TELLING_SECTION.search(words):
        return None
    for manner, pattern in (
        (Manner.PLANNING, PLANNING_SECTION),
        (Manner.ASKING, ASKING_SECTION),
        (Manner.TELLING, TELLING_SECTION),
    ):
        if pattern.search(words):
            return manner
    return None


def suggestions_begin(document: Document, start: int, end: int) -> int:
    """Where the paper in `[start, end)` announces its suggestions, -1 where it never does."""
    found = ANNOUNCEMENT.search(document.text, start, end)
    return found.start() if found else -1


def _is_title(text: str, paragraph: Paragraph) -> bool:
    """Whether the paragraph is what a report or paper is called, and not the heading of a section."""
    is_section = ORDINAL.match(text, paragraph.start)
    return not is_section and REPORTS.search(text, paragraph.start, paragraph.end) is not None


def _spoken_of(voice: Voice, cast: Cast, start: int) -> bool:
    """Whether the text from there on tells that somebody spoke, as a reporter does."""
    return any(
        mention.name == voice.name
        and re.match(
            r"[^。“”]{0,12}?(?:说|表示|认为|指出|介绍|建议|提出|呼吁|告诉)",
            cast.coded[mention.end : mention.end + 24],
        )
        for mention in cast.at(start, len(cast.coded))
    )


def _signer(document: Document, cast: Cast, index: int) -> Voice | None:
    """The body that signs below, in a paragraph of its own."""
    for paragraph in document.paragraphs[:index:-1]:
        if set(cast.coded[paragraph.start : paragraph.end]) == {BODY}:
            return voice_of(cast.at(paragraph.start, paragraph.end)[0])
    return None
