"""What kinds of article there are, and what reads each."""

from collections.abc import Callable

from app.errors import UnsupportedSourceError
from app.importers import markdown, text
from app.importers.article import RawArticle
from app.importers.pieces import Piece

FORMATS: dict[str, Callable[[bytes, str], RawArticle]] = {"text": text.read, "markdown": markdown.read}
SUFFIXES: dict[str, str] = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
}
MEDIA_TYPES: dict[str, str] = {
    "text/plain": "text",
    **dict.fromkeys(("text/markdown", "text/x-markdown"), "markdown"),
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "html"),
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def read(piece: Piece) -> RawArticle:
    """The article of a piece. Raises SourceError."""
    importer = FORMATS.get(piece.format)
    if importer is None:
        raise UnsupportedSourceError(piece.name, f"is of format {piece.format}, which is not read")
    data = piece.path.read_bytes() if piece.path else piece.data or b""
    return importer(data, piece.name)
