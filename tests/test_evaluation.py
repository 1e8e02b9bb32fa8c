"""The evaluation: each figure on pairs counted by hand, the gold itself, and the floors it must hold."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.extraction.pipeline import Extractor
from app.lexicon import Lexicon
from scripts import evaluate as script
from scripts.evaluation.annotation import Annotation, GoldError
from scripts.evaluation.calibration import buckets
from scripts.evaluation.counts import Count, Fault, added
from scripts.evaluation.evaluations import (
    FOLDERS,
    GOLD,
    SCORED,
    WORKED,
    Evaluation,
    evaluate,
    load_cases,
    total,
)
from scripts.evaluation.floors import FloorError, below, raised, read_floors, write_floors
from scripts.evaluation.judging import Judgement, judge
from scripts.evaluation.names import share_a_speaker
from scripts.evaluation.predicting import extraction_with
from scripts.evaluation.proposals import Graded
from scripts.evaluation.reports import ReportError, changes, fault_changes, read_report, report_on

Words = dict[str, Any]

TEXT = "陈一建议建新路。李二称将修旧桥。天气很好。"
ROAD, BRIDGE, WEATHER = "陈一建议建新路。", "李二称将修旧桥。", "天气很好。"  # 7, 7 and 4 letters


def annotation(**fields: Any) -> Annotation:
    return Annotation.model_validate({"article": "a.txt", **fields})


def proposal(words: str, *speakers: str, text: str = TEXT, **fields: Any) -> Words:
    start = text.index(words)
    given = {"start": start, "end": start + len(words), "text": words, "kind": "recommendation"}
    return {**given, "speakers": speakers, **fields}


def counts(figure: str, gold: Words, found: Words, text: str = TEXT) -> Count | None:
    """The count of one figure, None when it had nothing to decide."""
    return judge(text, annotation(**gold), annotation(**found)).counts.get(figure)


def proposal_counts(figure: str, gold: list[Words], found: list[Words]) -> Count | None:
    return counts(figure, {"proposals": gold}, {"proposals": found})


BY_CHARACTER = [
    pytest.param([ROAD], [ROAD], Count(7, 0, 0), id="marks do not count"),
    pytest.param([ROAD], ["建新路。李二称"], Count(3, 3, 4), id="every letter is a decision"),
    pytest.param([ROAD], [], Count(0, 0, 7), id="nothing found"),
    pytest.param([], [WEATHER], Count(0, 4, 0), id="nothing to find"),
    pytest.param([ROAD], [ROAD, ROAD], Count(7, 0, 0), id="a letter is decided once"),
]


@pytest.mark.parametrize(("gold", "found", "expected"), BY_CHARACTER)
@pytest.mark.parametrize("figure", ["detected", "proposals"])
def test_proposals_are_counted_by_the_letter(
    figure: str, gold: list[str], found: list[str], expected: Count
) -> None:
    wanted, got = [proposal(w, "陈一") for w in gold], [proposal(w, "陈一") for w in found]
    assert proposal_counts(figure, wanted, got) == expected


def test_letters_with_another_speaker_are_detected_and_both_spurious_and_missed_as_proposals() -> None:
    gold, found = [proposal(ROAD, "陈一")], [proposal("建新路", "王五")]
    assert proposal_counts("detected", gold, found) == Count(3, 0, 4)
    assert proposal_counts("proposals", gold, found) == Count(0, 3, 7)


def test_of_two_gold_proposals_over_a_letter_one_with_the_speaker_is_enough() -> None:
    gold = [proposal(ROAD, "陈一"), proposal(ROAD, "李二")]
    assert proposal_counts("proposals", gold, [proposal(ROAD, "李二")]) == Count(7, 0, 0)


def test_a_cut_sentence_is_what_its_spans_cover() -> None:
    gold = [proposal(ROAD, "陈一", spans=[[0, 2], [4, 7]])]
    assert proposal_counts("detected", gold, [proposal(ROAD, "陈一")]) == Count(5, 2, 0)


def test_kinds_are_counted_on_the_detected_letters_whoever_speaks() -> None:
    gold = [proposal(ROAD, "陈一"), proposal(BRIDGE, "李二", kind="plan")]
    found = [proposal(ROAD, "王五"), proposal("修旧桥", "李二"), proposal(WEATHER, "李二")]
    assert proposal_counts("kinds", gold, found) == Count(7, 3, 3)


@pytest.mark.parametrize("figure", ["detected", "proposals", "items", "kinds", "themes"])
@pytest.mark.parametrize("found", [[], [proposal(ROAD, "王五", kind="plan", themes=["5g"])]])
def test_an_optional_proposal_decides_nothing_found_or_not(figure: str, found: list[Words]) -> None:
    assert proposal_counts(figure, [proposal(ROAD, "陈一", optional=True)], found) is None


def test_a_letter_under_a_required_proposal_counts_though_an_optional_one_covers_it_too() -> None:
    gold = [proposal(ROAD, "陈一", optional=True), proposal("建新路", "陈一")]
    assert proposal_counts("detected", gold, []) == Count(0, 0, 3)


ITEMS = [
    pytest.param([proposal(BRIDGE, "陈一")], Count(0, 1, 1), id="elsewhere"),
    pytest.param([proposal("陈一建议", "陈一")], Count(1, 0, 0), id="more than half of it, 4 of 7"),
    pytest.param([proposal("陈一建", "陈一")], Count(0, 0, 1), id="less than half, 3 of 7"),
    pytest.param([proposal("陈一", "陈一"), proposal("建议", "陈一")], Count(1, 0, 0), id="in two parts"),
    pytest.param([proposal(ROAD, "王五")], Count(0, 0, 1), id="by another speaker, missed but not spurious"),
    pytest.param(
        [proposal("建议建新路。李二称将修", "陈一")], Count(1, 0, 0), id="half of it outside, 5 of 10"
    ),
    pytest.param(
        [proposal("建议建新路。李二称将修旧", "陈一")], Count(1, 1, 0), id="more than half outside, 6 of 11"
    ),
]


@pytest.mark.parametrize(("found", "expected"), ITEMS)
def test_an_item_needs_half_of_its_letters_with_the_right_speaker(
    found: list[Words], expected: Count
) -> None:
    assert proposal_counts("items", [proposal(ROAD, "陈一")], found) == expected


def test_half_of_an_even_number_of_letters_is_enough() -> None:
    assert proposal_counts("items", [proposal(WEATHER, "陈一")], [proposal("天气", "陈一")]) == Count(1, 0, 0)


@pytest.mark.parametrize(
    ("some", "others", "same"),
    [
        ({"陈一"}, {"李二", "陈一"}, True),
        ({"川省政协"}, {"四川省政协"}, True),
        ({"省政协"}, {"四川省政协"}, False),  # contained, but shorter than four
        ({"全国政协"}, {"四川省政协"}, False),
        (set(), set(), True),
        (set(), {"陈一"}, False),
    ],
)
def test_speakers_agree_in_one_name_or_in_one_contained_in_another(
    some: set[str], others: set[str], same: bool
) -> None:
    assert share_a_speaker(some, others) is same
    assert share_a_speaker(others, some) is same


def test_names_are_compared_without_blanks_brackets_and_quotes() -> None:
    gold, found = [proposal(WEATHER, "米吉提·艾山")], [proposal(WEATHER, "米吉提 艾山")]
    assert proposal_counts("proposals", gold, found) == Count(4, 0, 0)


@pytest.mark.parametrize("field", ["themes", "regions"])
def test_labels_count_on_detected_proposals_and_optional_ones_decide_nothing(field: str) -> None:
    gold = [proposal(ROAD, "陈一") | {field: ["甲", "乙"], f"{field}_optional": ["丙"]}]
    found = [proposal(ROAD, "王五") | {field: ["甲", "丙", "丁"]}]
    assert proposal_counts(field, gold, found) == Count(1, 1, 1)


def test_labels_of_an_undetected_proposal_are_not_missed() -> None:
    gold = [proposal(ROAD, "陈一", themes=["5g"])]
    assert proposal_counts("themes", gold, [proposal(BRIDGE, "陈一", themes=["5g"])]) is None
    less_than_half = [proposal("路。李二称将修", "陈一", themes=["5g"])]
    assert proposal_counts("themes", gold, less_than_half) is None


def test_labels_of_all_predictions_on_a_proposal_are_taken_together() -> None:
    gold = [proposal(ROAD, "陈一", themes=["5g", "health"])]
    found = [proposal("陈一建", "陈一", themes=["5g"]), proposal("议建新路", "陈一", themes=["health"])]
    assert proposal_counts("themes", gold, found) == Count(2, 0, 0)


def test_institutions_are_found_by_any_form_of_their_name() -> None:
    gold = [{"name": "四川省政协", "aliases": ["省政协"]}, {"name": "甲公司"}, {"name": "乙公司"}]
    found = [{"name": "省政协"}, {"name": "丙公司", "aliases": ["“甲公司”"]}, {"name": "丁公司"}]
    assert counts("institutions", {"institutions": gold}, {"institutions": found}) == Count(2, 1, 1)


@pytest.mark.parametrize("field", ["people", "institutions"])
@pytest.mark.parametrize("found", [[], [{"name": "某某"}]])
def test_an_optional_name_decides_nothing_found_or_not(field: str, found: list[Words]) -> None:
    assert counts(field, {field: [{"name": "某某", "optional": True}]}, {field: found}) is None


def test_people_are_counted_as_a_set() -> None:
    gold, found = [{"name": "陈一"}, {"name": "李二"}], [{"name": "陈一"}, {"name": "王五"}]
    assert counts("people", {"people": gold}, {"people": found}) == Count(1, 1, 1)


def post(institution: str | None, title: str) -> Words:
    return {"institution": institution, "title": title}


def test_positions_are_compared_as_institution_and_title_joined() -> None:
    wanted = [post("省政协", "副主席"), post(None, "院士"), post("甲", "主任")]
    got = [post("省政协副", "主席"), post("", "院士"), post("", "教授"), post("乙", "主任")]
    gold = {"name": "陈一", "positions": wanted, "positions_optional": [post("", "教授")]}
    found = {"name": "陈一", "positions": got}
    assert counts("positions", {"people": [gold]}, {"people": [found]}) == Count(2, 1, 1)


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        pytest.param({"name": "陈一", "optional": True}, {"name": "陈一"}, id="optional"),
        pytest.param({"name": "陈一"}, {"name": "李二"}, id="not found"),
    ],
)
def test_positions_count_for_required_people_that_were_found(gold: Words, found: Words) -> None:
    posted = {"positions": [post("省政协", "副主席")]}
    assert counts("positions", {"people": [gold | posted]}, {"people": [found | posted]}) is None


LENGTHS = "全长约12公里,投资3亿元,设备5台(套)。"
LENGTH = {"start": 3, "end": 7, "text": "12公里", "value": 12, "unit": "公里", "qualifier": "about"}
MONEY = {"start": 10, "end": 13, "text": "3亿元", "value": 300_000_000, "unit": "元"}
METRICS = [
    pytest.param([LENGTH], [LENGTH], Count(1, 0, 0), id="the same"),
    pytest.param([LENGTH], [LENGTH | {"start": 2, "end": 4}], Count(1, 0, 0), id="an overlap is enough"),
    pytest.param([LENGTH], [LENGTH | {"start": 7, "end": 9}], Count(0, 1, 1), id="touching is no overlap"),
    pytest.param([LENGTH], [LENGTH | {"value": 12.1}], Count(0, 1, 1), id="another value"),
    pytest.param([MONEY], [MONEY | {"value": 300_000_299}], Count(1, 0, 0), id="a millionth off"),
    pytest.param([LENGTH], [LENGTH | {"unit": "里"}], Count(0, 1, 1), id="another unit"),
    pytest.param(
        [LENGTH | {"unit": "台(套)"}], [LENGTH | {"unit": "台（套）"}], Count(1, 0, 0), id="brackets"
    ),
    pytest.param([LENGTH], [LENGTH | {"value_max": 20}], Count(1, 0, 0), id="the upper end is not judged"),
    pytest.param(
        [LENGTH], [LENGTH | {"value": 1}, LENGTH | {"value": 2}], Count(0, 1, 1), id="two wrong are one"
    ),
    pytest.param([LENGTH], [LENGTH | {"value": 1}, LENGTH], Count(1, 0, 0), id="one right of two"),
    pytest.param([], [LENGTH, MONEY], Count(0, 2, 0), id="nothing to find"),
    pytest.param([LENGTH, MONEY], [], Count(0, 0, 2), id="nothing found"),
    pytest.param([LENGTH | {"optional": True}], [LENGTH | {"value": 1}], None, id="optional"),
    pytest.param([LENGTH | {"optional": True}], [], None, id="optional and not found"),
]


@pytest.mark.parametrize(("gold", "found", "expected"), METRICS)
def test_metrics_overlap_and_agree_in_value_and_unit(
    gold: list[Words], found: list[Words], expected: Count | None
) -> None:
    assert counts("metrics", {"metrics": gold}, {"metrics": found}, LENGTHS) == expected


@pytest.mark.parametrize(
    ("qualifier", "expected"), [("about", Count(1, 0, 0)), ("over", Count(0, 1, 1)), (None, Count(0, 1, 1))]
)
def test_qualifiers_are_those_of_the_metrics_found(qualifier: str | None, expected: Count) -> None:
    found = [LENGTH | {"qualifier": qualifier}, MONEY | {"value": 4, "qualifier": "over"}]
    assert counts("qualifiers", {"metrics": [LENGTH, MONEY]}, {"metrics": found}, LENGTHS) == expected


@pytest.mark.parametrize("figure", ["title", "published_on", "source"])
@pytest.mark.parametrize(
    ("wanted", "got", "expected"),
    [
        ("“新 路”", "新路", Count(1, 0, 0)),
        ("新路", "旧桥", Count(0, 1, 1)),
        ("新路", None, Count(0, 1, 1)),
        (None, "新路", None),
    ],
)
def test_the_header_is_judged_where_the_gold_settles_it(
    figure: str, wanted: str | None, got: str | None, expected: Count | None
) -> None:
    assert counts(figure, {figure: wanted}, {figure: got}) == expected


def test_shares_are_of_the_summed_decisions_and_whole_where_there_are_none() -> None:
    both = added([{"items": Count(2, 1, 1)}, {"items": Count(1, 0, 4)}])["items"]
    assert (both.precision, both.recall, both.f1) == (3 / 4, 3 / 8, 1 / 2)
    assert (Count().precision, Count().recall, Count(0, 1, 1).f1) == (1, 1, 0)


def test_every_fault_is_told_with_its_sentence_and_what_found_it() -> None:
    gold = annotation(proposals=[proposal(ROAD, "陈一"), proposal(BRIDGE, "李二")], people=[{"name": "李二"}])
    found = annotation(
        proposals=[
            proposal(ROAD, "王五", rule="verb", form="short"),
            proposal(WEATHER, "陈一", rule="quote", form="implied"),
        ]
    )
    assert set(judge(TEXT, gold, found).faults) == {
        Fault("items", "spurious", "陈一 [recommendation]", WEATHER, rule="quote", form="implied"),
        Fault(
            "items",
            "wrong speaker",
            "陈一 [recommendation]",
            ROAD,
            "got 王五 [recommendation]",
            "verb",
            "short",
        ),
        Fault("items", "missed", "李二 [recommendation]", BRIDGE),
        Fault("people", "missed", "李二", BRIDGE),
    }


def test_a_proposal_found_in_part_or_too_long_is_told_with_the_number_of_letters() -> None:
    gold, found = annotation(proposals=[proposal(ROAD, "陈一")]), proposal("建议建新路。李二", "陈一")
    faults = judge(TEXT, gold, annotation(proposals=[found])).faults
    assert [(fault.problem, fault.detail) for fault in faults] == [
        ("reaches too far", "2 of 7 characters"),
        ("cut", "without 2 of 7 characters"),
    ]


def test_confidence_is_graded_on_required_ground_and_put_into_buckets() -> None:
    gold = annotation(proposals=[proposal(ROAD, "陈一"), proposal(BRIDGE, "李二", optional=True)])
    found = annotation(
        proposals=[
            proposal(ROAD, "陈一", confidence=1.0),
            proposal("陈一建议", "王五", confidence=0.9),
            proposal(WEATHER, "陈一", confidence=0.49),
            proposal(BRIDGE, "王五", confidence=0.7),  # on optional ground: left out
        ]
    )
    graded = judge(TEXT, gold, found).graded
    assert graded == (Graded(1.0, True), Graded(0.9, False), Graded(0.49, False))
    told = [(bucket.low, bucket.number, bucket.share) for bucket in buckets(graded)]
    assert told == [
        (0.0, 1, 0.0),
        (0.5, 0, None),
        (0.6, 0, None),
        (0.7, 0, None),
        (0.8, 0, None),
        (0.9, 2, 0.5),
    ]


def evaluation(folder: Path, *faults: Fault, **figures: Count) -> Evaluation:
    return Evaluation(folder, {"a": Judgement(figures, faults, ())})


def test_a_report_shows_what_was_gained_and_lost_since_an_earlier_one(tmp_path: Path) -> None:
    gone, new = Fault("items", "missed", "陈一", ROAD), Fault("people", "spurious", "天气", WEATHER)
    stays = Fault("items", "missed", "李二", BRIDGE)
    found_otherwise = Fault("items", "wrong speaker", "李二", BRIDGE, "got 王五", "verb", "short")
    earlier = report_on([evaluation(WORKED, gone, stays, items=Count(0, 0, 2), kinds=Count(3, 0, 0))])
    (tmp_path / "earlier.json").write_text(earlier.model_dump_json(), "utf-8")
    now = report_on([evaluation(WORKED, new, found_otherwise, items=Count(1, 0, 1), kinds=Count(3, 0, 0))])
    before = read_report(tmp_path / "earlier.json").folders["worked"]
    (change,) = changes(before, now.folders["worked"])
    assert change.figure == "items"
    assert change.before is not None
    assert change.now is not None
    assert (change.before.recall, change.now.recall) == (0.0, 0.5)
    told = [(each.gained, each.fault) for each in fault_changes(before, now.folders["worked"])]
    assert told == [(True, gone), (False, new)]


def test_the_same_fault_twice_in_a_sentence_is_two_things_to_gain() -> None:
    twice = Fault("metrics", "missed", "3% = 3 %", WEATHER)
    before, now = report_on([evaluation(WORKED, twice, twice)]), report_on([evaluation(WORKED, twice)])
    told = list(fault_changes(before.folders["worked"], now.folders["worked"]))
    assert [(each.gained, each.fault) for each in told] == [(True, twice)]


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", "utf-8")
    with pytest.raises(ReportError, match=r"other\.json: is no report; write one with --json"):
        read_report(tmp_path / "other.json")


def test_errors_of_the_scored_folder_stay_unread_unless_it_is_named() -> None:
    fault = Fault("people", "missed", "陈一", ROAD)
    evaluations = [evaluation(WORKED, fault), evaluation(SCORED, fault)]
    worked, scored = script.faults_of(evaluations, unread={"scored"})
    assert (ROAD in worked, ROAD in scored) == (True, False)
    earlier, now = report_on([evaluation(SCORED)]), report_on([evaluation(SCORED, fault)])
    assert ROAD not in "".join(script.compared(earlier, now, unread={"scored"}))
    assert ROAD in "".join(script.compared(earlier, now, unread=set()))


def test_floors_stand_a_margin_below_what_is_reached_and_never_sink_by_themselves(tmp_path: Path) -> None:
    reached = [evaluation(WORKED, items=Count(1, 0, 0), kinds=Count(1, 1, 1))]  # F1 1.0 and 0.5
    floors = {"worked": {"items": 0.5, "kinds": 0.7}, "seeds": {"items": 0.9}}
    assert raised(floors, reached) == {"worked": {"items": 0.99, "kinds": 0.7}, "seeds": {"items": 0.9}}
    assert raised(floors, reached, lower=True)["worked"] == {"items": 0.99, "kinds": 0.49}
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors


def test_a_figure_under_its_floor_is_named_and_so_is_one_that_is_gone() -> None:
    counted = {"items": Count(1, 1, 1), "kinds": Count(1, 0, 0)}
    assert below({"items": 0.5, "kinds": 0.99}, counted) == []
    assert below({"items": 0.51, "title": 0.1}, counted) == [
        "items: F1 0.500, floor 0.510",
        "title: F1 0.000, floor 0.100",
    ]


def test_floors_are_kept_for_our_own_folders_alone(tmp_path: Path) -> None:
    with pytest.raises(FloorError, match="floors are kept for the folders of tests/gold alone"):
        raised({}, [evaluation(tmp_path)])


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A gold folder with one article, its text in articles/ beside it."""
    gold = annotation(proposals=[proposal(ROAD, "陈一")])
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "a.json").write_text(gold.model_dump_json(), "utf-8")
    return tmp_path / "tiny"


def nothing_found(article: str, text: str) -> Annotation:
    return annotation()


def test_a_folder_is_evaluated_with_the_texts_beside_it_or_elsewhere(tiny: Path, tmp_path: Path) -> None:
    assert total([evaluate(tiny, nothing_found)]).counts["items"] == Count(0, 0, 1)
    (tmp_path / "articles").rename(tmp_path / "elsewhere")
    assert total([evaluate(tiny, nothing_found, tmp_path / "elsewhere")]).counts["items"] == Count(0, 0, 1)
    with pytest.raises(GoldError, match=r"no article a\.txt in .*; name its folder with --articles"):
        evaluate(tiny, nothing_found)


def test_an_annotation_that_no_longer_fits_its_text_is_refused(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "articles" / "a.txt").write_text("\r\n" + TEXT, "utf-8", newline="")
    with pytest.raises(GoldError, match=r"'陈一建议建新路。' is said to stand at \(0, 8\)"):
        evaluate(tiny, nothing_found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "the file: Invalid JSON"),
        ('{"article": "a.txt", "people": [{"name": "陈一", "optinal": true}]}', r"people\.0\.optinal: Extra"),
        (
            '{"article": "a.txt", "proposals": [{"text": "", "speakers": [], "kind": "wish"}]}',
            r"proposals\.0\.kind",
        ),
        (
            '{"article": "a.txt", "proposals": [{"text": "", "speakers": [], "kind": "plan"}]}',
            "needs spans, or start",
        ),
    ],
)
def test_a_broken_gold_file_is_named_with_the_place(tiny: Path, content: str, reason: str) -> None:
    (tiny / "a.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=rf"a\.json: .*{reason}"):
        evaluate(tiny, nothing_found)


def run(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """scripts/evaluate.py as a finished process, with its data folder."""
    return subprocess.run(
        [sys.executable, script.__file__, *arguments],
        env={**os.environ, "JIANYAN_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
    )


def test_the_script_prints_figures_or_a_report_alone(tiny: Path, tmp_path: Path, jieba_cache: Path) -> None:
    options = ("--errors", "--per-article", "--calibration", "--json", tmp_path / "report.json")
    tables = run(jieba_cache, tiny, *options)
    assert tables.returncode == 0, tables.stderr
    assert f"== {tiny}, 1 articles" in tables.stdout
    report = run(jieba_cache, tiny, "--json", "-", "--against", tmp_path / "report.json")
    assert json.loads(report.stdout) == json.loads((tmp_path / "report.json").read_text("utf-8"))


def test_the_script_names_what_it_cannot_read_and_ends_with_2(tmp_path: Path, jieba_cache: Path) -> None:
    done = run(jieba_cache, tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere: holds no gold files" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_gold_file_fits_its_text_and_speaks_of_known_themes(folder: Path, lexicon: Lexicon) -> None:
    codes = {theme.code for theme in lexicon.themes}
    for case in load_cases(folder):
        labels = {t for p in case.gold.proposals for t in (*p.themes, *p.themes_optional)}
        assert labels <= codes, case.name


def test_every_text_is_either_worked_with_or_only_scored() -> None:
    texts = {path.stem for path in (GOLD / "articles").iterdir()}
    worked, scored = ({path.stem for path in folder.glob("*.json")} for folder in (WORKED, SCORED))
    assert worked | scored == texts
    assert not worked & scored


@pytest.fixture(scope="session")
def evaluated(extractor: Extractor, lexicon: Lexicon) -> Callable[[Path], Evaluation]:
    """Evaluates a folder with the real extraction, once a session."""
    predict = extraction_with(extractor, lexicon)
    return cache(lambda folder: evaluate(folder, predict))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_figure_falls_below_its_floor(folder: Path, evaluated: Callable[[Path], Evaluation]) -> None:
    floors = read_floors()[folder.name]
    assert below(floors, total([evaluated(folder)]).counts) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_figure_has_a_floor(folder: Path, evaluated: Callable[[Path], Evaluation]) -> None:
    assert set(read_floors()[folder.name]) == set(total([evaluated(folder)]).counts)
