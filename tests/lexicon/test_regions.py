"""The gazetteer: what the seeds hold, how places lie in each other, and what broken files are told."""

from collections import Counter
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.lexicon.regions import Gazetteer, Strength, load_gazetteer
from app.vocabulary import RegionLevel

SEEDS = Path(__file__).parents[2] / "seeds" / "regions"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(SEEDS)


def readings(gazetteer: Gazetteer, text: str) -> list[tuple[str, Strength]]:
    """Codes and strengths of a name."""
    return [(alias.code, alias.strength) for alias in gazetteer.aliases.get(text, ())]


def names_above(gazetteer: Gazetteer, name: str) -> list[str]:
    """Names of all places the one meant first by `name` lies in."""
    code = gazetteer.aliases[name][0].code
    return [gazetteer.by_code[above].name for above in gazetteer.ancestors(code)]


def test_all_divisions_of_china_are_there(gazetteer: Gazetteer) -> None:
    levels = Counter(region.level for region in gazetteer.by_code.values())
    assert levels[RegionLevel.PROVINCE] == 34
    assert levels[RegionLevel.PREFECTURE] == 333
    assert levels[RegionLevel.COUNTY] == 2846


def test_every_parent_and_every_alias_leads_to_a_known_place(gazetteer: Gazetteer) -> None:
    parents = {parent for region in gazetteer.by_code.values() for parent in region.parents}
    named = {alias.code for aliases in gazetteer.aliases.values() for alias in aliases}
    assert parents <= gazetteer.by_code.keys()
    assert named == gazetteer.by_code.keys()
    assert set(gazetteer.relatives.values()) <= gazetteer.by_code.keys()


def test_every_place_goes_by_its_own_name(gazetteer: Gazetteer) -> None:
    for region in gazetteer.by_code.values():
        assert region.code in [alias.code for alias in gazetteer.aliases[region.name]], region


def test_no_place_has_one_alias_twice(gazetteer: Gazetteer) -> None:
    for text, aliases in gazetteer.aliases.items():
        assert len({alias.code for alias in aliases}) == len(aliases), text


def test_only_abbreviations_have_one_character(gazetteer: Gazetteer) -> None:
    single = {
        alias.strength for text, aliases in gazetteer.aliases.items() if len(text) == 1 for alias in aliases
    }
    assert single == {Strength.ABBREVIATION}


def test_no_place_lies_in_itself(gazetteer: Gazetteer) -> None:
    assert [code for code in gazetteer.by_code if code in gazetteer.ancestors(code)] == []


def test_every_ordinary_word_is_the_name_of_a_place(gazetteer: Gazetteer) -> None:
    lines = (SEEDS / "ordinary.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert [word for word in words if word not in gazetteer.aliases] == []
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "name", "strength", "why"),
    [
        ("成都市", "成都市", Strength.FULL, "the official name"),
        ("西部(成都)科学城", "西部(成都)科学城", Strength.FULL, "the canonical name of a zone"),
        ("成都", "成都市", Strength.SHORT, "two characters and nothing else of that name"),
        ("九龙坡", "九龙坡区", Strength.SHORT, "a county's short form that no other place has"),
        ("渝中", "渝中区", Strength.SHORT, "中 at the end is part of the name here"),
        ("凉山", "凉山彝族自治州", Strength.SHORT, "without the people"),
        ("凉山州", "凉山彝族自治州", Strength.SHORT, "without the people, with 州"),
        ("阿坝州", "阿坝藏族羌族自治州", Strength.SHORT, "without two peoples"),
        ("彭水", "彭水苗族土家族自治县", Strength.SHORT, "an autonomous county"),
        ("彭水县", "彭水苗族土家族自治县", Strength.SHORT, "an autonomous county, with 县"),
        ("新疆", "新疆维吾尔自治区", Strength.SHORT, "an autonomous region"),
        ("内蒙古", "内蒙古自治区", Strength.SHORT, "蒙古 stays where only one character would be left"),
        ("鄂温克旗", "鄂温克族自治旗", Strength.SHORT, "a people that is all of the name stays"),
        ("管城", "管城回族区", Strength.SHORT, "a district of a people"),
        ("神农架", "神农架林区", Strength.SHORT, "a suffix of its own"),
        ("忠县", "忠县", Strength.FULL, "one character alone is no short form"),
        ("科尔沁左翼后旗", "科尔沁左翼后旗", Strength.FULL, "科尔沁左翼后 would be no name"),
        ("香港", "香港特别行政区", Strength.SHORT, "a special administrative region"),
        ("川渝", "成渝地区", Strength.SHORT, "an alias of a bloc"),
        ("成都科学城", "西部(成都)科学城", Strength.SHORT, "an alias of a zone"),
        ("重庆高新技术产业开发区", "重庆高新区", Strength.SHORT, "an alias of a series"),
        ("南岸", "南岸区", Strength.WEAK, "an ordinary word"),
        ("郊区", "郊区", Strength.WEAK, "an official name that is an ordinary word"),
        ("蓉城", "成都市", Strength.WEAK, "a nickname"),
        ("渝", "重庆市", Strength.ABBREVIATION, "one character"),
        ("蜀", "四川省", Strength.ABBREVIATION, "one character"),
    ],
)
def test_a_name_means_its_place_as_safely_as_it_can(
    gazetteer: Gazetteer, text: str, name: str, strength: Strength, why: str
) -> None:
    first = gazetteer.aliases[text][0]
    assert (gazetteer.by_code[first.code].name, first.strength) == (name, strength), why


def test_a_part_that_is_no_name_is_not_an_alias(gazetteer: Gazetteer) -> None:
    for text in ("忠", "科尔沁左翼后", "浦东新", "高新区", "两地", "双城经济"):
        assert text not in gazetteer.aliases


def test_a_shared_official_name_keeps_all_its_places(gazetteer: Gazetteer) -> None:
    assert readings(gazetteer, "朝阳区") == [("110105", Strength.FULL), ("220104", Strength.FULL)]


def test_a_province_takes_the_short_form_it_shares_with_a_prefecture(gazetteer: Gazetteer) -> None:
    assert readings(gazetteer, "吉林") == [("220000", Strength.SHORT), ("220200", Strength.WEAK)]


def test_a_prefecture_takes_the_short_form_it_shares_with_its_county(gazetteer: Gazetteer) -> None:
    assert readings(gazetteer, "恩施") == [("422800", Strength.SHORT), ("422801", Strength.WEAK)]


def test_counties_that_share_a_short_form_are_all_weak(gazetteer: Gazetteer) -> None:
    assert readings(gazetteer, "通州") == [("110112", Strength.WEAK), ("320612", Strength.WEAK)]


def test_two_places_and_two_cities_are_relative_to_chengdu_and_chongqing(gazetteer: Gazetteer) -> None:
    assert {gazetteer.by_code[gazetteer.relatives[word]].name for word in ("两地", "双城")} == {"成渝地区"}


def test_a_district_lies_in_its_city_and_the_citys_blocs(gazetteer: Gazetteer) -> None:
    above = names_above(gazetteer, "九龙坡区")
    assert above[0] == "重庆市"
    assert {"成渝地区", "长江经济带", "西部地区"} <= set(above)
    assert "四川省" not in above


def test_a_zone_lies_in_its_division_and_above(gazetteer: Gazetteer) -> None:
    assert names_above(gazetteer, "两江新区")[:2] == ["重庆市", "成渝地区"]


def test_the_members_of_a_bloc_lie_in_it(gazetteer: Gazetteer) -> None:
    for code in ("500000", "510000", "510100", "500107", "liangjiang", "tianfu", "hitech-510100"):
        assert gazetteer.is_within(code, "chengyu"), code
    assert not gazetteer.is_within("110000", "chengyu")
    assert not gazetteer.is_within("chengyu", "500000")


def test_a_place_is_within_itself(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_within("500000", "500000")


def test_a_zone_on_a_border_lies_on_both_sides(gazetteer: Gazetteer) -> None:
    assert {"渝北区", "重庆市", "广安市", "四川省"} <= set(names_above(gazetteer, "高竹新区"))


def test_a_zone_in_a_zone_of_two_cities_lies_in_its_own_city_alone(gazetteer: Gazetteer) -> None:
    above = names_above(gazetteer, "西部(成都)科学城")
    assert {"成都市", "西部科学城"} <= set(above)
    assert "重庆市" not in above


def test_counties_without_a_prefecture_hang_on_their_province(gazetteer: Gazetteer) -> None:
    for name, province in (
        ("济源市", "410000"),
        ("城口县", "500000"),
        ("琼海市", "460000"),
        ("石河子市", "650000"),
    ):
        code = gazetteer.aliases[name][0].code
        assert gazetteer.by_code[code].parents[0] == province


DIVISIONS = "code\tname\tlevel\tparent\n500000\t重庆市\tprovince\t\n500107\t九龙坡区\tcounty\t500000\n"
NAMING = 'suffixes = ["市", "区"]\nuncut = ["中旗"]\npeoples = ["苗族"]\n'
AREAS = 'zones = [{ code = "liangjiang", name = "两江新区", within = ["重庆市"] }]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small gazetteer that loads; each test breaks one of its files."""
    (tmp_path / "divisions.tsv").write_text(DIVISIONS, encoding="utf-8")
    (tmp_path / "additions.tsv").write_text("code\tname\tlevel\tparent\n", encoding="utf-8")
    (tmp_path / "naming.toml").write_text(NAMING, encoding="utf-8")
    (tmp_path / "ordinary.txt").write_text("# none\n", encoding="utf-8")
    (tmp_path / "areas.toml").write_text(AREAS, encoding="utf-8")
    return tmp_path


def test_a_small_gazetteer_loads(folder: Path) -> None:
    gazetteer = load_gazetteer(folder)
    assert list(gazetteer.by_code) == ["500000", "500107", "liangjiang"]
    assert readings(gazetteer, "九龙坡") == [("500107", Strength.SHORT)]


def test_an_ordinary_word_is_weak_whatever_it_names(folder: Path) -> None:
    (folder / "ordinary.txt").write_text("# words\n重庆 九龙坡区\n", encoding="utf-8")
    gazetteer = load_gazetteer(folder)
    assert readings(gazetteer, "重庆") == [("500000", Strength.WEAK)]
    assert readings(gazetteer, "九龙坡区") == [("500107", Strength.WEAK)]


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        (
            "divisions.tsv",
            DIVISIONS + "500107\t南岸区\tcounty\t500000\n",
            "divisions.tsv: 南岸区.*500107 is taken",
        ),
        (
            "divisions.tsv",
            DIVISIONS + "500199\t九龙坡区\tcounty\t500000\n",
            "九龙坡区.*already there as 500107",
        ),
        (
            "divisions.tsv",
            DIVISIONS + "510104\t锦江区\tcounty\t510100\n",
            "锦江区: its parent 510100 is unknown",
        ),
        ("divisions.tsv", DIVISIONS + "500108\t南岸区\tdistrict\t500000\n", "divisions.tsv: .*南岸区.*level"),
        ("divisions.tsv", DIVISIONS + "500108\t南岸区\n", "divisions.tsv: .*南岸区"),
        (
            "additions.tsv",
            "710000\t台湾省\tprovince\t\n",
            "additions.tsv: the first line must name the columns",
        ),
        ("naming.toml", NAMING + "peple = []\n", "naming.toml: unknown key 'peple'"),
        (
            "naming.toml",
            NAMING + '[aliases]\n"重庆城" = ["雾都"]\n',
            "naming.toml: the place '重庆城' is unknown",
        ),
        (
            "naming.toml",
            NAMING + '[aliases]\n"重庆市" = ["重庆"]\n',
            "naming.toml: 重庆 already names 重庆市",
        ),
        ("areas.toml", "zones = [", "areas.toml: is not valid TOML"),
        ("areas.toml", "zone = []\n", "areas.toml: unknown key 'zone'"),
        ("areas.toml", '[[blocs]]\ncode = "a"\nname = "甲"\n', "areas.toml: 甲: spans is missing"),
        (
            "areas.toml",
            '[[series]]\ncode = "a"\nname = "{place}甲"\n',
            "areas.toml: {place}甲: within is missing",
        ),
        (
            "areas.toml",
            '[[blocs]]\ncode = "a"\nname = "甲"\nspans = ["重庆市"]\nalias = ["乙"]\n',
            "areas.toml: 甲: unknown key 'alias'",
        ),
        (
            "areas.toml",
            AREAS.replace("重庆市", "渝州市"),
            "areas.toml: 两江新区: the place '渝州市' is unknown",
        ),
        (
            "areas.toml",
            AREAS.replace("liangjiang", "500107"),
            "areas.toml: 两江新区: the code 500107 is taken",
        ),
        ("ordinary.txt", None, "ordinary.txt: cannot be read"),
    ],
)
def test_a_broken_file_is_refused_by_name_and_entry(
    folder: Path, file: str, text: str | None, complaint: str
) -> None:
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=complaint):
        load_gazetteer(folder)


def test_a_bare_name_that_several_places_share_is_refused_as_a_reference(folder: Path) -> None:
    more = "510000\t四川省\tprovince\t\n510199\t九龙坡区\tcounty\t510000\n"
    (folder / "divisions.tsv").write_text(DIVISIONS + more, encoding="utf-8")
    (folder / "areas.toml").write_text(AREAS.replace("重庆市", "九龙坡区"), encoding="utf-8")
    with pytest.raises(LexiconError, match="'九龙坡区' may be 500107, 510199; write province/name"):
        load_gazetteer(folder)
    (folder / "areas.toml").write_text(AREAS.replace("重庆市", "重庆市/九龙坡区"), encoding="utf-8")
    assert load_gazetteer(folder).by_code["liangjiang"].parents == ("500107",)


def test_a_relative_word_belongs_to_one_bloc(folder: Path) -> None:
    bloc = '[[blocs]]\ncode = "{0}"\nname = "{0}"\nspans = ["重庆市"]\nrelative = ["两地"]\n'
    (folder / "areas.toml").write_text(bloc.format("a") + bloc.format("b"), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"areas\.toml: b: 两地 is already relative"):
        load_gazetteer(folder)
