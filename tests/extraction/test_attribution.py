"""Stage 5: who speaks. A pair is a short article, ⟦…⟧ around the sentence asked about, and the speakers."""

import pytest

from app.extraction.pipeline import Extractor
from app.vocabulary import ActorKind, AttributionForm
from tests.extraction.marked import proposal_at_mark, speakers_at_mark, words_of

FULL = "江西省水利厅厅长柳长根"
OTHER = "安徽省生态环境厅厅长卞玉洁"
SOIL = "吉林大学副校长佟立新"
TWIN = "延边大学教授金美善"

NAMED: list[object] = [
    pytest.param(f"⟦{FULL}建议,两省合编鄱阳湖的候鸟名录。⟧", ["柳长根"], id="full name with post"),
    pytest.param(f"⟦{FULL}在会上建议,两省合编候鸟名录。⟧", ["柳长根"], id="words between name and verb"),
    pytest.param(f"⟦{FULL}在接受记者采访时呼吁,尽快划定候鸟迁徙通道。⟧", ["柳长根"], id="in an interview"),
    pytest.param(
        f"⟦{FULL}、{OTHER}联名建议,设立跨省湿地补偿资金。⟧", ["柳长根", "卞玉洁"], id="two people in a row"
    ),
    pytest.param(f"{FULL}到会。⟦柳长根提出,要给候鸟留出一千亩浅滩。⟧", ["柳长根"], id="bare name"),
    pytest.param(f"{FULL}到会。⟦柳厅长建议,先从浅滩做起。⟧", ["柳长根"], id="surname with title"),
    pytest.param(f"{FULL}谈到了浅滩。⟦他建议,先划出一千亩。⟧", ["柳长根"], id="he"),
    pytest.param(f"{OTHER}谈到了浅滩。⟦她呼吁,先划出一千亩。⟧", ["卞玉洁"], id="she"),
    pytest.param(
        f"{FULL}谈到了浅滩。{OTHER}看了现场。⟦她建议,把监测站连成网。⟧",
        ["卞玉洁"],
        id="the last person named",
    ),
    pytest.param(f"⟦在{FULL}看来,浅滩应由两省一起巡护。⟧", ["柳长根"], id="in the eyes of"),
    pytest.param(f"⟦据{FULL}介绍,下一步两省将共用一套监测数据。⟧", ["柳长根"], id="according to"),
    pytest.param(f"⟦{FULL}表示,下一步将把巡护船增加到三十艘。⟧", ["柳长根"], id="a verb that only reports"),
    pytest.param(
        f"⟦{FULL}认为,应当让渔民转为巡护员。⟧", ["柳长根"], id="a belief that something ought to be done"
    ),
    pytest.param(
        f"⟦对此,{SOIL}建议,蒙东与吉西共用一套耕地标准。⟧", ["佟立新"], id="a linking word before the speaker"
    ),
    pytest.param(
        f"⟦围绕黑土保护,{SOIL}提出两点建议:一是统一布点,二是共建样本库。⟧",
        ["佟立新"],
        id="points in the sentence itself",
    ),
    pytest.param(
        f"⟦{SOIL}带来一份关于黑土立法的提案,建议两省同步立法。⟧",
        ["佟立新"],
        id="what is brought, then what is asked",
    ),
    pytest.param(
        f"⟦作为老农技员,{SOIL}最盼望的是两省能共用一张土壤图。⟧", ["佟立新"], id="what somebody wishes most"
    ),
    pytest.param(
        f"⟦{SOIL}和{TWIN}一致认为,应当尽快给黑土立法。⟧",
        ["佟立新", "金美善"],
        id="two people with a post each",
    ),
    pytest.param(
        f"⟦{TWIN}、副教授朴成浩建议,在图们江口设监测站。⟧", ["金美善", "朴成浩"], id="two people of one body"
    ),
    pytest.param(
        f"{SOIL}、{TWIN}先后发言。⟦佟副校长建议,把样本库建在松原。⟧",
        ["佟立新"],
        id="surname with a deputy's title",
    ),
    pytest.param(
        f"{SOIL}、{TWIN}先后发言。⟦金教授则认为,样本库应设在高校。⟧",
        ["金美善"],
        id="surname with a title, one of two",
    ),
    pytest.param(
        f"{SOIL}、{TWIN}先后发言。⟦两人建议,每年办一次黑土论坛。⟧", ["佟立新", "金美善"], id="the two of them"
    ),
]

QUOTED: list[object] = [
    pytest.param(f"⟦“建议把浅滩还给候鸟。”⟧{FULL}说。", ["柳长根"], id="quotation before the speaker"),
    pytest.param(
        f"⟦“浅滩应当还给候鸟。”⟧{FULL}说,湖里的事不能只看湖里。",
        ["柳长根"],
        id="the speaker goes on behind it",
    ),
    pytest.param(f"⟦{FULL}说:“应当把浅滩还给候鸟。”⟧", ["柳长根"], id="quotation behind the speaker"),
    pytest.param(
        f"⟦“应当把浅滩还给候鸟,”{FULL}说,“也要给渔民找条出路。”⟧", ["柳长根"], id="speaker in the middle"
    ),
    pytest.param(
        f"{FULL}说:“浅滩是候鸟的家。⟦建议两省都把它划进红线。⟧渔民也赞成。”",
        ["柳长根"],
        id="inside a long quotation",
    ),
    pytest.param(
        f"{FULL}建议:“第一步,把浅滩划进红线。\n⟦“第二步,要给渔民转产补贴。”⟧",
        ["柳长根"],
        id="over two paragraphs",
    ),
    pytest.param(
        "“鸟多了,稻田也遭殃。”村民说。\n⟦“要算补偿这笔账。”⟧" + f"{OTHER}表示,补偿款可以两省分担。",
        ["卞玉洁"],
        id="a villager's words do not take the next quotation",
    ),
    pytest.param(
        f"⟦“可以先从样本库做起。”⟧谈到合作,{SOIL}这样说。",
        ["佟立新"],
        id="a topic between quotation and speaker",
    ),
    pytest.param(
        f"⟦“黑土层薄了三成。”{SOIL}说,“应当尽快立法。”⟧",
        ["佟立新"],
        id="a result before, a wish behind the speaker",
    ),
    pytest.param(
        f"“这里的黑土有一米厚。⟦我们应当尽快立法。⟧罚则也要写清楚。”{SOIL}说。",
        ["佟立新"],
        id="before the speaker, in the middle of the quotation",
    ),
    pytest.param(
        f"{SOIL}说:“这里的黑土有一米厚。\n⟦“所以,我建议尽快立法。⟧\n“罚则也要写清楚。”",
        ["佟立新"],
        id="I, in the second paragraph of a quotation",
    ),
    pytest.param(
        f"⟦“建议在白城设观测点。”⟧{SOIL}建议。", ["佟立新"], id="a quotation before a verb of asking"
    ),
    pytest.param(
        f"“草原站少。”{TWIN}说。⟦“建议先从白城设起。”⟧{SOIL}接着说。",
        ["佟立新"],
        id="the second quotation is the second speaker's",
    ),
]

GOING_ON: list[object] = [
    pytest.param(f"{FULL}建议,两省合编名录。⟦同时,建立信息月报制度。⟧", ["柳长根"], id="meanwhile"),
    pytest.param(f"{FULL}建议,两省合编名录。⟦此外,应培训一批巡护员。⟧", ["柳长根"], id="besides"),
    pytest.param(
        f"{FULL}建议,两省合编名录。\n⟦同时,应培训一批巡护员。⟧", ["柳长根"], id="in a new paragraph"
    ),
    pytest.param(
        f"{FULL}提出三点建议。⟦一是共建观鸟站。⟧二是共用一套数据。", ["柳长根"], id="the first of a list"
    ),
    pytest.param(
        f"{FULL}提出三点建议。一是共建观鸟站。⟦二是共用一套监测数据。⟧", ["柳长根"], id="the second of a list"
    ),
    pytest.param(
        f"{FULL}提出三点建议。\n一是共建观鸟站。\n⟦二是共用一套监测数据。⟧",
        ["柳长根"],
        id="a list of paragraphs",
    ),
    pytest.param(
        f"{FULL}建议,两省合编名录。\n⟦在资金保障上,设立候鸟保护基金。⟧",
        ["柳长根"],
        id="a topic opens the paragraph",
    ),
    pytest.param(f"{FULL}建议,两省合编名录。⟦他还建议,冬季轮流值守。⟧", ["柳长根"], id="he goes on"),
    pytest.param(
        f"{SOIL}建议:\n⟦一、统一两省黑土监测布点。⟧\n二、共建样本库。",
        ["佟立新"],
        id="the first of a numbered list of paragraphs",
    ),
    pytest.param(
        f"{SOIL}建议:\n一、统一两省黑土监测布点。\n⟦二、共建样本库。⟧",
        ["佟立新"],
        id="the second of a numbered list of paragraphs",
    ),
    pytest.param(
        f"{SOIL}建议,统一布点。\n佟立新介绍,黑土层薄了三成。\n⟦为此,他呼吁尽快立法。⟧",
        ["佟立新"],
        id="four characters say what is called for",
    ),
    pytest.param(
        f"{SOIL}说,两省的黑土要一起护。⟦首先要统一布点,其次要共建样本库。⟧",
        ["佟立新"],
        id="firstly and secondly",
    ),
    pytest.param(
        f"{SOIL}介绍了样本库。⟦佟立新表示,接下来将向两省开放。⟧",
        ["佟立新"],
        id="a bare name in the same paragraph",
    ),
    pytest.param(
        f"{SOIL}建议,统一布点。\n“没有数据,谁也说不清。”佟立新说。\n⟦他希望,三年内把家底摸清。⟧",
        ["佟立新"],
        id="he, in the paragraph behind a quotation",
    ),
]

BODIES: list[object] = [
    pytest.param("⟦甘肃省发展改革委建议,两省共建绿电走廊。⟧", ["甘肃省发展改革委"], id="a body speaks"),
    pytest.param(
        "⟦甘肃省发展改革委相关负责人表示,下一步将开工三座变电站。⟧",
        ["甘肃省发展改革委"],
        id="an official of a body",
    ),
    pytest.param(
        "兰州市昨天发布了清单。⟦市发改委相关负责人表示,明年将再建两座储能站。⟧",
        ["兰州市发改委"],
        id="an official of a body named by its level",
    ),
    pytest.param(
        "青海代表团举行全体会议。⟦代表们建议,国家支持柴达木盐湖资源的综合利用。⟧",
        ["青海代表团"],
        id="the members of a delegation",
    ),
    pytest.param(
        "记者采访了甘肃省发展改革委。\n⟦下一步,甘肃将开工三座变电站。⟧",
        ["甘肃省发展改革委"],
        id="the body a reporter asked",
    ),
    pytest.param(
        "兰州市政府召开常务会议。⟦会议要求,加快办理储能项目的用地手续。⟧",
        ["兰州市政府"],
        id="a meeting of a body",
    ),
    pytest.param(
        "⟦民革吉林省委会在提案中建议,设立黑土保护专项基金。⟧", ["民革吉林省委会"], id="a party in its motion"
    ),
    pytest.param(
        "民革吉林省委会提交了一份提案。⟦提案建议,设立黑土保护专项基金。⟧",
        ["民革吉林省委会"],
        id="the motion of the body named before",
    ),
    pytest.param(
        "⟦吉林代表团以全团名义提交建议,希望国家支持黑土立法。⟧",
        ["吉林代表团"],
        id="a delegation in the name of all",
    ),
    pytest.param(
        "⟦据吉林省农业农村厅介绍,明年两省将共建十座样本库。⟧", ["吉林省农业农村厅"], id="according to a body"
    ),
    pytest.param("⟦佳木斯市将在三江口建设一座样本库。⟧", ["佳木斯市"], id="a place that plans"),
    pytest.param(
        "⟦到2027年,吉林省将建成高标准农田五千万亩。⟧", ["吉林省"], id="a place that plans, behind a year"
    ),
    pytest.param(
        "⟦记者从吉林省农业农村厅获悉,明年两省将共建十座样本库。⟧",
        ["吉林省农业农村厅"],
        id="the body a reporter has it from, in the sentence",
    ),
    pytest.param(
        "⟦长春市与通辽市的有关负责人表示,两市将共建样本库。⟧",
        ["长春市", "通辽市"],
        id="officials of two places",
    ),
]

PARTIES: list[object] = [
    pytest.param(
        "⟦昨天,福建省港口集团与江西省港口集团签署战略合作协议。⟧",
        ["福建省港口集团", "江西省港口集团"],
        id="two bodies",
    ),
    pytest.param(
        "⟦大同市、乌兰察布市、张家口市签订长城旅游联盟框架协议。⟧",
        ["大同市", "乌兰察布市", "张家口市"],
        id="three places",
    ),
    pytest.param(
        "福建省港口集团与江西省港口集团签署战略合作协议。⟦双方约定,每季度互派一次调度员。⟧",
        ["福建省港口集团", "江西省港口集团"],
        id="both sides, named before",
    ),
    pytest.param(
        "珠海市与阳江市签署合作协议。⟦两市将共建一座海上风电运维码头。⟧",
        ["珠海市", "阳江市"],
        id="both cities, a plan",
    ),
    pytest.param(
        "⟦兰州大学和青海大学共同成立高原生态联盟。⟧", ["兰州大学", "青海大学"], id="founded together"
    ),
    pytest.param(
        "⟦吉林省和内蒙古自治区农业农村厅联合印发《黑土区样本库共建方案》。⟧",
        ["吉林省农业农村厅", "内蒙古自治区农业农村厅"],
        id="two places that share one kind of body",
    ),
    pytest.param(
        "⟦松原市农业农村局、通辽市农牧局以及大庆市农业农村局三方签约,共建样本库。⟧",
        ["松原市农业农村局", "通辽市农牧局", "大庆市农业农村局"],
        id="three bodies",
    ),
    pytest.param(
        "⟦吉林省农业农村厅近日与内蒙古自治区农牧厅签署合作协议。⟧",
        ["吉林省农业农村厅", "内蒙古自治区农牧厅"],
        id="a word of time between the parties",
    ),
    pytest.param(
        "吉林省农业农村厅与内蒙古自治区农牧厅签署协议。\n⟦根据协议,双方将共建十座样本库。⟧",
        ["吉林省农业农村厅", "内蒙古自治区农牧厅"],
        id="both sides in the next paragraph",
    ),
    pytest.param(
        "吉林省农业农村厅与内蒙古自治区农牧厅签署协议。⟦协议明确,样本库的数据向高校开放。⟧",
        ["吉林省农业农村厅", "内蒙古自治区农牧厅"],
        id="what the agreement says",
    ),
    pytest.param(
        "⟦白城市、兴安盟、呼伦贝尔市共同签署《嫩江流域联防联治公约》。⟧",
        ["白城市", "兴安盟", "呼伦贝尔市"],
        id="a league and two cities",
    ),
]

RESETS: list[object] = [
    pytest.param(
        f"{FULL}建议,两省合编名录。{OTHER}表示赞成。⟦她建议,名录每年更新一次。⟧",
        ["卞玉洁"],
        id="a new speaker",
    ),
    pytest.param(
        f"{FULL}建议,两省合编名录。\n⟦{OTHER}提出,应把名录放到网上。⟧",
        ["卞玉洁"],
        id="a new speaker in a new paragraph",
    ),
    pytest.param(
        f"{SOIL}建议,统一布点。在样本库方面,佟立新没有多说。⟦{TWIN}接过话头,建议由高校来管。⟧",
        ["金美善"],
        id="a new speaker takes up the word",
    ),
]


@pytest.mark.parametrize(("article", "speakers"), [*NAMED, *QUOTED, *GOING_ON, *BODIES, *PARTIES, *RESETS])
def test_a_proposal_has_the_speaker_the_article_gives_it(
    extractor: Extractor, article: str, speakers: list[str]
) -> None:
    assert speakers_at_mark(extractor, article) == speakers


SPEECH_ENDS: list[object] = [
    pytest.param(
        f"{FULL}建议,两省合编名录。\n候鸟来了\n加固堤坝的工程已经收尾。", id="a heading ends the speech"
    ),
    pytest.param(
        f"{FULL}建议,两省合编名录。\n据了解,鄱阳湖去年来了七十万只候鸟。", id="the reporter's own knowledge"
    ),
    pytest.param(f"{FULL}建议,两省合编名录。\n当天,与会人员还参观了观鸟台。", id="the day's programme"),
    pytest.param(f"{FULL}建议,两省合编名录。截至目前,两省已有观鸟站四十座。", id="how things stand"),
    pytest.param(f"{FULL}建议,两省合编名录。\n会议还通报了春耕备耕情况。", id="the meeting's programme"),
    pytest.param(f"{FULL}建议,两省合编名录。出席座谈会的还有{OTHER}。", id="who else took part"),
    pytest.param(f"{FULL}建议,两省合编名录。\n深秋时节,鄱阳湖边芦花翻滚。", id="scenery"),
    pytest.param(f"{FULL}建议,两省合编名录。他的话引来一片掌声。", id="applause"),
    pytest.param(
        f"{FULL}建议,两省合编名录。\n“我家船上也想装一部电台。”渔民老崔说。\n湖水每天退去两厘米。",
        id="a bystander's words",
    ),
]


@pytest.mark.parametrize("article", SPEECH_ENDS)
def test_speech_does_not_go_on_into_narration(extractor: Extractor, article: str) -> None:
    assert words_of(article, extractor.extract(article)) == [f"{FULL}建议,两省合编名录。"]


FORMS = [
    pytest.param(f"⟦{FULL}建议,两省合编名录。⟧", AttributionForm.EXPLICIT, id="name and post"),
    pytest.param(f"{FULL}到会。⟦柳长根建议,两省合编名录。⟧", AttributionForm.SHORT, id="name alone"),
    pytest.param(f"{FULL}到会。⟦他建议,两省合编名录。⟧", AttributionForm.PRONOUN, id="pronoun"),
    pytest.param(f"{FULL}建议,两省合编名录。⟦同时,应每年更新。⟧", AttributionForm.IMPLIED, id="nobody named"),
]


@pytest.mark.parametrize(("article", "form"), FORMS)
def test_a_proposal_says_how_its_speaker_was_named(
    extractor: Extractor, article: str, form: AttributionForm
) -> None:
    proposal = proposal_at_mark(extractor, article)
    assert proposal is not None
    assert proposal.form is form


def test_a_safer_form_of_naming_is_believed_more(extractor: Extractor) -> None:
    proposals = [proposal_at_mark(extractor, param.values[0]) for param in FORMS]
    confidences = [proposal.confidence for proposal in proposals if proposal]
    assert len(confidences) == len(FORMS)
    assert confidences == sorted(confidences, reverse=True)


def test_a_speaker_is_tied_to_the_mention_that_names_it(extractor: Extractor) -> None:
    text = f"{FULL}到会。柳长根建议,两省合编名录。同时,应每年更新。"
    mentions = [
        text[a:b] for one in extractor.extract(text).proposals for s in one.speakers for a, b in s.spans
    ]
    assert mentions == ["柳长根", "柳长根"]


def test_people_bodies_and_places_are_speakers_of_their_kind(extractor: Extractor) -> None:
    for article, kind in (
        (f"⟦{FULL}建议,两省合编名录。⟧", ActorKind.PERSON),
        ("⟦甘肃省发展改革委建议,两省共建绿电走廊。⟧", ActorKind.INSTITUTION),
        ("⟦珠海市与阳江市签署合作协议。⟧", ActorKind.REGION),
    ):
        proposal = proposal_at_mark(extractor, article)
        assert proposal is not None
        assert {speaker.kind for speaker in proposal.speakers} == {kind}
