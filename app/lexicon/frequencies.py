"""How common the words of jieba's dictionary are, kept prepared on disk."""

import marshal
import math
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The words with the natural logarithm of their share of all words, which is below zero.

    `unknown` is that of a word that is counted once.
    """

    weights: dict[str, float]
    unknown: float


def load_frequencies(cache: Path) -> Frequencies:
    """The words of jieba's own dictionary.

    They are prepared once, which takes about a second, and kept in the folder where it can be written.
    """
    path = cache / f"jieba-{version('jieba')}.frequencies"
    try:
        return Frequencies(*marshal.loads(path.read_bytes()))
    except (OSError, EOFError, ValueError, TypeError):
        frequencies = _prepare()
    with suppress(OSError):
        _keep(path, frequencies)
    return frequencies


def _prepare() -> Frequencies:
    """jieba's counts, without those it holds for the beginnings of words, which are no words."""
    import jieba  # only here: with its own search for words it takes long to import, and much memory

    tokenizer = jieba.Tokenizer()
    counts, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    log_total = math.log(total)
    weights = {count: math.log(count) - log_total for count in set(counts.values()) if count}
    return Frequencies({word: weights[count] for word, count in counts.items() if count}, -log_total)


def _keep(path: Path, frequencies: Frequencies) -> None:
    """Write the file in one go, as another process may be reading or writing it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        unfinished = Path(file.name)
        try:
            marshal.dump((frequencies.weights, frequencies.unknown), file)
            file.flush()
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
