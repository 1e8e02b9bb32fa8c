"""Feeds and the pages they lead to, from a real web site on this machine."""

from datetime import date

import pytest

from app.errors import SourceError
from app.importers.pieces import Piece, Said
from tests.importers.found import TEXT, found, names, refusal
from tests.importers.site import PLAIN, Reply, Site

PAGE: Reply = (200, PLAIN, TEXT.encode())
RSS_TYPE = {"Content-Type": "application/rss+xml"}


def rss(*items: str) -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>汉江要闻</title>{body}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def atom(*entries: str) -> bytes:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>汉江要闻</title>{body}</feed>'.encode()


def articles(site: Site, feed: bytes, **headers: str) -> list[Piece]:
    """The articles of a feed at /news/feed; fails where anything else is found."""
    site.pages["/news/feed"] = (200, headers or RSS_TYPE, feed)
    pieces = found(f"{site.url}/news/feed")
    assert [each for each in pieces if isinstance(each, SourceError)] == []
    return [each for each in pieces if isinstance(each, Piece)]


def test_the_articles_of_a_feed_are_fetched_with_what_it_says_of_them(site: Site) -> None:
    site.pages |= {"/news/a": PAGE, "/b": (301, {"Location": "/c"}, b""), "/c": PAGE}
    first, second = articles(
        site,
        rss(
            "<title>会议 &lt;b&gt;召开&lt;/b&gt;\n了</title><link>a</link>"
            "<pubDate>Thu, 22 Oct 2020 08:30:00 +0800</pubDate><source url='http://x.example'>楚天报</source>",
            "<title>A &amp;amp; B</title><link>/b</link>",
        ),
    )
    address = f"{site.url}/news/a"
    assert (first.name, first.around) == (
        address,
        Said("会议 召开 了", "楚天报", date(2020, 10, 22), address),
    )
    assert (first.format, first.data) == ("text", TEXT.encode())
    assert (second.name, second.around) == (f"{site.url}/b", Said("A & B", url=f"{site.url}/c"))


def test_a_feed_with_endless_blanks_holds_nobody_up(site: Site) -> None:
    site.pages["/a"] = PAGE
    feed = rss("<link>/a</link>").replace(b"?><rss", b"?>" + b"\n" * 1_000_000 + b"<rss")
    assert [piece.name for piece in articles(site, feed)] == [f"{site.url}/a"]


def test_a_feed_that_is_longer_than_any_is_refused(site: Site) -> None:
    site.pages["/feed"] = (200, RSS_TYPE, rss("<link>/a</link>" + "x" * 2_000_000))
    assert "is a feed of more than 2 MB" in refusal(f"{site.url}/feed").reason


def test_atom_is_read_too(site: Site) -> None:
    site.pages |= {"/a": PAGE}
    (piece,) = articles(
        site,
        atom(
            "<title>会议</title><link href='/self' rel='self'/><link href='/a'/>"
            "<updated>2020-11-01T00:00:00Z</updated>"
            "<published>2020-10-22T20:00:00Z</published><source><title>楚天报</title></source>"
        ),
        **{"Content-Type": "application/atom+xml"},
    )
    assert piece.around == Said("会议", "楚天报", date(2020, 10, 23), f"{site.url}/a")


@pytest.mark.parametrize(
    "media_type", ["text/xml", "application/xml; charset=utf-8", "text/html", "text/plain"]
)
def test_a_feed_is_known_by_how_it_begins_too(site: Site, media_type: str) -> None:
    site.pages["/a"] = PAGE
    feed = b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- news -->\n" + rss("<link>/a</link>").partition(b"?>")[2]
    assert [each.name for each in articles(site, feed, **{"Content-Type": media_type})] == [f"{site.url}/a"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Thu, 22 Oct 2020 00:10:00 +0800", date(2020, 10, 22)),
        ("Wed, 21 Oct 2020 16:10:00 GMT", date(2020, 10, 22)),
        ("2020-10-22 23:00:00", date(2020, 10, 22)),
        ("2020-10-22", date(2020, 10, 22)),
        ("2020-10-22T23:00:00+08:00", date(2020, 10, 22)),
        ("Thu, 22 Oct 2020 23:10:00 EST", date(2020, 10, 23)),
        ("0001-01-01T00:00:00+14:00", None),
        ("not long ago", None),
        ("Thu, 99 Oct 2020 00:00:00 GMT", None),
        ("", None),
    ],
)
def test_the_day_of_an_article_is_that_of_chinas_clock(site: Site, written: str, day: date | None) -> None:
    site.pages["/a"] = PAGE
    (piece,) = articles(site, rss(f"<link>/a</link><pubDate>{written}</pubDate>"))
    assert piece.around.published_on == day


def test_an_article_that_a_feed_names_twice_comes_once(site: Site) -> None:
    site.pages |= {"/a": PAGE, "/b": PAGE}
    feed = rss("<link>/a</link>", "<link>/b</link>", f"<link>{site.url}/a</link>")
    assert [each.name for each in articles(site, feed)] == [f"{site.url}/a", f"{site.url}/b"]


def test_an_article_that_cannot_be_fetched_is_told_and_the_others_come(site: Site) -> None:
    site.pages |= {
        "/a": PAGE,
        "/feed": (200, RSS_TYPE, rss("<link>/feed</link>")),
        "/picture": (200, {"Content-Type": "image/png"}, b"x"),
        "/news/feed": (
            200,
            RSS_TYPE,
            rss(
                "<title>没有地址</title>",
                "<link>/gone</link><description>全文在此。</description>",
                "<link>/feed</link>",
                "<link>/picture</link>",
                "<link>javascript:alert(1)</link>",
                "<link>ftp://example.org/a.txt</link>",
                "<link>http://[::1</link>",
                "<link>/a</link>",
            ),
        ),
    }
    *errors, good = found(f"{site.url}/news/feed")
    feed = f"{site.url}/news/feed: does not say where its article"
    starts = [
        f"{feed} 1 is; it has no link that can be followed",
        f"{site.url}/gone: answered 404 Not Found",
        f"{site.url}/feed: is a feed and no article",
        f"{site.url}/picture: is image/png",
        "javascript:alert(1): leads to an address that is neither http nor https",
        "ftp://example.org/a.txt: leads to an address that is neither http nor https",
        f"{feed} 7 is",
    ]
    for error, start in zip(errors, starts, strict=True):
        assert str(error).startswith(start)
    assert isinstance(good, Piece)
    assert good.name == f"{site.url}/a"


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (rss(), "is a feed without articles; give the addresses of the pages themselves"),
        (atom(), "is a feed without articles"),
        (b"<html><body>no feed</body></html>", "is a feed without articles"),
        (b"", "is a feed without articles"),
        (b"<rss><channel><item", "is broken XML"),
        (rss()[:-20], "is broken XML"),
        (b"\x00\x01\x02", "is broken XML"),
        (rss("<link>&#x110000;</link>"), "is a feed that cannot be read, as it is damaged"),
        (b"/etc/passwd", "is broken XML"),
    ],
)
def test_a_feed_that_names_no_article_is_told(site: Site, feed: bytes, reason: str) -> None:
    site.pages["/feed"] = (200, RSS_TYPE, feed)
    error = refusal(f"{site.url}/feed")
    assert error.source == f"{site.url}/feed"
    assert reason in error.reason


def test_what_can_be_read_of_a_broken_feed_is_read_and_the_break_is_told(site: Site) -> None:
    site.pages |= {"/a": PAGE, "/feed": (200, RSS_TYPE, rss("<link>/a</link>", "<title>x<b></title>"))}
    piece, *errors = found(f"{site.url}/feed")
    assert isinstance(piece, Piece)
    assert "is broken XML, so that some of its articles may be missing" in str(errors[-1])


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        + "".join(f'<!ENTITY {y} "{f"&{x};" * 20}">' for x, y in zip("bcdefgh", "cdefghi", strict=True)),
        '<!ENTITY i SYSTEM "file:///etc/hostname">',
    ],
)
def test_entities_of_a_feed_are_not_followed(site: Site, entity: str) -> None:
    site.pages["/a"] = PAGE
    feed = (
        f"<!DOCTYPE rss [{entity}]>".encode() + rss("<title>x&i;</title><link>/a</link>").partition(b"?>")[2]
    )
    site.pages["/feed"] = (200, RSS_TYPE, feed)
    titles = [each.around.title for each in found(f"{site.url}/feed") if isinstance(each, Piece)]
    assert titles in (["x&i;"], ["x"])


def test_articles_of_a_feed_that_did_not_change_are_left_out(site: Site) -> None:
    site.pages |= {"/a": (200, {**PLAIN, "ETag": '"1"'}, b"x"), "/b": PAGE}
    site.pages["/feed"] = (200, {**RSS_TYPE, "ETag": '"2"'}, rss("<link>/a</link>", "<link>/b</link>"))
    seen = {f"{site.url}/a": {"etag": '"1"'}}

    def is_known(name: str, validators: object) -> bool:
        return seen.get(name) == validators

    assert names(f"{site.url}/feed", is_known=is_known) == [f"{site.url}/b"]


def test_a_feed_is_as_closed_as_its_host_wants(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /closed"
    site.pages |= {
        "/robots.txt": (200, PLAIN, rules),
        "/feed": (200, RSS_TYPE, rss("<link>/closed/a</link>")),
    }
    assert "is closed to programs" in refusal(f"{site.url}/feed").reason
    assert site.paths == ["/feed"]
