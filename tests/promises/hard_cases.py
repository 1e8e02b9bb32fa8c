"""Articles that are hard to tell apart: namesakes, short names, reports of reports, all of them invented."""

from collections.abc import Sequence
from random import Random

from app.store.drafts import Draft as Ready
from app.store.drafts import draft as ready
from app.vocabulary import ActorKind
from tests.store.drafts import Draft

GANSU, NINGXIA, HAINAN, LANZHOU, BEIJING = "620000", "640000", "460000", "620100", "110000"
# (name, aliases, the region where one is told)
BODIES: Sequence[tuple[str, tuple[str, ...], str | None]] = [
    ("甘肃省水务厅", ("省水务厅", "水务厅"), GANSU),
    ("宁夏水务厅", ("水务厅",), NINGXIA),
    ("水务厅", (), None),
    ("水务厅", (), GANSU),
    ("甘肃省水务厅", (), None),
    ("朝阳区政府", (), "110105"),
    ("朝阳区政府", (), "220104"),
    ("朝阳区政府", (), None),
    ("祁连研究院", (), None),
    ("祁连研究院", (), GANSU),
    ("祁连研究院", ("祁连院",), NINGXIA),
    ("中国祁连研究院", ("祁连研究院", "祁连院"), None),
    ("祁连院", (), None),
    ("祁连院", ("祁连研究院",), None),
    ("兰州市政协", ("市政协", "政协"), LANZHOU),
    ("市政协", (), LANZHOU),
    ("市政协", (), None),
    ("蘭州市政協", (), LANZHOU),
    ("琼海大学", ("琼大",), HAINAN),
    ("琼大", ("琼海学院",), None),
    ("琼海学院", (), GANSU),
    ("河西联盟", (), None),
]
PEOPLE = ["陆知遥", "陆知遥", "陸知遥", "马 原野", "马原野"]
TITLES = ["院长", "厅长", "委员"]
PLACES = [("甘肃", GANSU), ("兰州市", LANZHOU), ("银川市", NINGXIA), ("云上谷", HAINAN)]
STEM = "建议在沿黄各市县试行跨省取水许可互认,由流域机构统一核发并逐月公布用水台账和节水成效"
ASKED = [
    STEM + "。",
    STEM.replace(",", "，") + "!",
    STEM + "并逐年。",
    STEM + "并逐年公布。",
    STEM + "并逐年公布考评。",
    "将共同出资30亿元设立沿黄产业基金,支持中小企业节水改造。",
]
BODY = (
    "三地水务部门昨日在中卫商定,沿黄取水口今后统一编号,用水台账每月互通一次。与会者说,过去一条渠上下游各记各的账,"
    "核对起来要跑三个县,今后由流域机构在网上核对,企业只填一张表。会议还谈到老灌区的改造,"
    "先修漏得最多的两段,再换闸门,所需的钱由受益的地方分摊。下一次会议秋天在平凉举行。"
)


def an_article(number: int, chance: Random) -> Ready:
    """One of its own first words, so that no two are the same text."""
    bodies = {one[0]: one for one in chance.sample(BODIES, chance.choice([0, 1, 1, 2, 3]))}
    names = list(
        {name.replace(" ", ""): name for name in chance.sample(PEOPLE, chance.randint(1, 2))}.values()
    )
    title, (place, code) = chance.choice(TITLES), chance.choice(PLACES)
    asked, again = chance.sample(ASKED, 2)
    said = "".join(f"{name}({'、'.join(aliases)})到会。" for name, aliases, _ in bodies.values())
    post = f"{place}{title}" if chance.random() < 0.3 else title
    text = f"第{number}次会议。{said}{post}{'和'.join(names)}说:{asked}另悉,{place}表示支持。"
    twice = chance.random() < 0.2
    text += f"又说:{again}" if twice else ""
    text += BODY if chance.random() < 0.4 else ""
    draft = Draft(text, published_on=chance.choice([None, "2024-03-05", "2024-03-05", "2024-03-06"]))
    for name, aliases, region in bodies.values():
        draft.institution(name, *aliases, region=region)
    for name in names:
        draft.person(name, *_posts(draft, list(bodies), title, post, place, chance))
    draft.proposal(asked, *names, themes=["5g"], regions=chance.choice([[], [GANSU], [HAINAN, GANSU]]))
    draft.proposal(f"{place}表示支持。", place, kind=ActorKind.REGION, regions=[code])
    if bodies and chance.random() < 0.4:
        draft.proposal(f"另悉,{place}表示支持。", *list(bodies)[:2], kind=ActorKind.INSTITUTION)
    if twice:
        draft.proposal(again, names[0])
    if "30亿元" in asked:
        draft.metric("30亿元", 3e9, "元", proposal=0)
    return ready(draft.raw, draft.extraction)


def _posts(
    draft: Draft, bodies: list[str], title: str, post: str, place: str, chance: Random
) -> list[tuple[str, str]]:
    if chance.random() < 0.35:
        return []
    if post != title:
        return [(place, title)]
    return [(name, title) for name in bodies[: chance.choice([1, 1, 2])]]


def some(number: int, chance: Random) -> list[Ready]:
    """So many articles that have much in common."""
    return [an_article(count, chance) for count in range(number)]
