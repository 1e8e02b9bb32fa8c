"""Stage 1: each page is written as its lines, every one with the kind its shape should give it."""

import pytest

from app.extraction.clean import Cleaner
from app.extraction.reading import build_document

Page = list[tuple[str, str]]

PROSE = "闽赣两省交通部门在龙岩会商,同意把三条断头路列入明年计划。"

PAGES: list[object] = [
    pytest.param(
        [("heading", "闽赣携手打通断头路"), ("body", PROSE)],
        id="a first line without a closing mark is the title",
    ),
    pytest.param(
        [("heading", "闽赣携手打通断头路"), ("credit", "本报记者 林一帆 通讯员 赖春生"), ("body", PROSE)],
        id="a line of reporters is a credit",
    ),
    pytest.param(
        [
            ("heading", "闽赣携手打通断头路"),
            ("credit", "2022-11-08 09:15 来源:闽西日报 作者:林一帆"),
            ("body", PROSE),
        ],
        id="a line of page data is a credit",
    ),
    pytest.param(
        [("credit", "□本报记者 巴图"), ("body", PROSE)],
        id="a box before a reporter is no list mark",
    ),
    pytest.param(
        [("body", PROSE), ("credit", "(记者 罗小满)")],
        id="reporters in brackets behind the text are a credit",
    ),
    pytest.param(
        [
            ("metadata", "---\ntitle: 甘青共护祁连山\n---"),
            ("body", "祁连山南北两麓的护林员第一次合编巡护表。"),
        ],
        id="a block of front matter is metadata",
    ),
    pytest.param(
        [
            ("heading", "一个都不能少"),
            ("body", PROSE),
            ("heading", "路通之后"),
            ("body", "两县的茶叶从此不必绕行。"),
        ],
        id="short lines between paragraphs are headings",
    ),
    pytest.param(
        [("heading", "产业:一条链上的邻居"), ("body", PROSE)],
        id="a colon inside does not make a heading prose",
    ),
    pytest.param(
        [("body", PROSE), ("bullet", "共建一条旅游环线"), ("bullet", "互认三类检测报告"), ("body", PROSE)],
        id="lines behind list marks are bullets",
    ),
    pytest.param(
        [("body", PROSE), ("caption", "图为施工中的闽赣界桥。 本报记者 赖春生 摄"), ("body", PROSE)],
        id="a line that closes with its photographer is a caption",
    ),
    pytest.param(
        [
            ("body", PROSE),
            ("caption", "茶农在闽赣交界的茶山采摘秋茶。"),
            ("caption", "赖春生 摄"),
            ("body", PROSE),
        ],
        id="the line above a credit of its own is a caption",
    ),
    pytest.param(
        [("body", PROSE), ("caption", "夜色中的通江码头。资料图片"), ("body", PROSE)],
        id="a file photo needs no photographer",
    ),
    pytest.param(
        [
            ("body", PROSE),
            ("body", "“我拍摄过这条路修建的全过程。”村民老何说,照片有上千张。"),
            ("body", PROSE),
        ],
        id="prose about photography is no caption",
    ),
    pytest.param(
        [("furniture", "当前位置:首页 > 要闻 > 正文"), ("heading", "闽赣携手打通断头路"), ("body", PROSE)],
        id="a bread-crumb path is furniture",
    ),
    pytest.param(
        [("heading", "闽赣携手打通断头路"), ("furniture", "字号:大 中 小"), ("body", PROSE)],
        id="buttons for the size of letters are furniture",
    ),
    pytest.param(
        [("body", PROSE), ("furniture", "上一篇:湘西黄金茶开园"), ("furniture", "下一篇:武陵山片区再添高铁")],
        id="links to other pages end the article",
    ),
    pytest.param(
        [
            ("body", PROSE),
            ("credit", "责任编辑:钟黎"),
            ("furniture", "热门文章"),
            ("furniture", "三明发布消费券。"),
        ],
        id="behind the editor's line even prose is furniture",
    ),
    pytest.param(
        [
            ("body", PROSE),
            ("furniture", "相关阅读"),
            ("furniture", "闽赣铁路货运班列开行"),
            ("furniture", "赣南脐橙出海记"),
        ],
        id="links under a list head are furniture",
    ),
    pytest.param(
        [("heading", "赖春生代表建议:"), ("heading", "给客家围屋立一部法"), ("body", PROSE)],
        id="a headline of two lines, the first with a colon",
    ),
    pytest.param(
        [("heading", "路通之后怎么办?"), ("body", PROSE)], id="a first line that asks is a headline"
    ),
    pytest.param(
        [("heading", "闽赣 | 打通断头路,再修三座桥!"), ("body", PROSE)], id="a bar and an exclamation mark"
    ),
    pytest.param(
        [("body", "赖春生代表建议:"), ("body", PROSE)],
        id="a first line with a colon above prose leads into it",
    ),
    pytest.param(
        [("body", "会商提出如下建议:"), ("heading", "一、同修三座桥"), ("body", PROSE)],
        id="a first line with a colon above a numbered point leads into it",
    ),
    pytest.param(
        [("heading", "闽赣携手打通断头路"), ("body", PROSE), ("body", "路通了,下一步呢?"), ("body", PROSE)],
        id="a question among the prose is no headline",
    ),
    pytest.param(
        [("body", PROSE), ("heading", "相关新闻"), ("body", "另据江西方面介绍,界桥两端的收费站将一并撤除。")],
        id="a companion piece in prose stays",
    ),
]


@pytest.mark.parametrize("page", PAGES)
def test_the_shape_of_a_line_tells_its_kind(cleaner: Cleaner, page: Page) -> None:
    marks = {"bullet": "● ", "body": "  "}
    text = "\n".join(marks.get(kind, "") + words for kind, words in page)
    found = [(line.kind, text[line.start : line.end].strip()) for line in cleaner.lines(text)]
    assert found == page


JOINED = [
    pytest.param(
        ["入汛以前,皖北与豫东沿淮河的六个县商量了三回,决定把各自的巡护", "船合编成一支船队。"],
        ["入汛以前,皖北与豫东沿淮河的六个县商量了三回,决定把各自的巡护船合编成一支船队。"],
        id="a sentence cut by the line length goes on",
    ),
    pytest.param(
        [
            "这条航道全长两百四十公里,从豫东的周口一路向东,连着界首、太和、",
            "阜阳三个港区。",
            "船队每月出航四次。",
        ],
        [
            "这条航道全长两百四十公里,从豫东的周口一路向东,连着界首、太和、阜阳三个港区。",
            "船队每月出航四次。",
        ],
        id="a comma at the end leaves the line open, a full stop closes it",
    ),
    pytest.param(
        [
            "船队由六个县轮流值班,值班表每月初在豫皖两省的水利和交通",
            "图为船队集结。 常青 摄",
            "部门网站上公开。",
        ],
        ["船队由六个县轮流值班,值班表每月初在豫皖两省的水利和交通部门网站上公开。"],
        id="a caption between the halves is skipped",
    ),
    pytest.param(
        ["会商之后形成三点共识。", "● 共编一张巡护表", "● 共用一套水质数据"],
        ["会商之后形成三点共识。", "共编一张巡护表", "共用一套水质数据"],
        id="bullets never join",
    ),
    pytest.param(
        ["船队每月出航四次。", "船从哪里来", "六个县各出两艘船,其余向社会租用。"],
        ["船队每月出航四次。", "船从哪里来", "六个县各出两艘船,其余向社会租用。"],
        id="a heading behind a finished line joins nothing",
    ),
    pytest.param(
        ["船队由六个县轮流值班,值班表每月初在水利部门的网站上公开.", "渔民也看得到,不必再打电话."],
        ["船队由六个县轮流值班,值班表每月初在水利部门的网站上公开。", "渔民也看得到,不必再打电话。"],
        id="a dot behind Chinese closes a line",
    ),
]


WRAPPED = [
    pytest.param(
        "淮河上游的六个县把巡护船编成了一支船队每月出航四次船上的水质仪和县里的平台相连"
        "测到的数据当天就能看见下游的渔民也装了同一个小程序水一变浑手机就响",
        "",
        id="without indent",
    ),
    pytest.param(
        "黄河入海口的三个县今年第一次合编了候鸟名录名录里有鸟两百九十种其中五十种是头一回记下"
        "的编名录的人里有两位渔民他们在滩涂上守了二十年闭着眼也认得出鸟叫",
        "　　",
        id="with an indent",
    ),
    pytest.param(
        "怒江峡谷里的九座老桥都上了两省区的名册每座桥配一名守桥人守桥人的工钱由两边对半分"
        "桥头的集市逢五开张马帮从山上驮来核桃和药材换回盐和布傍晚才散",
        "  ",
        id="with a narrow indent",
    ),
]
"""Prose without a mark, so that only its columns tell where a paragraph goes on."""


@pytest.mark.parametrize(("prose", "indent"), WRAPPED)
def test_lines_wrapped_by_columns_are_one_paragraph(cleaner: Cleaner, prose: str, indent: str) -> None:
    words = f"{indent}{prose}。"
    lines = [words[place : place + 16] for place in range(0, len(words), 16)]
    assert len(lines) >= 5
    text = "\n".join(lines)
    document = build_document(text, cleaner.lines(text))
    assert [document.text[p.start : p.end] for p in document.paragraphs] == [f"{prose}。"]


def test_short_lines_of_many_widths_are_not_wrapped(cleaner: Cleaner) -> None:
    lines = ["怒江的桥", "守桥的人和他的马", "马帮从山上下来", "桥头的集市逢五开张", "盐", "换回来的布"]
    text = "\n".join(lines)
    document = build_document(text, cleaner.lines(text))
    assert [document.text[p.start : p.end] for p in document.paragraphs] == lines


FORUM = [
    pytest.param(
        "应当给怒江上的老桥5 Z/ k* c8 j' m# w配上守桥人。",
        "应当给怒江上的老桥配上守桥人。",
        id="in a sentence",
    ),
    pytest.param(
        "六个县的船队每月出航四次。( a- T9 r: p4 B! x渔民也上了船。",
        "六个县的船队每月出航四次。渔民也上了船。",
        id="between sentences",
    ),
    pytest.param(
        "滩涂上的候鸟有两百九十种。& q8 V; s2 N% f* k", "滩涂上的候鸟有两百九十种。", id="at the end"
    ),
    pytest.param(
        "船队配了 5 G 手机 和 A B C 三种仪器。",
        "船队配了 5 G 手机 和 A B C 三种仪器。",
        id="letters of the text stay",
    ),
    pytest.param("样品编号为 A-1 B-2 两组。", "样品编号为 A-1 B-2 两组。", id="numbers of samples stay"),
]


@pytest.mark.parametrize(("line", "words"), FORUM)
def test_signs_that_forums_print_against_copying_are_cut(cleaner: Cleaner, line: str, words: str) -> None:
    document = build_document(line, cleaner.lines(line))
    assert document.text.replace("\n", "") == words


@pytest.mark.parametrize(("lines", "paragraphs"), JOINED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_broken_lines_are_one_paragraph(
    cleaner: Cleaner, newline: str, lines: list[str], paragraphs: list[str]
) -> None:
    text = newline.join(lines)
    document = build_document(text, cleaner.lines(text))
    assert [document.text[p.start : p.end] for p in document.paragraphs] == paragraphs


def test_text_from_another_page_is_marked_as_spilled_over(cleaner: Cleaner) -> None:
    text = f"{PROSE}\n(上接1版)另一场会议在吉安举行,与会者谈的是水库移民。\n他们还看了两处安置点。"
    assert [line.part for line in cleaner.lines(text)] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    "blank",
    ["", " \n\u3000\n\r\n", "---\ntitle: 同修一条路\n---\n"],
    ids=["empty", "blanks", "front matter only"],
)
def test_a_page_without_words_has_no_line_to_read(cleaner: Cleaner, blank: str) -> None:
    assert [line for line in cleaner.lines(blank) if line.kind != "metadata"] == []


@pytest.mark.parametrize(
    "page",
    [
        "两省开会,议一条河、一条路、一群产业,共谋发展\n分享到:\n{prose}",
        "两省开会\n【摘要】两省议了一条河。\n分享到:\n{prose}",
    ],
    ids=["above the article", "between summary and article"],
)
def test_a_mark_of_the_tail_above_the_article_ends_nothing(cleaner: Cleaner, page: str) -> None:
    prose = "会议在汉中召开。\n刘启明建议修路。\n大家表示赞成。"
    text = page.format(prose=prose)
    read = [text[line.start : line.end] for line in cleaner.lines(text) if line.kind == "body"]
    assert [words for words in read if words.endswith("。")][-3:] == prose.split("\n")


def test_behind_a_mark_of_the_tail_nothing_belongs_to_the_article(cleaner: Cleaner) -> None:
    text = "会议在汉中召开。\n刘启明建议修路。\n分享到:\n另一篇报道说了别的。"
    assert [text[line.start : line.end] for line in cleaner.lines(text) if line.kind == "body"] == [
        "会议在汉中召开。",
        "刘启明建议修路。",
    ]
