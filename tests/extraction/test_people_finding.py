"""Stage 4: people. A pair is a short article and each person with (body, title) of the posts."""

import pytest

from app.extraction.pipeline import Extractor

Posts = list[tuple[str, str]]

PEOPLE: list[object] = [
    pytest.param(
        "江西省发展和改革委员会主任罗启元说,航道要分段先通。",
        {"罗启元": [("江西省发展和改革委员会", "主任")]},
        id="body, title, name",
    ),
    pytest.param(
        "兰州大学副校长纪有年提出,两省应合办一所研究生院。",
        {"纪有年": [("兰州大学", "副校长")]},
        id="a deputy's rank belongs to the title",
    ),
    pytest.param(
        "全国政协委员、贵州省工商联主席石玉兰建议,开通两省直达货运。",
        {"石玉兰": [("全国政协", "委员"), ("贵州省工商联", "主席")]},
        id="two posts joined by 、",
    ),
    pytest.param(
        "泰山学院党委书记、院长孟广田说,专业可以共建。",
        {"孟广田": [("泰山学院", "党委书记"), ("泰山学院", "院长")]},
        id="two titles of one body",
    ),
    pytest.param(
        "会议由山西省政协副主席卫国栋、焦玉梅、侯建业主持。",
        {
            "卫国栋": [("山西省政协", "副主席")],
            "焦玉梅": [("山西省政协", "副主席")],
            "侯建业": [("山西省政协", "副主席")],
        },
        id="three names share one post",
    ),
    pytest.param(
        "海南省交通运输厅厅长符永安和广东省交通运输厅厅长黎志豪出席。",
        {"符永安": [("海南省交通运输厅", "厅长")], "黎志豪": [("广东省交通运输厅", "厅长")]},
        id="two people, each with a post",
    ),
    pytest.param(
        "宁夏回族自治区水利厅厅长高峰建议,把引黄水量指标放开交易。",
        {"高峰": [("宁夏回族自治区水利厅", "厅长")]},
        id="a name that is the word for a peak",
    ),
    pytest.param(
        "全国人大代表、淮北矿业集团董事长方向明说,矿坑可以变成水库。",
        {"方向明": [("全国人大", "代表"), ("淮北矿业集团", "董事长")]},
        id="a name that begins like the word for direction",
    ),
    pytest.param(
        "云南省文化和旅游厅厅长欧阳雪梅表示,环线要连到广西。",
        {"欧阳雪梅": [("云南省文化和旅游厅", "厅长")]},
        id="a compound surname with two given characters",
    ),
    pytest.param(
        "常州市商务局局长诸葛明提出,两市合办展会。",
        {"诸葛明": [("常州市商务局", "局长")]},
        id="a compound surname with one given character",
    ),
    pytest.param(
        "全国政协委员买买提·吐尔逊建议,加密南疆的支线航班。",
        {"买买提·吐尔逊": [("全国政协", "委员")]},
        id="a name with a dot",
    ),
    pytest.param(
        "西藏自治区农业农村厅副厅长尼玛次仁说,青稞要做深加工。",
        {"尼玛次仁": [("西藏自治区农业农村厅", "副厅长")]},
        id="a Tibetan name without a surname",
    ),
    pytest.param(
        "山东省海洋局局长林森率先发言。",
        {"林森": [("山东省海洋局", "局长")]},
        id="two characters before 率先",
    ),
    pytest.param(
        "蚌埠市市长汤敏表示,淮河航道要提级。",
        {"汤敏": [("蚌埠市", "市长")]},
        id="two characters before 表示, and a mayor's body is the city",
    ),
    pytest.param(
        "覃佳宁(广西壮族自治区口岸办主任)说,通关要再快些。",
        {"覃佳宁": [("广西壮族自治区口岸办", "主任")]},
        id="a post in brackets behind the name",
    ),
    pytest.param(
        "“草场要轮着放。”牧民出身的呼伦贝尔市农牧局局长白音说。",
        {"白音": [("呼伦贝尔市农牧局", "局长")]},
        id="behind a quotation",
    ),
    pytest.param(
        "厦门大学教授蔡一鸣认为,海峡两岸可共编一部海图。蔡教授研究海洋三十年。",
        {"蔡一鸣": [("厦门大学", "教授")]},
        id="the surname with a title is the same person",
    ),
    pytest.param(
        "中国工程院院士、哈尔滨工业大学教授冷冬青到会。冷冬青谈了寒地材料。",
        {"冷冬青": [("中国工程院", "院士"), ("哈尔滨工业大学", "教授")]},
        id="a rare surname behind a post",
    ),
    pytest.param(
        "四川省雅安市委书记、市人大常委会主任蒲永红来到现场。",
        {"蒲永红": [("四川省雅安市委", "书记"), ("雅安市人大常委会", "主任")]},
        id="a post whose body is named from its level",
    ),
    pytest.param(
        "唐山港集团总经理耿亮介绍了码头的扩建。",
        {"耿亮": [("唐山港集团", "总经理")]},
        id="two characters before 介绍",
    ),
    pytest.param(
        "农工党湖北省委会主委余静波说,药材可以跨省认证。",
        {"余静波": [("农工党湖北省委会", "主委")]},
        id="a party's provincial committee",
    ),
    pytest.param(
        "浙江省宁波舟山港股份有限公司副总经理应建东、总工程师毛一丹参加会见。",
        {
            "应建东": [("浙江省宁波舟山港股份有限公司", "副总经理")],
            "毛一丹": [("浙江省宁波舟山港股份有限公司", "总工程师")],
        },
        id="a later post in a list is of the same body",
    ),
    pytest.param(
        "民进河南省委会主委、河南省政协副主席耿玉兰主持会议。",
        {"耿玉兰": [("民进河南省委会", "主委"), ("河南省政协", "副主席")]},
        id="posts of two bodies",
    ),
    pytest.param(
        "参加座谈的有:河南大学教授温雅琴、副教授鲁一川,中原银行行长齐向东。",
        {
            "温雅琴": [("河南大学", "教授")],
            "鲁一川": [("河南大学", "副教授")],
            "齐向东": [("中原银行", "行长")],
        },
        id="an attendance list",
    ),
    pytest.param(
        "苏州大学教授、博士生导师,江苏省政协常委司马清建议,统一水尺。",
        {"司马清": [("苏州大学", "教授"), ("苏州大学", "博士生导师"), ("江苏省政协", "常委")]},
        id="posts joined by 、 and by a comma",
    ),
    pytest.param(
        "原农业部副部长于林海在座。",
        {"于林海": [("农业部", "副部长")]},
        id="a former post, the word for former left out",
    ),
    pytest.param(
        "绍兴市柯桥区委常委、组织部部长娄海英介绍,人才可以两地共用。",
        {"娄海英": [("绍兴市柯桥区委", "常委"), ("绍兴市柯桥区委组织部", "部长")]},
        id="a part of the body of the post before",
    ),
    pytest.param(
        "新疆维吾尔自治区政协副主席阿不都热依木·卡德尔、古丽娜尔·艾山出席。",
        {
            "阿不都热依木·卡德尔": [("新疆维吾尔自治区政协", "副主席")],
            "古丽娜尔·艾山": [("新疆维吾尔自治区政协", "副主席")],
        },
        id="two names with dots",
    ),
    pytest.param(
        "汕头市政协委员高明建议,打通断头路。高明说,汕头与揭阳只隔一座桥。",
        {"高明": [("汕头市政协", "委员")]},
        id="a name that is the word for wise",
    ),
    pytest.param(
        "福州大学校长应亮、副校长于洋与莆田学院院长易小舟签约。",
        {"应亮": [("福州大学", "校长")], "于洋": [("福州大学", "副校长")], "易小舟": [("莆田学院", "院长")]},
        id="surnames that are also common words",
    ),
    pytest.param(
        "大理州剑川县县长段和平介绍,木雕要抱团出山。",
        {"段和平": [("大理州剑川县", "县长")]},
        id="a given name that is the word for peace",
    ),
    pytest.param(
        "十堰市委副书记、市长石明哲带队考察。",
        {"石明哲": [("十堰市委", "副书记"), ("十堰市", "市长")]},
        id="a mayor behind a post of the city's committee",
    ),
    pytest.param(
        "海西州委副书记、州长乌兰巴特尔出席。",
        {"乌兰巴特尔": [("海西州委", "副书记"), ("海西州", "州长")]},
        id="a Mongolian name without a surname",
    ),
    pytest.param(
        "湛江市副市长安宁、海口市副市长康乐共同启动开航。",
        {"安宁": [("湛江市", "副市长")], "康乐": [("海口市", "副市长")]},
        id="names that are words, behind places that begin like surnames",
    ),
    pytest.param(
        "主持人请北京大学教授厉行谈看法。",
        {"厉行": [("北京大学", "教授")]},
        id="two characters before a verb of one",
    ),
    pytest.param(
        "龙岩市委书记、市人大常委会主任余建新,市委副书记、市长赖晓岚参加。",
        {
            "余建新": [("龙岩市委", "书记"), ("龙岩市人大常委会", "主任")],
            "赖晓岚": [("龙岩市委", "副书记"), ("龙岩市", "市长")],
        },
        id="the second person's posts name a level only",
    ),
    pytest.param(
        "国网青海省电力公司董事长杨岭说,送电要分时。",
        {"杨岭": [("国网青海省电力公司", "董事长")]},
        id="a company with a province inside",
    ),
    pytest.param(
        "太仓港口管委会党组书记、主任邹骏说,航线要加密。",
        {"邹骏": [("太仓港口管委会", "党组书记"), ("太仓港口管委会", "主任")]},
        id="a party post inside the body",
    ),
    pytest.param(
        "中国科学院院士、南京大学地理与海洋科学学院教授傅承远作报告。",
        {"傅承远": [("中国科学院", "院士"), ("南京大学地理与海洋科学学院", "教授")]},
        id="a school inside a university, with a joiner",
    ),
]


@pytest.mark.parametrize(("text", "people"), PEOPLE)
def test_a_person_has_a_name_and_posts(extractor: Extractor, text: str, people: dict[str, Posts]) -> None:
    found = {
        person.name: [(position.institution, position.title) for position in person.positions]
        for person in extractor.extract(text).people
    }
    assert found == people


NOBODY = [
    pytest.param("与会代表建议,高铁站要连上公交。", id="a group"),
    pytest.param("市发改委相关负责人表示,方向已经明确。", id="an official without a name"),
    pytest.param("全省高速公路通车里程居全国前列。", id="高速 is no name"),
    pytest.param("各级党委书记应当带头。", id="a post without a name"),
    pytest.param("会议由副省长主持,相关部门负责人参加。", id="a post at the end"),
    pytest.param("专家方面认为,安全生产不能松。", id="方面 behind a title"),
    pytest.param("代表团团长宣布,明年再来。", id="宣布 behind a title"),
    pytest.param("主任委员会议通过了议程。", id="a meeting of a post's name"),
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_name_is_no_person(extractor: Extractor, text: str) -> None:
    assert [person.name for person in extractor.extract(text).people] == []


def test_every_mention_of_the_full_name_is_kept(extractor: Extractor) -> None:
    text = "太原理工大学教授霍东平建议共建实验室。霍东平说,设备可以共用。会后,霍东平去了工地。"
    (person,) = extractor.extract(text).people
    assert [text[a:b] for a, b in person.mentions] == ["霍东平"] * 3


def test_a_posts_place_is_where_it_is_stated(extractor: Extractor) -> None:
    text = "全国政协委员、太原理工大学教授霍东平建议共建实验室。"
    (person,) = extractor.extract(text).people
    assert [text[a:b] for position in person.positions for a, b in position.spans] == [
        "全国政协委员",
        "太原理工大学教授",
    ]


def test_two_people_of_one_surname_are_two(extractor: Extractor) -> None:
    text = "大连海事大学教授曲波建议合编航图。青岛市港航局局长曲海涛表示赞成。"
    assert [person.name for person in extractor.extract(text).people] == ["曲波", "曲海涛"]
