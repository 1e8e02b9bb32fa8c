"""Included lists over HTTP: in the envelope of lists, with the address where the list itself goes on."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import URL

from app.queries.parts import Part
from app.queries.rows import Item
from app.routers.deps import enveloped
from app.schemas.shape import Shape

S = TypeVar("S", bound=Shape)


def detailed(shape: type[S], item: Item, lists: Mapping[str, URL]) -> S:
    """The item in its shape; `lists` are the addresses of the lists that it may include, by part."""
    parts = {
        name: enveloped(part.page, _address(part, lists[name]))
        for name, part in item.items()
        if isinstance(part, Part)
    }
    return shape.model_validate(item | parts)


def _address(part: Part, address: URL) -> URL:
    """Where the list answers with this part."""
    return address.replace(query=urlencode(part.query.model_dump(exclude_unset=True), doseq=True))
