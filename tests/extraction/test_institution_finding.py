"""Stage 4: institutions. A pair is a short article and the full names of the bodies in it."""

import pytest

from app.extraction.pipeline import Extractor

INSTITUTIONS: list[object] = [
    pytest.param("辽宁省商务厅发布了清单。", ["辽宁省商务厅"], id="place and body"),
    pytest.param("国家发展改革委批复了规划。", ["国家发展改革委"], id="a ministry by its public name"),
    pytest.param(
        "郑州大学与开封市文化和旅游局签约。",
        ["郑州大学", "开封市文化和旅游局"],
        id="和 inside the name, 与 between two",
    ),
    pytest.param(
        "贵州省和云南省水利厅合建了监测站。",
        ["贵州省水利厅", "云南省水利厅"],
        id="two places share one kind of body",
    ),
    pytest.param(
        "湖北省人力资源和社会保障厅来函。",
        ["湖北省人力资源和社会保障厅"],
        id="和 inside the name of a department",
    ),
    pytest.param(
        "广西北部湾国际港务集团有限公司投了资。", ["广西北部湾国际港务集团有限公司"], id="a company"
    ),
    pytest.param(
        "重庆市公安局两江新区分局派员到场。",
        ["重庆市公安局两江新区分局"],
        id="a part of a body is a body of its own",
    ),
    pytest.param(
        "中国科学院青藏高原研究所提供了数据。", ["中国科学院青藏高原研究所"], id="an institute of an academy"
    ),
    pytest.param("民盟山西省委会提交了提案。", ["民盟山西省委会"], id="a party's provincial committee"),
    pytest.param(
        "大连市科技局牵头。几天后,市科技局公布了名单。",
        ["大连市科技局"],
        id="a level stands for the place named before",
    ),
    pytest.param(
        "松花江实验室与哈尔滨工程大学共建平台。",
        ["松花江实验室", "哈尔滨工程大学"],
        id="a laboratory with a proper name",
    ),
    pytest.param("深圳市前海管理局局长到访。", ["深圳市前海管理局"], id="a body before a title"),
    pytest.param("河北省政协召开会议。", ["河北省政协"], id="a consultative conference"),
    pytest.param("长江水利委员会通报了水情。", ["长江水利委员会"], id="a commission of a river"),
    pytest.param(
        "西安海关和乌鲁木齐海关互认查验结果。", ["西安海关", "乌鲁木齐海关"], id="two customs houses"
    ),
    pytest.param(
        "中国银行云南省分行发放了首笔贷款。", ["中国银行云南省分行"], id="a branch with a place inside"
    ),
    pytest.param("杭州市第一人民医院派出医疗队。", ["杭州市第一人民医院"], id="an ordinal inside the name"),
    pytest.param(
        "京津冀协同发展领导小组开会。", ["京津冀协同发展领导小组"], id="a leading group that exists"
    ),
    pytest.param(
        "全国人大代表、内蒙古大学校长到会。", ["全国人大", "内蒙古大学"], id="bodies of posts without a name"
    ),
    pytest.param(
        "榆林市和鄂尔多斯市人民政府会签了文件。",
        ["榆林市人民政府", "鄂尔多斯市人民政府"],
        id="two places share a government",
    ),
    pytest.param(
        "省发改委、省工信厅联合发文,青海省政府办公厅转发。",
        ["青海省发改委", "青海省工信厅", "青海省政府办公厅"],
        id="a level stands for the place named behind",
    ),
    pytest.param(
        "西北农林科技大学与杨凌示范区管委会签约。",
        ["西北农林科技大学", "杨凌示范区管委会"],
        id="the managing body of a zone",
    ),
    pytest.param(
        "生态环境部华南环境科学研究所承担了研究。",
        ["生态环境部华南环境科学研究所"],
        id="an institute of a ministry",
    ),
    pytest.param(
        "宝武集团旗下的马鞍山钢铁股份有限公司参加了试验。",
        ["宝武集团", "马鞍山钢铁股份有限公司"],
        id="a group and its company",
    ),
    pytest.param(
        "九三学社中央和民盟中央分别调研。",
        ["九三学社中央", "民盟中央"],
        id="the central committees of two parties",
    ),
    pytest.param(
        "粤桂黔滇高铁经济带合作联席会议办公室设在南宁。",
        ["粤桂黔滇高铁经济带合作联席会议办公室"],
        id="an office of a joint meeting",
    ),
    pytest.param(
        "黑龙江省农科院黑河分院育成了新品种。", ["黑龙江省农科院黑河分院"], id="a branch of an academy"
    ),
    pytest.param(
        "世界银行和亚洲开发银行提供了贷款。", ["世界银行", "亚洲开发银行"], id="banks of many countries"
    ),
    pytest.param(
        "辽宁省商务厅与国家发展改革委会商。",
        ["辽宁省商务厅", "国家发展改革委"],
        id="a suffix runs across the end of the name",
    ),
    pytest.param(
        "陕西、甘肃两省文物局共同发文。", ["陕西省文物局", "甘肃省文物局"], id="two provinces' bureaus"
    ),
    pytest.param("江西省赣州市市长李克坚到会。", [], id="province and city of a mayor are no body"),
    pytest.param(
        "甘肃多地下雪。省教育厅发了停课通知。",
        ["甘肃省教育厅"],
        id="省 stands for the province the article is about",
    ),
    pytest.param(
        "鞍山在改造老厂。市工信局列出了清单。",
        ["鞍山市工信局"],
        id="市 stands for the city the article is about",
    ),
    pytest.param(
        "寻乌县的脐橙丰收。县商务局牵头找买家。",
        ["寻乌县商务局"],
        id="县 stands for the county the article is about",
    ),
    pytest.param(
        "昌吉州的番茄红了。州商务局牵线卖到口岸。",
        ["昌吉回族自治州商务局"],
        id="州 stands for the prefecture the article is about",
    ),
    pytest.param(
        "宁夏的葡萄熟了。自治区林草局印发了标准。",
        ["宁夏回族自治区林草局"],
        id="自治区 stands for the region the article is about",
    ),
    pytest.param(
        "香港的青年到了广州。特区政府给了补贴。",
        ["香港特别行政区政府"],
        id="特区 stands for the region the article is about",
    ),
    pytest.param(
        "潍坊市教育局、省教育厅都来了。",
        ["潍坊市教育局", "山东省教育厅"],
        id="省 stands for the province of a city",
    ),
    pytest.param(
        "贵州在修路。省委作了部署,省政府出了钱。",
        ["贵州省委", "贵州省政府"],
        id="a committee by its level alone",
    ),
    pytest.param("威海的材料已交市财政局。", ["威海市财政局"], id="a level behind a verb of handing in"),
    pytest.param("名单已送山东省财政厅。", ["山东省财政厅"], id="a place behind a verb of sending"),
    pytest.param("方案报国家能源局。", ["国家能源局"], id="a head behind a verb of reporting"),
    pytest.param(
        "翁立衡率广西壮族自治区政协调研组到了钦州。",
        ["广西壮族自治区政协调研组"],
        id="who is led begins behind 率",
    ),
    pytest.param(
        "祁文博率江苏省科技厅考察团到访。", ["江苏省科技厅考察团"], id="a mission of a department behind 率"
    ),
    pytest.param(
        "贺之舟携河北省农业农村厅考察组到了张北。",
        ["河北省农业农村厅考察组"],
        id="who is brought begins behind 携",
    ),
    pytest.param("一汽集团在佛山建了厂。", ["一汽集团"], id="一 that begins a name is no count"),
    pytest.param(
        "当月,赤水河流域保护工作小组成立。", ["赤水河流域保护工作小组"], id="a group that was founded"
    ),
    pytest.param(
        "今年5月,豫皖中药材产业联盟正式成立。", ["豫皖中药材产业联盟"], id="an alliance that was founded"
    ),
    pytest.param(
        "上周,闽江口航运研究院揭牌。", ["闽江口航运研究院"], id="an institute whose sign was unveiled"
    ),
    pytest.param(
        "甘肃的药材要统一标准,农业农村厅牵头。",
        ["甘肃省农业农村厅"],
        id="a bare office is that of the province",
    ),
    pytest.param(
        "云南的口岸忙了起来,商务厅派了专人。", ["云南省商务厅"], id="a bare office in the next clause"
    ),
    pytest.param(
        "宁夏的渠要清淤,水利厅列了单子。",
        ["宁夏回族自治区水利厅"],
        id="a bare office is that of the autonomous region",
    ),
    pytest.param("水利厅列了单子。", ["水利厅"], id="a bare office where no province is named"),
    pytest.param("政协甘肃省委员会发了函。", ["甘肃省政协"], id="a conference by its full name"),
    pytest.param(
        "政协湖南省第十三届委员会闭幕。", ["湖南省政协"], id="a conference by its full name with its term"
    ),
    pytest.param(
        "中国人民政治协商会议浙江省委员会发了函。", ["浙江省政协"], id="a conference by its longest name"
    ),
    pytest.param(
        "全国政协经济委员会去了宁德。",
        ["全国政协经济委员会"],
        id="a committee of the conference is not the conference",
    ),
    pytest.param(
        "湖北省第十四届人民代表大会闭幕。", ["湖北省人民代表大会"], id="the number of a term is left out"
    ),
    pytest.param(
        "海南省第七届人大常委会开了会。",
        ["海南省人大常委会"],
        id="the term of a standing committee is left out",
    ),
    pytest.param(
        "江西的水位降了,省十四届人大听了报告。", ["江西省人大"], id="a term without 第 behind a level"
    ),
    pytest.param(
        "福建的海带卖不动,民盟省委会提了对策。",
        ["民盟福建省委会"],
        id="a party's provincial committee without its province",
    ),
    pytest.param(
        "徐州的煤矿塌陷地多,农工党市委会去看过。",
        ["农工党徐州市委会"],
        id="a party's city committee without its city",
    ),
    pytest.param(
        "广东的渔港要升级,致公党省委收集了意见。", ["致公党广东省委"], id="a party's committee called 省委"
    ),
    pytest.param(
        "民建云南省委会和民盟昆明市委会去了曲靖。",
        ["民建云南省委会", "民盟昆明市委会"],
        id="two parties, each with its place",
    ),
    pytest.param(
        "陕西省工信厅和山西省工业和信息化厅会商。",
        ["陕西省工信厅", "山西省工业和信息化厅"],
        id="short and long names of two provinces' offices",
    ),
    pytest.param(
        "云南省教育厅发了文,昆明市教育局转了。",
        ["云南省教育厅", "昆明市教育局"],
        id="an office of the province and one of the city",
    ),
    pytest.param(
        "钦州的运河要护岸。翁立衡率自治区政协调研组到了灵山。",
        ["广西壮族自治区政协调研组"],
        id="a level behind 率",
    ),
    pytest.param(
        "海南的船要改造,翁立衡率省政协调研组到了文昌。",
        ["海南省政协调研组"],
        id="a level of one character behind 率",
    ),
]


@pytest.mark.parametrize(("text", "names"), INSTITUTIONS)
def test_a_named_body_is_found_by_its_full_name(extractor: Extractor, text: str, names: list[str]) -> None:
    assert [institution.name for institution in extractor.extract(text).institutions] == names


NONE: list[object] = [
    pytest.param("有关部门正在研究。", id="a department without a name"),
    pytest.param("各级政府要带头过紧日子。", id="governments of every level"),
    pytest.param("高校和科研院所都能参加。", id="kinds of bodies"),
    pytest.param("这个布局影响了全局,结局还难预料。", id="words that end with 局"),
    pytest.param("企业可以向银行申请贷款。", id="a bank, which one is not said"),
    pytest.param("沧州市市长来到码头。", id="a mayor's place is no body"),
    pytest.param("会议开了一天,客厅里坐满了人。", id="a room that ends with 厅"),
    pytest.param("天府新区和滨海新区都在招人。", id="zones are places"),
    pytest.param("要办好一所高水平大学。", id="a university to be"),
    pytest.param("湖北一家食品有限公司买下了茶园。", id="one company, which is not said"),
    pytest.param("某机械有限公司要迁厂。", id="some company"),
    pytest.param("苏州某银行放了款。", id="some bank of a city"),
    pytest.param("这家航空公司开了航线。", id="this airline"),
    pytest.param("南昌两所大学结对。", id="two universities of a city"),
    pytest.param("陕西多家商业银行放了款。", id="several banks of a province"),
    pytest.param("河北全部县级中学都接了光纤。", id="all schools of a kind"),
    pytest.param("浙江各医院都能结算。", id="each hospital of a province"),
    pytest.param("四川民办大学招生。", id="private universities of a province"),
    pytest.param("河南卫生院缺医生。", id="clinics of a province"),
    pytest.param("自然资源部门和生态环境部门都来了。", id="ministries across the word for department"),
    pytest.param("北大湖的雪场开门了。", id="a university across the name of a lake"),
    pytest.param("北大荒的麦子熟了。", id="a university across the name of a plain"),
    pytest.param("市场监管局要公布名单。", id="市 of 市场 is no level"),
    pytest.param("合作区开发公司在招人。", id="区 of 合作区 is no level"),
    pytest.param("海洋牧场要扩容,国有农场要转型。", id="farms of a kind"),
    pytest.param("各省的调研组都到了。", id="missions without a name"),
    pytest.param("上月,由高校组成的联合专班成立。", id="a group said by who is in it"),
    pytest.param("客厅、餐厅和会议厅都坐满了。", id="rooms in a row"),
    pytest.param("下一步,申报渝西智能研究院。", id="an institute that is only applied for"),
    pytest.param("第二步,培育天山雪莲集团。", id="a group that is only to be raised"),
]


@pytest.mark.parametrize("text", NONE)
def test_a_common_noun_is_no_body(extractor: Extractor, text: str) -> None:
    assert [institution.name for institution in extractor.extract(text).institutions] == []


PROPOSED = [
    pytest.param(
        "兰州大学教授康永年建议成立黄河上游保护领导小组。", "黄河上游保护领导小组", id="asked for with 成立"
    ),
    pytest.param(
        "兰州大学教授康永年呼吁,组建甘青枸杞产业联盟。", "甘青枸杞产业联盟", id="asked for with 组建"
    ),
    pytest.param("兰州大学教授康永年提出,应设立河西走廊研究院。", "河西走廊研究院", id="asked for with 设立"),
    pytest.param("兰州大学教授康永年建议创办滇西药材学院。", "滇西药材学院", id="asked for with 创办"),
    pytest.param("兰州大学教授康永年提出,要共建石窟保护实验室。", "石窟保护实验室", id="asked for with 共建"),
    pytest.param("兰州大学教授康永年希望筹建渭水文博协会。", "渭水文博协会", id="asked for with 筹建"),
]


@pytest.mark.parametrize(("text", "proposed"), PROPOSED)
def test_a_body_that_is_only_proposed_is_no_institution(
    extractor: Extractor, text: str, proposed: str
) -> None:
    names = [institution.name for institution in extractor.extract(text).institutions]
    assert "兰州大学" in names
    assert proposed not in names


def test_the_other_forms_of_a_name_are_its_aliases(extractor: Extractor) -> None:
    text = "大连市科技局牵头办了展会。几天后,市科技局公布了名单。"
    (institution,) = extractor.extract(text).institutions
    assert institution.aliases == ("市科技局",)
    assert [text[a:b] for a, b in institution.mentions] == ["大连市科技局", "市科技局"]


UNIFIED = [
    pytest.param(
        "陕西省工信厅发了文。次日,陕西省工业和信息化厅又开了会。",
        {"陕西省工业和信息化厅": ("陕西省工信厅",)},
        id="the short name first",
    ),
    pytest.param(
        "广西壮族自治区发展和改革委员会立了项,广西壮族自治区发改委还给了钱。",
        {"广西壮族自治区发展和改革委员会": ("广西壮族自治区发改委",)},
        id="the long name first",
    ),
    pytest.param(
        "绵阳市人社局开了招聘会。绵阳市人力资源和社会保障局还请来了企业。",
        {"绵阳市人力资源和社会保障局": ("绵阳市人社局",)},
        id="和 inside the long name",
    ),
    pytest.param(
        "赣州市工商联组了团,赣州市工商业联合会又捐了款。",
        {"赣州市工商业联合会": ("赣州市工商联",)},
        id="a federation",
    ),
    pytest.param(
        "黄山市文化和旅游局推出环线。市文旅局负责联票。",
        {"黄山市文化和旅游局": ("市文旅局",)},
        id="a short name behind a level",
    ),
    pytest.param(
        "赣州市工商联组了团,上饶市工商业联合会又捐了款。",
        {"赣州市工商联": (), "上饶市工商业联合会": ()},
        id="the long name is another city's",
    ),
    pytest.param(
        "西宁市科技局发布榜单,西宁市教育局没有发。",
        {"西宁市科技局": (), "西宁市教育局": ()},
        id="two offices of a city",
    ),
]


@pytest.mark.parametrize(("text", "forms"), UNIFIED)
def test_short_and_long_names_of_an_office_are_one(
    extractor: Extractor, text: str, forms: dict[str, tuple[str, ...]]
) -> None:
    assert {one.name: one.aliases for one in extractor.extract(text).institutions} == forms


OPENED = [
    pytest.param("福建缺老师,眼下省教育厅在招人。", "省教育厅", id="behind a word of time"),
    pytest.param("福建缺老师,其时省教育厅在招人。", "省教育厅", id="behind a word of the past"),
    pytest.param("福建缺老师,开春省教育厅就招人。", "省教育厅", id="behind a season"),
]


@pytest.mark.parametrize(("text", "words"), OPENED)
def test_a_name_begins_at_the_word_for_its_level(extractor: Extractor, text: str, words: str) -> None:
    (institution,) = extractor.extract(text).institutions
    assert institution.name == "福建省教育厅"
    assert [text[a:b] for a, b in institution.mentions] == [words]


def test_an_institution_carries_the_region_of_its_name(extractor: Extractor) -> None:
    regions = {
        i.name: i.region for i in extractor.extract("辽宁省商务厅与国家发展改革委交换了意见。").institutions
    }
    assert regions == {"辽宁省商务厅": "210000", "国家发展改革委": None}
