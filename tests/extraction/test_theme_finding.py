"""Stage 6: themes. A pair is a sentence and the themes it asks for."""

import pytest

from app.extraction.themes import ThemeFinder
from app.lexicon import Lexicon


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


def test_themes_come_in_the_order_of_the_seeds(finder: ThemeFinder, lexicon: Lexicon) -> None:
    codes = [theme.code for theme in lexicon.themes]
    found = finder.find("建议设立专项基金,支持两地高校共建重点实验室,攻关动力电池的关键核心技术。")
    assert len(found) >= 4
    assert list(found) == sorted(found, key=codes.index)
