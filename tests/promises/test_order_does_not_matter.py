"""Importing is idempotent and order does not matter.

The same articles twice, in any order, cut into any batches and by two importers at once give the same people,
institutions, proposals and metrics. `hard_cases` makes articles of which most pairs may or may not be of the
same people, bodies and proposals.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.database import for_writing, make_engine
from app.settings import REPOSITORY
from app.store.articles import save_all
from app.store.drafts import Draft as Ready
from app.store.verification import Verification
from tests.conftest import seed
from tests.contents import Contents, contents
from tests.databases import Databases
from tests.promises.hard_cases import some
from tests.store.test_postings import are_as_made_anew

INGEST = REPOSITORY / "scripts" / "ingest.py"
TEXTS = [
    "陇东日报2024年3月5日讯 甘肃省水务厅厅长陆知遥说,建议在沿黄各市县试行取水许可互认,由流域机构统一核发。",
    "2024年3月6日 陆知遥说,建议在沿黄各市县试行取水许可互认,由流域机构统一核发。会议在兰州市举行。",
    "2024年3月4日 海南省政协委员陆知遥建议,在琼海试点海水淡化补贴,投资3亿元。",
    "2024年3月7日 琼海大学校长陆知遥表示,将与海南省政协共建水资源实验室。",
    "2024年3月8日 海南省政协委员、琼海大学校长陆知遥建议,尽快在琼海试点海水淡化补贴。",
    "2024年3月9日 陆知遥建议,尽快在琼海试点海水淡化补贴。省政协委员何若川表示赞成。",
    "宁夏水务厅副厅长马原野说,应在沿黄各市县试行取水许可互认,由流域机构统一核发并逐月公布。",
    "马原野建议,两地水务厅每月通报一次用水台账。宁夏回族自治区水务厅表示将照此办理。",
]


def stored(engine: Engine, batches: Sequence[Sequence[Ready]]) -> Contents:
    """What a database says once these are in, which is all as it should be."""
    for batch in batches:
        with Session(for_writing(engine)) as session:
            save_all(session, batch)
            session.commit()
    with Session(for_writing(engine)) as session:
        assert are_as_made_anew(session)
    with Session(engine) as session:
        assert list(Verification(session).flaws()) == []
    return contents(engine)


def cut(drafts: Sequence[Ready], chance: Random) -> list[Sequence[Ready]]:
    """The drafts in any order, in batches of any sizes."""
    rest = chance.sample(drafts, len(drafts))
    batches: list[Sequence[Ready]] = []
    while rest:
        size = chance.randint(1, len(rest))
        batches.append(rest[:size])
        rest = rest[size:]
    return batches


def differing(one: Contents, other: Contents) -> list[str]:
    return [kind for kind in one if one[kind] != other[kind]]


@pytest.mark.parametrize("rounds", [3, pytest.param(500, marks=pytest.mark.long)])
def test_articles_say_the_same_in_any_order_and_any_batches(engines: Iterator[Engine], rounds: int) -> None:
    for number in range(rounds):
        chance = Random(number)
        drafts = some(chance.randint(3, 30), chance)
        first = stored(next(engines), [drafts])
        other = stored(next(engines), cut(drafts, chance))
        assert differing(first, other) == [], f"seed {number}"


@pytest.mark.parametrize("seeds", [[1], pytest.param(range(40), marks=pytest.mark.long)], ids=["one", "many"])
def test_few_articles_say_the_same_in_every_order(engines: Iterator[Engine], seeds: Sequence[int]) -> None:
    for number in seeds:
        drafts = some(3, Random(number))
        said = [stored(next(engines), [[each] for each in order]) for order in permutations(drafts)]
        assert [differing(said[0], other) for other in said[1:]] == [[]] * 5, f"seed {number}"


def test_articles_that_come_again_change_nothing(engines: Iterator[Engine]) -> None:
    engine, chance = next(engines), Random(0)
    drafts = some(8, chance)
    first = stored(engine, [drafts])
    assert differing(first, stored(engine, cut(drafts, chance))) == []


def test_what_goes_and_comes_back_says_the_same(engines: Iterator[Engine]) -> None:
    """Extracted anew by another version and back: nothing is left of what stood there meanwhile."""
    engine, chance = next(engines), Random(3)
    drafts = some(6, chance)
    first = stored(engine, [drafts])
    others = [without_findings(each) for each in drafts]
    stored(engine, [others[:3], others[3:]])
    assert differing(first, stored(engine, cut(drafts, chance))) == []


def without_findings(draft: Ready) -> Ready:
    """As another version leaves it that finds institutions only."""
    found = replace(draft.extraction, version="2", people=(), proposals=(), metrics=())
    return replace(draft, extraction=found, proposals=(), metrics=())


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=pytest.mark.long)])
def test_two_importers_at_once_in_reversed_orders_say_what_one_says(
    databases: Databases, tmp_path: Path, rounds: int
) -> None:
    for number in range(rounds):
        texts = Random(number).sample(TEXTS, len(TEXTS))
        urls = [databases.filled(seed) for _ in range(2)]
        forward, backward = tmp_path / "forward.jsonl", tmp_path / "backward.jsonl"
        forward.write_text(as_lines(texts), encoding="utf-8")
        backward.write_text(as_lines(texts[::-1]), encoding="utf-8")
        finish([start(forward, urls[0])])
        finish([start(forward, urls[1]), start(backward, urls[1])])
        engines = [make_engine(url) for url in urls]
        one, two = map(contents, engines)
        for engine in engines:
            engine.dispose()
        assert len(one["people"]) > 3
        assert differing(one, two) == []


def as_lines(texts: Sequence[str]) -> str:
    return "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)


def start(source: Path, url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, INGEST, source, "--workers", "1", "--quiet", "--database", url]
    return subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(imports: Sequence["subprocess.Popen[str]"]) -> None:
    for each in imports:
        said, _ = each.communicate()
        assert each.returncode == 0, said
