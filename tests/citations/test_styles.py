"""Tables of works and what a reference to them says, a style each."""

import json
import re
from datetime import date
from typing import Any

import pytest

from app.citations.styles import cite
from app.citations.work import UNTITLED, Medium, Work, work_of_article, work_of_proposal
from app.vocabulary import CitationStyle

READ = date(2024, 5, 1)
URL = "http://paper.example.cn/a_1.htm?x=50%25&y=1#p"
ARTICLE = {
    "sha256": "0123456789abcdef",
    "title": "川渝委员建言",
    "source": "重庆日报",
    "published_on": date(2020, 10, 22),
    "url": None,
    "bylines": ["戴娟"],
}
ONLINE = {"url": URL}
WEB = {"url": URL, "source": "新华网"}
PROPOSAL = {
    "text": "陈放建议,\n设立“基金。",
    "spans": [[12, 20], [30, 35]],
    "speakers": [
        {
            "name": "陈放",
            "positions": [
                {"institution": "全国政协", "title": "常委"},
                {"institution": "四川省政协", "title": "副主席"},
            ],
        },
        {"name": "两江新区", "positions": []},
    ],
}
NOTE = "发言人：陈放（全国政协常委、四川省政协副主席）；两江新区。建言原文：陈放建议, 设立“基金。"


def work(**changes: Any) -> Work:
    return work_of_article({**ARTICLE, **changes})


def cited(style: CitationStyle, accessed: date | None = READ, **changes: Any) -> str:
    return cite(work(**changes), style, accessed).text


GBT_PAIRS = [
    pytest.param(
        {},
        "戴娟. 川渝委员建言[N]. 重庆日报, 2020-10-22.",
        "戴娟. 川渝委员建言[N]. 重庆日报，2020-10-22.",
        id="a newspaper on paper has no date of access",
    ),
    pytest.param(
        ONLINE,
        f"戴娟. 川渝委员建言[N/OL]. 重庆日报, 2020-10-22[2024-05-01]. {URL}.",
        f"戴娟. 川渝委员建言[N/OL]. 重庆日报，2020-10-22. {URL}.",
        id="a newspaper online has one in 2015 and none in 2025",
    ),
    pytest.param(
        WEB,
        f"戴娟. 川渝委员建言[EB/OL]. (2020-10-22)[2024-05-01]. {URL}.",
        f"戴娟. 川渝委员建言[EB/OL]. （2020-10-22）[2024-05-01]. {URL}.",
        id="a web page",
    ),
    pytest.param(
        {**WEB, "published_on": None},
        f"戴娟. 川渝委员建言[EB/OL]. [2024-05-01]. {URL}.",
        f"戴娟. 川渝委员建言[EB/OL]. [2024-05-01]. {URL}.",
        id="a web page without a date",
    ),
    pytest.param(
        {**WEB, "bylines": []},
        f"新华网. 川渝委员建言[EB/OL]. (2020-10-22)[2024-05-01]. {URL}.",
        f"新华网. 川渝委员建言[EB/OL]. （2020-10-22）[2024-05-01]. {URL}.",
        id="a web page without authors is its publisher's",
    ),
    pytest.param(
        {"url": URL, "source": None, "bylines": []},
        f"川渝委员建言[EB/OL]. (2020-10-22)[2024-05-01]. {URL}.",
        f"川渝委员建言[EB/OL]. （2020-10-22）[2024-05-01]. {URL}.",
        id="neither authors nor publisher",
    ),
    pytest.param(
        {"source": "建言编写组"},
        "戴娟. 川渝委员建言[Z]. 建言编写组, 2020-10-22.",
        "戴娟. 川渝委员建言[Z]. 建言编写组，2020-10-22.",
        id="no newspaper and no address",
    ),
    pytest.param(
        {"source": None, "published_on": None},
        "戴娟. 川渝委员建言[Z].",
        "戴娟. 川渝委员建言[Z].",
        id="neither source nor date",
    ),
    pytest.param(
        {"published_on": None},
        "戴娟. 川渝委员建言[N]. 重庆日报.",
        "戴娟. 川渝委员建言[N]. 重庆日报.",
        id="a newspaper of no known day",
    ),
    pytest.param(
        {"bylines": []},
        "川渝委员建言[N]. 重庆日报, 2020-10-22.",
        "川渝委员建言[N]. 重庆日报，2020-10-22.",
        id="no author: the title comes first",
    ),
    pytest.param(
        {"bylines": ["甲", "乙", "丙"]},
        "甲, 乙, 丙. 川渝委员建言[N]. 重庆日报, 2020-10-22.",
        "甲，乙，丙. 川渝委员建言[N]. 重庆日报，2020-10-22.",
        id="three authors",
    ),
    pytest.param(
        {"bylines": ["甲", "乙", "丙", "丁"]},
        "甲, 乙, 丙, 等. 川渝委员建言[N]. 重庆日报, 2020-10-22.",
        "甲，乙，丙，等. 川渝委员建言[N]. 重庆日报，2020-10-22.",
        id="four authors",
    ),
    pytest.param(
        {"title": None},
        f"戴娟. {UNTITLED}[N]. 重庆日报, 2020-10-22.",
        f"戴娟. {UNTITLED}[N]. 重庆日报，2020-10-22.",
        id="no title",
    ),
    # The standards' own examples, without the page that articles do not tell.
    pytest.param(
        {
            "bylines": ["余建斌"],
            "title": "我们的科技一直在追赶: 访中国工程院院长周济",
            "source": "人民日报",
            "published_on": date(2013, 1, 12),
            **ONLINE,
        },
        f"余建斌. 我们的科技一直在追赶: 访中国工程院院长周济[N/OL]. 人民日报, 2013-01-12[2024-05-01]. {URL}.",
        f"余建斌. 我们的科技一直在追赶: 访中国工程院院长周济[N/OL]. 人民日报，2013-01-12. {URL}.",
        id="2015, A.9",
    ),
    pytest.param(
        {
            "bylines": ["丁文详"],
            "title": "数字革命与竞争国际化",
            "source": "中国青年报",
            "published_on": date(2000, 11, 20),
        },
        "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20.",
        "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20.",
        id="2025, 8.5.3",
    ),
]


@pytest.mark.parametrize(("changes", "of_2015", "of_2025"), GBT_PAIRS)
def test_gbt7714_writes_a_work_so(changes: dict[str, Any], of_2015: str, of_2025: str) -> None:
    assert cited(CitationStyle.GBT7714_2015, **changes) == f"{of_2015}\n"
    assert cited(CitationStyle.GBT7714_2025, **changes) == f"{of_2025}\n"


@pytest.mark.parametrize("style", CitationStyle)
def test_without_a_date_of_access_none_is_made_up(style: CitationStyle) -> None:
    text = cited(style, None, **WEB)
    assert "2020" in text
    assert re.findall(r"2024|\[\]|urldate|Y2|accessed", text) == []


@pytest.mark.parametrize("style", CitationStyle)
def test_what_has_no_address_was_accessed_nowhere(style: CitationStyle) -> None:
    assert cited(style, READ) == cited(style, None)


@pytest.mark.parametrize(
    ("source", "medium"),
    [
        ("人民日报", Medium.NEWSPAPER),
        ("《四川日报》", Medium.NEWSPAPER),
        ("人民日报（海外版）", Medium.NEWSPAPER),
        ("人民日报海外版", Medium.NEWSPAPER),
        ("濠江日報", Medium.NEWSPAPER),
        ("天山网-新疆日报", Medium.NEWSPAPER),
        ("《大公報》", Medium.NEWSPAPER),
        ("中国科学报", Medium.NEWSPAPER),
        ("中國科學報", Medium.NEWSPAPER),
        ("文学报", Medium.NEWSPAPER),
        ("北京大学学报", Medium.OTHER),
        ("北京大學學報", Medium.OTHER),
        ("自然科学学报", Medium.OTHER),
        ("简报", Medium.OTHER),
        ("簡報", Medium.OTHER),
        ("人民畫報", Medium.OTHER),
        ("国务院公报", Medium.OTHER),
        ("人民日报客户端", Medium.OTHER),
        ("新华社", Medium.OTHER),
        (None, Medium.OTHER),
    ],
)
def test_a_newspaper_is_known_by_its_name(source: str | None, medium: Medium) -> None:
    assert work(source=source).medium is medium


def test_bibtex_has_the_fields_of_bibtex_and_of_biblatex() -> None:
    assert cited(CitationStyle.BIBTEX, **ONLINE) == (
        "@article{jianyan-0123456789ab,\n"
        "  author = {戴娟},\n"
        "  title = {{川渝委员建言}},\n"
        "  entrysubtype = {newspaper},\n"
        "  journal = {重庆日报},\n"
        "  date = {2020-10-22},\n"
        "  year = {2020},\n"
        "  month = oct,\n"
        f"  url = {{{URL}}},\n"
        "  urldate = {2024-05-01},\n"
        "  langid = {chinese},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param({}, "@article{jianyan-0123456789ab,", id="a newspaper"),
        pytest.param(WEB, "@online{jianyan-0123456789ab,", id="a web page"),
        pytest.param(WEB, "  organization = {新华网},", id="who put it up"),
        pytest.param({"source": "新华社"}, "@misc{jianyan-0123456789ab,", id="anything else"),
        pytest.param({"source": "新华社"}, "  howpublished = {新华社},", id="who published it"),
        pytest.param(
            {"title": r"50% of A&B_C #1 $5 ~x^2 a\b"},
            r"  title = {{50\% of A\&B\_C \#1 \$5 \textasciitilde{}x\textasciicircum{}2 "
            r"a\textbackslash{}b}},",
            id="special characters",
        ),
        pytest.param(
            {"title": "a}, b{"},
            r"  title = {{a\textbraceright{}, b\textbraceleft{}}},",
            id="braces that would end the field",
        ),
        pytest.param({"title": "一\r\n二"}, "  title = {{一 二}},", id="line ends"),
        pytest.param({"bylines": ["戴娟", "李四"]}, "  author = {戴娟 and 李四},", id="two authors"),
        pytest.param(
            {"bylines": ["陈 放", "Li, Ming", "others"]},
            "  author = {{陈 放} and {Li, Ming} and {others}},",
            id="names that BibTeX would take apart",
        ),
        pytest.param(
            {"url": "http://a.cn/{x} y"}, "  url = {http://a.cn/%7Bx%7D%20y},", id="braces in a url"
        ),
    ],
)
def test_bibtex_has_the_line(changes: dict[str, Any], line: str) -> None:
    text = cited(CitationStyle.BIBTEX, **changes)
    assert line in text.splitlines()
    assert text.count("{") == text.count("}")


def test_bibtex_leaves_out_what_is_not_known() -> None:
    bare = {"bylines": [], "source": None, "published_on": None}
    assert cited(CitationStyle.BIBTEX, **bare) == (
        "@misc{jianyan-0123456789ab,\n  title = {{川渝委员建言}},\n  langid = {chinese},\n}\n"
    )


def test_ris_is_one_record_of_lines_that_end_in_cr_lf() -> None:
    assert cited(CitationStyle.RIS, **ONLINE, bylines=["戴娟", "李四"]) == (
        "TY  - NEWS\r\nID  - jianyan-0123456789ab\r\nAU  - 戴娟\r\nAU  - 李四\r\nTI  - 川渝委员建言\r\n"
        f"T2  - 重庆日报\r\nPY  - 2020\r\nDA  - 2020/10/22\r\nUR  - {URL}\r\nY2  - 2024/05/01\r\n"
        "LA  - zh\r\nER  - \r\n"
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(WEB, "TY  - ELEC", id="a web page"),
        pytest.param(WEB, "PB  - 新华网", id="who put it up"),
        pytest.param({"source": "新华社"}, "TY  - GEN", id="anything else"),
        pytest.param({"title": "一\nER  - \n二"}, "TI  - 一 ER - 二", id="a title cannot end the record"),
        pytest.param({"bylines": ["*戴娟"]}, "AU  - 戴娟", id="no asterisk in names"),
        pytest.param({"bylines": ["Li, Ming"]}, "AU  - Li， Ming", id="no comma parts a name"),
    ],
)
def test_ris_has_the_line(changes: dict[str, Any], line: str) -> None:
    text = cited(CitationStyle.RIS, **changes)
    assert line in text.split("\r\n")
    assert text.count("ER  - \r\n") == 1


def test_ris_has_no_line_of_a_value_of_which_nothing_is_left() -> None:
    text = cited(CitationStyle.RIS, bylines=["*"], source="*")
    assert "AU" not in text
    assert "PB" not in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            WEB,
            {
                "id": "jianyan-0123456789ab",
                "type": "webpage",
                "title": "川渝委员建言",
                "author": [{"literal": "戴娟"}],
                "container-title": "新华网",
                "issued": {"date-parts": [[2020, 10, 22]]},
                "URL": URL,
                "accessed": {"date-parts": [[2024, 5, 1]]},
                "language": "zh",
            },
            id="a web page with everything",
        ),
        pytest.param(
            {"bylines": [], "source": None, "published_on": None, "title": 'a "b"'},
            {"id": "jianyan-0123456789ab", "type": "document", "title": 'a "b"', "language": "zh"},
            id="what is not known has no field",
        ),
    ],
)
def test_csl_json_is_an_array_of_one_item(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert json.loads(cited(CitationStyle.CSL_JSON, **changes)) == [expected]


def test_csl_json_knows_newspapers_and_names_what_published_the_rest() -> None:
    (paper,) = json.loads(cited(CitationStyle.CSL_JSON))
    (other,) = json.loads(cited(CitationStyle.CSL_JSON, source="新华社"))
    assert (paper["type"], paper["container-title"]) == ("article-newspaper", "重庆日报")
    assert (other["type"], other["publisher"]) == ("document", "新华社")


@pytest.mark.parametrize(
    ("style", "last"),
    [
        (CitationStyle.GBT7714_2025, f"\n{NOTE}\n"),
        (CitationStyle.GBT7714_2015, f"\n{NOTE}\n"),
        (CitationStyle.BIBTEX, f"\n  annote = {{{NOTE}}},\n}}\n"),
        (CitationStyle.RIS, f"\r\nN1  - {NOTE}\r\nER  - \r\n"),
        (CitationStyle.CSL_JSON, f'"note": "{NOTE}"}}]'),
    ],
)
def test_a_proposal_cites_its_article_and_quotes_the_sentence_with_its_speakers(
    style: CitationStyle, last: str
) -> None:
    text = cite(work_of_proposal(PROPOSAL, ARTICLE), style, None).text
    assert text.endswith(last)
    assert "川渝委员建言" in text


def test_the_key_of_a_proposal_is_that_of_its_article_and_the_place_in_it() -> None:
    assert work_of_proposal(PROPOSAL, ARTICLE).key == "jianyan-0123456789ab-12-35"


def test_a_proposal_of_nobody_says_so() -> None:
    note = work_of_proposal({**PROPOSAL, "speakers": []}, ARTICLE).note
    assert note == "发言人：不明。建言原文：陈放建议, 设立“基金。"
