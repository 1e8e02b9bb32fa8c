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
    pytest.param(
        "辽宁的粮库要扩大东北玉米的外运。",
        [("辽宁", "辽宁省"), ("东北", "东北地区")],
        id="大东 across two words hides 东北 not",
    ),
    pytest.param(
        "贵州的木材从江西入海。",
        [("贵州", "贵州省"), ("江西", "江西省")],
        id="从江 across two words hides 江西 not",
    ),
    pytest.param("新建阳江的风电码头。", [("阳江", "阳江市")], id="建阳 across two words hides 阳江 not"),
    pytest.param(
        "湖州扩建德清县的码头。",
        [("湖州", "湖州市"), ("德清县", "德清县")],
        id="建德 across two words hides 德清县 not",
    ),
    pytest.param(
        "鞍山市立山区的老厂房改成了书店。",
        [("鞍山市", "鞍山市"), ("立山区", "立山区")],
        id="立山区 behind its city",
    ),
    pytest.param(
        "辽宁沈阳的大东区与吉林长春的绿园区结对。",
        [
            ("辽宁", "辽宁省"),
            ("沈阳", "沈阳市"),
            ("大东区", "大东区"),
            ("吉林", "吉林省"),
            ("长春", "长春市"),
            ("绿园区", "绿园区"),
        ],
        id="districts behind 的",
    ),
    pytest.param(
        "漳州市的平和、南靖种柚子。平和的果农最早动手。",
        [("漳州市", "漳州市"), ("平和", "平和县"), ("南靖", "南靖县"), ("平和", "平和县")],
        id="a word that a row has told is a county",
    ),
    pytest.param(
        "湖北黄冈的红安、麻城、罗田共护大别山。红安的茶最早上市。",
        [
            ("湖北", "湖北省"),
            ("黄冈", "黄冈市"),
            ("红安", "红安县"),
            ("麻城", "麻城市"),
            ("罗田", "罗田县"),
            ("红安", "红安县"),
        ],
        id="a row remembered in the next sentence",
    ),
    pytest.param(
        "江西吉安的永新、遂川、泰和连片种稻。泰和养乌鸡。",
        [
            ("江西", "江西省"),
            ("吉安", "吉安市"),
            ("永新", "永新县"),
            ("遂川", "遂川县"),
            ("泰和", "泰和县"),
            ("泰和", "泰和县"),
        ],
        id="the last of a row remembered",
    ),
    pytest.param(
        "天津的河东、和平、南开结对种树。大家都盼望和平。",
        [("天津", "天津市"), ("河东", "河东区"), ("和平", "和平区"), ("南开", "南开区")],
        id="peace stays a word behind a row with the district",
    ),
    pytest.param(
        "贵州要把路通到山里,钟山的铁路已动工。",
        [("贵州", "贵州省"), ("钟山", "钟山区")],
        id="a shared name means the one whose province is named",
    ),
    pytest.param("他三年前在冀投资建厂。", [("冀", "河北省")], id="one letter between 在 and a verb"),
    pytest.param("博士们赴滇挂职。", [("滇", "云南省")], id="one letter behind 赴"),
    pytest.param("专家入藏工作三年。", [("藏", "西藏自治区")], id="one letter behind 入"),
    pytest.param(
        "青、甘、川三省共护草原。",
        [("青", "青海省"), ("甘", "甘肃省"), ("川", "四川省")],
        id="letters in a row before their number",
    ),
    pytest.param(
        "新、甘两地的棉农换了种子。",
        [("新", "新疆维吾尔自治区"), ("甘", "甘肃省")],
        id="two letters in a row before 两地",
    ),
    pytest.param(
        "桂、黔、滇三省区联手治石漠。",
        [("桂", "广西壮族自治区"), ("黔", "贵州省"), ("滇", "云南省")],
        id="letters in a row before 省区",
    ),
    pytest.param(
        "云贵两省的马帮又走到一起。",
        [("云", "云南省"), ("贵", "贵州省")],
        id="letters that are words before their number",
    ),
    pytest.param(
        "福州办起了闽台庙会。",
        [("福州", "福州市"), ("闽", "福建省"), ("台", "台湾省")],
        id="台 beside 闽 is the island",
    ),
    pytest.param(
        "鲁台经贸洽谈会在潍坊开幕。",
        [("鲁", "山东省"), ("台", "台湾省"), ("潍坊", "潍坊市")],
        id="台 beside 鲁 is the island",
    ),
    pytest.param(
        "港台艺人来到泉州。",
        [("港", "香港特别行政区"), ("台", "台湾省"), ("泉州", "泉州市")],
        id="台 beside 港 is the island",
    ),
    pytest.param(
        "港澳青年走进工厂。",
        [("港", "香港特别行政区"), ("澳", "澳门特别行政区")],
        id="青 of the word behind is no province",
    ),
    pytest.param(
        "粤桂云端对接供需。",
        [("粤", "广东省"), ("桂", "广西壮族自治区")],
        id="云 of the word behind is no province",
    ),
    pytest.param(
        "沪苏深夜班车通了。", [("沪", "上海市"), ("苏", "江苏省")], id="深 of the word behind is no city"
    ),
    pytest.param(
        "福建要建闽东北协同发展区。",
        [("福建", "福建省")],
        id="东北 of a part of a province is not the north-east",
    ),
    pytest.param(
        "双方在深合区开会。",
        [("深合区", "横琴粤澳深度合作区")],
        id="a zone by the short name its neighbours use",
    ),
    pytest.param(
        "辽宁的果商去了浙东北。", [("辽宁", "辽宁省")], id="a part of Zhejiang in a text on the north-east"
    ),
    pytest.param(
        "吉林的粮商去了冀东北部。", [("吉林", "吉林省")], id="a part of Hebei in a text on the north-east"
    ),
    pytest.param(
        "湛江的生蚝肥在雷州湾。", [("湛江", "湛江市")], id="a bay is not the county it is named after"
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
    pytest.param("两市将加大连接通道的投入。", id="大连 across two words"),
    pytest.param("要在山脚设立山区气象站。", id="立山区 across two words"),
    pytest.param("哈密瓜装上了专列。", id="a melon"),
    pytest.param("杭州湾的潮水涨了。", id="a bay that is named after a city"),
    pytest.param("他在晋升前种过茶。", id="晋 of a word behind 在"),
    pytest.param("货轮到港卸货。", id="港 is a port"),
    pytest.param("大家在台上发言。", id="台 is a stage"),
    pytest.param("在冀中平原种麦。", id="冀 of the name of a plain"),
    pytest.param("青、红、黑三种豆子都收了。", id="colours in a row before their number"),
    pytest.param("桃、李、杏三地都有种。", id="fruits in a row before 三地"),
    pytest.param("画上题着云、青、川三个字。", id="letters in a row that no number counts as provinces"),
    pytest.param("药柜上写着桂、苏、川三味。", id="herbs in a row"),
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
