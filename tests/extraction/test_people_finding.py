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
        "青海民族大学教授尹和平委员的发言谈的是盐湖。",
        {"尹和平": [("青海民族大学", "教授")]},
        id="a name that ends with a word, before its title",
    ),
    pytest.param(
        "汉中一家茶企的负责人谌军代表则谈到品牌。",
        {"谌军": [("汉中一家茶企", "负责人")]},
        id="a title behind the name cuts a longer reading",
    ),
    pytest.param(
        "赤峰市交通局局长康振海边听边记。",
        {"康振海": [("赤峰市交通局", "局长")]},
        id="海 and 边 are no shore",
    ),
    pytest.param(
        "来自果洛的益西顿平委员接过了话筒。",
        {"益西顿平": [("", "委员")]},
        id="a Tibetan name before its title",
    ),
    pytest.param(
        "战秋菊委员(营口一家船厂总工程师):焊工难找。\n盛海潮委员:渔港要改。",
        {"战秋菊": [("营口一家船厂", "总工程师")], "盛海潮": [("", "委员")]},
        id="labels of printed speeches",
    ),
    pytest.param(
        "云阳县县长向敏主持会议。",
        {"向敏": [("云阳县", "县长")]},
        id="a surname that is a preposition",
    ),
    pytest.param(
        "遵义市领导牟晓云、税红、先永芳出席。",
        {name: [("遵义市", "领导")] for name in ("牟晓云", "税红", "先永芳")},
        id="rarer surnames in a row",
    ),
    pytest.param(
        "青海省商务厅厅长牛立峰和西宁大学校长夏思雨出席。",
        {"牛立峰": [("青海省商务厅", "厅长")], "夏思雨": [("西宁大学", "校长")]},
        id="a body joined to another's name",
    ),
    pytest.param(
        "陕煤集团榆林研究中心主任庞东升介绍了矿井。",
        {"庞东升": [("陕煤集团榆林研究中心", "主任")]},
        id="a company's part in another place",
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
    pytest.param(
        "湖南大学教授丛笑说,书院要联展。",
        {"丛笑": [("湖南大学", "教授")]},
        id="a surname that is a word for a thicket",
    ),
    pytest.param(
        "江苏省水利厅总工程师眭文斌提出,泵站要联调。",
        {"眭文斌": [("江苏省水利厅", "总工程师")]},
        id="a surname few readers know",
    ),
    pytest.param(
        "崇左市市长零永泰建议,口岸要延时。",
        {"零永泰": [("崇左市", "市长")]},
        id="a surname that is the word for zero",
    ),
    pytest.param(
        "同济大学教授初晓岚说,桥要共管。",
        {"初晓岚": [("同济大学", "教授")]},
        id="a surname that is the word for first",
    ),
    pytest.param(
        "合肥市投资促进局局长万俟承宇说,芯片要抱团。",
        {"万俟承宇": [("合肥市投资促进局", "局长")]},
        id="a rare compound surname",
    ),
    pytest.param(
        "河北大学教授濮阳立群介绍,长城要连片修。",
        {"濮阳立群": [("河北大学", "教授")]},
        id="a compound surname that is a city too",
    ),
    pytest.param(
        "浙江省水利厅厅长来宏志说,海塘要统一标高。",
        {"来宏志": [("浙江省水利厅", "厅长")]},
        id="来 is a surname",
    ),
    pytest.param(
        "南通大学教授从春梅建议,江豚保护区要相连。",
        {"从春梅": [("南通大学", "教授")]},
        id="从 is a surname",
    ),
    pytest.param(
        "黄冈市副市长向书瑶表示,油茶可以共销。",
        {"向书瑶": [("黄冈市", "副市长")]},
        id="向 is a surname",
    ),
    pytest.param(
        "宁波市政协委员谈小峰建议,渔船要统一编号。",
        {"谈小峰": [("宁波市政协", "委员")]},
        id="谈 is a surname",
    ),
    pytest.param(
        "上饶市文旅局局长都兴华介绍,婺源要连黄山。",
        {"都兴华": [("上饶市文旅局", "局长")]},
        id="都 is a surname",
    ),
    pytest.param(
        "衢州市商务局局长管一楠提出,柑橘要共建冷库。",
        {"管一楠": [("衢州市商务局", "局长")]},
        id="管 is a surname",
    ),
    pytest.param(
        "丽江市文化和旅游局局长和秀芬说,古道要连到四川。",
        {"和秀芬": [("丽江市文化和旅游局", "局长")]},
        id="和 is a surname",
    ),
    pytest.param(
        "大理州水务局局长和耀东建议,洱海要共管。",
        {"和耀东": [("大理州水务局", "局长")]},
        id="和 is a surname behind a title of two characters",
    ),
    pytest.param(
        "云南民族大学副校长和文灿认为,古城可以互设展馆。",
        {"和文灿": [("云南民族大学", "副校长")]},
        id="和 is a surname before a surname",
    ),
    pytest.param(
        "湖南省政协副主席余静秋和秦克明出席。",
        {"余静秋": [("湖南省政协", "副主席")], "秦克明": [("湖南省政协", "副主席")]},
        id="和 between two names that share a post",
    ),
    pytest.param(
        "济南大学教授闵和静和宋一鸣作了报告。",
        {"闵和静": [("济南大学", "教授")], "宋一鸣": [("济南大学", "教授")]},
        id="和 inside a name and between two",
    ),
    pytest.param(
        "通辽市农牧局局长乌力吉巴图说,草场要轮牧。",
        {"乌力吉巴图": [("通辽市农牧局", "局长")]},
        id="a Mongolian name of five characters",
    ),
    pytest.param(
        "锡林郭勒盟畜牧局局长苏和巴雅尔说,草场要轮牧。",
        {"苏和巴雅尔": [("锡林郭勒盟畜牧局", "局长")]},
        id="和 inside a Mongolian name",
    ),
    pytest.param(
        "果洛州副州长才让多杰建议,虫草要共立标准。",
        {"才让多杰": [("果洛州", "副州长")]},
        id="a Tibetan name that begins like a word",
    ),
    pytest.param(
        "甘南州文旅局局长索南旺杰介绍,花海要联票。索南旺杰说,路已修通。",
        {"索南旺杰": [("甘南州文旅局", "局长")]},
        id="a Tibetan name that begins with a surname",
    ),
    pytest.param(
        "“要建站。”尕玛才仁委员说。", {"尕玛才仁": [("", "委员")]}, id="a Tibetan name behind a quotation"
    ),
    pytest.param(
        "玉树州政协副主席索南多杰说,要建站。",
        {"索南多杰": [("玉树州政协", "副主席")]},
        id="a Tibetan name behind a post",
    ),
    pytest.param(
        "全国政协委员阿拉腾其其格建议,要建站。",
        {"阿拉腾其其格": [("全国政协", "委员")]},
        id="a long Mongolian name behind a post",
    ),
    pytest.param(
        "提交书面发言的有:马成林(民建)、祁玉萍(农工党)。",
        {"马成林": [], "祁玉萍": []},
        id="a row of those who spoke",
    ),
    pytest.param(
        "马成林等30余名代表提出议案,建议修路。", {"马成林": [("", "代表")]}, id="the one of many who is named"
    ),
    pytest.param("马成林:《关于渭河治理的建议》", {"马成林": []}, id="a name before the title of a speech"),
    pytest.param("省水利厅厅长郑重表示,要修。", {}, id="how somebody speaks is no name"),
    pytest.param(
        "青岛一家公司总经理金融对记者表示,要办。",
        {"金融": [("青岛一家公司", "总经理")]},
        id="a word behind a post that speaks is a name",
    ),
    pytest.param("神木一家企业的冯师傅说,要修路。", {}, id="a nickname is no name"),
    pytest.param(
        "塔里木大学教授阿迪力·肉孜提出,棉种要共育。",
        {"阿迪力·肉孜": [("塔里木大学", "教授")]},
        id="a Uygur name behind its post",
    ),
    pytest.param(
        "来自锡林郭勒的格日勒图委员建议,马术要进学校。",
        {"格日勒图": [("", "委员")]},
        id="a Mongolian name before a title",
    ),
    pytest.param(
        "“牧草要统购。”拉巴次仁代表说。",
        {"拉巴次仁": [("", "代表")]},
        id="a Tibetan name before a title",
    ),
    pytest.param(
        "会上,麦麦提艾力·玉苏普委员建议,红枣要设专列。",
        {"麦麦提艾力·玉苏普": [("", "委员")]},
        id="a name with a dot before a title",
    ),
    pytest.param(
        "座谈时,古丽巴哈尔·艾山教授提出,葡萄要共建冷库。",
        {"古丽巴哈尔·艾山": [("", "教授")]},
        id="a name with a dot before a professor's title",
    ),
    pytest.param(
        "“红枣要设专列。”帕提古丽·肉孜委员说。",
        {"帕提古丽·肉孜": [("", "委员")]},
        id="a name with a dot between a quotation and a title",
    ),
    pytest.param(
        "黎伯安、冯玉霞等12名全国人大代表建议,共建候鸟通道。",
        {"黎伯安": [("全国人大", "代表")], "冯玉霞": [("全国人大", "代表")]},
        id="two names with the post of all behind them",
    ),
    pytest.param(
        "施明远、郝小兰、邱德海等三名全国政协委员提出,把茶船古道列为线路。",
        {
            "施明远": [("全国政协", "委员")],
            "郝小兰": [("全国政协", "委员")],
            "邱德海": [("全国政协", "委员")],
        },
        id="three names with the post of all behind them",
    ),
    pytest.param(
        "骆子昂、温雅琴等湖南省政协委员建议,湘江要禁采。",
        {"骆子昂": [("湖南省政协", "委员")], "温雅琴": [("湖南省政协", "委员")]},
        id="a post behind names without their number",
    ),
    pytest.param(
        "共建海岛医院的建议\n\n牛建川、霍雨桐、贺子墨\n\n海岛上缺医生,建议舟山与宁波共建医院。\n",
        {"牛建川": [], "霍雨桐": [], "贺子墨": []},
        id="a line of three names alone",
    ),
    pytest.param(
        "与会者说,航班要加密。\n祝明达、汤若雨委员:航班要加密。",
        {"祝明达": [("", "委员")], "汤若雨": [("", "委员")]},
        id="two names before a shared title and a colon",
    ),
    pytest.param(
        "会议发言摘登\n\n卢志远\n建议在沅江上游共建林场,两县各出一半人手。\n\n柳青禾\n建议把仪器放到一个平台上,让两县都能用。\n",
        {"卢志远": [], "柳青禾": []},
        id="names as headings over what they said",
    ),
    pytest.param(
        "提案人:祁文博\n建议在赤水河设联合监测站。",
        {"祁文博": []},
        id="the field for who moves a paper",
    ),
    pytest.param(
        "【提案人】:贝小棠\n联名人:钮一川、游若岚\n建议在伊犁河谷共建林场。",
        {"贝小棠": [], "钮一川": [], "游若岚": []},
        id="the field for who joins a paper",
    ),
    pytest.param(
        "建议人:傅雨生、葛长青\n案由:共建海岛医院。",
        {"傅雨生": [], "葛长青": []},
        id="two names in a field",
    ),
    pytest.param(
        "贺敬原是抚州市商务局副局长。他建议,竹编要共享商标。",
        {"贺敬原": [("抚州市商务局", "副局长")]},
        id="a name that is said to be a post",
    ),
    pytest.param(
        "柏若云,现任内江师范学院校长,她建议共办课程。",
        {"柏若云": [("内江师范学院", "校长")]},
        id="a post held now, behind a comma",
    ),
    pytest.param(
        "洪一鸣同为广西壮族自治区政协委员。",
        {"洪一鸣": [("广西壮族自治区政协", "委员")]},
        id="a post held too",
    ),
    pytest.param(
        "河南大学教授石涛谈了体会。",
        {"石涛": [("河南大学", "教授")]},
        id="谈 behind a name of two characters",
    ),
    pytest.param(
        "渭南市市长柳青林谈产业转移。",
        {"柳青林": [("渭南市", "市长")]},
        id="谈 behind a name of three characters",
    ),
    pytest.param(
        "广西民族大学副教授农立夏谈到了边贸。",
        {"农立夏": [("广西民族大学", "副教授")]},
        id="谈到 behind a name that is a season",
    ),
    pytest.param(
        "会上,周口市市长季安都表示了赞成。",
        {"季安": [("周口市", "市长")]},
        id="都 before a verb of speech is no given name",
    ),
    pytest.param(
        "巢湖学院教授石岩都支持这个办法。",
        {"石岩": [("巢湖学院", "教授")]},
        id="都 behind a name is no given name",
    ),
    pytest.param(
        "来自济宁的委员宗玉田建议,运河要通航。",
        {"宗玉田": [("", "委员")]},
        id="where a member comes from is no body",
    ),
    pytest.param(
        "来自遵义的代表向宏远说,辣椒要统一标准。",
        {"向宏远": [("", "代表")]},
        id="where a deputy comes from is no body",
    ),
    pytest.param(
        "从事海洋牧场的委员翟海生提出,网箱要远移。",
        {"翟海生": [("", "委员")]},
        id="what a member works at is no body",
    ),
    pytest.param(
        "中原银行董事长周勇,行长秦敏出席。",
        {"周勇": [("中原银行", "董事长")], "秦敏": [("中原银行", "行长")]},
        id="a post behind a comma is of the body before",
    ),
    pytest.param(
        "榆林学院党委书记拓明远、校长白思齐参加会见。",
        {"拓明远": [("榆林学院", "党委书记")], "白思齐": [("榆林学院", "校长")]},
        id="a post behind 、 is of the body before",
    ),
    pytest.param(
        "广安市政协主席龙沛,秘书长甘雨晴出席。",
        {"龙沛": [("广安市政协", "主席")], "甘雨晴": [("广安市政协", "秘书长")]},
        id="a secretary's body is that of the chair before",
    ),
    pytest.param(
        "中原银行董事长周勇出席。秘书长秦敏主持。",
        {"周勇": [("中原银行", "董事长")], "秦敏": [("", "秘书长")]},
        id="a post in the next sentence inherits nothing",
    ),
    pytest.param(
        "兰州大学教授康永年建议共建渠道。全国政协委员康永年还说,渠要衬砌。",
        {"康永年": [("兰州大学", "教授"), ("全国政协", "委员")]},
        id="posts stated in two sentences",
    ),
    pytest.param(
        "辽宁省政协常委狄若山到会。渤海大学校长狄若山发言说,课程可以共享。",
        {"狄若山": [("辽宁省政协", "常委"), ("渤海大学", "校长")]},
        id="a post that a later sentence adds",
    ),
    pytest.param(
        "内江市市长骆一鸣到会。骆一鸣(全国人大代表)说,甜城要联游。",
        {"骆一鸣": [("内江市", "市长"), ("全国人大", "代表")]},
        id="a post that brackets add",
    ),
    pytest.param(
        "安庆市委书记、市长程雨田到会。",
        {"程雨田": [("安庆市委", "书记"), ("安庆市", "市长")]},
        id="a mayor behind a party secretary is the city's",
    ),
    pytest.param(
        "婺源县委书记、县长程一苇说,徽州要合编一部志。",
        {"程一苇": [("婺源县委", "书记"), ("婺源县", "县长")]},
        id="a county's head behind its party secretary",
    ),
    pytest.param(
        "成都市武侯区委副书记、代区长岳宁讲话。",
        {"岳宁": [("成都市武侯区委", "副书记"), ("成都市武侯区", "代区长")]},
        id="an acting head of a district",
    ),
    pytest.param(
        "湖南省政协副主席、秘书长谌若水讲话。",
        {"谌若水": [("湖南省政协", "副主席"), ("湖南省政协", "秘书长")]},
        id="a secretary general stays with the body before",
    ),
    pytest.param(
        "江苏省第十四届人大代表郎秀英建议,渔汛要通报。",
        {"郎秀英": [("江苏省人大", "代表")]},
        id="the number of a term is not part of the body",
    ),
    pytest.param(
        "民革贵州省委会副主委樊知秋提出,屯堡要联游。",
        {"樊知秋": [("民革贵州省委会", "副主委")]},
        id="a deputy of a party's provincial committee",
    ),
    pytest.param(
        "提案人:索南旺杰、贝小棠\n索南旺杰建议在果洛建冷库。",
        {"索南旺杰": [], "贝小棠": []},
        id="a name by sound in a field is as long as elsewhere",
    ),
    pytest.param(
        "西宁市政协副主席贺立冬、索南旺杰出席。索南旺杰说,冷库要共建。",
        {"贺立冬": [("西宁市政协", "副主席")], "索南旺杰": [("西宁市政协", "副主席")]},
        id="a name by sound in a row",
    ),
    pytest.param(
        "兴安盟农牧局局长乌兰图雅说,草料要互济。",
        {"乌兰图雅": [("兴安盟农牧局", "局长")]},
        id="a Mongolian name that begins with a surname",
    ),
    pytest.param(
        "阿拉善盟林草局局长白音图雅说,梭梭要连种。",
        {"白音图雅": [("阿拉善盟林草局", "局长")]},
        id="a Mongolian name that begins with a usual surname",
    ),
    pytest.param(
        "江苏省科技厅厅长罗敏则认为,仪器要共享。",
        {"罗敏": [("江苏省科技厅", "厅长")]},
        id="则 before a verb of speech is no given name",
    ),
    pytest.param(
        "茂名市副市长秦敏亦认为可行。",
        {"秦敏": [("茂名市", "副市长")]},
        id="亦 before a verb of speech is no given name",
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
    pytest.param("企业负责人初步估算,成本能降。", id="初步 behind a title"),
    pytest.param("专家更看重物流,代表果然来了。", id="adverbs that are rare surnames too"),
    pytest.param("副主任飞抵海口。", id="飞 behind a title is a verb"),
    pytest.param("濮阳市市长来到工地。", id="a city that is a compound surname too"),
    pytest.param("与会专家来长沙调研。", id="来 behind a title is a verb"),
    pytest.param("委员都认为这条路该修。", id="都 behind a title is an adverb"),
    pytest.param("代表从实际出发谈看法。", id="从 behind a title is a preposition"),
    pytest.param("专家向江西借智,委员向大会提交了材料。", id="向 behind a title is a preposition"),
    pytest.param("会后,院长管后勤去了。", id="管 behind a title is a verb"),
    pytest.param("与会委员谈观感,谈建议。", id="谈 behind a title is a verb"),
    pytest.param("福建省商务厅厅长和厦门海关关长出席。", id="和 between two posts"),
    pytest.param("委员和代表一起走访了企业。", id="和 between two kinds of members"),
    pytest.param("教师和家长代表都来了。", id="和 before a group"),
    pytest.param("和田的委员提出,玉石要分级。", id="和 in the name of a place"),
    pytest.param("古巴代表来了。", id="a country before a title"),
    pytest.param("“丝路·商都”专家到会。", id="a dot in the name of an event"),
    pytest.param("祁连山下的牧业·旅游代表到会。", id="a dot between two trades"),
    pytest.param("交通、水利等部门代表发了言。", id="trades in a row with a post behind them"),
    pytest.param("水稻、小麦等12名委员提到的品种都在列。", id="crops in a row with a post behind them"),
    pytest.param(
        "会议发言摘登\n\n旅游\n建议在沅江上游共建林场。\n\n水利\n建议把仪器放到一个平台上。\n",
        id="trades as headings",
    ),
    pytest.param("三省的企业代表近百人到场。", id="how many came"),
    pytest.param("村社代表六十余人参加。", id="how many took part"),
    pytest.param("专家门诊开到了镇上。", id="what experts hold"),
    pytest.param("科研人员公寓已经封顶。", id="where researchers live"),
    pytest.param("一位老专家打比方说,河是一家人。", id="how an expert puts it"),
    pytest.param("阳泉提出打造区域中心,朔州希望通高铁。", id="places that speak"),
    pytest.param("联名人:略", id="a field that names nobody"),
    pytest.param("提案人数:五人。", id="a field for how many sign"),
    pytest.param("目标是让群众满意的委员。", id="what is to be is no person that is a post"),
    pytest.param("四川是第一个到场的代表团。", id="a place that is said to be a delegation"),
    pytest.param("委员齐参与,共护一江水。", id="what all members do"),
    pytest.param("代表共努力,专家齐上阵。", id="what all deputies and experts do"),
    pytest.param("委员齐发力,代表都响应。", id="all do, with 齐 and 都"),
    pytest.param("窗口办理事项减了一半。", id="理事 across two words"),
    pytest.param("务工人员可以异地参保。", id="工人 across two words"),
    pytest.param("来自黄石的委员们都认可。", id="a group from a place"),
    pytest.param("市长能文能武。", id="能 behind a title is a verb"),
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
