"""The reference tables, kept as the seeds have them: themes and regions with all their names."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, FromClause, inspect
from sqlmodel import Session, SQLModel, col, delete, insert, select

from app.database import for_writing
from app.lexicon import SEEDS
from app.lexicon.regions import Gazetteer, load_gazetteer
from app.lexicon.themes import Theme as ThemeSeed
from app.lexicon.themes import load_themes
from app.store import postings
from app.store.names import key_of
from app.tables import (
    Actor,
    MetricRegion,
    MetricTheme,
    ProposalRegion,
    ProposalTheme,
    Region,
    RegionAlias,
    RegionAncestor,
    Theme,
    ThemeAlias,
)

Rows = set[tuple[object, ...]]
"""The rows of a table, their values in the order of its columns."""

_REFERENCES = {
    Theme: (ProposalTheme.theme_code, MetricTheme.theme_code),
    Region: (ProposalRegion.region_code, MetricRegion.region_code, Actor.region_code),
}


def load_seeds(engine: Engine, folder: Path = SEEDS) -> bool:
    """Bring the reference tables to what the seeds say; whether that took any change.

    Themes and regions that are gone from the seeds stay as long as a finding has them.
    Raises LexiconError.
    """
    wanted = _wanted(load_themes(folder / "themes.toml"), load_gazetteer(folder / "regions"))
    with Session(engine) as session:
        if all(_rows(session, model) == rows for model, rows in wanted.items()):
            return False
    with Session(for_writing(engine)) as session:
        for model, rows in wanted.items():
            update = _update_named if model in _REFERENCES else _rewrite
            update(session, model, rows)
        postings.make_anew(session)  # a region may lie elsewhere now
        session.commit()
    return True


def _wanted(themes: tuple[ThemeSeed, ...], gazetteer: Gazetteer) -> dict[type[SQLModel], Rows]:
    """What each table shall hold; tables that others refer to come first."""
    return {
        Theme: {(theme.code, theme.zh, theme.en, place) for place, theme in enumerate(themes)},
        Region: {(region.code, region.name, region.level) for region in gazetteer.by_code.values()},
        ThemeAlias: {
            (alias, theme.code)
            for theme in themes
            for alias in (theme.code, theme.zh, theme.en, *theme.aliases)
        },
        RegionAlias: set(_region_aliases(gazetteer)),
        RegionAncestor: set(_region_ancestors(gazetteer)),
    }


def _region_aliases(gazetteer: Gazetteer) -> Iterator[tuple[object, ...]]:
    """Each name with the places it means most likely: who asks for 吉林 means the province."""
    for name, readings in gazetteer.aliases.items():
        for reading in readings:
            if reading.strength == readings[0].strength:
                yield reading.code, name
                yield reading.code, key_of(name)


def _region_ancestors(gazetteer: Gazetteer) -> Iterator[tuple[object, ...]]:
    for code in gazetteer.by_code:
        depths = {code: 0}
        for above in gazetteer.ancestors(code):  # nearest first, so one below it has its depth already
            below = (depth for each, depth in depths.items() if above in gazetteer.by_code[each].parents)
            depths[above] = 1 + min(below)
        yield from ((code, above, depth) for above, depth in depths.items())


def _update_named(session: Session, model: type[SQLModel], wanted: Rows) -> None:
    """Insert, change and remove rows, without touching those that findings refer to more than needed."""
    table = _table(model)
    stored = {row[0]: row for row in _rows(session, model)}
    new = [row for row in wanted if row[0] not in stored]
    if new:
        session.execute(insert(model), [_named(table, row) for row in new])
    for row in wanted.difference(new, stored.values()):
        session.merge(model(**_named(table, row)))
    session.flush()
    gone = set(stored).difference(row[0] for row in wanted)
    for code in gone - _referred_to(session, model):
        session.execute(delete(model).where(table.c.code == code))


def _rewrite(session: Session, model: type[SQLModel], wanted: Rows) -> None:
    table = _table(model)
    session.execute(delete(model))
    session.execute(insert(model), [_named(table, row) for row in wanted])


def _referred_to(session: Session, model: type[SQLModel]) -> set[object]:
    """The codes that findings have."""
    return {code for column in _REFERENCES[model] for code in session.exec(select(col(column)).distinct())}


def _rows(session: Session, model: type[SQLModel]) -> Rows:
    return {tuple(row) for row in session.execute(select(*_table(model).columns))}


def _named(table: FromClause, row: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(table.columns.keys(), row, strict=True))


def _table(model: type[SQLModel]) -> FromClause:
    table: FromClause = inspect(model).local_table
    return table
