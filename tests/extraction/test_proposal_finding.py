"""Stage 6: which sentences propose, and of what kind. ⟦…⟧ stands around the sentence asked about."""

import pytest

from app.extraction.pipeline import Extractor
from app.vocabulary import Kind
from tests.extraction.marked import proposal_at_mark, words_of

SPEAKER = "湖南省农业农村厅厅长谢运良"
ASKS, PLANS, AGREES = Kind.RECOMMENDATION, Kind.PLAN, Kind.AGREEMENT

KINDS: list[object] = [
    pytest.param(f"⟦{SPEAKER}建议,两省互认油茶苗木检疫证。⟧", ASKS, id="suggest"),
    pytest.param(f"⟦{SPEAKER}呼吁,国家把油茶纳入大宗油料收储。⟧", ASKS, id="call for"),
    pytest.param(f"⟦{SPEAKER}希望,江西的榨油设备厂到湘南设点。⟧", ASKS, id="hope"),
    pytest.param(f"⟦{SPEAKER}认为,油茶林应当改造而不是砍掉。⟧", ASKS, id="ought"),
    pytest.param(f"⟦{SPEAKER}提出,必须守住苗木这道关。⟧", ASKS, id="must"),
    pytest.param(f"⟦{SPEAKER}指出,亟需一个跨省的油茶交易市场。⟧", ASKS, id="urgently needs"),
    pytest.param(f"⟦{SPEAKER}表示,可以先在两个县试种,再逐步推开。⟧", ASKS, id="may well"),
    pytest.param(f"⟦{SPEAKER}强调,不能让老油茶林一荒了之。⟧", ASKS, id="must not"),
    pytest.param(f"⟦{SPEAKER}说,要让榨油厂建到山里去。⟧", ASKS, id="let it be done"),
    pytest.param(f"⟦{SPEAKER}表示,下一步将改造低产林二十万亩。⟧", PLANS, id="will, as the next step"),
    pytest.param(f"⟦{SPEAKER}透露,明年计划再建三座苗圃。⟧", PLANS, id="plans to"),
    pytest.param(f"⟦{SPEAKER}说,力争三年内亩产翻一番。⟧", PLANS, id="strives to"),
    pytest.param(f"⟦{SPEAKER}表示,接下来,湖南将派出五百名技术员。⟧", PLANS, id="next"),
    pytest.param(
        f"⟦{SPEAKER}说,苗圃已建成六座,明年将再建三座。⟧", PLANS, id="a result and a plan are a plan"
    ),
    pytest.param("⟦湖南省农业农村厅与江西省农业农村厅签署油茶合作备忘录。⟧", AGREES, id="signed"),
    pytest.param("⟦湖南、江西、广东三省达成油茶苗木互认协议。⟧", AGREES, id="reached an agreement"),
    pytest.param("⟦湖南农业大学与江西农业大学联合成立油茶产业联盟。⟧", AGREES, id="founded together"),
    pytest.param("⟦湖南省林业局和江西省林业局建立油茶病虫害联防机制。⟧", AGREES, id="set up a mechanism"),
    pytest.param(f"⟦{SPEAKER}呼吁尽快立法。⟧", ASKS, id="four characters say what"),
    pytest.param(f"⟦{SPEAKER}说,榨油厂不妨先建在圩镇上。⟧", ASKS, id="might as well"),
    pytest.param(f"⟦{SPEAKER}表示,湖南愿与江西一道,把油茶产业做大。⟧", PLANS, id="is willing to"),
    pytest.param(f"⟦{SPEAKER}表示,将继续扩大苗木互认的范围。⟧", PLANS, id="will go on"),
    pytest.param(
        f"⟦{SPEAKER}表示,湖南将改造低产林十万亩,希望江西提供苗木。⟧",
        PLANS,
        id="a plan before a wish stays a plan",
    ),
    pytest.param(
        f"⟦{SPEAKER}建议厅里先办的事是,将苗圃的水管接通。⟧",
        ASKS,
        id="将 behind what is suggested moves an object",
    ),
    pytest.param(
        f"⟦{SPEAKER}说,湖南将新建苗圃三座,苗木的标准应与江西一致。⟧",
        PLANS,
        id="a plan before what ought to be",
    ),
    pytest.param(
        f"⟦{SPEAKER}说,苗木的标准应与江西一致,湖南将新建苗圃三座。⟧",
        ASKS,
        id="what ought to be before a plan",
    ),
    pytest.param(
        f"⟦{SPEAKER}希望江西提供苗木,湖南将改造低产林十万亩。⟧", ASKS, id="a wish before a plan stays a wish"
    ),
    pytest.param(f"⟦{SPEAKER}说:“两省的苗木标准能不能合成一本?”⟧", ASKS, id="can it not be done"),
    pytest.param(f"⟦“是不是可以先在郴州试种?”⟧{SPEAKER}说。", ASKS, id="might it not be done"),
    pytest.param(f"⟦{SPEAKER}说:“何不让榨油厂和苗圃做邻居?”⟧", ASKS, id="why not"),
    pytest.param(
        f"⟦{SPEAKER}说,建一张两省共用的病虫害地图。⟧", ASKS, id="a plain verb and what is to be made"
    ),
    pytest.param(f"⟦{SPEAKER}提交了关于互认油茶苗木检疫证的提案。⟧", ASKS, id="a motion with its subject"),
    pytest.param(f"⟦{SPEAKER}注意到苗木滞留,建议两省互认检疫证。⟧", ASKS, id="noticed, and asks outright"),
    pytest.param(
        f"{SPEAKER}发现,苗木过省界必须查验三次。⟦他认为,应当只查一次。⟧", ASKS, id="thinks, behind a finding"
    ),
    pytest.param(
        f"{SPEAKER}建议,两省互认检疫证。⟦同时,争取三年内统一榨油标准。⟧",
        ASKS,
        id="striving that is asked of others",
    ),
    pytest.param(
        f"{SPEAKER}认为,检疫证应当互认。⟦同时,争取三年内统一榨油标准。⟧",
        ASKS,
        id="striving, behind what ought to be",
    ),
    pytest.param(
        f"{SPEAKER}认为,检疫证应当互认。⟦同时,湖南将新建三座苗圃。⟧",
        PLANS,
        id="will, behind what ought to be",
    ),
    pytest.param(
        f"{SPEAKER}建议,两省互认检疫证。⟦他说,湖南将新建三座苗圃。⟧", PLANS, id="a plan told behind a wish"
    ),
    pytest.param(
        "湖南省林业局召开工作会议。⟦按照今年的工作安排,改造低产林五万亩。⟧",
        PLANS,
        id="as arranged for the year",
    ),
    pytest.param(
        "湖南省与江西省召开油茶联席会议。⟦会议审议通过苗木互认办法。⟧",
        AGREES,
        id="passed by a meeting of two",
    ),
]


@pytest.mark.parametrize(("article", "kind"), KINDS)
def test_a_sentence_that_puts_something_forward_is_of_its_kind(
    extractor: Extractor, article: str, kind: Kind
) -> None:
    proposal = proposal_at_mark(extractor, article)
    assert proposal is not None
    assert proposal.kind is kind


CONTROL = f"{SPEAKER}建议,两省互认油茶苗木检疫证。"
"""Stands below every sentence that proposes nothing, and shows that the speaker is known there."""

NOTHING_PROPOSED: list[object] = [
    pytest.param(f"{SPEAKER}介绍,一年来两省已改造低产林三十万亩。", id="a result"),
    pytest.param(f"{SPEAKER}说,去年油茶总产值突破六百亿元。", id="a figure of last year"),
    pytest.param(f"{SPEAKER}坦言,两省的检疫标准并不一致,苗木进出受阻。", id="a problem"),
    pytest.param(f"{SPEAKER}指出,榨油企业小而散,抗风险能力弱。", id="a weakness"),
    pytest.param(f"{SPEAKER}称赞,江西的苗圃管得好、出苗齐。", id="praise"),
    pytest.param(f"{SPEAKER}表示,油茶是老百姓的重要收入来源。", id="重要 is no 要"),
    pytest.param(f"{SPEAKER}说,眼下对茶油的需求很旺。", id="需求 is no 需"),
    pytest.param(f"{SPEAKER}介绍,冬季茶油供应充足。", id="供应 is no 应"),
    pytest.param(f"{SPEAKER}说,反应最快的是湘南的苗农。", id="反应 is no 应"),
    pytest.param(f"{SPEAKER}说,这是可喜的变化。", id="可喜 is no 可"),
    pytest.param(f"{SPEAKER}说,主要的品种来自湘南。", id="主要 is no 要"),
    pytest.param(f"{SPEAKER}说,他即将退休,油茶林是他一生的牵挂。", id="即将 is no plan of a body"),
    pytest.param("会议收到建议四十七条。", id="the noun 建议"),
    pytest.param("这份建议写了整整十页。", id="a suggestion as a thing"),
    pytest.param(f"{SPEAKER}的建议引起了热烈讨论。", id="somebody's suggestion as a thing"),
    pytest.param("湖南省副省长、江西省副省长出席会议,会议由省政府秘书长主持。", id="an attendance list"),
    pytest.param("上午九时,会议听取汇报;下午,代表分组讨论。", id="an agenda"),
    pytest.param("会议室里座无虚席,茶香四溢。", id="scenery"),
    pytest.param("近年来,两省油茶面积稳步增长。", id="background"),
    pytest.param("油茶花白,茶农在林间穿行。", id="a picture in words"),
    pytest.param("参加会议的有湖南省林业局、江西省林业局。", id="who took part"),
    pytest.param("油茶林里能不能养蜂?", id="a question of the reporter's"),
    pytest.param(f"{SPEAKER}说,可惜的是,许多老品种已经找不到了。", id="可惜 is no 可"),
    pytest.param(f"{SPEAKER}说,相应的数据已经公开。", id="相应 is no 应"),
    pytest.param(f"{SPEAKER}表示,对两省的合作充满期待。", id="期待 as a feeling"),
    pytest.param(f"{SPEAKER}认为,目前的苗圃太少,数据也不共享。", id="an opinion on how things are"),
    pytest.param(f"{SPEAKER}提出了三个问题。", id="questions are put, not answered"),
    pytest.param(f"{SPEAKER}说,老百姓得了实惠。", id="得 as a verb of getting"),
    pytest.param(f"{SPEAKER}说,苗圃可容纳十万株幼苗。", id="可容纳 is a capacity"),
    pytest.param(f"{SPEAKER}主持会议并讲话。", id="who presided"),
    pytest.param(f"{SPEAKER}表示感谢。", id="thanks"),
    pytest.param(
        f"{SPEAKER}说,去年两省签署协议以来,苗木往来顺畅。", id="an agreement of last year as background"
    ),
    pytest.param("大会共收到提案三百件,立案两百七十件。", id="how many motions there were"),
    pytest.param("四年前,两省就签署了合作协议。", id="an agreement of years ago"),
    pytest.param("签约仪式在郴州举行。", id="the ceremony"),
    pytest.param("会前,委员们到苗圃调研。", id="what was seen before"),
    pytest.param("苗圃由两省共建,已投入使用。", id="a thing built together already"),
    pytest.param("如何让老油茶林返青?", id="a question that begins like a task"),
    pytest.param(f"{SPEAKER}说,他每年都要下乡一百多天。", id="要 of habit"),
    pytest.param(f"{SPEAKER}说,从郴州到赣州只需两个小时。", id="只需 and a figure"),
    pytest.param(f"{SPEAKER}说,茶籽要在低温下才不会变质。", id="要 of a condition"),
    pytest.param(f"{SPEAKER}说,需要指出的是,去年雨水偏多。", id="a formula with 需要"),
    pytest.param(f"{SPEAKER}发现,苗木过省界必须查验三次。", id="must, as a finding"),
    pytest.param(f"{SPEAKER}注意到,苗农要等半个月才拿得到证。", id="have to, as something noticed"),
    pytest.param(f"{SPEAKER}看到,检疫的表格须填五份。", id="need to, as something seen"),
    pytest.param(f"{SPEAKER}反映,榨油厂的垃圾应由谁清运说不清。", id="ought, in a complaint"),
    pytest.param(f"{SPEAKER}提出三点建议。", id="how many suggestions there are"),
    pytest.param(f"{SPEAKER}就油茶合作积极建言,提出四点意见建议。", id="how many opinions, behind a verb"),
    pytest.param(f"{SPEAKER}的看法是,油茶林一年比一年密。", id="what somebody thinks of things"),
    pytest.param(f"{SPEAKER}说:“老油茶林为什么会荒?”", id="a question that asks for a reason"),
    pytest.param(f"{SPEAKER}说,去年的造林计划提前完成。", id="计划 as a noun"),
    pytest.param("湖南省林业局召开会议。会议审议通过值班表。", id="what one body passes alone"),
    pytest.param("档案里夹着一张纸,第一件,关于油茶苗木的建议。", id="a paper of nobody"),
]


@pytest.mark.parametrize("article", NOTHING_PROPOSED)
def test_a_sentence_that_puts_nothing_forward_is_left(extractor: Extractor, article: str) -> None:
    text = f"{article}\n{CONTROL}"
    assert words_of(text, extractor.extract(text)) == [CONTROL]


def test_each_sentence_of_a_speech_is_a_proposal_of_its_own(extractor: Extractor) -> None:
    text = f"{SPEAKER}建议,两省互认检疫证。同时,应共建交易市场。苗木已出圃。他还建议,统一榨油标准。"
    assert words_of(text, extractor.extract(text)) == [
        f"{SPEAKER}建议,两省互认检疫证。",
        "同时,应共建交易市场。",
        "他还建议,统一榨油标准。",
    ]


def test_headings_propose_nothing(extractor: Extractor) -> None:
    text = f"湖南建议互认检疫证\n{SPEAKER}到会。\n应共建交易市场\n会议开了一天。"
    assert words_of(text, extractor.extract(text)) == []


def test_a_proposal_names_the_places_it_is_about(extractor: Extractor) -> None:
    proposal = proposal_at_mark(extractor, "⟦湖南农业大学教授谢运良建议,在郴州与赣州之间开行茶油专列。⟧")
    assert proposal is not None
    assert proposal.regions == ("431000", "360700")


def test_the_speakers_own_post_is_no_place_of_the_proposal(extractor: Extractor) -> None:
    proposal = proposal_at_mark(extractor, f"⟦{SPEAKER}建议,互认油茶苗木检疫证。⟧")
    assert proposal is not None
    assert proposal.regions == ()


def test_a_figure_in_a_proposal_belongs_to_it(extractor: Extractor) -> None:
    text = f"{SPEAKER}介绍,去年出苗800万株。他建议,明年共建30座苗圃。"
    figures = {metric.value: metric.proposal for metric in extractor.extract(text).metrics}
    assert figures == {8_000_000: None, 30: 0}
