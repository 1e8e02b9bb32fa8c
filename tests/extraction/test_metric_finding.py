"""Stage 4: metrics. A pair is a sentence and (words, value, greatest value, unit, qualifier) of each."""

import pytest

from app.extraction.entities.metrics import MetricFinder
from app.lexicon import Lexicon
from app.vocabulary import Qualifier

Row = tuple[str, float, float | None, str, Qualifier | None]
ABOUT, OVER, AT_LEAST, UNDER = Qualifier.ABOUT, Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.UNDER


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> MetricFinder:
    return MetricFinder(lexicon.measures)


FOUND = [
    pytest.param(
        "港口全年吞吐量达2.6亿吨。", [("2.6亿吨", 260_000_000, None, "吨", None)], id="亿 is multiplied out"
    ),
    pytest.param(
        "库区共投入1,250万元。", [("1,250万元", 12_500_000, None, "元", None)], id="a comma between thousands"
    ),
    pytest.param(
        "新开工项目37个,总投资418亿元。",
        [("37个", 37, None, "个", None), ("418亿元", 4.18e10, None, "元", None)],
        id="two in a sentence",
    ),
    pytest.param("外贸增长12.4%。", [("12.4%", 12.4, None, "%", None)], id="a percentage"),
    pytest.param(
        "占比提高3.2个百分点。", [("3.2个百分点", 3.2, None, "个百分点", None)], id="percentage points"
    ),
    pytest.param(
        "森林覆盖率为百分之六十三。", [("百分之六十三", 63, None, "%", None)], id="a percentage in words"
    ),
    pytest.param(
        "合格率由七成升到九成。",
        [("七成", 70, None, "%", None), ("九成", 90, None, "%", None)],
        id="tenths are percent",
    ),
    pytest.param("约有三至四成的货改走水路。", [("三至四成", 30, 40, "%", ABOUT)], id="a range of tenths"),
    pytest.param("通关时间压缩到2至3小时。", [("2至3小时", 2, 3, "小时", None)], id="a range"),
    pytest.param(
        "年产蓝莓8—10万吨。",
        [("8—10万吨", 80_000, 100_000, "吨", None)],
        id="the scale of a range holds for both ends",
    ),
    pytest.param("毛利在5%-8%之间。", [("5%-8%", 5, 8, "%", None)], id="a range that says its unit twice"),
    pytest.param("口岸每天通行货车900余辆。", [("900余辆", 900, None, "辆", OVER)], id="余 inside is more"),
    pytest.param(
        "沿线有1.4万余台(套)设备。",
        [("1.4万余台(套)", 14_000, None, "台(套)", OVER)],
        id="余 behind the scale, and two units in brackets",
    ),
    pytest.param(
        "培训农技员三百多名。", [("三百多名", 300, None, "名", OVER)], id="多 behind Chinese digits"
    ),
    pytest.param(
        "线路全长约86公里。", [("86公里", 86, None, "公里", ABOUT)], id="约 is not part of the words"
    ),
    pytest.param("存栏牦牛近20万头。", [("20万头", 200_000, None, "头", ABOUT)], id="近 is about"),
    pytest.param("日均客流3万人次左右。", [("3万人次", 30_000, None, "人次", ABOUT)], id="左右 behind"),
    pytest.param("注册企业超过5000家。", [("5000家", 5000, None, "家", OVER)], id="超过"),
    pytest.param("年均降雨600毫米以上。", [("600毫米", 600, None, "毫米", OVER)], id="以上 behind"),
    pytest.param("每县派出不少于5名医生。", [("5名", 5, None, "名", AT_LEAST)], id="不少于"),
    pytest.param("国有资本占比不低于51%。", [("51%", 51, None, "%", AT_LEAST)], id="不低于"),
    pytest.param("全程不到40分钟。", [("40分钟", 40, None, "分钟", UNDER)], id="不到"),
    pytest.param("误差控制在2%以内。", [("2%", 2, None, "%", UNDER)], id="以内 behind"),
    pytest.param("乡里又拿出两千万元。", [("两千万元", 20_000_000, None, "元", None)], id="两 before 千万"),
    pytest.param(
        "库区移民十三万人。", [("十三万人", 130_000, None, "人", None)], id="Chinese digits with 万"
    ),
    pytest.param("路上要四个多小时。", [("四个多小时", 4, None, "个小时", "over")], id="多 inside the unit"),
    pytest.param(
        "一年节水上亿立方米。", [("亿立方米", 1e8, None, "立方米", "over")], id="上 before a magnitude"
    ),
    pytest.param("光伏不宜超过三成。", [("三成", 30, None, "%", "under")], id="what it ought not to exceed"),
    pytest.param(
        "淮河北岸的耕地占三分之二。",
        [("三分之二", 66.666667, None, "%", None)],
        id="a share is told in per cent",
    ),
    pytest.param("吞吐量居沿海港口第4位。", [("第4位", 4, None, "位", None)], id="a rank"),
    pytest.param(
        "试点村人均增收两千四百元。",
        [("两千四百元", 2400, None, "元", None)],
        id="thousands and hundreds in words",
    ),
    pytest.param(
        "水库库容3.5立方公里,灌溉农田120万亩。",
        [("3.5立方公里", 3.5, None, "立方公里", None), ("120万亩", 1_200_000, None, "亩", None)],
        id="a unit that begins with another",
    ),
    pytest.param(
        "运价由每吨68元降到41元。",
        [("68元", 68, None, "元", None), ("41元", 41, None, "元", None)],
        id="from one price to another",
    ),
    pytest.param(
        "中欧班列开行1502列。", [("1502列", 1502, None, "列", None)], id="trains are counted, not dated"
    ),
    pytest.param(
        "装机容量达到600万千瓦。",
        [("600万千瓦", 6_000_000, None, "千瓦", None)],
        id="a unit that begins like a scale",
    ),
    pytest.param("客流首次突破1000万人次大关。", [("1000万人次", 10_000_000, None, "人次", OVER)], id="突破"),
    pytest.param(
        "四台机组共264万千瓦,年发电约110亿千瓦时。",
        [
            ("四台", 4, None, "台", None),
            ("264万千瓦", 2_640_000, None, "千瓦", None),
            ("110亿千瓦时", 1.1e10, None, "千瓦时", ABOUT),
        ],
        id="units of power and of energy",
    ),
    pytest.param("GDP年均增长6%以上。", [("6%", 6, None, "%", OVER)], id="以上 behind a percentage"),
    pytest.param("蓄水量仅为三成左右。", [("三成", 30, None, "%", ABOUT)], id="左右 behind tenths"),
    pytest.param(
        "学校有教师一百二十多人,学生近两千人。",
        [("一百二十多人", 120, None, "人", OVER), ("两千人", 2000, None, "人", ABOUT)],
        id="多 inside, 近 before",
    ),
    pytest.param("用地不超过15平方公里。", [("15平方公里", 15, None, "平方公里", UNDER)], id="不超过"),
    pytest.param("总投资达1.36万亿元。", [("1.36万亿元", 1.36e12, None, "元", None)], id="万亿"),
    pytest.param("日均开行城际列车70多对。", [("70多对", 70, None, "对", OVER)], id="trains in pairs"),
    pytest.param("户均得到一万二千元。", [("一万二千元", 12_000, None, "元", None)], id="万 and 千 in words"),
    pytest.param(
        "补偿标准为每亩300元至500元。",
        [("300元至500元", 300, 500, "元", None)],
        id="a range that repeats its unit",
    ),
    pytest.param(
        "国家电网投资586.3亿元。", [("586.3亿元", 58_630_000_000, None, "元", None)], id="a decimal with 亿"
    ),
    pytest.param("隧道工期36个月。", [("36个月", 36, None, "个月", None)], id="a length of time in months"),
    pytest.param(
        "过渡期为三年,公示五天。",
        [("三年", 3, None, "年", None), ("五天", 5, None, "天", None)],
        id="lengths of time in words",
    ),
    pytest.param(
        "异地备案由12个工作日减到2个工作日。",
        [("12个工作日", 12, None, "个工作日", None), ("2个工作日", 2, None, "个工作日", None)],
        id="working days",
    ),
    pytest.param("鱼苗要养2至3年才能放流。", [("2至3年", 2, 3, "年", None)], id="a range of years"),
    pytest.param(
        "从矿区到码头有六七十公里。",
        [("六七十公里", 60, 70, "公里", None)],
        id="neighbouring tens are a range",
    ),
    pytest.param("村里只剩七八户。", [("七八户", 7, 8, "户", None)], id="neighbouring digits are a range"),
    pytest.param(
        "灯会一晚来了两三万人。",
        [("两三万人", 20_000, 30_000, "人", None)],
        id="the scale behind neighbouring digits holds for both",
    ),
    pytest.param("货差不到一两成。", [("一两成", 10, 20, "%", UNDER)], id="neighbouring tenths"),
    pytest.param(
        "古道绵延近千公里。", [("千公里", 1000, None, "公里", ABOUT)], id="a thousand without a one"
    ),
    pytest.param("草原上的那达慕引来逾万人。", [("万人", 10_000, None, "人", OVER)], id="a bare 万"),
    pytest.param(
        "盐湖化工产值超百亿元。", [("百亿元", 1e10, None, "元", OVER)], id="a bare 百 with its scale"
    ),
    pytest.param(
        "园区引来上百家药企。", [("百家", 100, None, "家", OVER)], id="上 before a bare magnitude is over"
    ),
    pytest.param("竹纸的运费省了一成半。", [("一成半", 15, None, "%", None)], id="one tenth and a half"),
    pytest.param("咸水灌溉让亩产提高两成半。", [("两成半", 25, None, "%", None)], id="two tenths and a half"),
    pytest.param("空箱率降到三成五。", [("三成五", 35, None, "%", None)], id="tenths and hundredths"),
    pytest.param("淡季票价只降一成。", [("一成", 10, None, "%", None)], id="one tenth is a measure"),
    pytest.param(
        "漕运沿线至少建成5座船闸。", [("5座", 5, None, "座", AT_LEAST)], id="a lower limit before a verb"
    ),
    pytest.param(
        "每个乡镇最少要选派12名林长。", [("12名", 12, None, "名", AT_LEAST)], id="最少 before a verb"
    ),
    pytest.param(
        "用于管护的钱不低于总额的三成。",
        [("三成", 30, None, "%", AT_LEAST)],
        id="a lower limit before a whole",
    ),
    pytest.param(
        "企业自筹不超过总投资的40%。", [("40%", 40, None, "%", UNDER)], id="an upper limit before a whole"
    ),
    pytest.param(
        "船闸至少要通电,年内投资5亿元。",
        [("5亿元", 5e8, None, "元", None)],
        id="a limit before a comma is another's",
    ),
    pytest.param("枢纽造价约为3.2亿元。", [("3.2亿元", 3.2e8, None, "元", ABOUT)], id="约为"),
    pytest.param(
        "两湖年供水量已超过15亿立方米。", [("15亿立方米", 1.5e9, None, "立方米", OVER)], id="已超过"
    ),
    pytest.param("客流接近8万人次。", [("8万人次", 80_000, None, "人次", ABOUT)], id="接近"),
    pytest.param(
        "全省常住人口9800多万。",
        [("9800多万", 98_000_000, None, "", OVER)],
        id="a large number before a mark",
    ),
    pytest.param(
        "两县新建泵站30座(段)。", [("30座(段)", 30, None, "座(段)", None)], id="two measure words in brackets"
    ),
    pytest.param("总投资:45亿元。", [("45亿元", 4.5e9, None, "元", None)], id="a number behind a colon"),
    pytest.param(
        "钢产量和铝产量分别增长5%、8%。",
        [("5%", 5, None, "%", None), ("8%", 8, None, "%", None)],
        id="percentages in a row are no range",
    ),
    pytest.param(
        "莱州湾再添30万吨级泊位。", [("30万吨级", 300_000, None, "吨级", None)], id="the class of a berth"
    ),
]


@pytest.mark.parametrize(("text", "rows"), FOUND)
def test_a_number_that_measures_is_found(finder: MetricFinder, text: str, rows: list[Row]) -> None:
    found = [(text[m.start : m.end], m.value, m.value_max, m.unit, m.qualifier) for m in finder.find(text)]
    assert found == [(words, pytest.approx(value), top, unit, how) for words, value, top, unit, how in rows]


NOT_FOUND = [
    pytest.param("会议于2023年5月18日在大同召开。", id="a date"),
    pytest.param("这是流域第三次联席会议。", id="an ordinal"),
    pytest.param("政协第十四届委员会听取了汇报。", id="the number of a term"),
    pytest.param("沿线已覆盖5G网络。", id="a name with a digit"),
    pytest.param("沿江推行“一网通办”。", id="a number in a quoted slogan"),
    pytest.param("会议通过了《生态补偿十二条》。", id="a number in a title"),
    pytest.param("各地签下一批合作项目。", id="one lot is no count"),
    pytest.param("这是一个好办法。", id="one of something is no count"),
    pytest.param("两地要下好一盘棋。", id="one in a figure of speech"),
    pytest.param("省政府下发了甘政发〔2021〕8号文。", id="the number of a document"),
    pytest.param("三年行动计划正在收尾。", id="the years of a plan's name"),
    pytest.param("“十四五”期间还要再修路。", id="a five-year plan"),
    pytest.param("列车经G60沪昆高速旁驶过。", id="the number of a road"),
    pytest.param("他从三个方面谈了看法。", id="the number of aspects"),
    pytest.param("全市上下万众一心。", id="万 in an idiom"),
    pytest.param("两地成立了工作专班。", id="成 of a verb is no tenth"),
    pytest.param("会议由上午9时开到下午4点。", id="times of the day"),
    pytest.param("联系电话0771-2345678。", id="a telephone number"),
    pytest.param(f"总投资{'9' * 400}亿元。", id="more digits than a number can have"),
    pytest.param(f"总投资{'一万' * 600}元。", id="a number said again and again"),
    pytest.param("国道318线和G7高速在此交会。", id="numbers of highways"),
    pytest.param("“一带一路”沿线,“双一流”高校,“3+2”学制。", id="names in quotes"),
    pytest.param("一江碧水向东流,一湖清水送北京。", id="one river, one lake"),
    pytest.param("二期工程将于四月开工。", id="a phase and a month"),
    pytest.param("第七届东盟博览会第二展区人头攒动。", id="ordinals of a fair and a hall"),
    pytest.param("他三番五次来到工地。", id="numbers in an idiom"),
    pytest.param("三年来,两岸的渔民常来常往。", id="the years until now"),
    pytest.param("近五年,沙化的草场在缩小。", id="the last years"),
    pytest.param("早在二十年前,商队就走这条路。", id="how long ago it was"),
    pytest.param("小学三年级的孩子也来种树。", id="a school year"),
    pytest.param("规划期为2021—2035年。", id="years of the calendar are no range of time"),
    pytest.param("论坛每年办一次。", id="once a year"),
    pytest.param("协议有效期一年。", id="one year is no count"),
    pytest.param("街角是一家百年老店。", id="a hundred years in a name"),
    pytest.param("百姓盼着千帆竞发。", id="magnitudes inside words"),
    pytest.param("渠道走向见1:50000地形图。", id="the scale of a map"),
    pytest.param("规划与落地不能成了两张皮。", id="two skins in a figure of speech"),
    pytest.param("监测站点连成一张网。", id="one net in a figure of speech"),
    pytest.param("首班车8:30起发车。", id="the minutes of a time of the day"),
    pytest.param("按1:3倍配资。", id="the second number of a proportion"),
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_number_that_measures_nothing_is_left(finder: MetricFinder, text: str) -> None:
    assert [text[m.start : m.end] for m in finder.find(text)] == []


ABOUTS = [
    pytest.param("口岸每天通行900辆货车。", "货车", id="the noun behind the measure word"),
    pytest.param("森林覆盖率达63%。", "森林覆盖率", id="the noun before the number"),
    pytest.param("培训了320名乡村医生。", "乡村医生", id="people behind their measure word"),
]


@pytest.mark.parametrize(("text", "about"), ABOUTS)
def test_a_metric_says_what_it_measures(finder: MetricFinder, text: str, about: str) -> None:
    assert [m.about for m in finder.find(text)] == [about]
