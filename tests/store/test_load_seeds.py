import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from app.database import for_writing, make_engine, migrate
from app.errors import LexiconError
from app.lexicon import SEEDS
from app.store.articles import save
from app.store.seeds import load_seeds
from app.tables import Region, RegionAlias, RegionAncestor, Theme, ThemeAlias
from tests.store.drafts import Draft


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds to change."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(SEEDS / "themes.toml", tmp_path / "seeds")
    shutil.copytree(SEEDS / "regions", tmp_path / "seeds/regions")
    return tmp_path / "seeds"


def change(path: Path, was: str, now: str) -> None:
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), "utf-8")


def regions_called(session: Session, name: str) -> set[str]:
    return set(session.exec(select(RegionAlias.region_code).where(RegionAlias.alias == name)))


def above(session: Session, code: str) -> dict[str, int]:
    found = session.exec(select(RegionAncestor).where(RegionAncestor.region_code == code))
    return {each.ancestor_code: each.depth for each in found}


def test_an_empty_database_is_filled(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/jianyan.db")
    migrate(engine)
    assert load_seeds(engine) is True
    with Session(engine) as session:
        assert session.get_one(Region, "510100").name == "成都市"
        assert session.get_one(Theme, "5g").name_zh == "5G与信息通信"


def test_loading_again_writes_nothing(engine: Engine) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert load_seeds(engine) is False
    assert {statement.split()[0] for statement in statements} <= {"SELECT", "BEGIN"}


def test_a_theme_is_found_by_code_and_by_each_of_its_names(session: Session) -> None:
    named = session.exec(select(ThemeAlias.alias).where(ThemeAlias.theme_code == "automotive")).all()
    assert {"automotive", "汽车产业", "Automotive industry", "汽车"} <= set(named)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("重庆", {"500000"}),
        ("渝", {"500000"}),
        ("吉林", {"220000"}),
        ("朝阳区", {"110105", "220104"}),
        ("510100", set()),
    ],
)
def test_a_region_is_found_by_what_its_name_most_likely_means(
    session: Session, name: str, codes: set[str]
) -> None:
    assert regions_called(session, name) == codes


def test_a_region_lies_in_itself_its_province_and_the_blocs_that_span_it(session: Session) -> None:
    depths = above(session, "510104")
    assert {code: depths[code] for code in ("510104", "510100", "510000")} == {
        "510104": 0,
        "510100": 1,
        "510000": 2,
    }
    assert "chengyu" in depths
    assert "chengyu" not in above(session, "110000")


def test_changed_seeds_change_the_tables(engine: Engine, seeds: Path) -> None:
    change(seeds / "themes.toml", 'zh = "5G与信息通信"', 'zh = "通信与5G"')
    change(seeds / "themes.toml", 'aliases = ["汽车", "车"', 'aliases = ["机动车"')
    assert load_seeds(engine, seeds) is True
    with Session(engine) as session:
        assert session.get_one(Theme, "5g").name_zh == "通信与5G"
        aliases = set(session.exec(select(ThemeAlias.alias)))
    assert "机动车" in aliases
    assert "汽车" not in aliases
    assert load_seeds(engine, seeds) is False


def test_a_theme_gone_from_the_seeds_stays_only_while_findings_have_it(engine: Engine, seeds: Path) -> None:
    text = "陈放建议建5G基站。"
    draft = Draft(text).person("陈放").proposal(text, "陈放", themes=["5g"])
    with Session(for_writing(engine)) as session:
        save(session, draft.raw, draft.extraction)
        session.commit()
    change(seeds / "themes.toml", 'code = "5g"', 'code = "telecom-5g"')
    change(seeds / "themes.toml", 'code = "automotive"', 'code = "cars"')
    load_seeds(engine, seeds)
    with Session(engine) as session:
        codes = set(session.exec(select(Theme.code)))
    assert {"5g", "telecom-5g", "cars"} <= codes
    assert "automotive" not in codes


def test_broken_seeds_change_nothing(engine: Engine, seeds: Path) -> None:
    change(seeds / "themes.toml", 'code = "5g"', 'kode = "5g"')
    with pytest.raises(LexiconError, match=r"themes\.toml"):
        load_seeds(engine, seeds)
    assert load_seeds(engine) is False
