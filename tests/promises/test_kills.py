"""No acknowledged article is lost and none is half stored, at whichever moment its import is killed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.extraction.findings import Extraction
from app.extraction.pipeline import Extractor
from app.vocabulary import Kind
from tests.conftest import seed
from tests.databases import Databases
from tests.importing import imported
from tests.promises import newspapers
from tests.promises.killing import Killing, opened
from tests.promises.victims import Order, Victims

ARTICLES, BATCH = 24, 4


def rounds(short: int, long: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rounds", [short, pytest.param(long, marks=pytest.mark.long)])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return newspapers.write(tmp_path / "news.jsonl", range(ARTICLES))


def script(name: str, news: Path | None, folder: Path, *options: str) -> Callable[[str], Order]:
    """The order to run it on a database: it tells of each article, and writes six times."""
    given = [str(news)] if news else []

    def order(url: str) -> Order:
        arguments = [*given, *options, "--json", "--workers", "1", "--database", url]
        return Order(name, arguments, str(folder / name), batch=BATCH)

    return order


@rounds(20, 200)
def test_an_import_that_is_killed_keeps_all_it_told_of_and_goes_on(
    databases: Databases, victims: Victims, news: Path, rounds: int
) -> None:
    killing = Killing(
        lambda: databases.filled(seed), script("ingest", news, news.parent, "--since-last"), victims
    )
    assert killing.rounds(rounds) > rounds // 4


@rounds(4, 60)
@pytest.mark.parametrize("name", ["reextract", "ingest"])
def test_findings_that_are_replaced_are_the_former_or_the_new_ones(
    databases: Databases, victims: Victims, news: Path, extractor: Extractor, name: str, rounds: int
) -> None:
    def begin() -> str:
        url = databases.filled(seed)
        with opened(url) as engine:
            imported(engine, [news], partial(former, extractor), version="0")
        return url

    order = script(name, news if name == "ingest" else None, news.parent)
    assert Killing(begin, order, victims).rounds(rounds) > rounds // 4


def former(extractor: Extractor, text: str) -> Extraction:
    """What an older version might have found: no figures, other kinds, and one proposal less."""
    found = extractor.extract(text)
    proposals = tuple(replace(each, kind=Kind.AGREEMENT) for each in found.proposals[1:])
    return replace(found, version="0", proposals=proposals, metrics=())


@rounds(3, 40)
def test_a_first_start_that_is_killed_is_done_again(
    databases: Databases, victims: Victims, tmp_path: Path, rounds: int
) -> None:
    def order(url: str) -> Order:
        return Order("prepare", [url], str(tmp_path / "start"), batch=1)

    assert Killing(databases.empty, order, victims).rounds(rounds) > rounds // 4
