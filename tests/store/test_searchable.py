"""Search columns of rows that an older version wrote are filled at the next start."""

from sqlalchemy import Engine, text
from sqlmodel import Session

from app.database import for_writing
from app.store.articles import save
from app.store.searchable import make_searchable
from tests.builders import Library
from tests.store.drafts import Draft

EMPTY = (
    "UPDATE proposal SET search_text = ''",
    "UPDATE article SET search_text = ''",
    "UPDATE metric SET search_text = ''",
    "UPDATE actor_alias SET search_text = '', pinyin = ''",
)
COLUMNS = (
    "SELECT search_text FROM proposal",
    "SELECT search_text FROM article",
    "SELECT search_text FROM metric",
    "SELECT search_text || pinyin FROM actor_alias ORDER BY alias",
)


def columns(engine: Engine) -> list[list[str]]:
    with Session(engine) as session:
        return [[row[0] for row in session.execute(text(select))] for select in COLUMNS]


def test_rows_without_search_text_get_what_new_rows_have(engine: Engine) -> None:
    library = Library(engine)
    article = library.article(text="建議共建５Ｇ走廊。", title="兩地共建")
    library.proposal(article, [library.person("單雪梅", "老单")], text="建議共建５Ｇ走廊。")
    library.metric(article)
    written = columns(engine)
    with Session(for_writing(engine)) as session:
        for statement in EMPTY:
            session.execute(text(statement))
        session.commit()
    make_searchable(engine)
    assert columns(engine) == written
    assert written[0] == ["建议共建5g走廊。"]
    assert written[1] == ["两地共建\n建议共建5g走廊。"]
    assert "danxuemei" not in written[3][0]
    assert "shanxuemei" in written[3][0]


def test_articles_of_an_older_version_get_the_bands_that_an_import_gives(engine: Engine) -> None:
    sentence = "黄河委员建议,沿黄九省区统一黑土和湿地的保护标准。"
    with Session(for_writing(engine)) as session:
        draft = Draft(sentence).person("黄河").proposal(sentence, "黄河")
        save(session, draft.raw, draft.extraction)
        session.commit()
    written = bands(engine)
    with Session(for_writing(engine)) as session:
        for statement in ("DELETE FROM article_band", "DELETE FROM proposal_band"):
            session.execute(text(statement))
        session.execute(text("DELETE FROM data_version WHERE part = 'bands'"))
        session.commit()
    make_searchable(engine)
    assert bands(engine) == written
    assert all(written)


def bands(engine: Engine) -> list[list[tuple[int, int]]]:
    tables = ("article_band", "proposal_band")
    with Session(engine) as session:
        return [
            [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
            for table in tables
        ]
