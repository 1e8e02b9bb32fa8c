"""Stage 5: who speaks. A pair is a short article, ⟦…⟧ around the sentence asked about, and the speakers."""

import pytest

from app.extraction.pipeline import Extractor
from app.vocabulary import ActorKind, AttributionForm
from tests.extraction.marked import proposal_at_mark, proposals_at_marks, speakers_at_mark, words_of

FULL = "江西省水利厅厅长柳长根"
OTHER = "安徽省生态环境厅厅长卞玉洁"
SOIL = "吉林大学副校长佟立新"
TWIN = "延边大学教授金美善"
TEA = "贵州省农业农村厅厅长罗启明"
SEA = "广西壮族自治区海洋局局长覃文海"
SNOW = "黑龙江省体育局局长邵雪峰"
LOCK = "山东省政协委员孔维舟"
SAND = "宁夏大学教授马晓岚"
ROAD = "云南省交通运输厅厅长段志平"
ISLE = "海南省人大代表符海燕"
HERB = "甘肃中医药大学教授苗春山"

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


UNREAD: list[object] = [
    pytest.param(
        f"⟦{TEA}建议,两省互派评茶师。⟧\n贵州大学教授清泉说,希望两省登记古茶树。\n他还建议,古树统一挂牌。",
        ["罗启明"],
        id="a professor with a name like a word, then he",
    ),
    pytest.param(
        f"⟦{SEA}建议,共编红树林名录。⟧\n文昌市委书记高原率先发言,建议苗圃设在文昌。他还建议,苗木互认。",
        ["覃文海"],
        id="a party secretary, then he in the same paragraph",
    ),
    pytest.param(
        f"⟦{SNOW}建议,两省共用一条雪道。⟧\n延边大学校长早晨表示,雪道要合用,建议雪票通用。\n她还希望合办冬令营。",
        ["邵雪峰"],
        id="a headmaster, then she",
    ),
    pytest.param(
        f"{SEA}到会。\n文昌市委书记高原也到会。\n他建议,苗圃设在文昌。", [], id="he, behind one who only came"
    ),
    pytest.param(
        f"⟦{LOCK}建议,给古闸建档。⟧\n文昌市委书记高原说,建议把碑文拓下来。\n闸上的铁件应当另外登记。",
        ["孔维舟"],
        id="the floor is taken from who asked before",
    ),
    pytest.param(
        f"贵州大学教授清泉说,希望登记古茶树。\n⟦{TEA}建议,两省互派评茶师。⟧⟦他还建议,评茶师每年轮换。⟧",
        ["罗启明"],
        id="a name that is read speaks again",
    ),
]

FLOOR: list[object] = [
    pytest.param(
        f"⟦{SEA}建议,两省区共编红树林名录。⟧\n北部湾的红树林不到一万公顷,比三十年前少了一半。\n"
        "⟦巡护的船只应当由两省区统一调度。⟧",
        ["覃文海"],
        id="ought, behind the background",
    ),
    pytest.param(
        f"⟦{LOCK}呼吁,给大运河的古闸建档。⟧\n鲁南的古闸有四十多座,一半埋在田里。\n沿岸的老船工如今不到十人。\n"
        "⟦口述的史料必须抢先录下来。⟧",
        ["孔维舟"],
        id="must, in the third paragraph",
    ),
    pytest.param(
        f"⟦{SAND}建议,宁蒙共设防沙林带。⟧\n腾格里的沙丘每年向东南移动三米。\n"
        "⟦治沙的草种,可以由两区的苗圃统一供给。⟧",
        ["马晓岚"],
        id="may be done",
    ),
    pytest.param(
        f"⟦{SEA}建议,共编红树林名录。⟧\n{ISLE}到滩涂上看了看。\n巡护的船只应当统一调度。",
        ["覃文海"],
        id="taken by who is named next",
    ),
    pytest.param(
        f"⟦{LOCK}呼吁,给古闸建档。⟧\n鲁南的古闸有四十多座。\n一半埋在田里。\n老船工不到十人。\n"
        "闸上的碑文也模糊了。\n口述的史料必须抢先录下来。",
        ["孔维舟"],
        id="ended by four paragraphs",
    ),
    pytest.param(
        f"⟦{LOCK}呼吁,给古闸建档。⟧\n闸口今昔\n鲁南的古闸有四十多座。口述的史料必须抢先录下来。",
        ["孔维舟"],
        id="ended by a heading",
    ),
    pytest.param(
        f"⟦{SAND}建议,宁蒙共设防沙林带。⟧\n沙丘每年移动三米。\n有网友留言,沙丘应当留一片给游客。",
        ["马晓岚"],
        id="what people on the net say",
    ),
    pytest.param(
        f"⟦{SAND}建议,宁蒙共设防沙林带。⟧\n沙丘每年移动三米。\n记者看到,草方格必须一格一格地扎。",
        ["马晓岚"],
        id="what the reporter saw",
    ),
    pytest.param(
        f"⟦{SAND}建议,宁蒙共设防沙林带。⟧\n沙丘每年移动三米。\n据了解,草方格必须一格一格地扎。",
        ["马晓岚"],
        id="what the reporter heard",
    ),
    pytest.param(
        f"{SAND}介绍,沙丘每年移动三米。\n草方格用的是麦草。\n治沙的草种应当统一供给。",
        [],
        id="not held by who told facts only",
    ),
]

LISTS: list[object] = [
    pytest.param(
        f"{HERB}建议如下:\n⟦一是统一甘青两省的药材等级。⟧\n⟦二是在陇西合办检测站。⟧\n会议开了一天。",
        ["苗春山"],
        id="marked points, then the reporter",
    ),
    pytest.param(
        f"{HERB}提出三点建议。\n⟦(一)甘青两省的药材等级由一家机构评定。⟧\n⟦(二)药市的检测站放到陇西。⟧\n"
        "⟦(三)药农的合同一年一签。⟧",
        ["苗春山"],
        id="points without a word of asking",
    ),
    pytest.param(
        f"{SNOW}提出以下建议:\n● ⟦雪票在黑吉两省的雪场通用⟧\n● ⟦教练证由两省的协会互认⟧\n"
        "散会时已近黄昏,窗外又飘起了雪。",
        ["邵雪峰"],
        id="bullets, then the evening",
    ),
    pytest.param(
        f"{SNOW}提出以下建议:\n⟦雪票在两省的雪场一律通用;⟧\n⟦教练证由两省的协会互认;⟧\n"
        "散会时已近黄昏,窗外又飘起了雪。",
        ["邵雪峰"],
        id="semicolons, then the evening",
    ),
    pytest.param(
        f"{LOCK}提出两点建议。⟦第一,鲁苏两省的古闸由一支队伍测绘。⟧⟦第二,船工号子的录音两省各存一份。⟧",
        ["孔维舟"],
        id="in one paragraph",
    ),
    pytest.param(
        f"{SAND}提出三点建议:\n⟦——宁蒙两区的苗木由一家检疫。⟧\n⟦——沙区的光伏板下种三行牧草。⟧\n"
        "⟦——牧民的草场三年一轮休。⟧",
        ["马晓岚"],
        id="dashes",
    ),
    pytest.param(
        f"{SAND}提出建议:\n⟦苗木由一家检疫,证书在宁蒙两区通用。⟧\n中卫的沙坡头下着小雨。",
        ["马晓岚"],
        id="one paragraph behind a colon",
    ),
    pytest.param(
        f"⟦{SAND}建议:苗木由一家检疫,草场三年一轮休。⟧",
        ["马晓岚"],
        id="behind a colon in the sentence itself",
    ),
    pytest.param(
        f"⟦{SAND}建议——苗木由一家检疫,草场三年一轮休。⟧",
        ["马晓岚"],
        id="behind a dash in the sentence itself",
    ),
    pytest.param(
        f"{HERB}提出两点建议。\n⟦一是统一甘青两省的药材等级。⟧\n⟦二是在陇西合办检测站。⟧\n"
        "陇西的药市凌晨四点就开了门。\n一筐当归卖到两百元。",
        ["苗春山"],
        id="ended by scenery",
    ),
    pytest.param(
        f"{HERB}提出三点建议。\n⟦一是统一甘青两省的药材等级。⟧\n目前全省已有检测站十二座。",
        ["苗春山"],
        id="ended by how things stand",
    ),
    pytest.param(
        f"{HERB}提出两个问题。\n一是甘青两省的药材等级各定各的。\n二是检测站离药市太远。",
        [],
        id="problems are no wishes",
    ),
]

LIST_HEADINGS: list[object] = [
    pytest.param(
        f"怒江边的集市刚散。\n{ROAD}提出两点建议:\n⟦一是把怒江上的老桥留给行人⟧\n"
        "⟦二是桥头的集市由滇藏两省区合管⟧",
        ["段志平"],
        id="firstly, secondly",
    ),
    pytest.param(
        f"会议开了一天。\n{LOCK}提出三点建议:\n⟦(一)古闸由鲁苏两省合测⟧\n⟦(二)号子的录音两省各存一份⟧\n"
        "⟦(三)船工的口述编成一本书⟧",
        ["孔维舟"],
        id="numerals in brackets",
    ),
    pytest.param(
        f"{ISLE}建议如下:\n⟦1.琼粤两地的渔港证照互认⟧\n⟦2.休渔期由两省统一发布⟧", ["符海燕"], id="digits"
    ),
    pytest.param(
        f"{ROAD}介绍了老桥。\n(一)老桥留给两岸的行人\n(二)集市由两省区合管\n会议开了一天。",
        [],
        id="headings that nobody announced",
    ),
    pytest.param(
        f"会议开了一天。\n{ROAD}提出两个问题:\n(一)怒江上的老桥留给谁走\n(二)桥头的集市由谁来管",
        [],
        id="headings that are questions",
    ),
]

NAMED_LISTS: list[object] = [
    pytest.param(
        f"{SNOW}给出三条建议。⟦一是雪票通用,二是教练证互认,三是合办少年营。⟧",
        ["邵雪峰"],
        id="three suggestions",
    ),
    pytest.param(
        f"谈到药材的等级,{HERB}给出两条路径。\n⟦一是甘青两省的药材由一家机构评定。⟧\n"
        "⟦二是检测站从兰州搬到陇西。⟧",
        ["苗春山"],
        id="two ways",
    ),
    pytest.param(
        f"{ROAD}到会。他梳理出三条思路。⟦第一,怒江上的老桥留给行人。⟧⟦第二,桥头的集市由两省合管。⟧",
        ["段志平"],
        id="he has thoughts",
    ),
    pytest.param(
        f"{ISLE}开出了三条良方。⟦一是证照互认,二是潮汐表共用,三是渔港轮流清淤。⟧",
        ["符海燕"],
        id="good recipes",
    ),
    pytest.param(
        f"{ROAD}给出三个数字。第一,怒江上的老桥有九座。第二,桥头的集市有两处。",
        [],
        id="figures are no wishes",
    ),
]

POINTS_AT_ONCE: list[object] = [
    pytest.param(
        f"{ROAD}最后发言。\n⟦一要把怒江上的老桥留给行人。⟧",
        ["段志平"],
        id="behind one who only spoke",
    ),
    pytest.param(
        f"主持人请出{HERB}。⟦首先,应当统一甘青两省的药材等级。⟧",
        ["苗春山"],
        id="behind one who was introduced",
    ),
    pytest.param(
        "贵州代表团昨天集中审议。\n⟦建议把毕节机场的跑道加长四百米。⟧", ["贵州代表团"], id="of a delegation"
    ),
    pytest.param(
        f"{ROAD}到会。\n会议开了一天。\n桥头下着雨。\n一要看桥墩,二要看桥面。", [], id="too far from anybody"
    ),
]

MEETINGS: list[object] = [
    pytest.param(
        "贵州省与四川省在赤水召开联席会议。⟦会议审议通过赤水河联合巡护办法。⟧",
        ["贵州省", "四川省"],
        id="two provinces pass",
    ),
    pytest.param(
        "中卫市、阿拉善盟召开防沙联席会议。⟦会议商定,林带的苗木由两地分摊。⟧",
        ["中卫市", "阿拉善盟"],
        id="two places settle",
    ),
    pytest.param(
        "济宁市与徐州市在微山举行座谈会。\n⟦会上一致通过了古闸测绘分工表。⟧",
        ["济宁市", "徐州市"],
        id="in the next paragraph",
    ),
    pytest.param("毕节市政府召开常务会议。会议审议通过城区停车管理办法。", [], id="one body passes alone"),
]

ARRANGEMENTS: list[object] = [
    pytest.param(
        "贵州省水利厅召开工作会议。⟦按照今年的工作安排,赤水河上新建三座监测站。⟧",
        ["贵州省水利厅"],
        id="this year's arrangement",
    ),
    pytest.param(
        "海口市教育局召开部署会。\n⟦根据全年的工作要点,公办幼儿园新增六所。⟧",
        ["海口市教育局"],
        id="the year's main points",
    ),
    pytest.param(
        "黑龙江省体育局召开推进会。⟦依据冰雪运动实施方案,少年营在亚布力开营两期。⟧",
        ["黑龙江省体育局"],
        id="a scheme",
    ),
    pytest.param("赤水河水清岸绿。按照今年的工作安排,河上新建三座监测站。", [], id="nobody met"),
    pytest.param(
        "贵州省与四川省在赤水召开联席会议。按照今年的工作安排,河上新建三座监测站。", [], id="two parties met"
    ),
]

DELEGATIONS: list[object] = [
    pytest.param(
        "贵州代表团昨天集中审议。\n第一件,关于支持赤水河生态补偿的建议。⟦毕节财力薄弱,应当加大转移支付。⟧",
        ["贵州代表团"],
        id="the first paper",
    ),
    pytest.param(
        "海南代表团举行全体会议。\n第一件是《关于琼州海峡港航一体化的建议》。⟦两岸的港口应当由一家公司经营。⟧\n"
        "第二件,关于扩大离岛免税的建议。⟦建议把额度放宽一倍。⟧",
        ["海南代表团"],
        id="two papers",
    ),
    pytest.param(
        "甘肃代表团举行全体会议。\n第二项,关于将陇药列入国家储备的议案。⟦收储的价格要一年一定。⟧",
        ["甘肃代表团"],
        id="a bill",
    ),
    pytest.param(
        "档案馆整理了旧文件。\n第一件,关于修复铁桥的建议。桥面应当加宽两米。", [], id="an archive's papers"
    ),
]

WISHES: list[object] = [
    pytest.param(f"⟦{TEA}的设想是,黔滇两省的评茶师每年轮换一次。⟧", ["罗启明"], id="what somebody envisages"),
    pytest.param(f"⟦{LOCK}的愿望是,古闸的碑文两省各拓一份。⟧", ["孔维舟"], id="what somebody wishes"),
    pytest.param(
        f"⟦{SAND}的办法很简单:两区的苗木由一家检疫。⟧", ["马晓岚"], id="somebody's way, behind a colon"
    ),
    pytest.param(
        "民盟甘肃省委会提交了一份提案。⟦提案的思路是,甘青两省的药材由一家机构评定。⟧",
        ["民盟甘肃省委会"],
        id="what a paper has in mind",
    ),
    pytest.param(f"{SAND}的看法是,沙丘的移动一年比一年慢。", [], id="what somebody only thinks"),
]

PRONOUNS: list[object] = [
    pytest.param(
        f"{TEA}到会。⟦{ROAD}翻看了茶样,他建议在昆明设一处评茶室。⟧", ["段志平"], id="he is whom it names"
    ),
    pytest.param(
        f"{LOCK}讲起古闸。⟦{SAND}听完直点头,她希望黄河的老渡口也一起建档。⟧",
        ["马晓岚"],
        id="she is whom it names",
    ),
    pytest.param(
        f"{SNOW}到会。⟦{HERB}坐在窗边,轮到发言时他建议药市延后一小时开门。⟧",
        ["苗春山"],
        id="he, some words on",
    ),
    pytest.param(
        f"{ROAD}到会。⟦翻看了茶样,他建议在昆明设一处评茶室。⟧",
        ["段志平"],
        id="he is who came before, where it names nobody",
    ),
]

NOT_SUBJECTS: list[object] = [
    pytest.param(
        "云贵两省商量巡护的事,由贵州省水利厅牵头编制巡护表,明确各段的责任要分清。",
        [],
        id="a body by which it is done",
    ),
    pytest.param("材料已经寄出,请山东省文物局提出意见,明确闸口应当拓宽。", [], id="a body that is asked"),
    pytest.param("船工们对山东省文物局提出,应当拓宽闸口。", [], id="a body that is told"),
    pytest.param(
        "⟦贵州省水利厅牵头编制巡护表,要求各县年底前补齐监测站。⟧", ["贵州省水利厅"], id="a body that speaks"
    ),
]

SEATS: list[object] = [
    pytest.param("贵州省政协代表建议,巡护表由两省合编。", [], id="of a political consultative conference"),
    pytest.param("海南省人大代表呼吁,渔港的证照由两省互认。", [], id="of a people's congress"),
    pytest.param("遵义市人大代表在会上提出,应当给赤水河立法。", [], id="of a city's congress"),
    pytest.param("⟦贵州省水利厅代表建议,巡护表由两省合编。⟧", ["贵州省水利厅"], id="of an office"),
    pytest.param(
        "⟦黑龙江省体育局代表表示,下一步将开放亚布力的雪道。⟧",
        ["黑龙江省体育局"],
        id="of an office that plans",
    ),
]

TREATIES: list[object] = [
    pytest.param(
        "⟦遵义市、泸州市、毕节市签下赤水河共护协议。⟧⟦约定每年共同放流鱼苗两次。⟧",
        ["遵义市", "泸州市", "毕节市"],
        id="signed, and what was settled",
    ),
    pytest.param(
        "⟦济宁市文物局与徐州市文物局签署备忘录。⟧\n⟦备忘录明确,古闸由两家合测。⟧",
        ["济宁市文物局", "徐州市文物局"],
        id="what the memorandum says",
    ),
    pytest.param(
        "兰州市和西宁市在药市上碰头。⟦两市签署药材互认协议。⟧",
        ["兰州市", "西宁市"],
        id="both cities, named before",
    ),
    pytest.param(
        "⟦签约仪式上,兰州大学、青海师范大学、宁夏大学签的是防沙草种共享协议。⟧",
        ["兰州大学", "青海师范大学", "宁夏大学"],
        id="what was signed is named last",
    ),
    pytest.param(
        "⟦济宁市和徐州市就古闸的测绘达成共识。⟧⟦双方商定,碑文由两市各拓一份。⟧",
        ["济宁市", "徐州市"],
        id="a common view",
    ),
    pytest.param(
        "兰州市和西宁市在药市上碰头。两市的药商签署了留言簿。", [], id="a guest book is no agreement"
    ),
]


@pytest.mark.parametrize(
    ("article", "speakers"),
    [
        *UNREAD,
        *FLOOR,
        *LISTS,
        *LIST_HEADINGS,
        *NAMED_LISTS,
        *POINTS_AT_ONCE,
        *MEETINGS,
        *ARRANGEMENTS,
        *DELEGATIONS,
        *WISHES,
        *PRONOUNS,
        *NOT_SUBJECTS,
        *SEATS,
        *TREATIES,
    ],
)
def test_all_that_is_marked_and_nothing_else_is_the_speakers(
    extractor: Extractor, article: str, speakers: list[str]
) -> None:
    for proposal in proposals_at_marks(extractor, article):
        assert [speaker.name for speaker in proposal.speakers] == speakers


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
