"""Gold folders: their files, the articles they speak of, and the extraction judged on all of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import SourceError
from app.importers.formats import read_file
from scripts.evaluation.annotation import Annotation, GoldError, check_places, load
from scripts.evaluation.counts import added
from scripts.evaluation.judging import Judgement, judge

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
WORKED, SCORED, SEEDS = GOLD / "worked", GOLD / "scored", GOLD / "seeds"
FOLDERS = (WORKED, SCORED, SEEDS)

Predict = Callable[[str, str], Annotation]
"""(file name, text) → what is found in it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A gold file's annotation and the text it speaks of."""

    name: str
    text: str
    gold: Annotation


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The judgements on one gold folder, by the stem of the gold file."""

    folder: Path
    articles: Mapping[str, Judgement]

    @property
    def name(self) -> str:
        """worked, scored, seeds; the path as given for folders elsewhere."""
        return self.folder.name if is_ours(self.folder) else str(self.folder)


def evaluate(folder: Path, predict: Predict, articles: Path | None = None) -> Evaluation:
    """Every article of the gold folder, predicted and judged. Raises GoldError."""
    judged = {}
    for case in load_cases(folder, articles):
        judged[case.name] = judge(case.text, case.gold, predict(case.gold.article, case.text))
    return Evaluation(folder, judged)


def load_cases(folder: Path, articles: Path | None = None) -> Iterator[Case]:
    """The gold files of a folder with their texts, by name. Raises GoldError."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise GoldError(f"{folder}: holds no gold files; name a folder with one .json for each article")
    for path in files:
        gold = load(path)
        text = _text_of(gold.article, folder, articles)
        check_places(gold, text, path)
        yield Case(path.stem, text, gold)


def is_ours(folder: Path) -> bool:
    """Whether it is one of the folders the floors are kept for."""
    return folder.resolve() in FOLDERS


def total(evaluations: list[Evaluation]) -> Judgement:
    """All articles of all the evaluations as if they were one, micro-averaged."""
    judgements = [each for evaluation in evaluations for each in evaluation.articles.values()]
    return Judgement(
        added(each.counts for each in judgements),
        tuple(fault for each in judgements for fault in each.faults),
        tuple(graded for each in judgements for graded in each.graded),
    )


def _text_of(article: str, folder: Path, articles: Path | None) -> str:
    """From `articles`, else from the folder of that name beside the gold, else from the seeds."""
    places = [articles] if articles else [folder.resolve().parent / "articles", ROOT / "seeds" / "articles"]
    path = next((place / article for place in places if (place / article).is_file()), None)
    if path is None:
        looked = " and ".join(map(str, places))
        raise GoldError(f"{folder}: no article {article} in {looked}; name its folder with --articles")
    try:
        return read_file(path).text
    except SourceError as error:
        raise GoldError(str(error)) from error
