"""Any number of distinct articles, made of the paragraphs of the examples with other people and days."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.importers import markdown
from app.lexicon import SEEDS
from app.lexicon.words import NameWords, load_given_names, load_words

SEED = 20201022
CHARACTERS = 500
"""Of an article, about: with three bytes each, 100,000 articles are 150 MB."""
FIRST_DAY, DAYS = date(2015, 1, 1), 11 * 365
SOURCES = ("重庆日报", "四川日报", "人民政协报", "经济日报", "成都日报", "新华社", "科技日报", "湖北日报")
NAMED = re.compile(
    r"(?<=[委员席任长授记])([\u4e00-\u9fff]{2,3})(?=(?:建议|表示|提出|说|认为|呼吁|介绍|指出))"
)
"""Who speaks, behind a post and before the verb."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article to be imported."""

    text: str
    published_on: date
    source: str


def articles(number: int, seed: int = SEED) -> Iterator[Article]:
    """So many articles, no two of them the same; with the same seed the same ones."""
    random = Random(seed)
    paragraphs = _paragraphs()
    names = _Names(random, max(50, number // 4))
    for count in range(number):
        text = _text(random, paragraphs, names, count)
        # As an archive comes, from the oldest on, but for some weeks.
        day = FIRST_DAY + timedelta(days=count * DAYS // number + random.randrange(30))
        yield Article(text, day, random.choice(SOURCES))


def _text(random: Random, paragraphs: Sequence[str], names: "_Names", count: int) -> str:
    chosen: list[str] = []
    while sum(map(len, chosen)) < CHARACTERS:
        chosen.append(NAMED.sub(lambda _: names.one(), random.choice(paragraphs)))
    return "\n".join([f"会议记录第{count + 1}号", *chosen])


def _paragraphs() -> list[str]:
    texts = [markdown.read(path.read_bytes(), path.name).text for path in (SEEDS / "articles").glob("*.md")]
    lines = (line.strip() for text in sorted(texts) for line in text.split("---\n", 2)[-1].splitlines())
    return [line for line in lines if len(line) >= 40 and line.endswith(("。", "”"))]


class _Names:
    """Invented people, of whom some are named far more often than others."""

    def __init__(self, random: Random, number: int) -> None:
        words = load_words(SEEDS / "words" / "names.toml", NameWords)
        given = sorted(load_given_names(SEEDS / "words" / "given_names.tsv").last)[:300]
        surnames = [each for each in words.surnames if len(each) == 1]
        self._random = random
        self._names = [
            random.choice(surnames) + "".join(random.choices(given, k=random.choice((1, 2, 2))))
            for _ in range(number)
        ]

    def one(self) -> str:
        return self._names[int(len(self._names) * self._random.random() ** 3)]
