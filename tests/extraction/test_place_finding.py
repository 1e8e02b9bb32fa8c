"""Stage 4: places. A pair is a sentence and (word, name of the region it means) of each place in it."""

from itertools import pairwise

import pytest

from app.extraction.entities.regions import PlaceFinder
from app.extraction.tokens import Segmenter
from app.lexicon import Lexicon


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon, segmenter: Segmenter) -> PlaceFinder:
    return PlaceFinder(lexicon.gazetteer, segmenter)


PLACES: list[object] = [
    pytest.param(
        "会议在云南省昭通市召开。",
        [("云南省", "云南省"), ("昭通市", "昭通市")],
        id="official names, one beside the other",
    ),
    pytest.param("班列从兰州开往西宁。", [("兰州", "兰州市"), ("西宁", "西宁市")], id="short names"),
    pytest.param(
        "内蒙古与黑龙江共管林区。",
        [("内蒙古", "内蒙古自治区"), ("黑龙江", "黑龙江省")],
        id="names of three characters",
    ),
    pytest.param(
        "恩施土家族苗族自治州的茶卖到了宜昌。",
        [("恩施土家族苗族自治州", "恩施土家族苗族自治州"), ("宜昌", "宜昌市")],
        id="an autonomous prefecture",
    ),
    pytest.param(
        "凉山州的苹果装上了火车。", [("凉山州", "凉山彝族自治州")], id="an autonomous prefecture's short name"
    ),
    pytest.param(
        "沪苏浙皖四地互认检测结果。",
        [("沪苏浙皖", "长三角")],
        id="abbreviations that are the alias of a bloc",
    ),
    pytest.param(
        "黔滇川的苗寨连成环线。",
        [("黔", "贵州省"), ("滇", "云南省"), ("川", "四川省")],
        id="three abbreviations",
    ),
    pytest.param(
        "湘赣边的红色旅游线连成一片。", [("湘", "湖南省"), ("赣", "江西省")], id="two abbreviations"
    ),
    pytest.param(
        "粤港澳大湾区的渔船入了统一的册。",
        [("粤港澳大湾区", "粤港澳大湾区")],
        id="a bloc, not the abbreviations in it",
    ),
    pytest.param("京津冀三地的医保卡可以通刷。", [("京津冀", "京津冀")], id="a bloc by its short name"),
    pytest.param(
        "雄安新区与滨海新区互派干部。",
        [("雄安新区", "雄安新区"), ("滨海新区", "滨海新区")],
        id="a zone and a district",
    ),
    pytest.param(
        "吉林省的玉米经大连出海。",
        [("吉林省", "吉林省"), ("大连", "大连市")],
        id="a province whose name a city shares",
    ),
    pytest.param("吉林市的雾凇引来南方游客。", [("吉林市", "吉林市")], id="the city of that name"),
    pytest.param(
        "辽宁朝阳与内蒙古赤峰共建绿电走廊。",
        [("辽宁", "辽宁省"), ("朝阳", "朝阳市"), ("内蒙古", "内蒙古自治区"), ("赤峰", "赤峰市")],
        id="朝阳 behind 辽宁 is the city",
    ),
    pytest.param(
        "北京市朝阳区的企业来到长春市朝阳区。",
        [("北京市", "北京市"), ("朝阳区", "朝阳区"), ("长春市", "长春市"), ("朝阳区", "朝阳区")],
        id="one name in two cities",
    ),
    pytest.param(
        "江苏省南通市通州区的家纺销往各地。",
        [("江苏省", "江苏省"), ("南通市", "南通市"), ("通州区", "通州区")],
        id="three rungs in a row",
    ),
    pytest.param("长江经济带的城市都来了。", [("长江经济带", "长江经济带")], id="a bloc that is no division"),
    pytest.param("闽南的港口与厦门连成一片。", [("厦门", "厦门市")], id="a region without borders is none"),
    pytest.param("新疆生产建设兵团的棉花丰收。", [("新疆", "新疆维吾尔自治区")], id="a place inside a body"),
    pytest.param(
        "海南自由贸易港向全岛开放。", [("海南自由贸易港", "海南自由贸易港")], id="a zone with a long name"
    ),
    pytest.param(
        "武汉、长沙、南昌三市会商。",
        [("武汉", "武汉市"), ("长沙", "长沙市"), ("南昌", "南昌市")],
        id="cities in a row",
    ),
    pytest.param("川渝两地共护一江水。", [("川渝两地", "成渝地区")], id="two provinces that are a bloc"),
    pytest.param(
        "成渝地区正在提速,两地共护一江水。",
        [("成渝地区", "成渝地区"), ("两地", "成渝地区")],
        id="两地 where the article is about its bloc",
    ),
    pytest.param(
        "西藏林芝与广东东莞结对。",
        [("西藏", "西藏自治区"), ("林芝", "林芝市"), ("广东", "广东省"), ("东莞", "东莞市")],
        id="a city behind its province",
    ),
    pytest.param(
        "成都东部新区的货机飞往喀什。",
        [("成都东部新区", "成都东部新区"), ("喀什", "喀什地区")],
        id="a zone with its city in the name",
    ),
    pytest.param(
        "长三角和珠三角的订单转向中部地区。", [("长三角", "长三角"), ("珠三角", "珠三角")], id="two deltas"
    ),
    pytest.param(
        "海口、三亚、儋州要抱团。",
        [("海口", "海口市"), ("三亚", "三亚市"), ("儋州", "儋州市")],
        id="a row of short names",
    ),
    pytest.param(
        "武汉市江岸区与长沙市开福区结对。",
        [("武汉市", "武汉市"), ("江岸区", "江岸区"), ("长沙市", "长沙市"), ("开福区", "开福区")],
        id="districts of two cities",
    ),
    pytest.param(
        "上海自贸区临港新片区和浦东新区都来了。",
        [("上海自贸区临港新片区", "临港新片区"), ("浦东新区", "浦东新区")],
        id="a zone by its long alias",
    ),
    pytest.param(
        "湖南省张家界市与湘西土家族苗族自治州联手。",
        [("湖南省", "湖南省"), ("张家界市", "张家界市"), ("湘西土家族苗族自治州", "湘西土家族苗族自治州")],
        id="张家 inside the name of a city",
    ),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_a_name_means_its_region(
    finder: PlaceFinder, lexicon: Lexicon, text: str, places: list[tuple[str, str]]
) -> None:
    regions = lexicon.gazetteer.by_code
    assert [(place.word, regions[place.code].name) for place in finder.find(text)] == places


NO_PLACES = [
    pytest.param("要建一个开放的创新平台。", id="新平 across two words"),
    pytest.param("两地干部坐到了一起。", id="两地 where no bloc was named"),
    pytest.param("站在南岸望过去,江面开阔。", id="南岸 as a common noun"),
    pytest.param("双方表示要加强沟通、和平共处。", id="和平 as a common word"),
    pytest.param("村里的川菜馆和粤剧团都很有名。", id="dishes and operas"),
    pytest.param("新老干部交接,青年人挑起大梁。", id="single characters that abbreviate provinces"),
    pytest.param("这里有西部最大的棉花市场。", id="西部 without 地区"),
    pytest.param("城区和郊区的路要一起修。", id="郊区 as a common noun"),
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_words_that_look_like_places_are_left(finder: PlaceFinder, text: str) -> None:
    assert [place.word for place in finder.find(text)] == []


def test_the_article_decides_which_district_a_shared_name_means(finder: PlaceFinder) -> None:
    text = "朝阳区今年新增泊位两千个。\n长春市的停车难由此缓解。"
    assert [place.code for place in finder.find(text)] == ["220104", "220100"]


def test_places_overlap_none_and_stand_in_order(finder: PlaceFinder) -> None:
    places = finder.find("黑吉辽蒙四省区在沈阳市浑南区开会,辽宁省沈阳市与内蒙古通辽市签约。")
    assert all(a.end <= b.start for a, b in pairwise(places))
