"""What must be true of every database at every moment, whatever happened to who wrote it."""

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, select

from app.database import for_writing
from app.store.saved import Counts, counts_of
from app.store.verification import Verification
from app.tables import Article
from tests.store.test_postings import are_as_made_anew

_UNNAMED = """
SELECT count(*) FROM actor WHERE merged_into IS NULL
    AND id NOT IN (SELECT actor_id FROM actor_mention)
    AND id NOT IN (SELECT actor_id FROM proposal_speaker)
    AND id NOT IN (SELECT person_id FROM position)
    AND id NOT IN (SELECT institution_id FROM position WHERE institution_id IS NOT NULL)
"""
_MISCOUNTED = """
SELECT run_id, outcome, count(*) FROM import_outcome GROUP BY run_id, outcome
"""


def assert_sound(engine: Engine) -> None:
    """The file is whole, every finding has its article and stands in it, and lists are what they must be."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            _assert_file_is_sound(connection)
    with Session(engine) as session:
        assert list(Verification(session).flaws()) == []
        assert session.connection().scalar(text(_UNNAMED)) == 0
        _assert_runs_are_counted(session.connection())
    with Session(for_writing(engine)) as session:  # whose writing goes with it
        assert are_as_made_anew(session)


def counts_by_text(engine: Engine) -> dict[str, Counts]:
    """How much was found in each article, by the hash of its text."""
    with Session(engine) as session:
        ids = dict(session.exec(select(Article.id, Article.sha256)).all())
        counts = counts_of(session, ids)
        return {sha256: counts[id] for id, sha256 in ids.items()}


def _assert_file_is_sound(connection: Connection) -> None:
    assert connection.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
    assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    names = connection.scalars(text("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")).all()
    assert names
    for name in names:  # raises where it is not sound
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"))


def _assert_runs_are_counted(connection: Connection) -> None:
    """Each run tells as many outcomes of each kind as it has."""
    from app.tables import ImportRun

    counted: dict[int, dict[str, int]] = {}
    for run, outcome, number in connection.execute(text(_MISCOUNTED)):
        counted.setdefault(run, {})[outcome] = number
    rows = connection.execute(select(ImportRun.id, ImportRun.counts))
    assert {id: counts for id, counts in rows if counts} == counted
