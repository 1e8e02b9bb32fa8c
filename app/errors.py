"""The error tree. Every error names the thing that is wrong and the way out; none knows HTTP."""


class JianyanError(Exception):
    """Root of every error we raise on purpose; `str(error)` is fit for a user to read."""


class SettingsError(JianyanError):
    """A setting is unknown or has an impossible value."""


class DatabaseError(JianyanError):
    """The database cannot be opened, is locked, damaged, or of another version."""


class BusyError(JianyanError):
    """Too much of one kind is going on at once; the message says when to try again."""


class LexiconError(JianyanError):
    """A seeds file breaks its own rules; the message names file and entry."""


class SourceError(JianyanError):
    """A source cannot be read as an article.

    `source` is the path or address as the user gave it, `reason` a plain sentence.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EvidenceError(JianyanError):
    """A finding does not stand in its article's text where it says it does."""


class UnknownValueError(JianyanError):
    """A filter names something that does not exist; `nearest` holds the most similar known values."""

    def __init__(self, field: str, value: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"{field}: {value!r} is unknown{hint}")
        self.field = field
        self.value = value
        self.nearest = nearest


class NotFoundError(JianyanError):
    """A resource of that id does not exist."""

    def __init__(self, resource: str, key: object) -> None:
        super().__init__(f"no {resource} with id {key}")
        self.resource = resource
        self.key = key
