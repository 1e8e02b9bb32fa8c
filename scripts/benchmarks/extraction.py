"""The speed of the extraction, held against jieba.cut alone over the same text.

All seconds are processor seconds of this process, so that other work on the machine counts little.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import process_time

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞刚桂玲梅燕红辉鹏飞斌浩宇峰婷雪琳洁颖俊莹雯岩毅晖凯锋昊煜宁彬"
"""Characters for the given names of people in copies of an article."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured; seconds are processor seconds, the rates characters per second.

    `extract_rate` counts extraction alone, `whole_rate` the load too. `ratio` is extract_rate and
    `whole_ratio` whole_rate, each over jieba_rate.
    """

    megabytes: float
    characters: int
    articles: int
    import_seconds: float
    load_seconds: float
    extract_seconds: float
    jieba_seconds: float
    extract_rate: float
    whole_rate: float
    jieba_rate: float
    ratio: float
    whole_ratio: float
    peak_megabytes: float


def measure(megabytes: float) -> Figures:
    """The figures of one run. Imports are timed too, so that none of the program stands above."""
    started = process_time()
    from app.extraction.pipeline import Extractor
    from app.lexicon import load_lexicon
    from app.settings import Settings

    imported = process_time()
    cache = Settings().data_dir
    extractor = Extractor(load_lexicon(), cache)
    loaded = process_time()
    texts = list(repeated(articles(), int(megabytes * 1_000_000)))
    extract_seconds = seconds_of(extractor.extract, texts)
    peak = peak_megabytes()
    jieba_seconds = seconds_of(jieba_cut(cache), texts)

    characters = sum(map(len, texts))
    extract_rate, jieba_rate = characters / extract_seconds, characters / jieba_seconds
    whole_rate = characters / (extract_seconds + loaded - imported)
    return Figures(
        megabytes=size(texts) / 1_000_000,
        characters=characters,
        articles=len(texts),
        import_seconds=imported - started,
        load_seconds=loaded - imported,
        extract_seconds=extract_seconds,
        jieba_seconds=jieba_seconds,
        extract_rate=extract_rate,
        whole_rate=whole_rate,
        jieba_rate=jieba_rate,
        ratio=extract_rate / jieba_rate,
        whole_ratio=whole_rate / jieba_rate,
        peak_megabytes=peak,
    )


def articles() -> list[tuple[str, list[str]]]:
    """All articles at hand with the names of their people."""
    from scripts.evaluation.evaluations import FOLDERS, load_cases

    cases = (case for folder in FOLDERS for case in load_cases(folder))
    return [(case.text, [person.name for person in case.gold.people]) for case in cases]


def repeated(articles: list[tuple[str, list[str]]], wanted: int) -> Iterator[str]:
    """The articles over and over, each time of other people, until they make up `wanted` bytes of UTF-8."""
    written = 0
    for copy in count():
        for text, names in articles:
            if written >= wanted:
                return
            version = renamed(text, names, copy)
            yield version
            written += size([version])


def renamed(text: str, names: list[str], copy: int) -> str:
    """The text with other given names in every copy but the first.

    New articles have new people: what is remembered of a name must not make its copies look fast.
    """
    for place, name in enumerate(names if copy else ()):
        given = (GIVEN[(3 * copy + 7 * place + at) % len(GIVEN)] for at in range(1, len(name)))
        text = text.replace(name, name[0] + "".join(given))
    return text


def size(texts: Iterable[str]) -> int:
    """Bytes of UTF-8."""
    return sum(len(text.encode()) for text in texts)


def jieba_cut(cache: Path) -> Callable[[str], list[str]]:
    """jieba.cut to the last word, its dictionary loaded."""
    import jieba

    jieba.setLogLevel(60)  # above all: it tells of its loading among the figures
    jieba.dt.tmp_dir = str(cache)
    jieba.initialize()
    return lambda text: list(jieba.cut(text))


def seconds_of(work: Callable[[str], object], texts: list[str]) -> float:
    started = process_time()
    for text in texts:
        work(text)
    return process_time() - started


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    import resource  # not on every system; only this figure needs it

    unit = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def table(figures: Figures) -> Iterator[str]:
    """The figures as lines for a terminal."""
    yield f"{figures.megabytes:.1f} MB, {figures.characters:,} characters, {figures.articles:,} articles"
    yield f"{'':22}{'seconds':>10}{'characters/s':>14}{'x jieba.cut':>13}"
    rows = (
        ("extraction", figures.extract_seconds, figures.extract_rate, figures.ratio),
        (
            "with load",
            figures.extract_seconds + figures.load_seconds,
            figures.whole_rate,
            figures.whole_ratio,
        ),
        ("jieba.cut", figures.jieba_seconds, figures.jieba_rate, 1.0),
    )
    for name, seconds, rate, ratio in rows:
        yield f"{name:22}{seconds:10.2f}{rate:14,.0f}{ratio:13.2f}"
    yield f"{'load':22}{figures.load_seconds:10.2f}"
    yield f"{'imports before':22}{figures.import_seconds:10.2f}"
    yield f"{'peak memory':22}{figures.peak_megabytes:7.0f} MB"
