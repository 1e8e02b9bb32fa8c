import pytest

from app.queries.sources import shown_reason, shown_source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/srv/news/a.md", "a.md"),
        ("news/a.md", "a.md"),
        ("a.md", "a.md"),
        ("/srv/news/", "news"),
        ("C:\\news\\a.md", "a.md"),
        ("/", "/"),
        ("text sent by newsroom", "text sent by newsroom"),
        ("https://example.org/2024/a.html", "https://example.org/2024/a.html"),
        ("HTTPS://reader:s@cret@example.org/a?b=c@d", "HTTPS://example.org/a?b=c@d"),
        ("https://example.org/@reader/a", "https://example.org/@reader/a"),
        ("file:///srv/news/a.md", "a.md"),
    ],
)
def test_of_a_path_the_last_part_is_shown_and_an_address_without_its_login(source: str, shown: str) -> None:
    assert shown_source(source) == shown


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("No such file or directory: '/srv/my news/a.md'", "No such file or directory: 'a.md'"),
        ("cannot write /var/lib/jieba/cache now", "cannot write cache now"),
        ("cannot write C:\\jieba\\cache", "cannot write cache"),
        ("url must be like https://example.org/a/b", "url must be like https://example.org/a/b"),
        ("'https://me:secret@example.org/a' is gone", "'https://example.org/a' is gone"),
        (
            "hit a fault of this program, please report it: KeyError: 'a'\nin b.py",
            "hit a fault of this program, please report it",
        ),
        ("write to me@example.org/desk", "write to me@example.org/desk"),
        ("known are .txt and/or .md, 川/渝", "known are .txt and/or .md, 川/渝"),
    ],
)
def test_a_reason_is_told_without_the_servers_paths(reason: str, shown: str) -> None:
    assert shown_reason(reason) == shown
