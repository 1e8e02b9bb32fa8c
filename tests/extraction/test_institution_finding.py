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


def test_an_institution_carries_the_region_of_its_name(extractor: Extractor) -> None:
    regions = {
        i.name: i.region for i in extractor.extract("辽宁省商务厅与国家发展改革委交换了意见。").institutions
    }
    assert regions == {"辽宁省商务厅": "210000", "国家发展改革委": None}
