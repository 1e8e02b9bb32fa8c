"""Which article of a page a line belongs to."""

import pytest

from app.extraction.clean import Cleaner
from app.extraction.reading import build_document

Page = list[tuple[int, str]]

HEADLINE = "甘青两省共商湟水河治理"
DATED = "2023-04-18 来源:陇原日报 作者:窦一鸣"
STORY = "本报讯 4月17日,甘肃、青海两省在兰州会商湟水河的治理。"
WISH = "甘肃省政协委员蒲海川建议,合建两座水质监测站。"
FIRST: Page = [(0, HEADLINE), (0, DATED), (0, STORY), (0, WISH)]
"""An article with a head of its own, whose body is closed."""
OTHER = "云南省人大代表岩温罕建议,澜沧江沿岸各县共用一支巡护队。"
"""Another article's prose."""


def page(*lines: tuple[int, str]) -> Page:
    return [*FIRST, *lines]


MARKS = [
    "(上接1版)",
    "（上接第一版）",
    "（上接A01版）",
    "（紧接1版）",
    "【上接2版】",
    "[上接第3版]",
    "（接1版）",
    "(接上版)",
    "（上接01版·要闻）",
    "（上接1版《澜沧江边的巡护人》）",
    "（上接第2、3版）",
    "“（上接头版）",
    "▲（上接1版）",
]


@pytest.mark.parametrize("mark", MARKS)
def test_behind_the_mark_of_another_page_stands_another_article(cleaner: Cleaner, mark: str) -> None:
    text = "\n".join((HEADLINE, DATED, STORY, WISH, f"{mark}{OTHER}"))
    found = [(line.part, line.kind, text[line.start : line.end]) for line in cleaner.lines(text)]
    assert found[-2:] == [(1, "furniture", mark), (1, "body", OTHER)]
    assert {part for part, _, _ in found[:-2]} == {0}


OTHERS = [
    pytest.param(page((1, "上接第2版"), (1, OTHER)), id="the mark is a line of its own"),
    pytest.param(page((1, "■上接2版《巡护人》"), (1, OTHER)), id="a line of its own with the headline"),
    pytest.param(
        page((1, "澜沧江边的巡护人"), (1, "(上接A1版)"), (1, OTHER)), id="its headline stands above"
    ),
    pytest.param(
        page((1, "滇南各县合力护江"), (1, "——澜沧江巡护见闻"), (1, "(上接1版)"), (1, OTHER)),
        id="a headline of two lines stands above",
    ),
    pytest.param(
        page((0, "(本报记者 窦一鸣)"), (1, "澜沧江边的巡护人"), (1, "上接1版"), (1, OTHER)),
        id="the first article's reporter stays with it",
    ),
    pytest.param(
        page((1, "(上接1版)"), (1, OTHER), (2, "(上接2版)"), (2, "闽北的茶农上了网课。")),
        id="one spilled text behind the other",
    ),
    pytest.param(
        [
            (0, "(上接1版)"),
            (0, "湖南省政协委员易水生建议,湘江沿线港口统一调度。"),
            (0, "他还建议,把小码头并成五座。"),
            *((1, words) for _, words in FIRST),
        ],
        id="a page that begins with the mark, and an article with a head below",
    ),
    pytest.param(
        page((0, "(下转3版)"), (1, "澜沧江边的巡护人"), (1, OTHER)),
        id="a headline behind where the text ends",
    ),
    pytest.param(
        page((0, "(下转第三版)"), (1, "本报昆明4月17日电 一支巡护队在澜沧江上成立了。")),
        id="a dateline behind where the text ends",
    ),
    pytest.param(
        page((0, "【下转A6版】"), (1, "□本报记者 玉香罕"), (1, OTHER)),
        id="a byline behind where the text ends",
    ),
    pytest.param(page((0, "(下转3版)"), (1, OTHER)), id="another place behind where the text ends"),
    pytest.param(
        page((0, "(下转3版)"), (1, "4月16日,福建省南平市的茶农上了一堂网课。")),
        id="a day and another place behind where the text ends",
    ),
    pytest.param(
        page(
            (1, "闽北茶农上网课"),
            (1, "2023-04-19 来源:闽江晚报 记者 池小荷"),
            (1, "南平的茶农上了一堂网课。讲课的人在武夷山。"),
        ),
        id="a headline with date, source and reporter",
    ),
    pytest.param(
        page(
            (1, "山海同行"),
            (1, "闽北茶农上网课"),
            (1, "2023-04-19"),
            (1, "来源:闽江晚报 作者:池小荷"),
            (1, "南平的茶农上了一堂网课。讲课的人在武夷山。"),
        ),
        id="a headline of two lines, date and source apart",
    ),
    pytest.param(
        page(
            (1, "闽北茶农上网课"),
            (1, "2023-04-19 08:30 来源:闽江晚报"),
            (1, "摘要:网课开了。"),
            (1, "南平的茶农上了一堂网课。"),
        ),
        id="a headline with date and source, a summary below",
    ),
    pytest.param(
        page((1, "黑土地上种大豆的新办法"), (1, "本报哈尔滨4月18日电 黑龙江省的三个农场今年换了大豆种子。")),
        id="a headline and a dateline",
    ),
    pytest.param(
        page(
            (1, "黑土地上种大豆的新办法"), (1, "新华社哈尔滨4月18日电 黑龙江省的三个农场今年换了大豆种子。")
        ),
        id="a headline and an agency's dateline",
    ),
    pytest.param(
        page(
            (1, "相关新闻"),
            (1, "黑土地上种大豆的新办法"),
            (1, "黑龙江省的三个农场今年换了大豆种子,亩产高了两成。"),
        ),
        id="news under its head needs no dateline",
    ),
    pytest.param(
        page(
            (1, "新闻链接"),
            (1, "黑土地上种大豆的新办法"),
            (1, "□本报记者 窦一鸣"),
            (1, "黑龙江省的三个农场今年换了大豆种子,亩产高了两成。"),
        ),
        id="a companion piece with its reporter",
    ),
    pytest.param(
        [
            (0, "雁北的风电送到冀北"),
            (0, "本报记者 郝大同"),
            (0, "山西省大同市和河北省张家口市合建了一条线路。线路长一百公里。山上立着风车。"),
            (1, "坝上草原换了新装"),
            (1, "本报记者 康保田"),
            (1, "河北省张家口市的坝上草原今年补种了牧草。补种的地有三万亩。"),
        ],
        id="two headlines, each with its reporter",
    ),
]


@pytest.mark.parametrize("lines", OTHERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n\r\n"], ids=["LF", "CRLF and blank lines"])
def test_another_article_begins_where_its_sign_is_clear(cleaner: Cleaner, newline: str, lines: Page) -> None:
    text = newline.join(words for _, words in lines)
    assert [(line.part, text[line.start : line.end]) for line in cleaner.lines(text)] == lines


OPEN = "两省将在明年春天之前,"
DATA = "数据由两省共用,每天公布一次,沿河的人都看得到。"
TALK = "连日来,三省代表谈湘江航道。他们谈得很细。大家都有话说。"
ONE = [
    pytest.param(
        ["三省代表热议湘江航道", "本报记者 甲长林 易水生", TALK, "小码头怎么合并", "本报记者 易水生", OTHER],
        id="sections by the reporters of the head",
    ),
    pytest.param(
        [
            "三省代表热议湘江航道",
            "2023-04-18 来源:湘水晨报",
            TALK,
            "小码头怎么合并",
            f"本报长沙4月17日电 {OTHER}",
        ],
        id="sections that each have a dateline",
    ),
    pytest.param(
        [
            "某市人民政府门户网站",
            "今天是2024年3月5日 星期二",
            "您的浏览器太旧。请升级。",
            *(w for _, w in FIRST),
        ],
        id="what a site prints above the article",
    ),
    pytest.param(
        [HEADLINE, DATED, STORY, WISH, "(下转3版)", "责任编辑:窦一鸣", "今日导读", "米价平稳 5版"],
        id="furniture behind the end",
    ),
    pytest.param(
        ["(上接1版)", OTHER, "巡护队有两条船。"], id="a text that begins with the mark goes on itself"
    ),
    pytest.param(
        [HEADLINE, "(上接第一版)", STORY, WISH], id="the mark below the headline of the first article"
    ),
    pytest.param([HEADLINE, DATED, STORY, WISH, "(下转3版)"], id="the end of the page ends the text"),
    pytest.param(
        [HEADLINE, DATED, STORY, "(下转3版)", "(上接1版)", WISH], id="both halves of an article in one text"
    ),
    pytest.param(
        [HEADLINE, DATED, STORY, OPEN, "(下转3版)", "四川省的阿坝把三座旧闸换成新的。"],
        id="the mark stands in the middle of a sentence",
    ),
    pytest.param(
        [
            HEADLINE,
            DATED,
            STORY,
            "(下转3版)",
            "图为湟水河上的监测站。 窦一鸣 摄",
            "他还说,监测站由两省合管。",
        ],
        id="a caption and the next column",
    ),
    pytest.param(
        [HEADLINE, DATED, STORY, "(下转3版)", "青海省政协委员才让卓玛说,监测站由两省合管。"],
        id="a place the article is about",
    ),
    pytest.param(
        [
            HEADLINE,
            DATED,
            STORY,
            "监测站建在哪里",
            WISH,
            "(下转3版)",
            "数据给谁来看呢",
            "数据由两省共用,每天公布一次,沿河的人都看得到。",
        ],
        id="an article in sections goes on with a section",
    ),
    pytest.param([HEADLINE, DATED, STORY, "监测站建在哪里", WISH], id="a heading in the body"),
    pytest.param(
        [HEADLINE, STORY, "监测站建在哪里", WISH, "数据给谁来看呢", f"本报讯 {DATA}"],
        id="sections with datelines in an article that has one",
    ),
    pytest.param(
        [HEADLINE, STORY, WISH, OPEN, "湟水河上的监测站", "2023-04-18 来源:陇原日报", DATA],
        id="a sentence that is not over",
    ),
    pytest.param(
        [HEADLINE, DATED, STORY, "本报讯 4月18日,两省又到西宁会商。", WISH],
        id="a dateline again, no headline",
    ),
    pytest.param(
        [
            "长三角要闻三则",
            "2023-04-18 来源:钱塘晚报",
            "浙江嘉善办起双语课",
            "本报讯 嘉善的学校办起了双语课。课在晚上。",
            "江苏吴江合编一张水图",
            "本报讯 吴江同青浦编了一张水图。图上有湖三百个。",
        ],
        id="several briefs under one headline",
    ),
    pytest.param(
        [HEADLINE, DATED, STORY, "背景链接", "湟水河发源于青海省,在甘肃省汇入黄河,全长三百七十公里。"],
        id="a note on the article's subject",
    ),
    pytest.param(
        [
            HEADLINE,
            DATED,
            STORY,
            WISH,
            "陇原水务研究会",
            "2023年4月18日",
            "电话每天上午有人接听,来信请寄兰州。",
        ],
        id="a signature with its day",
    ),
    pytest.param(
        ["湟水河观察", f"核心提示:{TALK}", HEADLINE, DATED, STORY, WISH],
        id="a summary above the headline",
    ),
    pytest.param(
        [HEADLINE, TALK, HEADLINE, DATED, STORY, WISH],
        id="the headline once more above its date",
    ),
    pytest.param(
        [HEADLINE, DATED, "这段航道(上接湘江、下连长江)今年疏浚。", "黄河水(接入支渠)流进了果园。"],
        id="brackets that name no page",
    ),
    pytest.param(
        [
            HEADLINE,
            DATED,
            STORY,
            WISH,
            "支持代表的建议早点落实",
            "兰州网友 2023-04-19 08:12:30",
            "修得好,早就该修了,我们村的人都盼着呢。",
        ],
        id="a comment with its time",
    ),
]


@pytest.mark.parametrize("lines", ONE)
def test_an_article_goes_on_where_no_sign_is_clear(cleaner: Cleaner, lines: list[str]) -> None:
    assert {line.part for line in cleaner.lines("\n".join(lines))} == {0}


@pytest.mark.parametrize(
    "lines",
    [
        "甘肃省要修三座闸(下转3版)",
        "甘肃省要修三座闸。（下转第六版）",
        "甘肃省要修三座闸。【下转A06版】",
        "甘肃省要修三座闸。(转3版)",
        "甘肃省要修三座闸。 ▶下转3版",
        "甘肃省要(下转3版)修三座闸。",
        "甘肃省要(下转3版)\n修三座闸。",
        "甘肃省要(下转3版)\n(上接1版)修三座闸。",
        "甘肃省要(上接1版)修三座闸。",
        "甘肃省要修三座闸。\n下转第六版 ▶ 聚焦县域经济:一碗面的出圈路",
    ],
)
def test_no_sentence_holds_the_mark_of_a_page(cleaner: Cleaner, lines: str) -> None:
    text = f"{HEADLINE}\n{STORY}\n{lines}"
    document = build_document(text, cleaner.lines(text))
    last = document.paragraphs[-1]
    assert document.text[last.start : last.end].rstrip("。") == "甘肃省要修三座闸"


def test_no_sentence_goes_on_in_another_article(cleaner: Cleaner) -> None:
    text = f"{HEADLINE}\n{STORY}\n{OPEN}\n(上接1版)\n{DATA}"
    assert [line.part for line in cleaner.lines(text)] == [0, 0, 0, 1, 1]
    assert not any(line.joins for line in cleaner.lines(text))
