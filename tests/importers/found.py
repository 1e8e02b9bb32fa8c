"""What sources lead to, as tests look at it."""

from dataclasses import replace

from app.errors import SourceError
from app.importers.options import Options
from app.importers.pieces import Piece
from app.importers.sources import find

TEXT = "襄阳市科技局负责人余望舒建议,加快建设汉江实验室。\n"
NEAR = Options(allow_private=True, seconds_between=0, seconds=60)
"""What lets tests ask a site on this machine, without rests and however slow it is."""


def found(*given: object, **chosen: object) -> list[Piece | SourceError]:
    """All that the sources lead to, by options that are those of NEAR but for those chosen."""
    return list(find(map(str, given), replace(NEAR, **chosen)))


def names(*given: object, **chosen: object) -> list[str]:
    """The names of the articles; fails where anything else is found."""
    pieces = found(*given, **chosen)
    assert [each for each in pieces if isinstance(each, SourceError)] == []
    return [each.name for each in pieces if isinstance(each, Piece)]


def refusal(*given: object, **chosen: object) -> SourceError:
    """The one error that the sources lead to."""
    (error,) = [each for each in found(*given, **chosen) if isinstance(each, SourceError)]
    return error
