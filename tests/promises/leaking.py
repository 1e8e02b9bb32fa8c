"""Uses the application again and again, and tells what the process holds meanwhile.

Called as `python -m tests.promises.leaking cycles|imports FOLDER ROUNDS`: nothing of pytest's is counted.
It writes one JSON array a line: after how many rounds, open files, threads, memory in bytes.
"""

import ctypes
import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from app.database import for_writing, make_engine
from app.importers.article import RawArticle
from app.ingest.conductor import ingest_article
from app.ingest.preparing import load_extract
from app.main import create_app
from app.settings import Settings
from app.store.keys import add_key
from tests.conftest import seed
from tests.web import TestClient

LOOKS = 11
"""How often it is looked at what the process holds: before the first round, then evenly."""
NAMES = "陈王李张刘杨黄赵吴周徐孙马朱胡郭何高林罗"
PLACES = ("四川省", "重庆市", "广东省", "福建省", "湖北省", "陕西省", "云南省", "江苏省")
AIMS = ("加快建设科学城", "发展数字经济", "保护长江生态", "改善农村教育", "建设跨省铁路")
PAGES = (
    *("/readyz", "/openapi.json", "/docs", "/internal/metrics", "/nowhere", "/api/v1/proposals"),
    *("/api/v1/people?name=chen", "/api/v1/themes?format=csv", "/api/v1/themes?format=xlsx"),
)


def main(kind: str, folder: Path, rounds: int) -> None:
    with KINDS[kind](folder) as use:
        use(0)  # what is made once and kept is made by now
        each = max(1, rounds // (LOOKS - 1))
        tell(0)
        for number in range(1, rounds + 1):
            use(number)
            if number % each == 0:
                tell(number)


def tell(number: int) -> None:
    gc.collect()
    # What is free is given back: what stays is held, and not only scattered over pages in use.
    ctypes.CDLL(None).malloc_trim(0)
    files = len(list(Path("/proc/self/fd").iterdir()))
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    print(json.dumps([number, files, threading.active_count(), memory]), flush=True)


@contextmanager
def cycles(folder: Path) -> Iterator[Callable[[int], None]]:
    """An application is made, started, asked all kinds of things and stopped."""
    settings = filled(folder)

    def use(_number: int) -> None:
        with TestClient(create_app(settings), raise_server_exceptions=False) as client:
            for page in PAGES:
                client.get(page)

    yield use


@contextmanager
def imports(folder: Path) -> Iterator[Callable[[int], None]]:
    """An article is imported: in turn by the conductor and over HTTP."""
    settings = filled(folder)
    engine = make_engine(settings.database_url)
    with Session(for_writing(engine)) as session:
        key = {"X-API-Key": add_key(session, "somebody")}
        session.commit()
    extract = load_extract(folder)
    with TestClient(create_app(settings)) as client:
        client.app.state.writer.loaded = extract

        def use(number: int) -> None:
            text = text_of(number)
            if number % 2:
                ingest_article(engine, RawArticle(text, f"{number}.txt"), extract)
            else:
                answer = client.post("/api/v1/articles", json={"text": text}, headers=key)
                assert answer.status_code == 201, answer.text

        yield use
    engine.dispose()


KINDS = {"cycles": cycles, "imports": imports}


def filled(folder: Path) -> Settings:
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder}/jianyan.db")
    engine = make_engine(settings.database_url)
    seed(engine)
    engine.dispose()
    return settings


def text_of(number: int) -> str:
    """An article of two sentences; names and figures are new again and again."""
    surname, given = NAMES[number % 20], chr(0x4E00 + number % 6000) + chr(0x5E00 + number * 7 % 3000)
    place, aim = PLACES[number % 8], AIMS[number % 5]
    return (
        f"{place}政协委员{surname}{given}建议,拿出{number + 2}亿元{aim}。\n"
        f"第{number}次会议上,{place}科技局表示,将支持{aim}。\n"
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
