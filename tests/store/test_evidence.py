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
        ("副主席", "秘书长", "position 副主席 of 四川省政协: '秘书长' stands there instead"),
        ("1.4万", "1.5万", "metric 14000 元: '1.5万元' stands there instead"),
        ("1.4万", "若干些些", "metric 14000 元: '若干些些元' stands there instead"),
        ("四川省政协", "     ", "'副主席' does not say so of that institution"),
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
    ("words", "value", "value_max", "unit"),
    [
        ("1,936公里", 1936, None, "公里"),
        ("１２家", 12, None, "家"),
        ("2万五千人", 25_000, None, "人"),
        ("两千亿元", 2e11, None, "元"),
        ("三千五百户", 3500, None, "户"),
        ("0.50%", 0.5, None, "%"),
        ("3.25亿元", 3.25e8, None, "元"),
        ("1.4万余台（套）", 14_000, None, "台(套)"),
        ("30多万人", 300_000, None, "人"),
        ("十几个", 10, None, "个"),
        ("30万千瓦", 300_000, None, "千瓦"),
        ("半小时", 0.5, None, "小时"),
        ("第三位", 3, None, "位"),
        ("百分之50", 50, None, "%"),
        ("百分之三至百分之五", 3, 5, "%"),
        ("两成", 20, None, "%"),
        ("两成五", 25, None, "%"),
        ("三至四成", 30, 40, "%"),
        ("三分之一", 33.333333, None, "%"),
        ("1到3年", 1, 3, "年"),
        ("3公里至5公里", 3, 5, "公里"),
        ("2至3万元", 20_000, 30_000, "元"),
        ("三至五千万元", 30_000_000, 50_000_000, "元"),
        ("-5%", -5, None, "%"),
    ],
)
def test_a_number_may_be_written_in_any_way(
    words: str, value: float, value_max: float | None, unit: str
) -> None:
    check_metric(words, value, value_max, unit)


@pytest.mark.parametrize(
    ("words", "value", "value_max", "unit"),
    [
        ("两千亿元", 3e11, None, "元"),
        ("两千亿元", 2e7, None, "元"),
        ("三千五百户", 3600, None, "户"),
        ("十几个", 20, None, "个"),
        ("1.4万余台", 1400, None, "台"),
        ("1.4万余台", 14_500, None, "台"),
        ("两成五", 20, None, "%"),
        ("百分之五", 6, None, "%"),
        ("三至四成", 30, None, "%"),
        ("三至四成", 30, 50, "%"),
        ("30元", 30, 40, "元"),
        ("三分之一", 3, None, "%"),
        ("三分之一", 0.333333, None, "%"),
        ("12公里", 12, None, "米"),
        ("12亩", 12, None, "公顷"),
        ("-5%", 5, None, "%"),
        ("若干元", 1, None, "元"),
    ],
)
def test_another_number_or_unit_than_the_words_say_is_refused(
    words: str, value: float, value_max: float | None, unit: str
) -> None:
    with pytest.raises(EvidenceError, match="metric "):
        check_metric(words, value, value_max, unit)


def check_metric(words: str, value: float, value_max: float | None, unit: str) -> None:
    draft = Draft(f"共{words}。").metric(words, value, unit)
    draft.metrics[0] = replace(draft.metrics[0], value_max=value_max)
    check(draft.text, draft.extraction)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("重庆召开会议,市政协参加。", "市政协", "重庆市政协"),
        ("泉州召开会议,省政协参加。", "省政协", "福建省政协"),
        ("省政协经济委在南京召开会议。", "省政协经济委", "江苏省政协经济委员会"),
        ("重庆大学说,该校参加。", "该校", "重庆大学"),
        ("廣東省政協參加。", "廣東省政協", "广东省政协"),
    ],
)
def test_a_full_name_may_be_longer_than_the_words_there(text: str, words: str, name: str) -> None:
    check(text, a_body(text, name, words).extraction)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("重庆召开会议,市政协参加。", "市政协", "成都市政协"),
        ("重庆召开会议,市政协参加。", "市政协", "重庆市政府"),
        ("四川、重庆召开会议,市政协参加。", "市政协", "四川省政协"),
        ("重庆大学说,该校参加。", "该校", "四川大学"),
        ("重庆召开会议,市政协参加。", "政协参", "重庆市政协"),
    ],
)
def test_a_full_name_that_the_words_cannot_mean_is_refused(text: str, words: str, name: str) -> None:
    with pytest.raises(EvidenceError, match=f"institution {name}"):
        check(text, a_body(text, name, words).extraction)


def a_body(text: str, name: str, words: str) -> Draft:
    draft = Draft(text).institution(words)
    draft.institutions[0] = replace(draft.institutions[0], name=name)
    return draft


def test_a_name_may_stand_in_two_pieces() -> None:
    text = "四川省和重庆市发改委印发规划。"
    draft = Draft(text).institution("四川省", "发改委")
    draft.institutions[0] = replace(draft.institutions[0], name="四川省发改委", aliases=())
    check(text, draft.extraction)


def test_an_alias_that_stands_nowhere_is_refused() -> None:
    draft = a_draft().institution("四川省政协", "川政协")
    with pytest.raises(EvidenceError, match="川政协 is at none of its mentions"):
        check(TEXT, draft.extraction)


def test_the_full_name_of_another_person_is_no_short_form_of_a_speaker() -> None:
    text = "李一鸣、李二川出席。李一鸣说,应当合作。"
    draft = Draft(text).person("李一鸣").person("李二川").proposal("李一鸣说,应当合作。", "李一鸣")
    speaker = replace(draft.proposals[0].speakers[0], name="李二川")
    draft.proposals[0] = replace(draft.proposals[0], speakers=(speaker,))
    with pytest.raises(EvidenceError, match="speaker 李二川: '李一鸣' stands there instead"):
        check(text, draft.extraction)


def test_a_name_broken_by_the_end_of_a_line_still_stands_there() -> None:
    text = "李一\n鸣发言。"
    draft = Draft(text).person("李一\n鸣")
    draft.people[0] = replace(draft.people[0], name="李一鸣")
    check(text, draft.extraction)
