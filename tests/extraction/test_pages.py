"""What is found on pages with more than one article: each finding in the right one."""

import pytest

from app.extraction.document import evidence
from app.extraction.pipeline import Extractor

FIRST = """皖苏两省会商淮河航道
2022-06-14 来源:江淮晨报 作者:柳一闻
本报讯 6月13日,安徽、江苏两省政协在蚌埠会商淮河航道。
安徽省政协委员赵清源建议,疏浚淮河干流,投入不少于30亿元。
"""
SECOND_HEADS = {
    "mark": "(上接1版)",
    "mark of its own": "【上接A02版】\n",
    "headline over the mark": "坝上草原换新装\n(上接1版)",
    "turned, headline": "(下转3版)\n坝上草原换新装\n",
    "date and source": "坝上草原换新装\n2022-06-15 来源:燕北日报 记者 何平川\n",
    "dateline": "坝上草原换新装\n本报张家口6月14日电 ",
    "companion": "相关新闻\n坝上草原换新装\n",
}
heads = pytest.mark.parametrize("head", SECOND_HEADS.values(), ids=SECOND_HEADS.keys())

Told = list[tuple[bool, list[str], str]]


def told(extractor: Extractor, text: str) -> Told:
    """Of each proposal: whether it is another article's, who speaks, and its words."""
    return [
        (one.spillover, [speaker.name for speaker in one.speakers], evidence(text, one.spans))
        for one in extractor.extract(text).proposals
    ]


MINE = (False, ["赵清源"], "安徽省政协委员赵清源建议,疏浚淮河干流,投入不少于30亿元。")


@heads
def test_findings_of_another_article_are_marked_and_right(extractor: Extractor, head: str) -> None:
    other = "河北省人大代表吴晓岚建议,在坝上草原补种牧草。"
    more = "吴晓岚还提出,给予牧户2亿元补助,草场五年不放牧。"
    text = f"{FIRST}{head}{other}\n{more}\n"
    assert told(extractor, text) == [MINE, (True, ["吴晓岚"], other), (True, ["吴晓岚"], more)]
    found = extractor.extract(text)
    metrics = [(text[m.span.start : m.span.end], m.spillover, m.proposal) for m in found.metrics]
    assert metrics[:2] == [("30亿元", False, 0), ("2亿元", True, 2)]


@heads
def test_the_head_of_another_article_tells_nothing_of_the_first(extractor: Extractor, head: str) -> None:
    found = extractor.extract(f"{FIRST}{head}河北省人大代表吴晓岚建议,在坝上草原补种牧草,明年春天就动手。\n")
    assert (found.title, found.published_on, found.source, found.bylines) == (
        "皖苏两省会商淮河航道",
        "2022-06-14",
        "江淮晨报",
        ("柳一闻",),
    )
    assert [person.name for person in found.people] == ["赵清源", "吴晓岚"]


@heads
@pytest.mark.parametrize(
    "words",
    [
        "他还建议,在坝上草原补种牧草,把放牧的时间改到秋天。",
        "该委员还建议,在坝上草原补种牧草,把放牧的时间改到秋天。",
        "赵委员建议,在坝上草原补种牧草,把放牧的时间改到秋天。",
        "同时,应当在坝上草原补种牧草,把放牧的时间改到秋天。",
        "一是在坝上草原补种牧草,二是把放牧的时间改到秋天。",
        "“我建议在坝上草原补种牧草,把放牧的时间改到秋天。”",
    ],
    ids=["he", "the member", "a surname", "going on", "points", "a quotation"],
)
def test_no_voice_of_the_first_article_speaks_in_another(extractor: Extractor, head: str, words: str) -> None:
    found = told(extractor, f"{FIRST}{head}{words}\n")
    assert found[0] == MINE
    assert all("赵清源" not in speakers for _, speakers, _ in found[1:])


def test_no_voice_of_another_article_speaks_in_the_first(extractor: Extractor) -> None:
    text = (
        "(上接1版)湖南省政协委员易水生建议,湘江沿线港口统一调度。\n"
        "他还建议,把小码头并成五座。\n"
        "赣南脐橙一起卖\n2024-11-02 来源:章江晚报 记者 谢一橙\n"
        "应当给赣南脐橙办一个交易所,两省果农共用一个牌子。\n易委员没有到会,他托人带来了一封信。\n"
    )
    found = told(extractor, text)
    assert [(other, speakers) for other, speakers, _ in found[:2]] == [(False, ["易水生"])] * 2
    assert all(speakers == [] for _, speakers, _ in found[2:])


def test_a_short_name_means_the_body_of_its_own_article(extractor: Extractor) -> None:
    text = (
        "洛阳议轴承\n2021-01-20 来源:豫西观察\n洛阳市政协昨天开会。"
        "洛阳市科技局局长金满仓建议,市科技局牵头建轴承实验室。\n"
        "(上接1版)太原市科技局昨天也开会。山西省太原市的煤机企业来了十家。"
        "市科技局局长牛立成表示,将为企业建一座煤机实验室。\n"
    )
    bodies = {position.institution for one in extractor.extract(text).people for position in one.positions}
    assert bodies == {"洛阳市科技局", "太原市科技局"}


def test_who_stands_in_two_articles_is_one_person(extractor: Extractor) -> None:
    text = (
        f"{FIRST}(上接1版)安徽省政协委员、阜阳师范学院教授赵清源建议,皖北的中学都开水利课。\n"
        "安徽省政协表示,将把建议转交省教育厅。\n"
    )
    found = extractor.extract(text)
    (person,) = found.people
    assert [(one.institution, one.title) for one in person.positions] == [
        ("安徽省政协", "委员"),
        ("阜阳师范学院", "教授"),
    ]
    assert len(person.mentions) == 2
    assert [body.name for body in found.institutions].count("安徽省政协") == 1
    assert [one.spillover for one in found.proposals][:2] == [False, True]


def test_the_paper_of_a_page_is_told_by_its_reporters_in_a_companion_piece(extractor: Extractor) -> None:
    first = "闽北茶农上网课\n南平市政协委员池小荷建议,把网课办到每个村。\n课在晚上。茶农都来了。\n"
    other = "相关新闻\n武夷山下建茶园学校\n闽江日报记者从南平市教育局了解到,学校明年开学,学生四百人。\n"
    found = extractor.extract(first + other)
    assert found.title == "闽北茶农上网课"
    assert found.source == "闽江日报"


def test_the_reporter_of_another_article_is_none_of_its_people(extractor: Extractor) -> None:
    other = "河北省人大代表吴晓岚建议补种牧草。\n张家口市委宣传部干部何平川说,牧户都愿意。\n"
    found = extractor.extract(f"{FIRST}{SECOND_HEADS['date and source']}{other}")
    assert [person.name for person in found.people] == ["赵清源", "吴晓岚"]


def test_the_mark_at_the_beginning_belongs_to_no_proposal(extractor: Extractor) -> None:
    text = "(上接1版)黑龙江省政协委员佟春雪建议,三江平原轮作大豆。\n佟春雪还提出,补贴提高到2亿元。(下转3版)\n"
    assert told(extractor, text) == [
        (False, ["佟春雪"], "黑龙江省政协委员佟春雪建议,三江平原轮作大豆。"),
        (False, ["佟春雪"], "佟春雪还提出,补贴提高到2亿元。"),
    ]
