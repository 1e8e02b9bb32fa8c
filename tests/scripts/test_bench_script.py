"""scripts/bench.py as a process, over a text of the smallest size; how fast it is, is no test's matter."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from scripts.benchmarks.api import Route, grown
from scripts.benchmarks.corpus import articles
from scripts.benchmarks.extraction import renamed
from scripts.benchmarks.load import LoadError, Measured, load, requests, run
from scripts.benchmarks.questions import ROUTES

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bench.py"
EXTRACT = ("extract", "--megabytes", "0.01")
API = ("api", "--seconds", "0.1")


def bench(cache: Path, *arguments: str, fails: bool = False) -> str:
    """What the finished process printed; what it said of its failure, if it is to fail."""
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        env={**os.environ, "JIANYAN_DATA_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert bool(done.returncode) is fails, done.stderr
    return done.stderr if fails else done.stdout


def test_the_figures_are_one_json_object_that_agrees_with_itself(jieba_cache: Path) -> None:
    figures = json.loads(bench(jieba_cache, *EXTRACT, "--json"))
    assert min(figures.values()) > 0
    assert 0.01 <= figures["megabytes"] < 0.1
    assert figures["ratio"] * figures["jieba_rate"] == pytest.approx(figures["extract_rate"])
    assert figures["extract_rate"] * figures["extract_seconds"] == pytest.approx(figures["characters"])
    assert figures["whole_rate"] < figures["extract_rate"]


def test_the_table_has_a_line_for_each_figure(jieba_cache: Path) -> None:
    lines = bench(jieba_cache, *EXTRACT).splitlines()
    names = [line[:22].strip() for line in lines[2:]]
    assert names == ["extraction", "with load", "jieba.cut", "load", "imports before", "peak memory"]


def test_copies_of_an_article_are_of_other_people() -> None:
    text, names = "高山说,李水也说。高山又说。", ["高山", "李水"]
    assert renamed(text, names, 0) == text
    copies = {renamed(text, names, copy) for copy in range(45)}
    assert len(copies) == 45
    for copy in copies - {text}:
        assert (copy[0], copy[2:5], copy.count(copy[:2])) == ("高", "说,李", 2)


def test_an_import_is_measured_by_stages_and_as_a_whole(jieba_cache: Path, tmp_path: Path) -> None:
    command = ("ingest", "--articles", "24", "--workers", "1", "--folder", str(tmp_path), "--json")
    figures = json.loads(bench(jieba_cache, *command))
    assert [stage["name"] for stage in figures["stages"]] == ["read", "extract", "check", "resolve", "write"]
    for stage in figures["stages"]:
        assert stage["rate"] * stage["milliseconds"] == pytest.approx(1000)
    assert [(run["database"], run["articles"]) for run in figures["runs"]] == [("empty", 24), ("of 24", 24)]
    assert figures["rows"] > figures["findings"] > 0
    assert [path.suffix for path in tmp_path.iterdir()] == [".jsonl", ".jsonl"], "databases are gone"


def test_articles_to_import_are_distinct_and_the_same_every_time() -> None:
    made = list(articles(50))
    assert len({each.text for each in made}) == 50
    assert made == list(articles(50))
    assert not {each.text for each in articles(50, seed=1)} & {each.text for each in made}


def test_the_figures_of_the_api_agree_with_themselves(tmp_path: Path) -> None:
    figures = json.loads(bench(tmp_path, *API, "--rows", "300", "--json"))
    assert (figures["rows"], list(figures["sizes"])) == (300, ["300"])
    assert figures["routes"] == figures["sizes"]["300"]["routes"]
    assert list(figures["routes"]) == list(ROUTES)
    assert min(figures["reference_rps"], figures["memory_mb"], figures["first_answer_seconds"]) > 0
    for name, route in figures["routes"].items():
        assert route["ratio"] * figures["reference_rps"] == pytest.approx(route["rps"]), name
        assert 0 < route["p50_ms"] <= route["p99_ms"], name
        assert (route["sql_ms"] > 0) is (name not in ("tagged", "bare")), name
        assert route["sql_ms"] <= route["first_ms"], name
    assert 0 < figures["mixed"]["p50_ms"] <= figures["mixed"]["p99_ms"]


def test_growth_is_the_median_of_each_size_over_that_of_the_smallest() -> None:
    few, many = (
        {"list": Route(*each, 1.0, 0.5, 8)} for each in ((90.0, 2.0, 9.0, 4.0), (30.0, 5.0, 9.0, 6.0))
    )
    assert grown(few, few)["list"].growth == 1
    assert grown(many, few) == {"list": replace(many["list"], growth=2.5, first_growth=1.5)}


def test_growth_is_that_of_the_sql_where_only_one_size_was_measured_one_at_a_time() -> None:
    few = {"facets": Route(1.0, 800.0, 900.0, 110.0, 100.0, 0.5, in_flight=8)}
    many = {"facets": Route(0.1, 9000.0, 9900.0, 8800.0, 8000.0, 0.05, in_flight=1)}
    assert grown(many, few)["facets"].growth == 80


def test_an_answer_that_is_not_a_200_is_told_with_its_text() -> None:
    refused = Answering(b"HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\n\r\nno such")
    with pytest.raises(LoadError, match=r"/api: HTTP/1\.1 404 Not Found\s+content-length: 7\s+no such"):
        run(refused.load())


def test_answers_are_counted_whether_they_say_how_long_they_are_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticking = count(step=0.002)  # a look at the clock takes so long, however long it took
    monkeypatch.setattr("scripts.benchmarks.load.perf_counter", lambda: next(ticking))
    for answer in (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ):
        answering = Answering(answer)
        measured = run(answering.load())
        assert len(measured.latencies) == answering.asked > 2
        assert measured.rps * measured.seconds == pytest.approx(answering.asked)


def test_the_percentile_is_the_time_within_which_so_many_came() -> None:
    measured = Measured([0.004, 0.001, 0.003, 0.002], 1.0)
    assert [measured.percentile(share) for share in (0.0, 0.5, 0.99)] == [1, 3, 4]


class Answering:
    """A server that sends the same bytes for every request, in two pieces; `asked` counts them."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.asked = 0

    async def load(self) -> Measured:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        async with server:
            return await load(server.sockets[0].getsockname()[1], requests(["/api"]), 2, 0.05)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            while (await reader.readline()).strip():
                pass
            self.asked += 1
            writer.write(self.answer[:30])
            await asyncio.sleep(0.001)
            writer.write(self.answer[30:])
        writer.close()


def test_a_number_of_rows_that_is_none_is_told(tmp_path: Path) -> None:
    assert "--rows: 1 or more" in bench(tmp_path, *API, "--rows", "10,0", fails=True)


def test_a_peer_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    said = bench(tmp_path, *API, "--peer", "datasette", "--database", "postgresql://localhost/x", fails=True)
    assert said == "--peer datasette: it reads SQLite files only; leave out --database\n"
