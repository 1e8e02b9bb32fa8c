"""Readers are answered while articles come in. How soon is measured by `bench.py beside`."""

import asyncio
import json
import threading
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scripts.benchmarks.beside import importing
from scripts.benchmarks.corpus import SEED
from scripts.benchmarks.ingest import corpus
from scripts.benchmarks.load import request
from scripts.benchmarks.paced import paced
from scripts.benchmarks.server import application, get

LIST = "/api/v1/proposals"
ASKED = [
    *(f"{LIST}?theme={theme}" for theme in ("5g", "automotive", "funding", "basic-research")),
    *(f"{LIST}?region=chengyu", f"{LIST}?facets=theme,speaker", f"{LIST}?{urlencode({'q': '建设'})}"),
    *("/api/v1/people", "/api/v1/institutions?theme=funding", "/api/v1/metrics", "/api/v1/articles"),
    *("/api/v1/stats/timeline", "/api/v1/coverage", "/api/v1/imports", "/readyz"),
]


@pytest.mark.parametrize(
    ("articles", "rate"), [(120, 50.0), pytest.param(5000, 200.0, marks=pytest.mark.long)]
)
def test_every_request_is_answered_while_an_import_runs(tmp_path: Path, articles: int, rate: float) -> None:
    database = tmp_path / "jianyan.db"
    with importing(corpus(tmp_path, 8, SEED + 1), database):
        pass
    with application(f"sqlite:///{database}", LIST) as server:
        walks = _Walks(server.port)
        with importing(corpus(tmp_path, articles, SEED), database) as process:
            walks.start()
            answers = asyncio.run(
                paced(server.port, cycle(map(request, ASKED)), rate, lambda: process.poll() is not None)
            )
        walks.stop()
        _, last = get(server.port, "/api/v1/articles?limit=1")
    # Each was asked, however fast the import was; an answer that is no 200 would have ended this.
    assert len(answers.latencies) >= len(ASKED)
    assert json.loads(last)["total"] == articles + 8
    assert walks.totals == sorted(walks.totals)
    assert walks.faults == []


class _Walks(threading.Thread):
    """Goes through all proposals page by page, again and again; `faults` are ids that came twice on a way."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.totals: list[int] = []
        self.faults: list[object] = []
        self._port = port
        self._over = threading.Event()

    def run(self) -> None:
        try:
            while not self._over.wait(0.2):
                self._walk()
        except Exception as error:
            self.faults.append(error)

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _walk(self) -> None:
        path, seen, total = f"{LIST}?limit=200", [], 0
        while path:
            status, body = get(self._port, path)
            assert status == 200, body
            page = json.loads(body)
            total = total or page["total"]
            seen += [item["id"] for item in page["items"]]
            path = page["next"] and "/api" + page["next"].partition("/api")[2]
        self.totals.append(total)
        if len(seen) != len(set(seen)) or len(seen) < total:
            self.faults.append((total, sorted(seen)))
