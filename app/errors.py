"""The error tree. Every error names the thing that is wrong and the way out; none knows HTTP."""


class JianyanError(Exception):
    """Root of every error we raise on purpose; `str(error)` is fit for a user to read."""


class SettingsError(JianyanError):
    """A setting is unknown or has an impossible value."""


class DatabaseError(JianyanError):
    """The database cannot be opened, is locked, damaged, or of another version."""


class BusyError(JianyanError):
    """Too much of one kind is going on at once; the message says when to try again."""


class TooManyError(JianyanError):
    """One client asks too often; it may again in `seconds`, a whole number."""

    def __init__(self, what: str, seconds: int) -> None:
        super().__init__(f"{what}; try again in {seconds} seconds")
        self.seconds = seconds


class TooSlowError(JianyanError):
    """A question takes the database longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"this takes the database more than {seconds:g} seconds and was stopped; ask for less: with more "
            "filters, fewer facets, or in pages"
        )


class ClusterError(JianyanError):
    """A cluster cannot be reached or cannot do the work, or one of its workers cannot."""


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

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str]]:
        return type(self), (self.source, self.reason)  # so that another process can tell it


class UnsupportedSourceError(SourceError):
    """A source is of a kind that no importer reads."""


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


class ConflictError(JianyanError):
    """A change does not go with what is stored."""


class MergedError(JianyanError):
    """A person was merged into another, whose id is `into`."""

    def __init__(self, person_id: int, into: int) -> None:
        super().__init__(f"person {person_id} was merged into {into}")
        self.into = into


class NoKeyError(JianyanError):
    """Nobody can write yet, as no key exists."""

    def __init__(self) -> None:
        super().__init__("writing needs a key and there is none yet; make one with scripts/keys.py add NAME")


class KeyRefusedError(JianyanError):
    """A write came without a key, or with one that does not work."""
