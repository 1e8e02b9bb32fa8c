from dataclasses import replace
from datetime import date

import pytest

from app.errors import SourceError
from app.extraction.pipeline import Extractor
from app.importers.html import read
from tests.importers import sites
from tests.importers.sites import (
    ACCOUNT,
    BODY,
    EDITION,
    ELSEWHERE,
    GOVERNMENT,
    NEWSPAPER,
    OLD,
    PARAGRAPHS,
    PORTAL,
    TITLE,
    WITH_SUMMARIES,
)

PAGES = {
    "government": GOVERNMENT.encode(),
    "newspaper": NEWSPAPER.encode("gbk"),
    "edition": EDITION.encode(),
    "portal": PORTAL.encode(),
    "old": OLD.encode("gbk"),
    "account": ACCOUNT.encode(),
    "with summaries of others": WITH_SUMMARIES.encode(),
}


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def meta(**tags: str) -> str:
    return "".join(
        f'<meta name="{name.replace("__", ":")}" content="{value}">' for name, value in tags.items()
    )


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES.keys())
def test_the_text_is_the_title_and_the_paragraphs_and_nothing_of_what_stands_around_them(data: bytes) -> None:
    lines = [line for line in read(data, "a.html").text.split("\n") if line]
    assert lines[0] == TITLE
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert not [word for word in ELSEWHERE if any(word in line for line in lines)]


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES.keys())
def test_who_proposes_what_is_found_in_the_text_of_a_page(data: bytes, extractor: Extractor) -> None:
    text = read(data, "a.html").text
    found = {
        "".join(text[a:b] for a, b in each.spans): [speaker.name for speaker in each.speakers]
        for each in extractor.extract(text).proposals
    }
    assert found[PARAGRAPHS[1].split("重庆")[0]] == ["段晓芸"]
    assert found[PARAGRAPHS[2]] == ["罗庆安"]
    assert {name for names in found.values() for name in names} == {"段晓芸", "罗庆安"}


def test_a_government_page_is_described_by_its_standard_tags() -> None:
    raw = read(PAGES["government"], "a.html")
    assert (raw.title, raw.source, raw.published_on) == (TITLE, "川东观察报", date(2024, 6, 13))
    assert (raw.bylines, raw.url) == (
        ("祝明远", "唐柯"),
        "http://www.sn.example/xinwen/202406/t20240613_88.html",
    )


def test_a_page_without_tags_is_described_by_the_line_that_readers_see() -> None:
    raw = read(PAGES["newspaper"], "a.html")
    assert (raw.title, raw.source, raw.published_on) == (TITLE, "川东观察报", date(2024, 6, 12))
    assert (raw.bylines, raw.url) == (("祝明远",), None)


def test_an_electronic_edition_is_described_by_its_comment() -> None:
    raw = read(PAGES["edition"], "a.html")
    assert (raw.title, raw.source, raw.published_on) == (TITLE, "川东观察报", date(2024, 6, 13))
    assert raw.bylines == ("祝明远", "唐柯")


def test_a_portal_names_the_paper_it_has_the_article_from() -> None:
    raw = read(PAGES["portal"], "a.html")
    assert (raw.title, raw.source, raw.published_on) == (TITLE, "川东观察报", date(2024, 6, 12))
    assert (raw.bylines, raw.url) == (("祝明远",), "https://news.portal.example/a/20240612/1")


def test_an_old_page_of_line_breaks_is_described_by_what_stands_below_its_title() -> None:
    raw = read(PAGES["old"], "a.html")
    assert (raw.title, raw.published_on) == (TITLE, date(2024, 6, 12))
    assert raw.text.split("\n\n")[:2] == [TITLE, "2024年6月12日 21:40 川东观察报"]


def test_an_article_of_an_account_is_from_the_account_and_not_from_the_platform() -> None:
    raw = read(PAGES["account"], "a.html")
    assert (raw.title, raw.source, raw.published_on) == (TITLE, "川东观察", date(2024, 6, 12))


def test_a_source_below_the_article_counts_and_its_headings_stay() -> None:
    raw = read(PAGES["with summaries of others"], "a.html")
    assert raw.source == "川东观察报"
    assert "会上的声音" in raw.text.split("\n")


def test_lines_that_were_set_by_hand_stay_lines() -> None:
    lines = read(page(body="\n".join(("<pre>", *PARAGRAPHS, "</pre>"))), "a.html").text.split("\n")
    assert [line for line in lines if line] == list(PARAGRAPHS)


def test_the_site_is_the_source_only_of_what_has_no_other() -> None:
    assert read(page(meta(SiteName="某市政府")), "a").source == "某市政府"
    assert read(page(meta(SiteName="某市政府", ContentSource="某报")), "a").source == "某报"
    assert read(page(meta(og__site_name="某门户"), f"<p>来源：某报</p>{BODY}"), "a").source == "某报"


@pytest.mark.parametrize("value", ["", " ", "null", "undefined", "-"])
def test_a_field_that_nobody_filled_in_says_nothing(value: str) -> None:
    head = meta(ArticleTitle=value, ContentSource=value, PubDate=value, Author=value)
    raw = read(page(f"{head}<title>{TITLE}</title>"), "a.html")
    assert (raw.title, raw.source, raw.published_on, raw.bylines) == (TITLE, None, None, ())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{TITLE}_某某市人民政府", TITLE),
        (f"{TITLE}_部门动态_某市政府门户", TITLE),
        (f"{TITLE}-川东观察网", TITLE),
        (f"{TITLE} - 要闻 - 川东观察网", TITLE),
        (f"{TITLE} | 川东观察客户端", TITLE),
        ("长三角——下一个十年的合作", "长三角——下一个十年的合作"),
        ("京津冀-雄安段高速公路建成", "京津冀-雄安段高速公路建成"),
    ],
)
def test_titles_lose_the_name_of_the_site(title: str, expected: str) -> None:
    assert read(page(f"<title>{title}</title>"), "a.html").title == expected


def test_a_heading_with_which_the_title_begins_is_the_title() -> None:
    data = page(f"<title>{TITLE}，两省共建-滚动-读者汇</title>", f"<h1>{TITLE}，两省共建</h1>{BODY}")
    assert read(data, "a.html").title == f"{TITLE}，两省共建"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PubDate", "2021-05-28 10:21"),
        ("pubdate", "2021/05/28"),
        ("publishdate", "20210528"),
        ("publish_date", "2021年5月28日"),
        ("article:published_time", "2021-05-28T10:21:00+08:00"),
        ("og:release_date", "20210528102133"),
        ("weibo: article:create_at", "2021-05-28 10:21:00"),
        ("DC.date.issued", "Fri, 28 May 2021 10:21:00 +0800"),
        ("publishdate", "2021-05-27T18:30:00Z"),
        ("publishdate", "2021-05-28T15:59:59.000+00:00"),
        ("publishdate", "Thu, 27 May 2021 18:30:00 GMT"),
    ],
)
def test_days_are_read_as_sites_write_them(name: str, value: str) -> None:
    raw = read(page(f'<meta name="{name}" content="{value}">'), "a.html")
    assert raw.published_on == date(2021, 5, 28)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("《川东观察报》（2021年05月28日 第01版）", "川东观察报"),
        ("川东观察报 2021-05-28", "川东观察报"),
        ("川东观察报（第01版）", "川东观察报"),
        *((each, None) for each in ("2021-05-28 10:21", "本站", "本网", "本站原创", "原创", "来源：本站")),
    ],
)
def test_the_source_is_an_outlet_and_no_day_nor_the_site_itself(value: str, expected: str | None) -> None:
    assert read(page(meta(ContentSource=value)), "a.html").source == expected


def test_the_outlet_that_a_portal_has_an_article_from_is_its_source() -> None:
    assert read(page(meta(mediaid="川东观察报")), "a.html").source == "川东观察报"


def test_a_moment_of_another_zone_is_told_by_the_clock_of_china() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2021-05-27T18:30:00Z"}'
    raw = read(page(f'<script type="application/ld+json">{data}</script>'), "a.html")
    assert raw.published_on == date(2021, 5, 28)


@pytest.mark.parametrize("between", [" ", "</p><p>"])
def test_the_day_of_publication_comes_before_that_of_a_change(between: str) -> None:
    told = f"<p>更新时间：2021-06-02 10:00{between}发布时间：2021-05-28 09:00</p>"
    raw = read(page(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{told}{BODY}"), "a.html")
    assert raw.published_on == date(2021, 5, 28)


def test_a_paragraph_of_many_links_stays_where_it_says_something_itself() -> None:
    links = "、".join(f'<a href="/{n}">第{n}家绿色氢能产业联盟骨干企业</a>' for n in range(4))
    said = f"<p>会上，罗庆安请{links}等单位要在年内参加这个联盟，越早越好。</p>"
    stated = f'<div class="TRS_Editor">{BODY}<div>{said}</div></div>'
    for body in (f"{BODY}{said}", stated):
        assert "企业等单位要在年内参加" in read(page(body=f"<div>{body}</div>"), "a.html").text


def test_paragraphs_above_the_block_of_an_editor_belong_to_the_article() -> None:
    first, *others = (f"<p>{each}</p>" for each in PARAGRAPHS)
    body = f'<div class="content">{first}<div class="TRS_Editor">{"".join(others)}</div></div>'
    assert [each for each in read(page(body=body), "a.html").text.split("\n") if each] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("2021-05-28 10:21　来源：某报", "a", date(2021, 5, 28)),
        ("发布时间：2021年5月28日", "a", date(2021, 5, 28)),
        ("发布时间：2021年2月30日", "a", None),
        ("10月21日 09:10　来源：某报", "x/202110/t20211022_1.html", date(2021, 10, 21)),
        ("今年12月31日 09:10　来源：某报", "x/2022-01/02/c_1.htm", date(2021, 12, 31)),
        ("10月21日 09:10　来源：某报", "a.html", None),
        ("昨天 08:30　来源：某报", "x/t20211022_1.html", None),
        ("3小时前　来源：某报", "a.html", None),
    ],
)
def test_a_visible_day_counts_where_its_year_is_known(line: str, name: str, expected: date | None) -> None:
    body = f"<h1>{TITLE}</h1><p>{line}</p>{BODY}"
    assert read(page(f"<title>{TITLE}</title>", body), name).published_on == expected


LONG = {
    "brackets": meta(author="(" * 300_000),
    "roles": meta(author="本报" * 200_000),
    "address": meta(Url="http://" + "a" * 300_000 + "。 "),
    "titles": f"<title>{'题_网' * 100_000}</title>",
    "headline": meta(title="网-" * 200_000),
    "texts behind what is hidden": f"</head><body>{('<i hidden></i>' + '中的' * 30) * 9_000}",
    "texts behind what is dropped": f"</head><body>{('<i class=ad>x</i>' + '中的' * 30) * 9_000}",
    "blanks": f"</head><body><p>x{' ' * 300_000}y{' 中' + ' ' * 300_000}z\n</p>",
}


@pytest.mark.parametrize("head", LONG.values(), ids=LONG.keys())
def test_a_value_that_is_endless_holds_nobody_up(head: str) -> None:
    ordinary = meta(keywords="的" * 20_000)  # by which the page as a whole is Chinese
    assert PARAGRAPHS[0] in read(page(ordinary + head), "a.html").text


def test_an_address_that_is_cut_is_none() -> None:
    head = meta(Url="http://a.example/" + "a" * 2_000)
    assert read(page(head), "a.html").url is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("记者 祝明远", ("祝明远",)),
        ("祝明远、唐柯；欧阳一帆", ("祝明远", "唐柯", "欧阳一帆")),
        ("祝明远 唐 柯", ("祝明远", "唐柯")),
        ("编辑：祝明远（实习）", ("祝明远",)),
        ("艾合买提·吐尔逊,唐柯", ("艾合买提·吐尔逊", "唐柯")),
        ("川东观察网", ()),
        ("某某传媒有限公司", ()),
        ("admin", ()),
        ("市政府办公室", ()),
    ],
)
def test_authors_are_people(value: str, expected: tuple[str, ...]) -> None:
    assert read(page(meta(author=value)), "a.html").bylines == expected


def test_a_heading_is_the_title_where_the_page_only_names_its_site() -> None:
    data = page("<title>川东观察报数字报</title>", f"<h2>{TITLE}</h2>{BODY}")
    assert read(data, "a.html").title == TITLE


def test_what_is_labelled_on_one_line_may_stand_on_the_next() -> None:
    head = f"<h1>{TITLE}</h1><div>浏览次数：</div><div>88</div><div>来源：</div><div>川东观察报</div>"
    assert read(page(f"<title>{TITLE}</title>", head + BODY), "a.html").source == "川东观察报"


def test_an_address_counts_only_whole() -> None:
    link = '<link rel="canonical" href="{}">'
    assert read(page(link.format("https://a.example/1")), "a").url == "https://a.example/1"
    assert read(page(link.format("/1")), "a").url is None
    assert read(page(link.format("javascript:alert(1)")), "a").url is None


def test_broken_json_is_passed_over() -> None:
    script = '<script type="application/ld+json">{}</script>'
    whole = script.format('{"@type": "NewsArticle", "headline": "甲乙两地合作", "author": 7}')
    assert read(page(script.format('{"@type": "NewsArticle", ') + whole), "a").title == "甲乙两地合作"
    assert read(page(script.format("[" * 100_000)), "a").text


def test_entities_scripts_markup_and_blanks_come_out_as_readers_see_them() -> None:
    body = (
        "<p>&ldquo;甲&amp;乙&rdquo;公司<b>建</b>议：&nbsp;两地\n   共建<script>var 丙 = 1;</script>产业园，"
        "年内开工。<br>第二行写的是<ruby>黟<rp>(</rp><rt>yī</rt><rp>)</rp></ruby>县的事，也要保留。</p>"
        "<p style='display: none'>看不见的话，不应当出现。</p><style>p {}</style><!-- 注释，不出现。 -->"
        "<table><tr><td>投资</td><td>20亿元</td></tr><tr><td>企业</td><td>60家</td></tr></table>"
    )
    text = read(page(body=f"<div>{body}{BODY}</div>"), "a.html").text
    lines = text.split("\n")
    assert lines[0] == "“甲&乙”公司建议： 两地共建产业园，年内开工。"
    assert lines[1] == "第二行写的是黟县的事，也要保留。"
    assert "投资\t20亿元" in lines
    assert "丙" not in text
    assert "看不见" not in text
    assert "注释" not in text


def test_signs_that_nobody_sees_are_left_out() -> None:
    line = "两地&#1;共&#xD800;建&#8203;产业园，三年内投资2亿元，代表们都说好。"
    assert "两地共建产业园，三年内" in read(page(body=f"<p>{line}</p>"), "a.html").text.replace("\ufffd", "")


def test_odd_characters_of_a_page_stay_as_they_are() -> None:
    line = "⽼⼯业基地建设５Ｇ网络，投资１０亿元，两市代表都说好。"
    assert line in read(page(body=f"<p>{line}</p>{BODY}"), "a.html").text


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-8"])
@pytest.mark.parametrize("stated", ["gb2312", "big5", "utf-8"])
def test_a_page_is_read_in_its_encoding_whatever_it_states(encoding: str, stated: str) -> None:
    line = "粤港澳的代表建议，加快合作中心的建设，在三年之内完成。".translate(
        str.maketrans("议设发", "議設發")
    )
    line = line if encoding == "gbk" else "粵港澳的代表建議，加快合作中心的建設，在三年之內完成。"
    data = f'<html><head><meta charset="{stated}"></head><body><p>{line * 2}</p></body></html>'
    assert line in read(data.encode(encoding), "a.html").text


def test_the_page_is_known_again_by_its_bytes() -> None:
    one, same = read(PAGES["portal"], "a.html"), read(PAGES["portal"], "b.html")
    other = read(PAGES["portal"] + b" ", "a.html")
    assert one == replace(same, name="a.html")
    assert one.page_sha256 != other.page_sha256


def test_what_has_tags_only_around_words_is_found_too() -> None:
    data = f"{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}<br>".encode()
    assert read(data, "a.html").text.split("\n") == [*PARAGRAPHS[:2], ""]


ATTRIBUTES = " ".join(f"a{number}" for number in range(200_000))
LINKS = "".join(f'<li><a href="{n}">第{n}条新闻，说的是某地的合作和建设</a></li>' for n in range(40))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(
            page(body=f"<ul>{LINKS}</ul>"), "holds no article text; import the page of one", id="list"
        ),
        pytest.param(page(body="<p>首页</p><p>登录</p>"), "holds no article text", id="words only"),
        pytest.param(
            b"<html><frameset cols='1,2'><frame src='a'><frame src='b'></frameset></html>",
            "page of frames",
            id="frameset",
        ),
        pytest.param(
            page("<script src='app.js'></script>", "<div id='app'>加载中</div>"),
            "scripts would",
            id="scripts",
        ),
        pytest.param(page(body="<div>" * 10_000 + BODY), "nested too deep", id="deep"),
        pytest.param(page(body="<i>建</i>" * 30_001), "elements", id="many elements"),
        pytest.param(
            page(body=f"<p x='<' {ATTRIBUTES}>{BODY}"),
            "more attributes",
            id="attributes",
        ),
        pytest.param(page(body=f"<p x='\"'{' y=1' * 1_500} z='>'>{BODY}"), "more attributes", id="quotes"),
        pytest.param(b"<html><body></body></html>", "holds no article text", id="nothing"),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data, "a.html")


def test_the_pages_of_these_tests_hold_what_is_to_be_left_out() -> None:
    whole = "".join((sites.GOVERNMENT, sites.NEWSPAPER, sites.EDITION, sites.PORTAL, sites.WITH_SUMMARIES))
    assert [word for word in ELSEWHERE if word not in whole] == []
