"""A batch writes what its articles would write one after the other, however they are cut into batches.

Only the ids of people and bodies may be others: one by one, two may be there first who turn out to be one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Engine, Table, select
from sqlmodel import Session, SQLModel

from app.database import for_writing
from app.store.articles import save_all
from app.store.drafts import Draft as Ready
from app.store.drafts import draft as ready
from app.store.saved import Saved
from app.vocabulary import ActorKind, Outcome
from tests.contents import contents
from tests.store.drafts import Draft
from tests.store.test_postings import are_as_made_anew

PIECEMEAL = 1
LEFT_OUT = ("posting", "import", "data_version", "region", "theme")
"""Beginnings of the names of tables that are compared otherwise, or not written here."""
HUBEI, HUNAN, YUNNAN = "420000", "430000", "530000"
# (name, aliases, the region where one is told)
BODIES = [
    ("湖北省科技厅", ("省科技厅", "科技厅"), HUBEI),
    ("湖南省科技厅", ("科技厅",), HUNAN),
    ("湖北省科技厅", (), None),
    ("省科技厅", (), HUBEI),
    ("科技厅", (), None),
    ("江汉研究院", (), None),
    ("江汉研究院", (), HUBEI),
    ("中国江汉研究院", ("江汉研究院", "江汉院"), None),
    ("江汉院", (), None),
    ("滇池大学", ("滇大",), YUNNAN),
    ("滇大", (), None),
]
PEOPLE = ["余望舒", "车明浩", "余望舒", "张 伟", "張偉"]
TITLES = ["院长", "厅长", "教授"]
PLACES = ["云南", "昆明市", "云上谷", "湖北"]
ASKED = [
    "建议加快建设跨省科研仪器共享平台,统一服务标准和收费办法。",
    "建议加快建设跨省科研仪器共享平台，统一服务标准和收费的办法。",
    "将共同出资30亿元设立产业引导基金,支持中小企业技术改造。",
    "建议开通5G工业专网,在沿江园区先行试点并总结推广。",
]
THEMES = ["5g", "funding", "automotive"]


def articles(number: int, chance: Random) -> Iterator[Ready]:
    """Articles that share people of one name, bodies with aliases, places, sentences and whole texts."""
    former: list[Ready] = []
    for count in range(number):
        if former and chance.random() < 0.15:
            again = chance.choice(former)
            described = replace(again.description, title=f"又一次{count}", url=f"https://a.example/{count}")
            yield replace(again, description=described)
            continue
        made = an_article(count, chance)
        raw = replace(made.raw, name=str(count), source=chance.choice(["江报", "滇报", None]))
        former.append(ready(raw, made.extraction))
        yield former[-1]


def an_article(count: int, chance: Random) -> Draft:
    bodies = chance.sample(BODIES, chance.randint(0, 3))
    bodies = list({name: (name, aliases, region) for name, aliases, region in bodies}.values())
    names = list(dict.fromkeys(chance.sample(PEOPLE, chance.randint(1, 2))))
    title, place, asked = chance.choice(TITLES), chance.choice(PLACES), chance.choice(ASKED)
    said = "".join(f"{name}({'、'.join(aliases)})到会。" for name, aliases, _ in bodies)
    text = f"第{count}次会议。{said}{title}{'和'.join(names)}说:{asked}另悉,{place}表示支持。"
    day = chance.choice([None, f"2024-03-{chance.randint(1, 28):02}"])
    draft = Draft(text, published_on=day)
    for name, aliases, region in bodies:
        draft.institution(name, *aliases, region=region)
    for name in names:
        posts = [(bodies[0][0], title)] if bodies and chance.random() < 0.7 else []
        draft.person(name, *posts)
    themes, regions = chance.sample(THEMES, chance.randint(0, 2)), chance.sample([HUBEI, YUNNAN], 1)
    draft.proposal(asked, *names, themes=themes, regions=regions)
    draft.proposal(f"{place}表示支持。", place, kind=ActorKind.REGION, regions=regions)
    if "30亿元" in asked:
        draft.metric("30亿元", 3e9, "元", proposal=0)
    return draft


def rows(session: Session) -> dict[str, list[str]]:
    """All rows of all tables but those by which lists are read; without the time of the import, and without
    the ids of positions, which nothing points to."""
    session.flush()
    return {
        table.name: sorted(map(repr, session.execute(select(*_compared(table)))))
        for table in SQLModel.metadata.sorted_tables
        if not table.name.startswith(LEFT_OUT) and "pieces" not in table.c
    }


def _compared(table: Table) -> list[Any]:
    left_out = {"article": "imported_at", "position": "id"}.get(table.name)
    return [column for column in table.c if column.name != left_out]


def cut(drafts: Sequence[Ready], size: int) -> Iterator[list[Ready]]:
    rest = iter(drafts)
    while some := list(islice(rest, size)):
        yield some


def save_cut(session: Session, drafts: Sequence[Ready], size: int) -> list[Saved]:
    return [saved for some in cut(drafts, size) for saved in save_all(session, some)]


def test_a_batch_writes_what_its_articles_write_one_by_one(engines: Iterator[Engine]) -> None:
    drafts = list(articles(25, Random(0)))
    assert len({each.sha256 for each in drafts}) < len(drafts), "one text comes more than once"
    written = []
    for size in (PIECEMEAL, len(drafts), 7):
        engine = next(engines)
        with Session(for_writing(engine)) as session:
            saved = save_cut(session, drafts, size)
            assert are_as_made_anew(session)
            session.commit()
            written.append(([(each.outcome, each.article_id) for each in saved], contents(engine)))
    assert written[1:] == written[:1] * 2


def differing(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    return [f"{table}: {row}" for table in one for row in sorted({*one[table]} ^ {*other[table]})]


def test_so_does_one_that_replaces_what_an_older_version_found(engines: Iterator[Engine]) -> None:
    older = list(articles(15, Random(0)))
    newer = [replace(each, extraction=replace(each.extraction, version="2")) for each in older]
    written = []
    for size in (PIECEMEAL, len(older)):
        with Session(for_writing(next(engines))) as session:
            save_cut(session, older, len(older))
            before = rows(session)
            saved = save_cut(session, newer, size)
            assert Outcome.NEW not in {each.outcome for each in saved}
            assert are_as_made_anew(session)
            written.append(rows(session))
            assert [row for row in written[-1]["actor"] if row not in before["actor"]] == []
    assert differing(*written) == []
