"""The actors that stand for places."""

from sqlalchemy import select
from sqlmodel import Session, col

from app.store.names import key_of
from app.store.rows import Rows
from app.tables import Actor, ActorAlias
from app.vocabulary import ActorKind


class PlaceActors:
    """Looks actors of places up, each once, or adds them."""

    def __init__(self, session: Session, rows: Rows) -> None:
        self._session = session
        self._rows = rows
        self._known: dict[tuple[str | None, str], int] = {}

    def id_of(self, code: str | None, name: str) -> int:
        """The id of the one for the place of that code or, where it has none, of that name."""
        key = (code, "" if code else name)
        if key not in self._known:
            self._known[key] = self._find(code, name) or self._add(code, name)
        return self._known[key]

    def _find(self, code: str | None, name: str) -> int | None:
        is_it = (
            col(Actor.region_code) == code
            if code
            else (col(Actor.name) == name) & col(Actor.region_code).is_(None)
        )
        same = select(col(Actor.id)).where(col(Actor.kind) == ActorKind.REGION, is_it)
        return self._session.execute(same).scalars().first()

    def _add(self, code: str | None, name: str) -> int:
        id = self._rows.number(Actor)
        self._rows.add(Actor, id=id, kind=ActorKind.REGION, name=name, region_code=code)
        for alias in sorted({name, key_of(name)}):
            self._rows.add(ActorAlias, actor_id=id, alias=alias)
        return id
