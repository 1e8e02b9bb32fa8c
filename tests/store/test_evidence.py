import re
from dataclasses import replace

import pytest

from app.errors import EvidenceError
from app.extraction.document import Span
from app.store.evidence import check
from app.vocabulary import ActorKind
from tests.store.drafts import Draft

TEXT = "四川省政协副主席李一鸣建议投入1.4万元。"


def a_draft() -> Draft:
    return (
        Draft(TEXT)
        .institution("四川省政协")
        .person("李一鸣", ("四川省政协", "副主席"))
        .proposal("李一鸣建议投入1.4万元。", "李一鸣")
        .metric("1.4万元", 14_000, "元", proposal=0)
    )


def test_findings_that_stand_in_the_text_pass() -> None:
    check(TEXT, a_draft().extraction)


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("李一鸣", "李二鸣", "person 李一鸣: '李二鸣' stands there instead"),
        ("副主席", "秘书长", "position 副主席 of 李一鸣: '秘书长' stands there instead"),
        ("1.4万", "1.5万", "metric 14000 元: '1.5万元' stands there instead"),
        ("1.4万", "若干些些", "metric 14000 元: '若干些些元' stands there instead"),
        ("四川省政协", "     ", "institution 四川省政协: nothing stands at"),
        ("1.4万元。", "", "nothing stands at"),
    ],
)
def test_an_altered_text_is_refused(was: str, now: str, message: str) -> None:
    with pytest.raises(EvidenceError, match=re.escape(message)):
        check(TEXT.replace(was, now), a_draft().extraction)


@pytest.mark.parametrize("spans", [(), (Span(5, 5),), (Span(0, 999),), (Span(-3, 4),)])
def test_a_proposal_without_words_is_refused(spans: tuple[Span, ...]) -> None:
    draft = a_draft()
    draft.proposals[0] = replace(draft.proposals[0], spans=spans)
    with pytest.raises(EvidenceError, match="proposal: "):
        check(TEXT, draft.extraction)


def test_a_speaker_whom_the_article_does_not_name_is_refused() -> None:
    draft = a_draft()
    speaker = replace(draft.proposals[0].speakers[0], name="王小川")
    draft.proposals[0] = replace(draft.proposals[0], speakers=(speaker,))
    with pytest.raises(EvidenceError, match="王小川"):
        check(TEXT, draft.extraction)


def test_a_place_may_speak_under_another_name() -> None:
    text = "两地签署协议。"
    draft = Draft(text).proposal(text, "两地", kind=ActorKind.REGION)
    speaker = replace(draft.proposals[0].speakers[0], name="成渝地区")
    draft.proposals[0] = replace(draft.proposals[0], speakers=(speaker,))
    check(text, draft.extraction)


def test_a_metric_of_a_proposal_that_is_not_there_is_refused() -> None:
    draft = a_draft()
    draft.metrics[0] = replace(draft.metrics[0], proposal=1)
    with pytest.raises(EvidenceError, match="proposal 1 of 1"):
        check(TEXT, draft.extraction)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,936公里", 1936),
        ("１２家", 12),
        ("2万五千人", 25_000),
        ("三至四成", 30),
        ("两千亿元", 2e11),
        ("0.50%", 0.5),
        ("3.25亿元", 3.25e8),
        ("1到3年", 1),
        ("百分之50", 50),
        ("-5%", -5),
    ],
)
def test_a_number_may_be_written_in_any_way(words: str, value: float) -> None:
    check(f"共{words}。", Draft(f"共{words}。").metric(words, value, "").extraction)


def test_a_name_broken_by_the_end_of_a_line_still_stands_there() -> None:
    text = "李一\n鸣发言。"
    draft = Draft(text).person("李一\n鸣")
    draft.people[0] = replace(draft.people[0], name="李一鸣")
    check(text, draft.extraction)
