"""Articles fetched by their address, from the public internet only."""

from functools import partial

from app.errors import SourceError, UnsupportedSourceError
from app.importers import formats
from app.importers.article import RawArticle
from app.importers.web.addresses import is_public
from app.importers.web.asking import Terms, ask, follow
from app.importers.web.pages import judge, piece_of

__all__ = ["fetch", "is_public"]


def fetch(
    url: str, allow_private: bool = False, seconds: float = 15, most_bytes: int = 2_000_000
) -> RawArticle:
    """The article at an address that a person asks for; blocks for at most so many seconds.

    They are for the whole fetch, from the first look-up to the last byte, of which there are at most
    `most_bytes`. `allow_private` lets it come from this machine and from private networks. Raises
    SourceError, which is an UnsupportedSourceError for what is of no known format.
    """
    terms = Terms(
        allow_private, seconds, most_bytes, judge=lambda media_type: judge(media_type, url, known=set())
    )
    try:
        answer = follow(url, terms, partial(ask, name=url, terms=terms))
        if answer.status != 200:
            raise SourceError(url, answer.said)
        piece = piece_of(answer, url)
    except UnsupportedSourceError as error:
        raise UnsupportedSourceError(url, f"{error.reason}; post the article's text instead") from error
    return formats.read(piece)
