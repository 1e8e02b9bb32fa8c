"""scripts/bench.py as a process, over a text of the smallest size; how fast it is, is no test's matter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.benchmarks.extraction import renamed

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bench.py"


def bench(cache: Path, *arguments: str) -> str:
    """What the finished process printed."""
    done = subprocess.run(
        [sys.executable, SCRIPT, "extract", "--megabytes", "0.01", *arguments],
        env={**os.environ, "JIANYAN_DATA_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_figures_are_one_json_object_that_agrees_with_itself(jieba_cache: Path) -> None:
    figures = json.loads(bench(jieba_cache, "--json"))
    assert min(figures.values()) > 0
    assert 0.01 <= figures["megabytes"] < 0.1
    assert figures["ratio"] * figures["jieba_rate"] == pytest.approx(figures["extract_rate"])
    assert figures["extract_rate"] * figures["extract_seconds"] == pytest.approx(figures["characters"])
    assert figures["whole_rate"] < figures["extract_rate"]


def test_the_table_has_a_line_for_each_figure(jieba_cache: Path) -> None:
    lines = bench(jieba_cache).splitlines()
    names = [line[:22].strip() for line in lines[2:]]
    assert names == ["extraction", "with load", "jieba.cut", "load", "imports before", "peak memory"]


def test_copies_of_an_article_are_of_other_people() -> None:
    text, names = "高山说,李水也说。高山又说。", ["高山", "李水"]
    assert renamed(text, names, 0) == text
    copies = {renamed(text, names, copy) for copy in range(45)}
    assert len(copies) == 45
    for copy in copies - {text}:
        assert (copy[0], copy[2:5], copy.count(copy[:2])) == ("高", "说,李", 2)
