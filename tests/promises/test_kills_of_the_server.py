"""What a server answered is so, at whichever moment it is killed."""

import random
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.database import for_writing
from app.extraction.pipeline import VERSION, Extractor
from app.store.keys import add_key
from app.store.saved import Counts
from app.tables import Article
from tests.conftest import seed
from tests.databases import Databases
from tests.importing import imported
from tests.promises import newspapers
from tests.promises.killing import opened, settle, url_of
from tests.promises.soundness import assert_sound, counts_by_text
from tests.promises.victims import Order, Victim, Victims
from tests.test_served import PATIENCE, port_told_in

ARTICLES = 30


@dataclass
class Client:
    """Sends articles and deletes some, as long as it is answered, and remembers what was."""

    key: str
    sent: int = 0
    stored: dict[int, Counts] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    def work(self, port: int, chance: random.Random) -> None:
        """Until there is no answer any more: what was asked for last is then done, or not."""
        base = f"http://127.0.0.1:{port}/api/v1/"
        with httpx.Client(base_url=base, headers={"X-API-Key": self.key}, timeout=PATIENCE) as http:
            try:
                while True:
                    if len(self.stored) > ARTICLES // 2 or (self.stored and chance.random() < 0.3):
                        self._delete(http, chance.choice(sorted(self.stored)))
                    else:
                        self._send(http)
            except httpx.TransportError:
                return

    def _send(self, http: httpx.Client) -> None:
        text = newspapers.text_of(self.sent % ARTICLES)
        self.sent += 1
        # It may come back, whether that is answered or not.
        self.deleted.discard(sha256(text.encode()).hexdigest())
        answer = http.post("articles", json={"text": text, "published_on": "2024-03-01"})
        assert answer.status_code in (200, 201), answer.text
        body = answer.json()
        self.stored[body["id"]] = Counts(**{name: body["counts"][name] for name in Counts.__slots__})
        self.texts[body["id"]] = sha256(text.encode()).hexdigest()

    def _delete(self, http: httpx.Client, id: int) -> None:
        del self.stored[id]  # whether it is there is not known until it is answered
        answer = http.delete(f"articles/{id}")
        assert answer.status_code == 204, answer.text
        self.deleted.add(self.texts[id])  # its id may be another article's next, of which nobody was told

    def assert_so(self, engine: Engine) -> None:
        """All that was answered is as it was answered."""
        with Session(engine) as session:
            ids = dict(session.exec(select(Article.id, Article.sha256)).all())
        counts = counts_by_text(engine)
        assert {id: counts[ids[id]] for id in self.stored} == self.stored
        assert self.deleted.isdisjoint(counts)


def served(url: str, folder: Path, victims: Victims, die_at: int | None) -> tuple[Victim, int]:
    """A server, and where it listens."""
    environ = {"JIANYAN_DATABASE_URL": url}
    order = Order("serve", ["127.0.0.1", "0"], str(folder / "served"), environ, die_at=die_at)
    return victims.begin(order), port_told_in(Path(f"{order.told}.out"))


@pytest.mark.parametrize("rounds", [4, pytest.param(40, marks=pytest.mark.long)])
def test_an_answer_is_true_whenever_the_server_that_gave_it_is_killed(
    databases: Databases, victims: Victims, extractor: Extractor, tmp_path: Path, rounds: int
) -> None:
    news = newspapers.write(tmp_path / "news.jsonl", range(ARTICLES))
    with opened(databases.filled(seed)) as engine:
        imported(engine, [news], extractor.extract, VERSION)
        possible = counts_by_text(engine)
    with opened(databases.filled(seed)) as engine:
        imported(engine, [newspapers.write(tmp_path / "first.jsonl", [0])], extractor.extract, VERSION)
        with Session(for_writing(engine)) as session:
            key = add_key(session, "newsroom")
            session.commit()
        client = Client(key)
        for number in range(rounds):
            chance = random.Random(number)
            die_at = chance.randint(150, 900) if number % 2 else None
            victim, port = served(url_of(engine), tmp_path, victims, die_at)
            timer = threading.Timer(chance.uniform(0.1, 2), victim.kill) if die_at is None else None
            if timer:
                timer.start()
            client.work(port, chance)
            assert victim.ended() < 0, victim.said()
            settle(engine)
            client.assert_so(engine)
            assert counts_by_text(engine).items() <= possible.items(), "half stored"
            assert_sound(engine)
        assert client.stored
        assert client.deleted
