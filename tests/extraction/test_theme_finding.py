"""Stage 6: themes. A pair is a sentence and the themes it asks for."""

import pytest

from app.extraction.pipeline import Extractor
from app.extraction.themes import ThemeFinder
from app.lexicon import Lexicon
from tests.extraction.marked import proposal_at_mark


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> ThemeFinder:
    return ThemeFinder(lexicon.themes)


THEMES = [
    pytest.param("建议在草原牧区加密5G基站。", {"5g"}, id="a network by its generation"),
    pytest.param("应合建动力电池回收网点。", {"automotive"}, id="batteries of vehicles"),
    pytest.param("要稳定支持基础科学的长周期研究。", {"basic-research"}, id="basic sciences"),
    pytest.param("建议设立一只流域生态补偿基金。", {"funding", "ecology"}, id="two themes in one wish"),
    pytest.param("希望建立三省联席会议,按季会商。", {"governance"}, id="a joint meeting"),
    pytest.param("应共同培育稀土新材料产业集群。", {"industry"}, id="a cluster"),
    pytest.param("争取国家在青岛布局海洋领域的重点实验室。", {"innovation-platforms"}, id="a laboratory"),
    pytest.param(
        "联合开展高端轴承关键核心技术攻关。", {"core-technologies"}, id="joint research on key technologies"
    ),
    pytest.param(
        "建议在合肥设中试基地,打通科技成果转化的最后一公里。",
        {"technology-transfer"},
        id="pilot-scale testing",
    ),
    pytest.param("推动职称互认,让人才流动起来。", {"talent"}, id="recognition of titles"),
    pytest.param("支持两地高校互聘教师、学分互认。", {"education"}, id="universities"),
    pytest.param("建议共建人工智能训练数据的开放目录。", {"digital-economy"}, id="artificial intelligence"),
    pytest.param("应尽快启动两省间的城际铁路。", {"transport"}, id="a railway"),
    pytest.param("要把中欧班列的集结中心放到口岸去。", {"logistics-opening"}, id="freight trains"),
    pytest.param("两市将联合招商,项目信息互通。", {"investment-promotion"}, id="joint promotion"),
    pytest.param("要统一太湖沿岸的污水排放标准。", {"ecology"}, id="waste water"),
    pytest.param("推动社保关系跨省转移一次办结。", {"public-services"}, id="social insurance"),
    pytest.param("建议互派医生,共建区域医疗中心。", {"health"}, id="doctors"),
    pytest.param("应合推一张丝路古城旅游年票。", {"culture-tourism"}, id="tourism"),
    pytest.param("建议三地人大就湖泊保护协同立法。", {"social-governance"}, id="legislation"),
]


@pytest.mark.parametrize(("text", "themes"), THEMES)
def test_a_sentence_has_the_themes_of_what_it_asks_for(
    finder: ThemeFinder, text: str, themes: set[str]
) -> None:
    assert themes <= set(finder.find(text))


NOT_THEMES = [
    pytest.param("大家对此表示赞同。", set(), id="no theme where nothing is asked"),
    pytest.param("老区的路要修,桥也要架。", {"automotive", "5g", "funding"}, id="a road is no car"),
    pytest.param("应保护好湿地里的候鸟。", {"talent", "industry", "transport"}, id="birds are none of these"),
]


@pytest.mark.parametrize(("text", "others"), NOT_THEMES)
def test_a_sentence_has_no_theme_it_does_not_ask_for(
    finder: ThemeFinder, text: str, others: set[str]
) -> None:
    found = set(finder.find(text))
    assert not found & others if others else not found


ASKED = {
    "5g": (
        (
            "建议在三江源的牧民点用卫星互联网补上手机信号。",
            "希望皖北各县的千兆光纤通到每个行政村。",
            "应尽快取消沪苏之间的长途漫游费。",
        ),
        (
            "建议公安机关联手整治电信诈骗。",
            "应消除弯道上的视线盲区。",
            "要把信访渠道拓宽。",
        ),
    ),
    "automotive": (
        (
            "建议在琼粤之间的服务区加密充电桩。",
            "希望柳州与广州共建智能网联测试区。",
            "应鼓励退役动力电池梯次利用。",
        ),
        (
            "建议把汽车站迁出老城区。",
            "应疏浚湘江航道。",
            "希望多开几趟汽车客运班车。",
        ),
    ),
    "basic-research": (
        (
            "建议中央财政稳定支持数学等基础学科。",
            "要鼓励青年学者作从0到1的探索。",
            "希望四省共设基础研究联合基金。",
        ),
        (
            "建议夯实基础设施。",
            "要推广已经成熟的栽培技术。",
            "应巩固基层基础工作。",
        ),
    ),
    "funding": (
        (
            "建议设立陕甘宁老区振兴基金。",
            "应对受灾农户给予每亩300元补助。",
            "希望银行放宽抵押条件。",
        ),
        (
            "建议加快两省公路对接。",
            "应让银杏大道多几处休息亭。",
            "要保护好古树名木。",
        ),
    ),
    "governance": (
        (
            "建议成立淮海经济区联席会议。",
            "应编制跨省毗邻区的发展规划。",
            "希望湘赣两省建立会商制度,重大事项一事一议。",
        ),
        (
            "建议修缮明代古桥。",
            "应给偏远村卫生室添置救护车。",
            "要在山区多种树造林。",
        ),
    ),
    "industry": (
        (
            "建议在贵州与广东之间共建产业园。",
            "应扶持县里的茶叶种植和精深加工。",
            "希望东北三省联手壮大装备制造业集群。",
        ),
        (
            "建议开展全民健身活动。",
            "应让异地就医直接报销。",
            "希望禁毒工作不留死角。",
        ),
    ),
    "innovation-platforms": (
        (
            "建议在武汉布局国家实验室。",
            "希望向企业开放大型仪器。",
            "应支持长春建设综合性科学中心。",
        ),
        (
            "建议建设儿童活动中心。",
            "应在县城多设几处便民窗口。",
            "希望修复河岸湿地。",
        ),
    ),
    "core-technologies": (
        (
            "建议两地联合攻关航空发动机叶片。",
            "应以揭榜挂帅攻克深海钻探难题。",
            "希望突破种子选育的关键技术。",
        ),
        (
            "建议培训农村电工的实用技能。",
            "应核查核心城区的停车位。",
            "要拔除交通瓶颈路。",
        ),
    ),
    "technology-transfer": (
        (
            "建议在西安设立技术交易市场。",
            "应让院所专利优先许可给本省企业。",
            "希望共建中试基地。",
        ),
        (
            "建议巩固脱贫成果。",
            "应整治占道经营。",
            "要让游客转乘公交。",
        ),
    ),
    "talent": (
        (
            "建议互认高级工程师职称。",
            "应为边境县定向培养乡村医生。",
            "希望放宽海归落户条件,留住领军团队。",
        ),
        (
            "建议疏浚航道。",
            "应禁止秸秆露天焚烧。",
            "要修订物业管理条例。",
        ),
    ),
    "education": (
        (
            "建议两省职业院校联合招生。",
            "应增加进城务工子女的学位。",
            "希望选派城里教师下乡支教。",
        ),
        (
            "建议修建环湖公路。",
            "应降低过路费。",
            "要保护江豚。",
        ),
    ),
    "digital-economy": (
        (
            "建议共建工业互联网平台。",
            "应推动政务数据跨省共享。",
            "希望用人工智能辅助阅片。",
        ),
        (
            "建议加固堤防。",
            "应扩大草原退牧范围。",
            "希望恢复客运轮渡。",
        ),
    ),
    "transport": (
        (
            "建议尽快开工渝昆高铁的支线。",
            "应打通豫皖交界的断头路。",
            "希望把内河航道提升到三级。",
        ),
        (
            "建议坚持走绿色发展道路。",
            "应拓宽农产品销路。",
            "要为退役军人开辟绿色通道。",
        ),
    ),
    "logistics-opening": (
        (
            "建议在霍尔果斯增开中欧班列。",
            "应延长口岸通关时间。",
            "希望共建产地冷库。",
        ),
        (
            "建议向学校开放大型仪器。",
            "应免费开放图书馆。",
            "希望修缮村小学的操场。",
        ),
    ),
    "investment-promotion": (
        (
            "建议联合赴珠三角招商。",
            "应共建重大项目库。",
            "希望两市合办投资推介会。",
        ),
        (
            "建议给留守儿童建图书角。",
            "应清理河道淤泥。",
            "要加密公交班次。",
        ),
    ),
    "ecology": (
        (
            "建议建立新安江跨省补偿,共护水质。",
            "应推进石漠化治理。",
            "希望对赤水河全面禁捕。",
        ),
        (
            "建议优化营商环境。",
            "应营造良好的创新生态。",
            "希望严守纪律红线意识,从严执法。",
        ),
    ),
    "public-services": (
        (
            "建议社保关系跨省转移一次办成。",
            "应为农民工子女提供公租房。",
            "希望户籍事项异地办理。",
        ),
        (
            "建议引进风力发电机组制造厂。",
            "应由市政协牵头调研航道。",
            "要攻克核心技术。",
        ),
    ),
    "health": (
        (
            "建议组建跨省医联体。",
            "应把降压药纳入门诊报销。",
            "希望为失能老年人上门照护。",
        ),
        (
            "建议促进民营经济健康发展。",
            "应治理农田病害之外的水土流失。",
            "要做好应急救援演练。",
        ),
    ),
    "culture-tourism": (
        (
            "建议合推长城旅游线路。",
            "应抢救濒危的侗族大歌等非遗。",
            "希望联合举办环湖马拉松。",
        ),
        (
            "建议提高冰雪装备的国产化水平。",
            "应疏通两省物流。",
            "要建设污水处理厂。",
        ),
    ),
    "social-governance": (
        (
            "建议苏皖两地协同立法。",
            "应组建跨界水域联合执法队。",
            "希望把地质灾害预警发到每户。",
        ),
        (
            "建议制定人才引进办法。",
            "应加密地铁班次。",
            "希望培育优质稻种。",
        ),
    ),
}
"""Sentences that ask for a theme, and near misses, most of them with a word that looks like it."""


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, (asked, _) in ASKED.items() for text in asked]
)
def test_what_is_asked_carries_its_theme(finder: ThemeFinder, code: str, text: str) -> None:
    assert code in finder.find(text)


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, (_, missed) in ASKED.items() for text in missed]
)
def test_a_near_miss_does_not_carry_the_theme(finder: ThemeFinder, code: str, text: str) -> None:
    assert code not in finder.find(text)


SCENES = [
    pytest.param("在光伏、钢铁、纺织等行业推广节水。", {"ecology"}, id="the trades where it happens"),
    pytest.param("在高铁沿线布设5G基站。", {"5g"}, id="the line along which it stands"),
    pytest.param("针对山区学校偏远的问题,应多开客运班车。", {"transport"}, id="the trouble behind it"),
    pytest.param("可借鉴外省医院托管的经验,扶持乡镇幼儿园。", {"education"}, id="whom to learn from"),
    pytest.param("应由交通运输局发放购房补贴。", {"funding"}, id="the office that does it"),
    pytest.param("应在毗邻县统一交通布局。", {"transport"}, id="a layout is no office"),
    pytest.param("要保护古镇,促进农业发展。", {"culture-tourism"}, id="what it is good for"),
]


@pytest.mark.parametrize(("text", "themes"), SCENES)
def test_what_sets_the_scene_gives_way_to_what_is_asked(
    finder: ThemeFinder, text: str, themes: set[str]
) -> None:
    assert set(finder.find(text)) == themes


def test_what_sets_the_scene_counts_where_nothing_else_does(finder: ThemeFinder) -> None:
    assert finder.find("应由交通运输局每月答复一次。") == ("transport",)


def test_of_weak_words_the_theme_with_the_most_is_found(finder: ThemeFinder) -> None:
    assert finder.find("希望企业多收本地农户的蔬菜和水果,路也要好走。") == ("industry",)


def test_themes_come_in_the_order_of_the_seeds(finder: ThemeFinder, lexicon: Lexicon) -> None:
    codes = [theme.code for theme in lexicon.themes]
    found = finder.find("建议设立专项基金,支持两地高校共建重点实验室,攻关动力电池的关键核心技术。")
    assert len(found) >= 4
    assert list(found) == sorted(found, key=codes.index)


ELDER = "陕西省政协委员秦海生"

CARRIED = [
    pytest.param(
        f"{ELDER}说,沿黄的高铁还差一段。⟦他建议,尽快补上。⟧", ("transport",), id="from the sentence before"
    ),
    pytest.param(
        f"{ELDER}说,山里的医生一年比一年少。\n⟦他建议,两省轮流派人。⟧",
        ("health",),
        id="from the paragraph before",
    ),
    pytest.param(
        f"{ELDER}说,旅游的淡季太长。大家都点头。⟦他建议,两省轮流做东。⟧",
        ("culture-tourism",),
        id="from two sentences before",
    ),
    pytest.param(
        f"{ELDER}说,湿地一年比一年小。大家都点头。天也快黑了。⟦他建议,两省轮流看护。⟧",
        (),
        id="not from three before",
    ),
    pytest.param(
        f"{ELDER}说,湿地一年比一年小。\n众人点头称是。\n⟦他建议,两省轮流看护。⟧",
        (),
        id="not over a paragraph",
    ),
    pytest.param(
        f"{ELDER}说,沿黄的高铁还差一段。⟦他建议,两省互派医生。⟧",
        ("health",),
        id="not where its own words say one",
    ),
    pytest.param(
        f"{ELDER}说,沿黄的高铁和医院都还差一截。⟦他建议,尽快补上。⟧",
        ("transport",),
        id="one of two themes before",
    ),
    pytest.param(f"⟦{ELDER}建议,两省轮流看护。⟧沿黄的高铁还差一段。", (), id="not from the sentence behind"),
    pytest.param("⟦陕西省卫生健康委建议,两省轮流看护。⟧", (), id="not from the name of a body"),
]


@pytest.mark.parametrize(("article", "themes"), CARRIED)
def test_a_sentence_without_a_theme_takes_that_of_what_it_goes_on_from(
    extractor: Extractor, article: str, themes: tuple[str, ...]
) -> None:
    proposal = proposal_at_mark(extractor, article)
    assert proposal is not None
    assert proposal.themes == themes


WEAK = [
    pytest.param(
        "应把药店的电话和医保报销的比例一起公开。",
        ("public-services", "health"),
        id="the phones of a chemist",
    ),
    pytest.param("要让山里的电话打得通。", ("5g",), id="a weak word speaks where it is alone"),
    pytest.param("应给退休的船工发网速补贴。", ("funding",), id="a strong word silences a weak one"),
    pytest.param(
        "要把公交的电话印在站牌上。", ("transport",), id="a number to call is what stands beside the buses"
    ),
]


@pytest.mark.parametrize(("text", "themes"), WEAK)
def test_a_weak_word_names_a_theme_only_where_no_strong_one_does(
    finder: ThemeFinder, text: str, themes: tuple[str, ...]
) -> None:
    assert finder.find(text) == themes
