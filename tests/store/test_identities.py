from dataclasses import replace

import pytest
from sqlmodel import Session, select

from app.store.articles import save
from app.store.names import key_of
from app.tables import Actor, ActorMention, Position
from app.vocabulary import ActorKind
from tests.store.drafts import Draft

SICHUAN, CHONGQING, CHENGDU, GUANGDONG = "510000", "500000", "510100", "440000"


def store(session: Session, draft: Draft) -> int:
    return save(session, draft.raw, draft.extraction).article_id


def person(number: int, *posts: tuple[str, str, str | None]) -> Draft:
    """An article on 张伟 with posts of (institution, title, the institution's region)."""
    said = "".join(f"{institution}{title}" for institution, title, _ in posts)
    draft = Draft(f"{said}张伟在第{number}次会上发言。")
    for institution, _, region in posts:
        draft.institution(institution, region=region)
    return draft.person("张伟", *[(institution, title) for institution, title, _ in posts])


def people(session: Session) -> list[set[int]]:
    """The articles that name each 张伟, the first one met first."""
    ids = session.exec(select(Actor.id).where(Actor.kind == ActorKind.PERSON).order_by(Actor.id)).all()
    return [
        set(session.exec(select(ActorMention.article_id).where(ActorMention.actor_id == id))) for id in ids
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            ("全国政协", "委员", None), ("全国政协", "常委", None), id="one institution, a promotion"
        ),
        pytest.param(("四川大学", "校长", SICHUAN), ("成都市政府", "副市长", CHENGDU), id="one province"),
        pytest.param(("天府新区管委会", "主任", "tianfu"), ("四川大学", "校长", SICHUAN), id="a zone in it"),
        pytest.param(("某公司", "经理", None), (), id="the second without a post"),
        pytest.param((), ("某公司", "经理", None), id="the first without a post"),
        pytest.param((), (), id="both without a post"),
    ],
)
def test_people_of_one_name_are_one_when_what_is_known_of_them_meets(
    session: Session,
    first: tuple[str, str, str | None] | tuple[()],
    second: tuple[str, str, str | None] | tuple[()],
) -> None:
    one = store(session, person(1, *[first] if first else []))
    two = store(session, person(2, *[second] if second else []))
    assert people(session) == [{one, two}]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("四川大学", "校长", SICHUAN), ("中山大学", "校长", GUANGDONG), id="two provinces"),
        pytest.param(("甲公司", "经理", None), ("乙公司", "经理", None), id="no region known"),
        pytest.param(
            ("四川大学", "校长", SICHUAN), ("成渝联盟", "主任", "chengyu"), id="a bloc is no region"
        ),
    ],
)
def test_people_of_one_name_with_nothing_in_common_are_two(
    session: Session, first: tuple[str, str, str | None], second: tuple[str, str, str | None]
) -> None:
    one, two = store(session, person(1, first)), store(session, person(2, second))
    assert people(session) == [{one}, {two}]


def test_any_of_several_posts_may_be_the_shared_one(session: Session) -> None:
    one = store(session, person(1, ("九三学社", "主委", None), ("中山大学", "校长", GUANGDONG)))
    two = store(session, person(2, ("甲公司", "董事", None), ("九三学社", "主委", None)))
    assert people(session) == [{one, two}]


def two_people(session: Session) -> tuple[int, int]:
    one = store(session, person(1, ("四川大学", "校长", SICHUAN)))
    return one, store(session, person(2, ("中山大学", "校长", GUANGDONG)))


def test_of_several_a_bare_name_means_the_one_at_home_where_the_article_is(session: Session) -> None:
    one, two = two_people(session)
    draft = Draft("张伟建议成都加快建设。").person("张伟")
    draft.proposal("张伟建议成都加快建设。", "张伟", regions=[CHENGDU])
    three = store(session, draft)
    assert people(session) == [{one, three}, {two}]


def test_of_several_a_bare_name_in_an_article_on_elsewhere_is_a_new_person(session: Session) -> None:
    one, two = two_people(session)
    three = store(
        session, Draft("重庆大学的张伟发言。").person("张伟").institution("重庆大学", region=CHONGQING)
    )
    assert people(session) == [{one}, {two}, {three}]


def test_a_name_in_traditional_characters_or_with_spaces_is_the_same_name(session: Session) -> None:
    for text, name in (("張偉發言。", "张伟"), ("张　伟发言。", "张伟")):
        draft = Draft(text)
        written = text.removesuffix("发言。").removesuffix("發言。")
        draft.person(written)
        store(session, draft)
        assert key_of(written) == name
    assert len(people(session)) == 1


def institution(name: str, *aliases: str, region: str | None = None) -> Draft:
    return Draft(f"{name}({'、'.join(aliases)})在{region}开会。").institution(name, *aliases, region=region)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            institution("重庆市政协", region=CHONGQING),
            institution("重庆 市政协", region=CHONGQING),
            id="spaces",
        ),
        pytest.param(institution("某中心（A）"), institution("某中心(A)"), id="full and half width"),
        pytest.param(institution("中国科学院", "中科院"), institution("中科院"), id="alias after name"),
        pytest.param(institution("中科院"), institution("中国科学院", "中科院"), id="name after alias"),
        pytest.param(
            institution("重庆长安汽车", "长安汽车", region=CHONGQING),
            institution("长安汽车"),
            id="no region said",
        ),
    ],
)
def test_institutions_are_one_by_name_or_alias(session: Session, first: Draft, second: Draft) -> None:
    store(session, first)
    store(session, second)
    assert len(session.exec(select(Actor)).all()) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(institution("四川省政协"), institution("重庆市政协"), id="two names"),
        pytest.param(
            institution("朝阳区政府", region="110105"),
            institution("朝阳区政府", region="220104"),
            id="one name in two regions",
        ),
        pytest.param(
            institution("重庆市政协", "市政协", region=CHONGQING), institution("市政协"), id="a relative name"
        ),
        pytest.param(
            institution("四川省科技厅", "科技厅", region=SICHUAN),
            institution("科技厅", region=GUANGDONG),
            id="an alias with another region",
        ),
    ],
)
def test_institutions_that_may_differ_are_two(session: Session, first: Draft, second: Draft) -> None:
    store(session, first)
    store(session, second)
    assert len(session.exec(select(Actor)).all()) == 2


def test_an_alias_that_fits_several_means_the_one_of_its_region(session: Session) -> None:
    for name, region in (("四川省科技厅", SICHUAN), ("广东省科技厅", GUANGDONG)):
        store(session, institution(name, "科技厅", region=region))
    article = store(session, institution("科技厅", region=GUANGDONG))
    named = select(Actor.name).join(ActorMention).where(ActorMention.article_id == article)
    assert session.exec(named).one() == "广东省科技厅"


def test_the_fuller_name_of_an_institution_becomes_its_name(session: Session) -> None:
    store(session, institution("中科院"))
    store(session, institution("中国科学院", "中科院"))
    assert session.exec(select(Actor.name)).one() == "中国科学院"


def test_a_place_that_speaks_is_one_actor_whatever_it_is_called(session: Session) -> None:
    for name in ("四川", "四川省"):
        text = f"{name}将与重庆签署协议。"
        store(session, Draft(text).proposal(text, name, kind=ActorKind.REGION, regions=[SICHUAN]))
    actor = session.exec(select(Actor)).one()
    assert (actor.kind, actor.name, actor.region_code) == (ActorKind.REGION, "四川省", SICHUAN)


def test_a_post_at_a_place_is_held_there(session: Session) -> None:
    text = "重庆市副市长张伟发言。"
    store(session, Draft(text).person("张伟", ("重庆市", "副市长")))
    at = session.exec(select(Position.institution_id)).one()
    assert session.get_one(Actor, at).region_code == CHONGQING
    two = store(session, person(2, ("重庆大学", "校长", CHONGQING)))
    assert two in people(session)[0], "the place tells who he is"


def test_a_post_at_what_is_neither_body_nor_place_keeps_its_words_alone(session: Session) -> None:
    store(session, Draft("政协委员张伟发言。").person("张伟", ("政协", "委员")))
    position = session.exec(select(Position)).one()
    assert (position.institution_id, position.institution_name) == (None, "政协")


@pytest.mark.parametrize(("stated", "mentions"), [("四川", ["四川"]), ("两地", [])])
def test_a_word_that_only_points_to_a_place_is_no_name_of_it(
    session: Session, stated: str, mentions: list[str]
) -> None:
    text = f"{stated}将签署协议。"
    draft = Draft(text).proposal(text, stated, kind=ActorKind.REGION)
    speaker = replace(draft.proposals[0].speakers[0], name="四川省")
    draft.proposals[0] = replace(draft.proposals[0], speakers=(speaker,))
    store(session, draft)
    assert session.exec(select(Actor.name)).one() == "四川省"
    assert session.exec(select(ActorMention.name)).all() == mentions


def test_a_place_of_a_shared_name_is_the_one_the_proposal_is_about(session: Session) -> None:
    text = "朝阳区将与河北签署协议。"
    store(session, Draft(text).proposal(text, "朝阳区", kind=ActorKind.REGION, regions=["220104"]))
    assert session.exec(select(Actor.region_code)).one() == "220104"


def test_a_place_nobody_knows_still_speaks_under_its_name(session: Session) -> None:
    for number in (1, 2):
        text = f"云上谷第{number}次表示将加快建设。"
        store(session, Draft(text).proposal(text, "云上谷", kind=ActorKind.REGION))
    actor = session.exec(select(Actor)).one()
    assert (actor.name, actor.region_code) == ("云上谷", None)
