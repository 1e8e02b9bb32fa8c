"""How fast articles are imported: by the script itself, and each stage alone in this process.

Seconds of stages are processor seconds, so that other work on the machine counts little; those of imports are
by the clock.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Engine, inspect, text
from sqlmodel import Session

from app.database import for_writing, make_engine, make_roomy, migrate
from app.importers import records
from app.ingest.conductor import MEGABYTES
from app.ingest.preparing import NUMBER, load_extract
from app.settings import REPOSITORY, Settings
from app.store import batches as store
from app.store.articles import save_all
from app.store.drafts import Draft, draft
from app.store.seeds import load_seeds
from scripts.benchmarks.corpus import SEED, articles

SCRIPT = REPOSITORY / "scripts" / "ingest.py"
EDGE = 1000
"""Articles at either end of an import whose costs are compared, or a quarter of all if these are fewer."""
FINDINGS = (
    *("proposal", "proposal_speaker", "proposal_theme", "proposal_region", "metric", "metric_theme"),
    *("metric_region", "actor", "actor_alias", "actor_mention", "position"),
)
"""The tables whose rows say what was found; those of other tables are there for searching them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage costs an article; `rate` is articles, `characters` characters a second."""

    name: str
    milliseconds: float
    rate: float
    characters: float


@dataclass(frozen=True, slots=True)
class Run:
    """An import by the script; `growth` is the time of the last EDGE articles over that of the first.

    `peak_megabytes` is the most memory the main process held, None where the system does not tell.
    """

    workers: int
    database: str
    articles: int
    seconds: float
    rate: float
    growth: float
    peak_megabytes: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; rates are per second, `findings` and `rows` those of the writing alone."""

    articles: int
    characters: int
    megabytes: float
    stages: list[Stage]
    findings: float
    rows: float
    runs: list[Run]

    def document(self) -> dict[str, Any]:
        return asdict(self)


def measure(number: int, workers: Sequence[int], folder: Path, sample: int = 2000) -> Figures:
    """Import so many articles anew for each number of workers, then some more into what is full."""
    folder.mkdir(parents=True, exist_ok=True)
    source = corpus(folder, number, SEED)
    further = corpus(folder, min(number, 2 * EDGE), SEED + 1)
    stages, findings, rows = _stages(source, min(sample, number), folder)
    runs = []
    for each in workers:
        database = folder / f"ingest_{number}_{each}.db"
        remove(database)
        runs.append(_run(source, number, each, database, "empty"))
        runs.append(_run(further, min(number, 2 * EDGE), each, database, f"of {number:,}"))
        remove(database)
    size = source.stat().st_size
    characters = sum(len(each.text) for each in articles(number))
    return Figures(number, characters, size / 1_000_000, stages, findings, rows, runs)


def corpus(folder: Path, number: int, seed: int) -> Path:
    """A .jsonl file of the articles."""
    path = folder / f"articles_{number}_{seed}.jsonl"
    if not path.exists():
        draft_path = path.with_suffix(".part")
        with draft_path.open("w", encoding="utf-8") as file:
            for each in articles(number, seed):
                record = {"text": each.text, "published_on": str(each.published_on), "source": each.source}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        draft_path.rename(path)
    return path


# --- stages


def _stages(source: Path, number: int, folder: Path) -> tuple[list[Stage], float, float]:
    """The stages in this process, and how many findings and rows the writing makes a second."""
    clock = _Clock(number)
    with source.open("rb") as file:
        lines = list(islice(file, number))
    raws = clock.timed("read", lambda: [records.read(line, "bench") for line in lines])
    extract = load_extract(Settings().data_dir)
    found = clock.timed("extract", lambda: [extract(raw.text) for raw in raws])
    drafts = clock.timed("check", lambda: [draft(*each) for each in zip(raws, found, strict=True)])
    database = folder / "stages.db"
    remove(database)
    engine = make_engine(f"sqlite:///{database}")
    migrate(engine)
    load_seeds(engine)
    before = _rows(engine)
    with _Watch(store, ("write_findings",)) as resolving:
        clock.timed("resolve and write", lambda: _write(engine, drafts))
    clock.split("resolve and write", "resolve", resolving.seconds)
    added = {table: rows - before[table] for table, rows in _rows(engine).items()}
    seconds = clock.seconds["resolve"] + clock.seconds["write"]
    findings = sum(added[table] for table in FINDINGS)
    engine.dispose()
    remove(database)
    characters = sum(len(raw.text) for raw in raws)
    return clock.stages(characters), findings / seconds, sum(added.values()) / seconds


def _write(engine: Engine, drafts: Sequence[Draft]) -> None:
    for start in range(0, len(drafts), NUMBER):
        with Session(for_writing(engine)) as session:
            make_roomy(session.connection(), MEGABYTES)
            save_all(session, drafts[start : start + NUMBER])
            session.commit()


def _rows(engine: Engine) -> dict[str, int]:
    tables = [name for name in inspect(engine).get_table_names() if "_pieces" not in name]
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables
        }


class _Clock:
    """Processor seconds of stages over so many articles."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, work: Any) -> Any:
        started = process_time()
        result = work()
        self.seconds[name] = process_time() - started
        return result

    def split(self, name: str, part: str, seconds: float) -> None:
        """Tell a part of a stage by itself, and the rest by the last word of its name."""
        whole = self.seconds.pop(name)
        self.seconds |= {part: seconds, name.rpartition(" ")[2]: whole - seconds}

    def stages(self, characters: int) -> list[Stage]:
        return [
            Stage(name, 1000 * seconds / self.number, self.number / seconds, characters / seconds)
            for name, seconds in self.seconds.items()
        ]


class _Watch:
    """Adds up the seconds in functions of a module while the block runs."""

    def __init__(self, module: Any, names: Sequence[str]) -> None:
        self.seconds = 0.0
        self._module = module
        self._former = {name: getattr(module, name) for name in names}

    def __enter__(self) -> "_Watch":
        for name, function in self._former.items():
            setattr(self._module, name, self._watched(function))
        return self

    def __exit__(self, *_: object) -> None:
        for name, function in self._former.items():
            setattr(self._module, name, function)

    def _watched(self, function: Any) -> Any:
        def watched(*args: Any, **kwargs: Any) -> Any:
            started = process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += process_time() - started

        return watched


# --- whole imports


def _run(source: Path, number: int, workers: int, database: Path, state: str) -> Run:
    """The script's import, its report read as it comes."""
    command = [sys.executable, SCRIPT, source, "--json", "--workers", str(workers)]
    started = perf_counter()
    with subprocess.Popen(
        [*map(str, command), "--database", f"sqlite:///{database}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        peak = _Peak(process.pid)
        peak.start()
        told = threading.Thread(target=process.stderr.read)
        told.start()
        times = [perf_counter() for _ in process.stdout]
    seconds = perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return Run(workers, state, number, seconds, number / seconds, _growth(times), peak.megabytes)


def _growth(times: Sequence[float]) -> float:
    """Of the time between reports of the last articles over that of the first; batches come at once.

    The first batch is left out, as the processes start with it.
    """
    edge = min(EDGE, len(times) // 4)
    skip = min(2 * NUMBER, len(times) - 2 * edge)
    first = times[skip + edge - 1] - times[skip - 1 if skip else 0]
    last = times[-1] - times[-1 - edge]
    return last / first if first > 0 else 1.0


class _Peak(threading.Thread):
    """Watches how much memory a process held at most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status = Path(f"/proc/{pid}/status")  # on Linux
        self._ended = threading.Event()
        self.megabytes: float | None = None

    def run(self) -> None:
        while not self._ended.wait(0.1):
            try:
                lines = self._status.read_text().splitlines()
            except OSError:
                return
            found = next((line for line in lines if line.startswith("VmHWM")), None)
            self.megabytes = int(found.split()[1]) / 1000 if found else self.megabytes


def remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def table(figures: Figures) -> Iterator[str]:
    """The figures as lines for a terminal."""
    yield f"{figures.articles:,} articles, {figures.characters:,} characters, {figures.megabytes:.1f} MB"
    yield f"{'stage':12}{'ms an article':>15}{'articles/s':>12}{'characters/s':>14}"
    for stage in figures.stages:
        yield f"{stage.name:12}{stage.milliseconds:15.2f}{stage.rate:12,.0f}{stage.characters:14,.0f}"
    yield f"writing: {figures.findings:,.0f} findings and {figures.rows:,.0f} rows a second"
    heads = "".join(f"{name:>12}" for name in ("articles", "seconds", "articles/s"))
    yield f"{'workers':12}{'database':>15}{heads}{'growth':>8}{'MB':>6}"
    for run in figures.runs:
        memory = f"{run.peak_megabytes:6.0f}" if run.peak_megabytes else "     ?"
        yield (
            f"{run.workers:<12}{run.database:>15}{run.articles:12,}{run.seconds:12.1f}{run.rate:12,.0f}"
            f"{run.growth:8.2f}{memory}"
        )
