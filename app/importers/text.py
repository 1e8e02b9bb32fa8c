"""Plain text: the whole file is the article."""

from app.importers.article import RawArticle
from app.importers.encodings import decode


def read(data: bytes, name: str, declared: str | None = None) -> RawArticle:
    """The article in a .txt file's bytes; `declared` is what encoding a server states. Raises SourceError."""
    return RawArticle(decode(data, name, declared), name)
