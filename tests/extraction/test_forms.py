"""Whole short articles in the forms of the press: who puts what forward, and nobody else anything.

A row is the article and its proposals in order: words of each, its speakers and its kind.
"""

import pytest

from app.extraction.pipeline import Extractor
from app.vocabulary import Kind

HEAD = "两会之声:让皖北的粮仓更结实\n2019-01-18 来源:江淮晨报\n\n"
ASKED, PLANNED, AGREED = Kind.RECOMMENDATION, Kind.PLAN, Kind.AGREEMENT
STORE, FIELD = "在太和建一座十万吨级粮库", "应在涡阳设立小麦新品种展示区"

LINES: list[object] = [
    pytest.param(
        f"■ 省人大代表、阜阳师范大学教授 张志远\n\n仓容缺口超过三成。建议由省粮食局牵头,{STORE}。\n\n"
        f"■ 省政协委员、亳州市农科院院长 李桂芳\n\n{FIELD}。\n",
        [(STORE, ["张志远"], ASKED), (FIELD, ["李桂芳"], ASKED)],
        id="speaker lines with a mark",
    ),
    pytest.param(
        f"张志远 省人大代表、阜阳师范大学教授\n建议由省粮食局牵头,{STORE}。\n李桂芳 省政协委员\n{FIELD}。\n",
        [(STORE, ["张志远"], ASKED), (FIELD, ["李桂芳"], ASKED)],
        id="speaker lines with the name first",
    ),
    pytest.param(
        f"张志远 省人大代表、阜阳师范大学教授:建议{STORE}。\n李桂芳 省政协委员:{FIELD}。\n",
        [(STORE, ["张志远"], ASKED), (FIELD, ["李桂芳"], ASKED)],
        id="labels with a post behind the name",
    ),
    pytest.param(
        f"“建议由省粮食局牵头,{STORE}。”\n——省人大代表、阜阳师范大学教授张志远\n"
        f"“{FIELD}。”\n——省政协委员 李桂芳\n",
        [(STORE, ["张志远"], ASKED), (FIELD, ["李桂芳"], ASKED)],
        id="quotations signed below",
    ),
    pytest.param(
        f"【张志远代表】建议由省粮食局牵头,{STORE}。\n【李桂芳委员】{FIELD}。\n",
        [(STORE, ["张志远"], ASKED), (FIELD, ["李桂芳"], ASKED)],
        id="names in boxes",
    ),
    pytest.param(
        "关于加强皖北粮食仓储建设的建议\n\n民盟阜阳市委 张志远\n\n仓容缺口超过三成。为此建议:\n"
        f"(一){STORE}。\n(二)在涡阳设立展示区。\n",
        [(STORE, ["张志远"], ASKED), ("展示区", ["张志远"], ASKED)],
        id="a body and a name under the title of a paper",
    ),
    pytest.param(
        f"问:您今年最想说的是什么?\n答:我想说的是仓储。希望省里{STORE}。\n——访省人大代表、太和县县长张志远\n",
        [(STORE, ["张志远"], ASKED)],
        id="answers of the only person, named at the end",
    ),
    pytest.param(
        f"记者:您带来了哪些建议?\n张志远:主要有一件。我建议{STORE}。\n(张志远系省人大代表、阜阳师范大学教授)\n",
        [(STORE, ["张志远"], ASKED)],
        id="an interview that says in brackets who answers",
    ),
    pytest.param(
        "国务院发展研究中心研究员冯景明:两市各修各的铁路。我认为应组建一家跨省的铁路公司。\n"
        "中国社科院工业经济研究所所长助理沈若兰则谈分工。她建议两市每年发布一份产业目录。\n",
        [("铁路公司", ["冯景明"], ASKED), ("产业目录", ["沈若兰"], ASKED)],
        id="a label with a post before the name, and who comes next",
    ),
]

SPEECH: list[object] = [
    pytest.param(
        "张志远(民建界)、李桂芳(科技界)等委员建议,整合皖北的研发平台。\n周文博、郑巧云委员提出,要把运粮公路修到仓门口。\n",
        [("研发平台", ["张志远", "李桂芳"], ASKED), ("运粮公路", ["周文博", "郑巧云"], ASKED)],
        id="rows of members with their fields",
    ),
    pytest.param(
        f"张志远委员代表民建安徽省委会发言。他建议,{STORE}。\n",
        [(STORE, ["张志远"], ASKED)],
        id="a member who speaks for a party",
    ),
    pytest.param(
        f"阜阳师范大学教授张志远建议{STORE};亳州市农科院院长李桂芳提出在涡阳设立展示区。\n",
        [(STORE, ["张志远", "李桂芳"], ASKED)],
        id="two who speak in one sentence",
    ),
    pytest.param(
        f"张志远代表在审议时说:“仓容账要算。建议省里{STORE}。”李桂芳代表插话:“还要算上电。能不能搞光伏直供?”\n",
        [
            ("仓容账", ["张志远"], ASKED),
            (STORE, ["张志远"], ASKED),
            ("算上电", ["李桂芳"], ASKED),
            ("光伏直供", ["李桂芳"], ASKED),
        ],
        id="a quotation that goes on stays with who began it",
    ),
    pytest.param(
        f"走进周素云的办公室,墙上挂满了粮仓地图。“光有补贴不够。”周素云摊开地图,“要{STORE}。”"
        "今年,周素云把目光投向了良种。她准备的建议里有两条:一是建试验站;二是给种子企业贴息。\n",
        [(STORE, ["周素云"], ASKED), ("试验站", ["周素云"], ASKED)],
        id="a feature on somebody without a post",
    ),
    pytest.param(
        f"据悉,由周素云、顾海平等11位全国人大代表联名提出的议案已提交大会。议案建议,{STORE}。\n",
        [(STORE, ["周素云", "顾海平"], ASKED)],
        id="those who signed a paper together",
    ),
    pytest.param(
        f"贵州省社科院研究员喻永红日前撰文指出,仓储分工不清。文章建议,{STORE}。\n",
        [(STORE, ["喻永红"], ASKED)],
        id="what an article of somebody says",
    ),
    pytest.param(
        "今年他带来的建议聚焦基础研究。\n郝秀梅今年带来3件建议,最看重的一件与人才有关。\n",
        [],
        id="what a proposal is about is none",
    ),
    pytest.param(
        "文昌市委书记高原说,苗圃应当共用。他建议,每年办一次苗木会。\n",
        [],
        id="a name that is a word is not read, and nobody else is credited",
    ),
]

BODIES: list[object] = [
    pytest.param(
        "重庆市大数据局与贵州省大数据局在贵阳会商,就共建数据走廊形成两点共识:一是互认规则;二是共办论坛。\n"
        "双方商定,2022年3月底前完成平台建设。\n",
        [
            ("互认规则", ["重庆市大数据局", "贵州省大数据局"], AGREED),
            ("平台建设", ["重庆市大数据局", "贵州省大数据局"], AGREED),
        ],
        id="what two offices settled",
    ),
    pytest.param(
        "遵义市与綦江区签订“1+5”合作协议。协议内容包括:共建赶水至习水高速公路;互认住房公积金缴存年限。\n",
        [("“1+5”", ["遵义市", "綦江区"], AGREED), ("高速公路", ["遵义市", "綦江区"], AGREED)],
        id="what an agreement holds",
    ),
    pytest.param(
        "汉中市与巴中市8月18日签署旅游合作框架协议。根据协议,双方将在以下方面开展合作:\n"
        "——线路方面。共同推出三条联程线路,门票半价。\n——市场方面。互设推广中心,每年互送游客两万人次。\n",
        [
            ("框架协议", ["汉中市", "巴中市"], AGREED),
            ("以下方面", ["汉中市", "巴中市"], PLANNED),
            ("联程线路", ["汉中市", "巴中市"], AGREED),
            ("推广中心", ["汉中市", "巴中市"], AGREED),
        ],
        id="the points of an agreement",
    ),
    pytest.param(
        "吉安市与赣州市1月10日在吉安召开协同发展联席会议。会议决定,成立赣江旅游联盟,由两市文旅局轮流牵头。\n",
        [("旅游联盟", ["吉安市", "赣州市"], AGREED)],
        id="what a joint meeting decides",
    ),
    pytest.param(
        "6月3日,贵州省毕节市委书记梅永康率党政代表团赴四川省泸州市考察。座谈会上,双方签订了协同发展合作协议。\n",
        [("协同发展", ["毕节市", "泸州市"], AGREED)],
        id="two places that meet by a visit",
    ),
    pytest.param(
        "西宁市考察团到兰州市学习考察,走访了兰州大学、甘肃省农科院。两市签署了冷链合作备忘录。\n",
        [("冷链", ["西宁市", "兰州市"], AGREED)],
        id="a visit's stations sign nothing",
    ),
    pytest.param(
        "阜阳市政协会议昨天开幕。\n\n民进市委会\n\n让老楼装上电梯\n\n全市老楼三千栋。提案建议,由市住建局统一招标。提案还提出,资金由三方分担,市财政拿出三成。\n",
        [("统一招标", ["民进阜阳市委会"], ASKED), ("三方分担", ["民进阜阳市委会"], ASKED)],
        id="a body as heading, whose paper is told",
    ),
    pytest.param(
        "省人大代表、宿州学院教授方玉莲说,养老缺人。她希望人社部门延长补贴期限。\n",
        [("延长补贴", ["方玉莲"], ASKED)],
        id="希望 before an office that begins with 人",
    ),
    pytest.param(
        "省政协委员、皖北医院主任医师谷雨时:\n县医院缺人。我的想法是,每个县选送五名医生到上海进修。\n\n【编后】\n\n"
        "本报将组织一次沿河采访,请读者报名。\n",
        [("进修", ["谷雨时"], ASKED)],
        id="the editors' words behind a printed speech",
    ),
    pytest.param(
        "省人大代表贺长春为签名忙了一上午。“我要签字!”一位芜湖代表说。贺长春一口答应。他的建议是,把淮河源头列入生态补偿试点。\n",
        [("生态补偿", ["贺长春"], ASKED)],
        id="somebody unnamed says something",
    ),
    pytest.param(
        "安徽省经信厅公布了目录。该厅还将在淮南建两条示范线。该厅规划处负责人表示,年内将修订标准。\n",
        [("示范线", ["安徽省经信厅"], PLANNED), ("修订标准", ["安徽省经信厅"], PLANNED)],
        id="该厅 is the office named last",
    ),
    pytest.param(
        "安徽省水利厅有关负责人认为,补偿应当延伸到支流。淮委会一位负责人在总结时强调,要统一调度。\n",
        [("支流", ["安徽省水利厅"], ASKED)],
        id="a speaker nobody can name ends the speech before",
    ),
    pytest.param(
        "贺长春委员:建议修一条公路。\n\n某某某代表:企业最怕政策打架。要统一标准。\n",
        [("公路", ["贺长春"], ASKED)],
        id="a label that cannot be read ends the speech before",
    ),
    pytest.param(
        "省科技厅厅长戴明山:大家的意见很好。今年我们将与江苏、浙江签订仪器共享协议。\n",
        [("仪器共享", ["戴明山"], PLANNED)],
        id="what one will sign is no agreement yet",
    ),
    pytest.param(
        "市科技局局长曲海涛走进直播间。他说,专利多了。“能不能多给点钱?”市民王先生在热线中问。\n",
        [],
        id="what a citizen asks on the telephone",
    ),
    pytest.param(
        "安徽省政协召开协商会。委员们认为,淮河治理有成效。建议编制专项规划。\n",
        [("专项规划", ["安徽省政协"], ASKED)],
        id="the members of the body that sits",
    ),
    pytest.param(
        "省人大代表戴明山建议省里出钱。同时,芜湖将主动与马鞍山对接,年内组建公司。\n",
        [("出钱", ["戴明山"], ASKED), ("对接", ["戴明山"], PLANNED)],
        id="what one's own city will do, behind what one asks",
    ),
    pytest.param(
        "省政协委员戴明山、贺长春围绕主题发言,提出了一系列有针对性的意见建议。\n",
        [],
        id="that many suggestions were made",
    ),
    pytest.param(
        "民建安徽省委会  卢志远:\n\n让粮仓满起来\n\n仓容缺口三成。"
        "民建省委会认为,粮库要统一规划。我们建议,由省财政补贴。\n\n"
        "农业界别  康凤仙:\n\n应扶持一批加工企业。\n",
        [("统一规划", ["卢志远"], ASKED), ("省财政", ["卢志远"], ASKED), ("加工企业", ["康凤仙"], ASKED)],
        id="labels of body and name, and the body's opinion told by its member",
    ),
    pytest.param(
        "安徽省粮食局召开联席会议。芜湖、宣城等地有关部门负责人参加会议。会议要求,加快建设粮库。\n",
        [("粮库", ["安徽省粮食局"], ASKED)],
        id="those who attend do not hold the meeting",
    ),
    pytest.param(
        "市政协委员郝秀梅就水权交易提交提案,省水利厅近日作出答复。答复称,方案预计7月底前报省政府审定。\n甘肃的水利由此加快。\n",
        [("7月底前", ["甘肃省水利厅"], PLANNED)],
        id="what an answer says",
    ),
    pytest.param(
        "今年全国两会,重庆代表团以全团名义提交了8件建议。其中,《关于支持建设数据走廊的建议》提出,请国家发展改革委将渝黔列入试点。\n",
        [("列入试点", ["重庆代表团"], ASKED)],
        id="a paper of a delegation by its title",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*LINES, *SPEECH, *BODIES])
def test_an_article_has_these_proposals(
    text: str, expected: list[tuple[str, list[str], Kind]], extractor: Extractor
) -> None:
    article = HEAD + text
    found = [
        (
            "".join(article[span.start : span.end] for span in proposal.spans),
            [speaker.name for speaker in proposal.speakers],
            proposal.kind,
        )
        for proposal in extractor.extract(article).proposals
    ]
    assert [(speakers, kind) for _, speakers, kind in found] == [(who, kind) for _, who, kind in expected]
    assert all(words in text for (text, _, _), (words, _, _) in zip(found, expected, strict=True))
