"""Stage 5: texts that are printed whole, and whose they are.

A pair is a text with ⟦…⟧ around every sentence that should be a proposal, and the speakers of them all.
"""

import pytest

from app.extraction.pipeline import Extractor
from app.vocabulary import Kind
from tests.extraction.marked import proposals_at_marks

FIELDS: list[object] = [
    pytest.param(
        "关于共护赤水河的提案\n提案人:罗启明\n⟦沿岸的酒厂应当执行同一份排放标准。⟧\n⟦同时,加快共建水质监测网。⟧",
        ["罗启明"],
        id="who moved it",
    ),
    pytest.param(
        "关于共护赤水河的提案\n提案者:民进贵州省委会\n⟦沿岸的酒厂应当执行同一份排放标准。⟧",
        ["民进贵州省委会"],
        id="which party moved it",
    ),
    pytest.param(
        "关于给古闸建档的提案\n提案人:孔维舟、段志平\n⟦应当给鲁苏两省的古闸建档。⟧",
        ["孔维舟", "段志平"],
        id="two who moved it",
    ),
    pytest.param(
        "关于合办雪场的提案\n提案单位:民盟黑龙江省委会\n执笔人:邵雪峰\n⟦建议黑吉两省的雪票通用。⟧",
        ["民盟黑龙江省委会"],
        id="not who only wrote it down",
    ),
    pytest.param(
        "关于互认渔港证照的建议\n建议人:符海燕\n琼粤两省的渔船在同一片海上,证照却必须跑两个窗口。\n为此,建议:\n"
        "⟦一、两省的渔港证照互认。⟧\n⟦二、休渔期由两省统一发布。⟧",
        ["符海燕"],
        id="what leads up to the suggestions is background",
    ),
    pytest.param(
        "关于宁蒙共设林带的建议\n领衔代表:马晓岚\n一、存在的问题\n两区的苗木必须分头检疫。\n二、有关建议\n"
        "⟦统一两区的苗木检疫。⟧",
        ["马晓岚"],
        id="a section of problems is none of wishes",
    ),
    pytest.param(
        "关于给古闸建档的提案\n提案人:孔维舟\n鲁南的古闸有四十多座。\n⟦建议给鲁苏两省的古闸一起建档。⟧\n"
        "徐州市文物局局长邵雪峰介绍,碑文一年比一年模糊。\n⟦我们希望,碑文由两省各拓一份。⟧",
        ["孔维舟"],
        id="we are who moved it, not who was cited",
    ),
    pytest.param(
        "关于统一药材等级的提案\n第一提案人:苗春山\n⟦建议甘青两省的药材由一家机构评定。⟧\n"
        "记者又走访了药市。\n药市的秤必须每月校一次。",
        ["苗春山"],
        id="left where the reporter comes in",
    ),
    pytest.param(
        "关于共护赤水河的提案\n提案人:罗启明\n⟦应当统一酒厂的排放标准。⟧\n感谢网友留言。\n"
        "河边的垃圾应当有人来收。",
        ["罗启明"],
        id="left where somebody is thanked",
    ),
    pytest.param(
        "关于共护赤水河的提案\n提案人:罗启明\n⟦应当统一酒厂的排放标准。⟧\n以上建议已经转交,船只也要慢行。",
        ["罗启明"],
        id="left where the suggestions are spoken of",
    ),
    pytest.param(
        "赤水河边的提案\n罗启明在河边住了三十年。\n沿岸的酒厂应当执行同一份标准。",
        [],
        id="a story that only has a paper's title",
    ),
]

SPEAKER_LINES: list[object] = [
    pytest.param(
        "委员发言摘登\n贵州省政协委员 罗启明\n⟦赤水河沿岸应当统一排放标准。⟧\n云南省政协委员 段志平\n"
        "河口的老站停了三年。",
        ["罗启明"],
        id="the first of two",
    ),
    pytest.param(
        "委员发言摘登\n山东省政协委员 孔维舟\n鲁南的古闸一半埋在田里。\n江苏省政协委员 卞秋生\n"
        "⟦应当给两省的古闸一起建档。⟧",
        ["卞秋生"],
        id="the second of two",
    ),
    pytest.param(
        "大会发言\n罗启明委员\n⟦要把黔滇茶园的农药标准统一起来。⟧\n马晓岚委员\n沙丘每年移动三米。",
        ["罗启明"],
        id="names as headings",
    ),
    pytest.param(
        "部门回应\n贵州省水利厅:\n⟦下一步将在赤水河上新建三座监测站。⟧\n云南省交通运输厅:\n老桥已经封闭。",
        ["贵州省水利厅"],
        id="bodies as headings",
    ),
    pytest.param(
        "现将贵州省政协委员罗启明的发言摘要刊发如下:\n⟦赤水河沿岸应当统一排放标准。⟧",
        ["罗启明"],
        id="a speech that is announced",
    ),
    pytest.param(
        "民革海南省委会:关于互认渔港证照的建议\n⟦琼粤两省应当互认渔港证照。⟧",
        ["民革海南省委会"],
        id="a body before the paper's title",
    ),
    pytest.param(
        "民盟甘肃省委会:推动陇药进国家储备\n收储的价格要一年一定。\n⟦民盟甘肃省委会在提案中建议,扩大药田。⟧",
        ["民盟甘肃省委会"],
        id="a body before the title of a report on it",
    ),
    pytest.param(
        "河边的人\n贵州省政协委员 罗启明\n赤水河沿岸应当统一排放标准。",
        [],
        id="a single name is no row of speeches",
    ),
]

OFFICE_REPORTS: list[object] = [
    pytest.param(
        "贵州省水利厅2013年工作总结和2014年工作思路\n一、2013年工作总结\n全年新建水库十二座,加强了河道巡查。\n"
        "二、2014年工作思路\n⟦新开工小型水库二十座,整治病险塘坝。⟧",
        ["贵州省水利厅"],
        id="results, then plans",
    ),
    pytest.param(
        "兰州市教育局2016年工作总结及2017年工作计划\n一、2016年工作情况\n全市新增幼儿园九所。\n二、2017年工作计划\n"
        "⟦新增公办幼儿园六所,学位向随迁子女开放。⟧⟦中小学的操场周末向居民开放。⟧",
        ["兰州市教育局"],
        id="a plan without a word of planning",
    ),
    pytest.param(
        "海口市交通运输局2018年工作总结和2019年工作打算\n一、2018年工作回顾\n全年新辟公交十条。\n二、存在的不足\n"
        "夜班轮渡必须绕行。\n三、2019年工作打算\n⟦开通至湛江的夜班轮渡,增设两条旅游公交。⟧",
        ["海口市交通运输局"],
        id="results, troubles, plans",
    ),
    pytest.param(
        "海口市商务局\n2018年工作总结和2019年工作计划\n一、2018年工作情况\n全市新设便民菜店三十家。\n"
        "二、2019年工作计划\n⟦在老城区新设便民菜店二十家,菜价每日公布。⟧",
        ["海口市商务局"],
        id="the office on a line of its own",
    ),
    pytest.param(
        "兰州市教育局2016年工作总结及2017年工作计划\n一、2017年工作计划\n目前全市幼儿园的学位缺口不小。"
        "⟦新增公办幼儿园六所,学位向随迁子女开放。⟧",
        ["兰州市教育局"],
        id="how things stand is no plan",
    ),
]

REPLIES: list[object] = [
    pytest.param(
        "关于第0123号提案的答复\n罗启明委员:\n您提出的《关于共护赤水河的提案》收悉。现答复如下:\n"
        "⟦下一步,我厅将在赤水河沿岸新建三座监测站。⟧\n贵州省生态环境厅\n2019年6月3日",
        ["贵州省生态环境厅"],
        id="to a member",
    ),
    pytest.param(
        "对第88号建议的答复\n符海燕代表:\n您提出的关于互认渔港证照的建议收悉,经研究,现答复如下:\n"
        "去年发放证照两千本。⟦今后,我厅将与广东协商证照互认。⟧\n海南省农业农村厅\n2020年7月1日",
        ["海南省农业农村厅"],
        id="behind results",
    ),
    pytest.param(
        "对第6号提案的答复\n孔维舟委员:\n现就您提出的给古闸建档的提案答复如下:\n⟦明年,我局将测绘鲁南的古闸二十座。⟧\n"
        "山东省文物局\n2018年5月9日",
        ["山东省文物局"],
        id="without receipt",
    ),
]

NO_REPLY = "古闸的信\n孔维舟给文物部门写了一封信。\n明年将测绘古闸二十座。\n山东省文物局\n2018年5月9日"

SIGNED: list[object] = [
    pytest.param(
        "关于统一药材等级的提案\n苗春山、马晓岚\n⟦甘宁两省区的药材应当由一家机构评定。⟧",
        ["苗春山", "马晓岚"],
        id="two names under a paper's title",
    ),
    pytest.param(
        "关于支持盐湖治理的提案\n民建青海省委会\n⟦柴达木的盐湖应当分片轮采。⟧",
        ["民建青海省委会"],
        id="a party under a paper's title",
    ),
    pytest.param(
        "九三学社云南省委会\n关于保护滇金丝猴走廊的建议\n⟦走廊上的老茶园应当退出来。⟧",
        ["九三学社云南省委会"],
        id="a party above a paper's title",
    ),
    pytest.param("古闸的故事\n孔维舟、段志平\n应当给古闸一起建档。", [], id="names under a story's title"),
]


@pytest.mark.parametrize(("article", "speakers"), [*FIELDS, *SPEAKER_LINES, *SIGNED])
def test_a_printed_text_speaks_for_who_wrote_it(
    extractor: Extractor, article: str, speakers: list[str]
) -> None:
    for proposal in proposals_at_marks(extractor, article):
        assert [speaker.name for speaker in proposal.speakers] == speakers


@pytest.mark.parametrize(("article", "speakers"), [*OFFICE_REPORTS, *REPLIES])
def test_what_an_office_says_it_will_do_is_its_plan(
    extractor: Extractor, article: str, speakers: list[str]
) -> None:
    for proposal in proposals_at_marks(extractor, article):
        assert [speaker.name for speaker in proposal.speakers] == speakers
        assert proposal.kind is Kind.PLAN


def test_an_office_that_only_signs_below_gives_no_reply(extractor: Extractor) -> None:
    assert proposals_at_marks(extractor, NO_REPLY) == ()


def test_what_is_striven_for_under_suggestions_is_one(extractor: Extractor) -> None:
    paper = "关于宁蒙共设林带的建议\n领衔代表:马晓岚\n{}\n⟦争取三年内把两区的林带连起来。⟧"
    kinds = [
        proposal.kind
        for heading in ("二、有关建议", "二、今后打算")
        for proposal in proposals_at_marks(extractor, paper.format(heading))
    ]
    assert kinds == [Kind.RECOMMENDATION, Kind.PLAN]
