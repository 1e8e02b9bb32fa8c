import pytest
from sqlmodel import Session, select

from app.store.articles import delete, save
from app.store.reports import digest_of, similarity
from app.tables import Proposal
from tests.store.drafts import Draft

SENTENCE = "建议组建西部科学城领导小组,统筹两地规划编制、政策协同和重大项目的落地实施。"
ALMOST = "建议组建西部科学城领导小组，统筹两地规划编制、政策协同和重大项目落地实施。"


def store(session: Session, day: str | None, sentence: str = SENTENCE, speaker: str = "陈放") -> int:
    text = f"{day}{speaker}说:{sentence}"
    draft = Draft(text, published_on=day).person(speaker).proposal(sentence, speaker)
    return save(session, draft.raw, draft.extraction).article_id


def originals(session: Session) -> dict[int, int | None]:
    """For each article the one its proposal points to."""
    proposals = session.exec(select(Proposal)).all()
    article_of = {proposal.id: proposal.article_id for proposal in proposals}
    return {proposal.article_id: article_of.get(proposal.duplicate_of) for proposal in proposals}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (SENTENCE, ALMOST, True),
        ("加快建设。", "加快建设", True),
        ("應加快建設", "应加快建设", True),
        (SENTENCE, "建议组建川渝发展决策咨询团,编制区域科技创新的指导目录。", False),
        ("。", "!", False),
    ],
)
def test_texts_are_alike_whatever_their_punctuation(one: str, other: str, alike: bool) -> None:
    assert (similarity(one, other) >= 0.9) is alike


def test_a_digest_leaves_out_punctuation_spaces_and_width() -> None:
    assert digest_of("加快 5Ｇ,建设。") == digest_of("加快5G建设")
    assert digest_of("加快5G建设") != digest_of("加快6G建设")


@pytest.mark.parametrize("sentence", [SENTENCE, ALMOST], ids=["the same words", "almost the same words"])
def test_the_same_proposal_in_a_second_article_points_to_the_first(session: Session, sentence: str) -> None:
    one, two = store(session, "2020-10-22"), store(session, "2020-10-23", sentence)
    assert originals(session) == {one: None, two: one}


def test_the_earliest_article_is_the_original_though_imported_last(session: Session) -> None:
    three, two, one = (store(session, day) for day in (None, "2020-10-23", "2020-10-22"))
    assert originals(session) == {three: one, two: one, one: None}


def test_the_same_words_of_another_speaker_are_another_proposal(session: Session) -> None:
    one, two = store(session, "2020-10-22"), store(session, "2020-10-23", speaker="吴刚")
    assert originals(session) == {one: None, two: None}


def test_a_sentence_said_twice_in_one_article_is_no_duplicate(session: Session) -> None:
    draft = Draft(f"陈放:{SENTENCE}又说:{ALMOST}").person("陈放")
    draft.proposal(SENTENCE, "陈放").proposal(ALMOST, "陈放")
    save(session, draft.raw, draft.extraction)
    assert session.exec(select(Proposal.duplicate_of)).all() == [None, None]


def test_when_the_original_is_deleted_the_next_earliest_takes_its_place(session: Session) -> None:
    one, two, three = (store(session, f"2020-10-2{day}") for day in (1, 2, 3))
    delete(session, one)
    assert originals(session) == {two: None, three: two}


def test_when_the_original_is_extracted_anew_the_others_point_to_its_new_proposal(session: Session) -> None:
    one, two = store(session, "2020-10-21"), store(session, "2020-10-22")
    text = f"2020-10-21陈放说:{SENTENCE}"
    draft = Draft(text, "2", published_on="2020-10-21").person("陈放").proposal(SENTENCE, "陈放")
    save(session, draft.raw, draft.extraction)
    assert originals(session) == {one: None, two: one}
