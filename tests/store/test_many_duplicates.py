"""What makes proposals and articles the same, where there are thousands of them, late ones and several."""

from collections.abc import Collection
from itertools import permutations
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.store.articles import delete, save_all
from app.store.bands import MOST
from app.store.drafts import Draft as Ready
from app.store.drafts import draft as ready
from app.store.reports import ReportKind, similarity
from app.tables import Article, Proposal
from tests.databases import ONLY_SQLITE
from tests.store.drafts import Draft
from tests.store.test_duplicates import ALMOST, SENTENCE, originals

BODY = (
    "闽赣两省昨日在武夷山举行生态产业协作会。福建省农科院研究员岳清泉介绍,两地茶园面积合计超过三百万亩,"
    "但加工标准不一,品牌分散。与会者认为,共建质量追溯体系是当务之急,应先从出口企业做起,再向合作社推广。"
    "会议还讨论了冷链物流和跨省检测结果互认,商定每季度通报一次进展,由两省农业农村部门轮流牵头。"
)
WIRE = [
    ("2024-05-02", f"协作会谈了什么\n(海峡社 记者 贺知秋)\n{BODY}"),
    ("2024-05-03", f"两省共谈茶产业\n{BODY}(本报综合海峡社消息 编辑 苗雨)"),
    ("2024-05-01", f"{BODY}\n来源:海峡社"),
]
OTHER = (
    "闽赣两省昨日在武夷山举行生态产业协作会。江西省林业局有关负责人说,竹加工企业缺的是订单而不是标准,"
    "建议先办一次联合展销。福建方面表示愿意提供场地,具体时间由两省商务部门另行商定,展销所得的一部分用于护林员培训。"
)


def report(number: int, day: str | None, sentence: str = SENTENCE) -> Ready:
    """An article of its own words in which 陈放 says the sentence."""
    text = f"{day}第{number}篇:陈放说:{sentence}"
    draft = Draft(text, published_on=day).person("陈放").proposal(sentence, "陈放")
    return ready(draft.raw, draft.extraction)


def article(day: str | None, text: str) -> Ready:
    draft = Draft(text, published_on=day)
    return ready(draft.raw, draft.extraction)


def same_texts(session: Session) -> dict[int, int | None]:
    rows = session.execute(select(Article.id, Article.same_text_as)).all()
    return {id: other for id, other in rows if id is not None}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the proposals whose texts are read to be compared."""
    ids: list[int] = []
    load = ReportKind.load

    def counted(kind: ReportKind, session: Session, wanted: Collection[int]) -> Any:
        ids.extend(wanted if kind.table is Proposal else ())
        return load(kind, session, wanted)

    monkeypatch.setattr(ReportKind, "load", counted)
    return ids


def first(session: Session) -> int:
    """The id of the earliest article; of those of one day, of the one of least hash."""
    rows = session.exec(select(Article)).all()
    return min(rows, key=lambda row: (str(row.published_on or "never"), row.sha256)).id or 0


@ONLY_SQLITE
def test_of_what_was_said_hundreds_of_times_few_texts_are_read(session: Session, read: list[int]) -> None:
    """All of them only when one comes that they are to be compared with: of many there are few such ones."""
    for start in range(0, 600, 100):
        save_all(session, [report(number, "2024-05-01") for number in range(start, start + 100)])
    assert len(read) <= 600 * (MOST + 1)
    read.clear()
    few = 0
    for number in range(600, 610):
        read.clear()
        save_all(session, [report(number, "2024-05-01")])
        few += len(read) <= 1 + MOST + 1
    assert few >= 9
    one = first(session)
    assert originals(session) == dict.fromkeys(range(1, 611), one) | {one: None}


@ONLY_SQLITE
def test_all_of_hundreds_point_to_an_earlier_report_that_comes_late(
    session: Session, read: list[int]
) -> None:
    save_all(session, [report(number, "2024-05-02") for number in range(200)])
    read.clear()
    (late,) = save_all(session, [report(200, "2024-05-01", ALMOST)])
    assert len(read) <= 1 + MOST + 1
    late_one = late.article_id
    assert originals(session) == {late_one: None} | dict.fromkeys(range(1, 201), late_one)


@ONLY_SQLITE
def test_when_the_first_of_hundreds_is_deleted_the_next_one_takes_its_place(session: Session) -> None:
    save_all(session, [report(number, "2024-05-02") for number in range(50)])
    gone = first(session)
    delete(session, gone)
    next_one = first(session)
    others = dict.fromkeys(range(1, 51), next_one) | {next_one: None}
    assert originals(session) == {id: to for id, to in others.items() if id != gone}


def longer(*ends: str) -> str:
    return SENTENCE.removesuffix("。") + "".join(ends) + "。"


# Each has less than 90 % of its pairs in common with the one after the next, and more with the next one.
STEPS = [longer(), longer("并逐年"), longer("并逐年公布")]


def test_two_families_are_joined_by_a_report_that_is_like_both(session: Session) -> None:
    one, other = (similarity(STEPS[1], STEPS[n]) for n in (0, 2))
    assert min(one, other) >= 0.9 > similarity(STEPS[0], STEPS[2])
    save_all(session, [report(number, f"2024-05-1{number}", STEPS[0]) for number in (2, 3)])
    save_all(session, [report(number, f"2024-05-1{number}", STEPS[2]) for number in (1, 4)])
    assert originals(session) == {1: None, 2: 1, 3: None, 4: 3}
    save_all(session, [report(5, "2024-05-15", STEPS[1])])
    assert originals(session) == {1: 3, 2: 3, 3: None, 4: 3, 5: 3}


def test_proposals_of_one_article_never_point_to_each_other(session: Session) -> None:
    save_all(session, [report(1, "2024-05-02"), report(2, "2024-05-03")])
    twice = Draft(f"陈放:{SENTENCE}又说:{ALMOST}", published_on="2024-05-01").person("陈放")
    twice.proposal(SENTENCE, "陈放").proposal(ALMOST, "陈放")
    save_all(session, [ready(twice.raw, twice.extraction), report(3, "2024-05-04", ALMOST)])
    rows = session.execute(
        select(Proposal.article_id, Proposal.ordinal, Proposal.duplicate_of).order_by(col(Proposal.id))
    ).all()
    (first,) = session.exec(select(Proposal.id).where(Proposal.article_id == 3, Proposal.ordinal == 0))
    assert list(map(tuple, rows)) == [(1, 0, first), (2, 0, first), (3, 0, None), (3, 1, None), (4, 0, first)]


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one by one"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_articles_of_one_text_point_to_the_earliest_whatever_their_heads_and_order(
    session: Session, order: tuple[int, ...], together: bool
) -> None:
    drafts = [article(*WIRE[place]) for place in order]
    for batch in [drafts] if together else [[each] for each in drafts]:
        save_all(session, batch)
    earliest = order.index(2) + 1
    assert same_texts(session) == {n: None if n == earliest else earliest for n in (1, 2, 3)}


def test_when_the_earliest_of_one_text_is_deleted_the_next_takes_its_place(session: Session) -> None:
    save_all(session, [article(*each) for each in WIRE])
    delete(session, 3)
    assert same_texts(session) == {1: None, 2: 1}


def test_when_the_earliest_of_one_text_is_extracted_anew_the_others_still_point_to_it(
    session: Session,
) -> None:
    save_all(session, [article(*each) for each in WIRE])
    newer = Draft(WIRE[2][1], "2", WIRE[2][0])
    save_all(session, [ready(newer.raw, newer.extraction)])
    assert same_texts(session) == {1: 3, 2: 3, 3: None}
    undated = Draft(WIRE[2][1], "3", None)
    save_all(session, [ready(undated.raw, undated.extraction)])
    assert same_texts(session) == {1: None, 2: 1, 3: 1}


def test_another_article_on_the_same_subject_is_another_text(session: Session) -> None:
    save_all(session, [article("2024-05-01", BODY), article("2024-05-02", OTHER)])
    assert same_texts(session) == {1: None, 2: None}
