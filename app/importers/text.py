"""Plain text: the whole file is the article."""

from app.importers.article import RawArticle
from app.importers.encodings import decode


def read(data: bytes, name: str) -> RawArticle:
    """The article in a .txt file's bytes. Raises SourceError."""
    return RawArticle(decode(data, name), name)
