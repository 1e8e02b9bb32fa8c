from typing import Any

import pytest

from app.queries import parts
from tests.builders import Library
from tests.web import CountSql, TestClient

API = "/api/v1"
TEXT = "郑磊来了。两地合作。陈放建议投资约30亿元建桥。会议结束。"
SENTENCE = (10, 24)


def get(client: TestClient, url: str, include: object = ()) -> dict[str, Any]:
    answer = client.get(f"{API}/{url}", params={"include": include})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(items: list[dict[str, Any]]) -> list[int]:
    return [item["id"] for item in items]


def walked(client: TestClient, first: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of an included list and of all pages that follow."""
    items, following = list(first["items"]), first["next"]
    while following:
        page = client.get(following).json()
        assert page["total"] == first["total"]
        items += page["items"]
        following = page["next"]
    return items


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Details include two items of a list, so that few rows make several pages."""
    monkeypatch.setattr(parts, "MOST_INCLUDED", 2)


@pytest.mark.parametrize("query", ["include=context&include=metrics", "include=context,metrics"])
def test_parts_are_asked_for_by_repeating_or_by_commas(
    client: TestClient, library: Library, query: str
) -> None:
    proposal = library.proposal(library.article())
    body = client.get(f"{API}/proposals/{proposal}?{query}").json()
    assert body["context"] is not None
    assert (body["metrics"]["items"], body["metrics"]["total"]) == ([], 0)
    assert body["reports"] is None


@pytest.mark.parametrize(
    ("resource", "value", "nearest"),
    [
        ("people", "proposal", ["proposals"]),
        ("people", "mentions,statment", ["statements", "mentions"]),
        ("institutions", "peolpe", ["people"]),
        ("proposals", "contxt", ["context"]),
        ("articles", "finding", ["findings"]),
        ("articles", "上下文", []),
        ("articles", "", []),
    ],
)
def test_an_unknown_part_is_refused_with_the_nearest_one(
    client: TestClient, resource: str, value: str, nearest: list[str]
) -> None:
    answer = client.get(f"{API}/{resource}/1", params={"include": value})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["nearest"]) == (422, "include", nearest)


def test_an_id_that_nobody_has_is_not_found_whatever_is_included(client: TestClient) -> None:
    for resource, part in [("people", "mentions"), ("institutions", "people"), ("proposals", "reports")]:
        assert client.get(f"{API}/{resource}/999?include={part}").status_code == 404


def test_a_metric_has_no_parts_to_include(client: TestClient) -> None:
    (error,) = client.get(f"{API}/metrics/1?include=context").json()["errors"]
    assert error["field"] == "include"


def test_a_post_lasts_from_the_first_article_that_states_it_to_the_last(
    client: TestClient, library: Library
) -> None:
    chen, body = library.person("陈放"), library.institution("四川省政协")
    middle, first, last, undated = (
        library.article(day) for day in ("2021-05-28", "2020-10-22", "2023-03-06", None)
    )
    for article in (middle, first, undated):
        library.position(article, chen, body, "委员")
    library.position(last, chen, body, "副主席")
    vice, member = get(client, f"people/{chen}")["positions"]
    assert (vice["title"], vice["first_seen"], vice["last_seen"]) == ("副主席", "2023-03-06", "2023-03-06")
    assert (member["title"], member["first_seen"], member["last_seen"]) == (
        "委员",
        "2020-10-22",
        "2021-05-28",
    )
    assert (member["statements"], member["article"]["id"]) == (3, middle)


def test_a_post_of_which_no_date_is_known_stands_last(client: TestClient, library: Library) -> None:
    chen, body = library.person("陈放"), library.institution("四川省政协")
    library.position(library.article(None), chen, body, "委员")
    library.position(library.article("2020-10-22"), chen, body, "常委")
    _, undated = get(client, f"people/{chen}")["positions"]
    assert (undated["title"], undated["first_seen"], undated["last_seen"]) == ("委员", None, None)


def test_posts_at_two_institutions_are_two_though_the_title_is_one(
    client: TestClient, library: Library
) -> None:
    chen, article = library.person("陈放"), library.article()
    for name in ("四川省政协", "全国政协"):
        library.position(article, chen, library.institution(name), "委员")
    positions = get(client, f"people/{chen}")["positions"]
    assert [held["institution"] for held in positions] == ["四川省政协", "全国政协"]


def test_statements_tell_every_article_that_states_a_post(client: TestClient, library: Library) -> None:
    chen, zheng, body = library.person("陈放"), library.person("郑磊"), library.institution("四川省政协")
    first, second = library.article("2020-10-22"), library.article("2021-05-28")
    for article in (first, second):
        library.position(article, chen, body, "委员")
    library.position(second, zheng, body, "主任")
    statements = get(client, f"people/{chen}", "statements")["statements"]
    assert [each["article"]["id"] for each in statements["items"]] == [second, first]
    assert statements["items"][0].keys() == {"institution", "institution_id", "title", "spans", "article"}


def test_the_themes_of_a_person_count_what_the_list_of_proposals_counts(
    client: TestClient, library: Library
) -> None:
    chen, zheng, article = library.person("陈放"), library.person("郑磊"), library.article()
    library.proposal(article, [chen, zheng], ["funding", "5g"])
    library.proposal(article, [chen], ["funding"])
    library.proposal(article, [zheng], ["automotive"])
    themes = get(client, f"people/{chen}")["themes"]
    assert themes == [
        {"value": "funding", "label": "资金与金融", "count": 2},
        {"value": "5g", "label": "5G与信息通信", "count": 1},
    ]
    for theme in themes:
        found = client.get(f"{API}/proposals", params={"speaker": chen, "theme": theme["value"]}).json()
        assert found["total"] == theme["count"]


def test_a_person_includes_what_they_proposed_and_where_they_are_named(
    client: TestClient, library: Library
) -> None:
    chen, zheng = library.person("陈放"), library.person("郑磊")
    first, second = library.article("2020-10-22"), library.article("2021-05-28")
    early, late = library.proposal(first, [chen]), library.proposal(second, [zheng, chen])
    library.proposal(second, [zheng])
    for article, name in [(first, "陈放"), (second, "陈委员"), (second, "陈放")]:
        library.mention(article, chen, name)
    body = get(client, f"people/{chen}", ["proposals", "mentions"])
    assert ids(body["proposals"]["items"]) == [late, early]
    assert body["proposals"] == client.get(f"{API}/proposals", params={"speaker": chen}).json()
    named = [(each["article"]["id"], each["name"]) for each in body["mentions"]["items"]]
    assert named == [(second, "陈委员"), (second, "陈放"), (first, "陈放")]
    assert body["mentions"] == client.get(f"{API}/people/{chen}/mentions").json()


def test_an_institution_includes_its_people_and_what_they_proposed_while_there(
    client: TestClient, library: Library
) -> None:
    chen, zheng, wang = (library.person(name) for name in ("陈放", "郑磊", "王川"))
    body, other = library.institution("四川省政协", "省政协"), library.institution("重庆市科技局")
    first, second = library.article("2020-10-22"), library.article("2021-05-28")
    library.position(first, chen, body, "委员")
    library.position(second, chen, other, "顾问")
    library.position(first, zheng, body, "主任")
    library.position(first, wang, other, "局长")
    then, own = library.proposal(first, [chen]), library.proposal(second, [body])
    library.proposal(second, [chen])
    library.mention(first, body, "省政协")
    detail = get(client, f"institutions/{body}", "people,proposals,mentions")
    assert ids(detail["people"]["items"]) == [zheng, chen]
    assert detail["people"]["total"] == detail["counts"]["people"]
    assert [post["title"] for post in detail["people"]["items"][1]["positions"]] == ["顾问", "委员"]
    assert ids(detail["proposals"]["items"]) == [own, then]
    (mention,) = detail["mentions"]["items"]
    assert (mention["name"], mention["article"]["id"]) == ("省政协", first)


def test_a_proposal_includes_the_sentences_around_it_with_their_places(
    client: TestClient, library: Library
) -> None:
    proposal = library.proposal(library.article(text=TEXT), spans=[(10, 15), SENTENCE], text="…")
    assert get(client, f"proposals/{proposal}", "context")["context"] == {
        "before": [{"text": "郑磊来了。", "span": [0, 5]}, {"text": "两地合作。", "span": [5, 10]}],
        "after": [{"text": "会议结束。", "span": [24, 29]}],
    }


def test_a_proposal_includes_the_figures_in_it(client: TestClient, library: Library) -> None:
    article = library.article()
    proposal, other = library.proposal(article), library.proposal(article)
    inside = library.metric(article, ["funding"], proposal_id=proposal)
    library.metric(article, proposal_id=other)
    library.metric(article)
    metrics = get(client, f"proposals/{proposal}", "metrics")["metrics"]
    assert metrics["items"] == [{**client.get(f"{API}/metrics/{inside}").json(), "snippet": None}]


def test_a_proposal_includes_its_other_reports_wherever_in_their_chain_it_stands(
    client: TestClient, library: Library
) -> None:
    days = ["2020-10-22", "2020-10-23", "2020-10-24", "2020-10-25"]
    root = library.proposal(library.article(days[0]))
    copies = [library.proposal(library.article(day), duplicate_of=root) for day in days[1:3]]
    copy_of_copy = library.proposal(library.article(days[3]), duplicate_of=copies[0])
    library.proposal(library.article(), duplicate_of=library.proposal(library.article()))
    group = {root, *copies, copy_of_copy}
    for member in group:
        reports = get(client, f"proposals/{member}", "reports")["reports"]
        assert set(ids(reports["items"])) == group - {member}
        assert reports == client.get(f"{API}/proposals", params={"reports_of": member}).json()
    assert ids(get(client, f"proposals/{root}", "reports")["reports"]["items"]) == [
        copy_of_copy,
        *reversed(copies),
    ]


def test_reports_of_a_proposal_that_is_none_are_none(client: TestClient, library: Library) -> None:
    library.proposal(library.article())
    assert client.get(f"{API}/proposals?reports_of={2**62}").json()["total"] == 0


def test_an_article_includes_all_its_findings_in_order_of_position(
    client: TestClient, library: Library
) -> None:
    article, other = library.article(text=TEXT), library.article(text=TEXT)
    chen, zheng = library.person("陈放"), library.person("郑磊", "郑主任")
    body = library.institution("川渝两地联席会议")
    proposal = library.proposal(article, [chen], spans=[SENTENCE])
    metric = library.metric(article, span_start=16, span_end=21)
    library.mention(article, body, "会议", [(24, 26)])
    library.mention(article, chen, "陈放", [(10, 12)])
    library.mention(article, zheng, "郑磊", [(0, 2)])
    library.mention(article, body, "两地", [(5, 7)])
    library.mention(other, zheng, "郑磊", [(0, 2)])
    library.proposal(other)
    library.metric(other)
    findings = get(client, f"articles/{article}", "findings")["findings"]
    assert [(each["type"], each["id"], each["name"], each["text"]) for each in findings] == [
        ("person", zheng, "郑磊", "郑磊"),
        ("institution", body, "川渝两地联席会议", "两地"),
        ("proposal", proposal, None, "陈放建议投资约30亿元建桥。"),
        ("person", chen, "陈放", "陈放"),
        ("metric", metric, None, "约30亿元"),
        ("institution", body, "川渝两地联席会议", "会议"),
    ]
    assert all(each["text"] == "".join(TEXT[start:end] for start, end in each["spans"]) for each in findings)


def test_each_place_of_a_mention_is_a_finding_and_that_of_a_region_too(
    client: TestClient, library: Library
) -> None:
    article = library.article(text="成都与重庆签约，成都出资。")
    library.mention(article, library.party("成都市", "510100"), "成都", [(0, 2), (8, 10)])
    findings = get(client, f"articles/{article}", "findings")["findings"]
    assert [(each["type"], each["text"], each["spans"]) for each in findings] == [
        ("region", "成都", [[0, 2]]),
        ("region", "成都", [[8, 10]]),
    ]


def test_an_article_includes_the_others_of_the_same_text(client: TestClient, library: Library) -> None:
    first = library.article("2020-05-26")
    others = [library.article(day, same_text_as=first) for day in ("2020-05-27", "2020-05-28")]
    library.article()
    for article, expected in ((first, [others[1], others[0]]), (others[0], [others[1], first])):
        same_text = get(client, f"articles/{article}", "same_text")["same_text"]
        assert ids(same_text["items"]) == expected
        assert same_text == client.get(f"{API}/articles", params={"same_text_as": article}).json()


@pytest.mark.usefixtures("short")
def test_the_rest_of_the_articles_of_the_same_text_is_where_next_leads(
    client: TestClient, library: Library
) -> None:
    first = library.article("2020-05-26")
    others = [library.article(day, same_text_as=first) for day in ("2020-05-27", None, "2020-05-28")]
    same_text = get(client, f"articles/{first}", "same_text")["same_text"]
    assert len(same_text["items"]) == 2
    assert ids(walked(client, same_text)) == [others[2], others[0], others[1]]


def test_an_article_in_which_nothing_was_found_includes_no_findings(
    client: TestClient, library: Library
) -> None:
    assert get(client, f"articles/{library.article()}", "findings")["findings"] == []


@pytest.mark.usefixtures("short")
def test_what_a_detail_leaves_out_of_a_list_is_where_next_leads(client: TestClient, library: Library) -> None:
    chen, body = library.person("陈放"), library.institution("四川省政协")
    proposals = set()
    articles = [library.article(day) for day in (None, "2020-10-22", "2020-10-22", None, "2021-05-28")]
    for article in articles:
        library.position(article, chen, body, "委员")
        library.mention(article, chen, "陈放")
        library.mention(article, chen, "陈委员")
        proposals.add(library.proposal(article, [chen]))
    detail = get(client, f"people/{chen}", "proposals,mentions,statements")
    assert [len(detail[part]["items"]) for part in ("proposals", "mentions", "statements")] == [2, 2, 2]
    assert sorted(ids(walked(client, detail["proposals"]))) == sorted(proposals)
    order = [articles[at] for at in (4, 2, 1, 3, 0)]
    named = [(each["article"]["id"], each["name"]) for each in walked(client, detail["mentions"])]
    assert named == [(article, name) for article in order for name in ("陈委员", "陈放")]
    assert [each["article"]["id"] for each in walked(client, detail["statements"])] == order


@pytest.mark.usefixtures("short")
def test_the_rest_of_an_institutions_people_and_of_a_proposals_parts_is_where_next_leads(
    client: TestClient, library: Library
) -> None:
    article, body = library.article(), library.institution("四川省政协", "50%联盟")
    people = [library.person(name) for name in ("甲", "乙", "丙", "丁", "戊")]
    for person in people:
        library.position(article, person, body, "委员")
        library.mention(article, body, f"政协{person}")
    detail = get(client, f"institutions/{body}", "people,mentions")
    assert sorted(ids(walked(client, detail["people"]))) == people
    assert len(walked(client, detail["mentions"])) == 5
    proposal = library.proposal(article)
    metrics = [library.metric(article, proposal_id=proposal) for _ in range(3)]
    copies = [library.proposal(library.article(), duplicate_of=proposal) for _ in range(3)]
    detail = get(client, f"proposals/{proposal}", "metrics,reports")
    assert ids(walked(client, detail["metrics"])) == metrics
    assert sorted(ids(walked(client, detail["reports"]))) == copies


def test_a_detail_includes_two_hundred_items_of_a_list_at_most(client: TestClient, library: Library) -> None:
    chen = library.person("陈放")
    article = library.article()
    for number in range(201):
        library.mention(article, chen, f"陈{number}")
    mentions = get(client, f"people/{chen}", "mentions")["mentions"]
    assert (len(mentions["items"]), mentions["total"]) == (200, 201)
    assert len(walked(client, mentions)) == 201


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("people/999/mentions", "no person with id 999"),
        ("people/999/statements", "no person with id 999"),
        ("institutions/999/mentions", "no institution with id 999"),
    ],
)
def test_lists_of_someone_who_does_not_exist_are_not_found(
    client: TestClient, path: str, detail: str
) -> None:
    answer = client.get(f"{API}/{path}")
    assert (answer.status_code, answer.json()["detail"]) == (404, detail)


def test_a_person_has_no_mentions_as_an_institution(client: TestClient, library: Library) -> None:
    assert client.get(f"{API}/institutions/{library.person('陈放')}/mentions").status_code == 404


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        pytest.param("people/1?include=proposals", 4 + 6, id="and whose, list, keys, rows, speakers, tags"),
        pytest.param("people/1?include=mentions", 4 + 2, id="and page, total"),
        pytest.param("people/1?include=statements", 4 + 2, id="and page, total of statements"),
        pytest.param("people/1?include=proposals,mentions,statements", 4 + 10, id="a person with all"),
        pytest.param("people/1/mentions", 3, id="person, page, total"),
        pytest.param("people/1/statements", 3, id="person, page, total of statements"),
        pytest.param(
            "institutions/2?include=people",
            2 + 6,
            id="and of which, total, keys, rows, aliases, posts",
        ),
        pytest.param("institutions/2?include=proposals", 2 + 6, id="and those of its proposals"),
        pytest.param("institutions/2?include=mentions", 2 + 2, id="and those of its mentions"),
        pytest.param("institutions/2/mentions", 3, id="institution, page, total"),
        pytest.param("proposals/1?include=context", 3 + 1, id="and the text"),
        pytest.param("proposals/1?include=metrics", 3 + 6, id="and which, list, keys, count, rows, tags"),
        pytest.param("proposals/1?include=reports", 3 + 7, id="and those of its reports"),
        pytest.param("articles/1?include=findings", 3 + 3, id="and proposals, metrics, mentions"),
        pytest.param("articles/1?include=same_text", 3 + 5, id="and which, list, keys, count, rows"),
    ],
)
def test_every_part_costs_the_same_statements_however_long_it_is(
    client: TestClient, library: Library, counted_sql: CountSql, url: str, statements: int
) -> None:
    chen, body = library.person("陈放"), library.institution("四川省政协")
    original = library.proposal(library.article(), [chen], ["5g"])
    for _ in range(3):
        article = library.article(same_text_as=1)
        library.position(article, chen, body, "委员")
        library.position(article, library.person("某人"), body, "主任")
        library.mention(article, chen, "陈放")
        library.mention(article, body, "省政协")
        library.proposal(article, [chen], ["5g"], ["510100"], duplicate_of=original)
        library.metric(article, ["5g"], proposal_id=original)
    with counted_sql() as sql:
        assert client.get(f"{API}/{url}").status_code == 200
    assert len(sql) == statements, "\n\n".join(sql)


def test_what_is_not_asked_for_is_not_read(
    client: TestClient, library: Library, counted_sql: CountSql
) -> None:
    proposal = library.proposal(library.article())
    with counted_sql() as sql:
        client.get(f"{API}/proposals/{proposal}")
    assert not any("article.text" in statement for statement in sql)


def test_the_schema_says_that_a_part_may_be_null_and_never_missing(client: TestClient) -> None:
    shapes = client.get("/openapi.json").json()["components"]["schemas"]
    nullable = {"PersonDetail": "mentions", "ProposalDetail": "context", "ArticleDetail": "findings"}
    for name, part in nullable.items():
        field = shapes[name]["properties"][part]
        assert {"type": "null"} in field["anyOf"]
        assert "null unless included" in field["description"]
        assert part in shapes[name]["required"]
