"""Who is the same as whom is what the stored texts say, whatever came, went and came again before.

Compared with all steps between all of them, found by going through everything.
"""

from collections import Counter
from itertools import groupby
from random import Random

import pytest
from sqlmodel import Session, select

from app.store import bands
from app.store.articles import delete, save_all
from app.store.drafts import Draft as Ready
from app.store.drafts import draft as ready
from app.store.duplicates import link_all
from app.store.reports import ARTICLES, PROPOSALS, Report, ReportKind
from app.tables import Article, Proposal
from tests.store.drafts import Draft

ASKED = "建议两省在沿黄九县先行试点跨省取水许可互认,由流域机构统一核发,并逐月公布用水台账和节水成效"
ENDS = ("", "并逐年", "并逐年公布", "并逐年公布考评", "并逐年公布考评结果", "!")
SPEAKERS = ("苗雨", "贺知秋")
HEADS = ("本报讯", "据海峡社消息", "综合报道:昨日记者从会上获悉,")
BODY = (
    "闽赣两省昨日在武夷山举行生态产业协作会。福建省农科院研究员介绍,两地茶园面积合计超过三百万亩,"
    "但加工标准不一,品牌分散。与会者认为,共建质量追溯体系是当务之急,应先从出口企业做起,再向合作社推广。"
    "会议还讨论了冷链物流和跨省检测结果互认,商定每季度通报一次进展,由两省农业农村部门轮流牵头。"
)
DAYS = (None, "2024-03-05", "2024-03-05", "2024-03-06")


def article(number: int, chance: Random, version: str = "1") -> Ready:
    """One that says up to three times what others say too, most often nearly so."""
    said = [
        (chance.choice(SPEAKERS), ASKED + chance.choice(ENDS) + "。") for _ in range(chance.randint(1, 3))
    ]
    lines = [f"{speaker}说:{words}" for speaker, words in said]
    body = BODY if chance.random() < 0.4 else BODY.replace("三百万", "六百万").replace("轮流", "")
    text = "\n".join([f"{chance.choice(HEADS)}第{number}号", *lines, body * 2])
    draft = Draft(text, version, chance.choice(DAYS))
    for speaker in sorted({speaker for speaker, _ in said}):
        draft.person(speaker)
    for speaker, words in dict.fromkeys(said):
        draft.proposal(words, speaker)
    return ready(draft.raw, draft.extraction)


def again(known: Ready, chance: Random, version: str) -> Ready:
    """The same text as another version reads it: of another day, and with fewer proposals or more."""
    draft = Draft(known.text, version, chance.choice(DAYS))
    for speaker in SPEAKERS:
        if speaker in known.text:
            draft.person(speaker)
    for line in known.text.splitlines()[1:-1]:
        speaker, words = line.split("说:")
        if chance.random() < 0.7:
            draft.proposal(words, speaker)
    return ready(draft.raw, draft.extraction)


def expected(session: Session, kind: ReportKind) -> dict[int, int | None]:
    """Where each is to point, by all steps between all that are stored."""
    ids = [id for (id,) in session.execute(select(kind.id))]
    known = kind.load(session, ids)
    family = {id: {id} for id in ids}
    for one, other in steps(session, kind):
        if kind.are_same(known[one], known[other]) and family[one] is not family[other]:
            family[one] |= family[other]
            for id in family[other]:
                family[id] = family[one]
    return {id: pointer(known[id], [known[each] for each in family[id]]) for id in ids}


def steps(session: Session, kind: ReportKind) -> set[tuple[int, int]]:
    """Of which one is among the first of enough bands of the other."""
    rows = session.execute(select(kind.bands.band, kind.bands.rank, getattr(kind.bands, kind.id_name))).all()
    shared = Counter[tuple[int, int]]()
    for _, band in groupby(sorted(rows), lambda row: row[0]):
        members = [row[2] for row in band]
        shared.update((one, first) for first in members[: bands.MOST] for one in members if one != first)
    return {pair for pair, number in shared.items() if number >= kind.shared}


def pointer(own: Report, family: list[Report]) -> int | None:
    earliest = min(family, key=lambda report: report.age)
    return None if own.article_id == earliest.article_id else earliest.id


def assert_linked(session: Session) -> None:
    for kind in (PROPOSALS, ARTICLES):
        stored = dict(session.execute(select(kind.id, getattr(kind.table, kind.pointer))).all())
        assert stored == expected(session, kind)


@pytest.mark.parametrize("most", [1, 2, 4])
@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(100), marks=pytest.mark.long)])
def test_families_are_what_is_stored_whatever_happened_before(
    session: Session, monkeypatch: pytest.MonkeyPatch, most: int, seeds: range
) -> None:
    monkeypatch.setattr(bands, "MOST", most)
    for seed in seeds:
        chance, drafts = Random(seed), dict[str, Ready]()
        for turn in range(12):
            new = [article(20 * turn + number, chance) for number in range(chance.randint(0, 4))]
            drafts |= {each.sha256: each for each in new}
            known = chance.sample(sorted(drafts), min(len(drafts), chance.randint(0, 3)))
            save_all(session, [*new, *(again(drafts[each], chance, f"{turn}") for each in known)])
            assert_linked(session)
            if drafts and chance.random() < 0.5:
                gone = drafts.pop(chance.choice(sorted(drafts))).sha256
                delete(
                    session, session.execute(select(Article.id).where(Article.sha256 == gone)).scalar_one()
                )
                assert_linked(session)
        session.rollback()


def test_what_is_linked_all_at_once_is_the_same(session: Session) -> None:
    chance = Random(2)
    save_all(session, [article(number, chance) for number in range(30)])
    columns = select(Proposal.id, Proposal.duplicate_of, Proposal.reported_with).order_by(Proposal.id)
    before = session.execute(columns).all()
    link_all(session)
    assert session.execute(columns).all() == before
    assert len({row.duplicate_of for row in before}) > 2
    assert any(row.reported_with for row in before)
    assert_linked(session)
