"""When two names are written alike."""

# Loaded here, as whoever writes names loads this, and not with the first of them: that one holds the lock.
import pypinyin  # noqa: F401

from app.language.characters import read


def key_of(name: str) -> str:
    """The name without spaces, in half-width and simplified characters: 重慶（市）政协 → 重庆(市)政协."""
    return "".join(read(name).split())
