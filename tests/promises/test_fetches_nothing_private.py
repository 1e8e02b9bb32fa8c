"""The importer fetches nothing it should not, whatever an address, a server or a name service says.

Two real servers stand for the internet (127.0.0.9, which alone passes for public here) and for what is
private (127.0.0.1, which must never be asked). Names lead to them by a stand-in for the name service.
"""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from sqlmodel import Session

from app.database import for_writing, make_engine
from app.errors import SourceError
from app.importers import web
from app.importers.pieces import Piece
from app.importers.web import addresses, is_public
from app.importers.web.addresses import OTHER_PORTS
from app.main import create_app
from app.settings import Settings
from app.store.keys import add_key
from tests.conftest import seed
from tests.importers.found import TEXT, found, refusal
from tests.importers.site import PLAIN, Reply, Site, serving
from tests.web import TestClient

PUBLIC, PRIVATE = "127.0.0.9", "127.0.0.1"
PAGE: Reply = (200, PLAIN, TEXT.encode())
NOWHERE = ("private network", "is not known", "neither http", "is no address", "user name", "Invalid URL")
"""Parts of the reasons why nothing is fetched, one of which is to be told."""

Names = dict[str, list[list[str]]]
"""Host → what the name service answers, one after the other and the last one for ever."""


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The one host of the internet."""
    real = addresses.is_elsewhere
    monkeypatch.setattr(addresses, "is_elsewhere", lambda each: each == PUBLIC or real(each))
    with serving(host=PUBLIC) as site:
        yield site


@pytest.fixture
def private() -> Iterator[Site]:
    """What must never be asked."""
    with serving(host=PRIVATE) as site:
        site.pages |= {"/secret": PAGE, "/": PAGE}
        yield site


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    answers: Names = {}
    usual = socket.getaddrinfo

    def look_up(host: str, port: int | None, *args: object, **kwargs: object) -> object:
        if host not in answers:
            return usual(host, port, *args, **kwargs)  # type: ignore[arg-type]
        left = answers[host]
        now = left.pop(0) if len(left) > 1 else left[0]
        return [each for ip in now for each in usual(ip, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answers


def port_of(site: Site) -> str:
    return site.url.rsplit(":", 1)[1]


def refusals(*given: str) -> list[str]:
    """Why each was refused, by an import and where an answer is awaited."""
    reasons = []
    for each in found(*given, allow_private=False):
        assert isinstance(each, SourceError), each
        reasons.append(str(each))
    for each in given:
        with pytest.raises(SourceError) as refused:
            web.fetch(each, seconds=60)  # as a name service that is out of reach lets wait for its answer
        reasons.append(str(refused.value))
    return reasons


LOOPBACK = [
    *("127.0.0.1", "127.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001"),
    *("127.0.0.1.", "localhost", "localhost.", "LOCALHOST", "0", "0.0.0.0", "00.0x0.0.0"),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *(
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[::1%25lo]",
        "[fe80::1%25lo]",
        "[fd00::2]",
    ),
    *(
        "１２７.0.0.1",
        "ⓛocalhost",
        "ｌocalhost",
        "①②⑦.0.0.①",
        "127。0。0。1",
        "127.0.0.1%00",
        "%31%32%37.0.0.1",
    ),
    *("good.example@127.0.0.1", "good.example:80@127.0.0.1", "good.example\\@127.0.0.1"),
]
ELSEWHERE_PRIVATE = [
    *("169.254.169.254", "[::ffff:169.254.169.254]", "100.64.0.1", "100.100.100.200", "192.0.0.192"),
    *("[::ffff:192.0.0.192]", "168.63.129.16", "[::ffff:168.63.129.16]", "10.0.0.1", "[fec0::1]"),
]
PRIVATE_HOSTS = LOOPBACK + ELSEWHERE_PRIVATE


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_an_address_of_this_machine_is_refused_however_it_is_written(private: Site, host: str) -> None:
    for reason in refusals(f"http://{host}:{port_of(private)}/secret"):
        assert any(part in reason for part in NOWHERE), reason
    assert private.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_to_nothing_private(public: Site, private: Site, status: int) -> None:
    for number, host in enumerate(PRIVATE_HOSTS):
        target = f"http://{host}:{port_of(private)}/secret"
        where = {"Location": target} if target.isascii() else {"Location": target.encode().decode("latin-1")}
        public.pages[f"/{number}"] = (status, where, b"")
    given = [f"{public.url}/{number}" for number in range(len(PRIVATE_HOSTS))]
    for each in given[:: 1 if status == 302 else 7]:
        for reason in refusals(each):
            assert any(part in reason for part in NOWHERE), reason
    assert private.asked == []


@pytest.mark.parametrize(
    "target",
    [
        *("file:///etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:,x"),
        *(
            "javascript:alert(1)",
            "jar:http://a!/b",
            "unix:///run/x.sock",
            "//127.0.0.1/secret",
            "http:///etc",
        ),
    ],
)
def test_no_other_scheme_is_followed(public: Site, private: Site, target: str) -> None:
    public.pages["/a"] = (302, {"Location": target}, b"")
    given = [f"{public.url}/a"] if target.startswith("//") else [f"{public.url}/a", target]
    for each in given:
        with pytest.raises(SourceError):
            web.fetch(each)
    assert private.asked == []


def test_a_redirect_of_many_hops_is_judged_at_each(public: Site, private: Site) -> None:
    public.pages |= {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(4)}
    public.pages["/4"] = (302, {"Location": f"http://{PRIVATE}:{port_of(private)}/secret"}, b"")
    assert all("private network" in reason for reason in refusals(f"{public.url}/0"))
    assert private.asked == []


@pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=pytest.mark.long)])
def test_a_name_that_changes_between_look_up_and_connection_gains_nothing(
    public: Site, private: Site, names: Names, rounds: int
) -> None:
    """Whichever answer comes when: what was judged is what is connected to."""
    port = port_of(private)  # nobody else listens there, so that a page could only be the private one
    for number in range(rounds):
        host = f"rebound{number}.example"
        names[host] = [[PUBLIC]] * (number % 4) + [[PRIVATE]]
        for each in found(f"http://{host}:{port}/secret", allow_private=False):
            assert isinstance(each, SourceError), each
    assert private.asked == []


def test_each_request_goes_to_the_very_address_that_was_judged_for_it(
    public: Site, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    gate = addresses.is_elsewhere
    monkeypatch.setattr(addresses, "is_elsewhere", lambda each: judged.append(each) or gate(each))
    connected: list[str] = []
    usual = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address[0])
        usual(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    public.pages |= {"/a": (302, {"Location": "/b"}, b""), "/b": PAGE}
    names["news.example"] = [[PUBLIC]]
    (piece,) = found(f"http://news.example:{port_of(public)}/a", allow_private=False)
    assert isinstance(piece, Piece)
    assert connected == judged == [PUBLIC] * 3  # robots.txt, the redirect, the page


@pytest.mark.parametrize("mixed", [[PUBLIC, PRIVATE], [PRIVATE, PUBLIC], [PUBLIC, "10.0.0.1", "::1"]])
def test_a_name_with_any_private_address_is_refused(
    public: Site, private: Site, names: Names, mixed: list[str]
) -> None:
    names["mixed.example"] = [mixed]
    for site in (public, private):
        for reason in refusals(f"http://mixed.example:{port_of(site)}/secret"):
            assert "private network" in reason
        assert site.asked == []


def test_robots_txt_feeds_and_lists_pass_the_same_checks(
    public: Site, private: Site, names: Names, tmp_path: Path
) -> None:
    inner = f"http://{PRIVATE}:{port_of(private)}/secret"
    names["rebound.example"] = [[PRIVATE]]
    named = f"http://rebound.example:{port_of(private)}/secret"
    links = "".join(f"<item><link>{each}</link></item>" for each in (inner, named, "file:///etc/passwd"))
    feed = f"<rss><channel>{links}</channel></rss>".encode()
    public.pages |= {"/feed": (200, {"Content-Type": "application/rss+xml"}, feed), "/a": PAGE}
    (tmp_path / "list.txt").write_text(f"{inner}\n{named}\n")
    came = [
        *found(f"{public.url}/feed", allow_private=False),
        *found(allow_private=False, lists=(tmp_path / "list.txt",)),
    ]
    assert len(came) == 5
    assert all(isinstance(each, SourceError) for each in came), came
    public.pages["/robots.txt"] = (302, {"Location": inner}, b"")
    assert "private network" in refusal(f"{public.url}/a", allow_private=False).reason
    assert private.asked == []


def test_a_feed_and_a_page_bring_in_nothing_by_what_their_text_refers_to(public: Site, private: Site) -> None:
    inner = f"http://{PRIVATE}:{port_of(private)}/secret"
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "{inner}">]>'
    feed = f"<?xml version='1.0'?>{entity}<rss><channel><item>"
    feed += "<title>&a;&b;</title><link>/a</link></item></channel></rss>"
    page = (
        f"<?xml version='1.0'?>{entity}<html><head><base href='{inner}'><link rel=stylesheet href='{inner}'>"
        f"<meta http-equiv=refresh content='0;url={inner}'><script src='{inner}'></script></head>"
        f"<body><iframe src='{inner}'></iframe><img src='{inner}'><p>&a;&b;{TEXT * 5}</p></body></html>"
    )
    public.pages |= {
        "/feed": (200, {"Content-Type": "application/rss+xml"}, feed.encode()),
        "/a": (200, {"Content-Type": "text/html"}, page.encode()),
    }
    assert "root:" not in str(found(f"{public.url}/feed", allow_private=False))
    assert "root:" not in web.fetch(f"{public.url}/a").text
    assert private.asked == []


def test_proxies_of_the_environment_are_not_asked(
    public: Site, private: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, private.url)
    public.pages["/a"] = PAGE
    assert web.fetch(f"{public.url}/a").text == TEXT
    assert isinstance(found(f"{public.url}/a", allow_private=False)[0], Piece)
    assert private.asked == []


def test_no_cookie_password_or_referrer_goes_from_one_host_to_the_next(
    public: Site, names: Names, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("default login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    names["next.example"] = [[PUBLIC]]
    where = f"http://next.example:{port_of(public)}/b?c=d"
    public.pages |= {"/a": (302, {"Location": where, "Set-Cookie": "id=1; Path=/"}, b""), "/b?c=d": PAGE}
    assert web.fetch(f"{public.url}/a").text == TEXT
    assert [path for path, _ in public.asked] == ["/a", "/b?c=d"]
    for _, headers in public.asked:
        assert {"cookie", "authorization", "referer", "x-api-key"}.isdisjoint(
            name.lower() for name in headers
        )


@pytest.mark.parametrize("port", sorted(OTHER_PORTS))
def test_no_port_is_asked_where_browsers_expect_no_page(public: Site, port: int) -> None:
    public.pages["/a"] = (302, {"Location": f"http://{PUBLIC}:{port}/"}, b"")
    for each in (f"http://{PUBLIC}:{port}/", f"{public.url}/a"):
        with pytest.raises(SourceError, match=f"names port {port}, where browsers"):
            web.fetch(each)


def test_addresses_of_this_machine_count_as_private_also_if_the_internet_knows_them(
    private: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of a server in a data centre: what a firewall keeps from others would answer us."""
    monkeypatch.setattr(addresses, "is_public", lambda each: True)
    assert all("private network" in reason for reason in refusals(f"{private.url}/secret"))
    assert private.asked == []


@pytest.mark.parametrize("rounds", [2_000, pytest.param(200_000, marks=pytest.mark.long)])
def test_no_way_to_write_a_private_ipv4_address_makes_it_public(rounds: int) -> None:
    """Each as IPv4 and inside of all that translates to it."""
    step = 2**32 // rounds
    private = [number for number in range(0, 2**32, step) if not ip_address(number).is_global]
    assert len(private) > rounds // 20
    for number in private:
        ip = str(ip_address(number))
        ways = [ip, f"::ffff:{ip}", f"::{ip}", f"64:ff9b::{ip}", f"64:ff9b:1::{ip}", f"::ffff:0:{ip}"]
        ways.append(str(ip_address(0x2002 << 112 | number << 80)))
        assert not any(map(is_public, ways)), ip


def test_who_posts_an_address_is_told_and_nothing_private_is_asked(
    public: Site, private: Site, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/jianyan.db")
    engine = make_engine(settings.database_url)
    seed(engine)
    with Session(for_writing(engine)) as session:
        key = add_key(session, "somebody")
        session.commit()
    inner = f"http://{PRIVATE}:{port_of(private)}/secret"
    public.pages["/a"] = (302, {"Location": inner}, b"")
    with TestClient(create_app(settings)) as client:
        for each in (inner, f"{public.url}/a", "file:///etc/passwd", "javascript:alert(1)"):
            told = client.post("/api/v1/articles", json={"url": each}, headers={"X-API-Key": key})
            assert told.status_code == 422, told.text
    assert private.asked == []
    engine.dispose()
