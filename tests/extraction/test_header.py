"""Stage 2: what the page says about the article."""

import pytest

from app.extraction.pipeline import Extractor

BODY = "晋陕豫三省的十一个县在运城开会,商定同修一条沿黄公路。会议开了一天。"

TITLES = [
    pytest.param(f"黄河金三角同修一条路\n{BODY}", "黄河金三角同修一条路", id="the first line"),
    pytest.param(
        f"首页 > 新闻 > 正文\n黄河金三角同修一条路\n{BODY}", "黄河金三角同修一条路", id="not the bread crumbs"
    ),
    pytest.param(f"谋实策 建新言 促转型\n{BODY}", "谋实策 建新言 促转型", id="three phrases side by side"),
    pytest.param(
        f"# 黄河金三角同修一条路\n\n{BODY}",
        "黄河金三角同修一条路",
        id="without the mark of a Markdown heading",
    ),
    pytest.param(f"---\ntitle: 同修一条路\n---\n\n{BODY}", "同修一条路", id="as front matter states it"),
    pytest.param(
        f'---\ntitle: "同修一条路"\n---\n\n{BODY}', "同修一条路", id="without the quotes of front matter"
    ),
    pytest.param(
        f"路通了,茶香了!\n{BODY}", "路通了,茶香了!", id="a title that ends with an exclamation mark"
    ),
    pytest.param(
        f"省政协十二届三次会议\n案由:关于同修沿黄公路的提案\n提案人:秦海生\n{BODY}",
        "关于同修沿黄公路的提案",
        id="the subject of a motion",
    ),
    pytest.param(
        f"提案选登\n题 目:关于共护黄河滩涂的建议\n{BODY}", "关于共护黄河滩涂的建议", id="a title set wide"
    ),
    pytest.param(
        f"提案选登\n提案名称:关于晋陕豫三省同修沿黄公路\n{BODY}",
        "关于晋陕豫三省同修沿黄公路",
        id="the name of a motion",
    ),
    pytest.param(
        f"秦海生委员建议:\n沿黄公路要修进村\n{BODY}",
        "秦海生委员建议:沿黄公路要修进村",
        id="two lines with a colon",
    ),
    pytest.param(
        f"[转帖]黄河金三角同修一条路\n{BODY}", "黄河金三角同修一条路", id="without the mark of a copied post"
    ),
    pytest.param(
        f"黄河金三角同修一条路\n沿黄的十一个县\n{BODY}",
        "黄河金三角同修一条路",
        id="only the first of two plain lines",
    ),
    pytest.param(BODY, None, id="no title where the text begins at once"),
]

DATES = [
    pytest.param(
        f"同修一条路\n2023-04-18 08:30 来源:运城日报\n{BODY}", "2023-04-18", id="digits and hyphens"
    ),
    pytest.param(f"同修一条路\n2023年4月18日 来源:运城日报\n{BODY}", "2023-04-18", id="Chinese, unpadded"),
    pytest.param(f"同修一条路\n发布时间:2023/04/18\n{BODY}", "2023-04-18", id="slashes"),
    pytest.param(f"同修一条路\n时间:2023.4.8\n{BODY}", "2023-04-08", id="dots"),
    pytest.param(
        f"---\ntitle: 同修一条路\npublished_on: 2023-04-18\n---\n{BODY}", "2023-04-18", id="front matter"
    ),
    pytest.param(f"同修一条路\n新华社太原2023年4月18日电 {BODY}", "2023-04-18", id="a dateline with a year"),
    pytest.param(
        f"同修一条路\n新华社太原4月18日电 {BODY}", None, id="a dateline without a year is no full date"
    ),
    pytest.param(
        f"同修一条路\n{BODY}2019年5月2日,三省就议过这条路。",
        None,
        id="a date in the story is not that of the page",
    ),
    pytest.param(f"同修一条路\n{BODY}\n2023年4月18日", "2023-04-18", id="below the text"),
    pytest.param(f"同修一条路\n{BODY}\n上一篇:沿黄水闸 2021-03-04", None, id="not that of the next article"),
    pytest.param(f"同修一條路\n發佈時間:2023年4月18日\n{BODY}", "2023-04-18", id="in traditional characters"),
    pytest.param(f"同修一条路\n时间:2023-13-45\n{BODY}", None, id="an impossible date is none"),
]

SOURCES = [
    pytest.param(f"同修一条路\n2023-04-18 来源:运城日报\n{BODY}", "运城日报", id="named by the page"),
    pytest.param(f"同修一条路\n来源:运城日报 作者:景川\n{BODY}", "运城日报", id="before the author"),
    pytest.param(f"同修一条路\n稿源:《三门峡日报》\n{BODY}", "三门峡日报", id="without title marks"),
    pytest.param(f"同修一条路\n{BODY}\n(渭南日报记者 景川)", "渭南日报", id="the outlet of the reporter"),
    pytest.param(f"同修一条路\n新华社太原4月18日电 {BODY}", "新华社", id="the agency of the dateline"),
    pytest.param(f"---\ntitle: 同修一条路\nsource: 运城日报\n---\n{BODY}", "运城日报", id="front matter"),
    pytest.param(f"同修一条路\n《黄河周刊》2023年第3期\n{BODY}", "黄河周刊", id="an issue of a weekly"),
    pytest.param(f"同修一条路\n2023-04-18 运城日报\n{BODY}", "运城日报", id="beside the date"),
    pytest.param(f"同修一条路\n景川/渭南日报\n{BODY}", "渭南日报", id="behind the reporter's name"),
    pytest.param(
        f"同修一条路\n{BODY}\n景川接受运城日报记者采访时没有多说。", "运城日报", id="whose reporter asks"
    ),
    pytest.param(f"同修一条路\n本报讯 {BODY}", None, id="this paper is no name"),
    pytest.param(
        f"同修一条路\n{BODY}会上有人翻开一本《黄河周刊》。", None, id="a weekly that somebody reads"
    ),
    pytest.param(f"同修一条路\n{BODY}", None, id="none is stated"),
]

BYLINES = [
    pytest.param(
        f"同修一条路\n本报记者 景川 通讯员 贺小兰\n{BODY}",
        ("景川", "贺小兰"),
        id="reporter and correspondent",
    ),
    pytest.param(f"同修一条路\n记者 景 川\n{BODY}", ("景川",), id="a name of two characters set wide"),
    pytest.param(
        f"同修一条路\n来源:运城日报 作者:景川、贺小兰\n{BODY}", ("景川", "贺小兰"), id="authors in a row"
    ),
    pytest.param(f"同修一条路\n{BODY}\n责任编辑:耿直\n", ("耿直",), id="an editor below"),
    pytest.param(
        f"同修一条路\n{BODY}\n沿黄公路风陵渡段。 本报记者 贺小兰 摄\n{BODY}", ("贺小兰",), id="a photographer"
    ),
    pytest.param(f"同修一條路\n本報記者 陳國輝\n{BODY}", ("陳國輝",), id="in traditional characters"),
    pytest.param(
        f"同修一條路\n記者:張曉嵐 編輯:劉澤\n{BODY}", ("張曉嵐", "劉澤"), id="a reporter and an editor"
    ),
    pytest.param(f"同修一條路\n{BODY}\n責任編輯:趙學農\n", ("趙學農",), id="an editor below, traditional"),
    pytest.param(
        f"同修一条路\n{BODY}\n编辑:耿直 审核:景川 终审:贺小兰",
        ("耿直", "景川", "贺小兰"),
        id="a row of editors",
    ),
    pytest.param(f"同修一条路\n责任编辑:新闻热线\n{BODY}", (), id="a hot line is nobody"),
    pytest.param(f"同修一条路\n{BODY}", (), id="none is stated"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_the_pages(extractor: Extractor, text: str, title: str | None) -> None:
    assert extractor.extract(text).title == title


@pytest.mark.parametrize(("text", "published_on"), DATES)
def test_the_date_is_the_full_one_the_page_states(
    extractor: Extractor, text: str, published_on: str | None
) -> None:
    assert extractor.extract(text).published_on == published_on


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_the_source_is_the_outlet(extractor: Extractor, text: str, source: str | None) -> None:
    assert extractor.extract(text).source == source


@pytest.mark.parametrize(("text", "bylines"), BYLINES)
def test_the_bylines_are_reporters_photographers_and_editors(
    extractor: Extractor, text: str, bylines: tuple[str, ...]
) -> None:
    assert extractor.extract(text).bylines == bylines


def test_a_reporter_is_no_person_of_the_article(extractor: Extractor) -> None:
    text = f"同修一条路\n本报记者 景川\n{BODY}运城市交通运输局局长秦海生表示,路要修,河更要护。"
    assert [person.name for person in extractor.extract(text).people] == ["秦海生"]
