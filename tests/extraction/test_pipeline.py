"""What holds of every extraction, held against every article the repository keeps."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app.extraction.clean import Cleaner
from app.extraction.document import Span, evidence
from app.extraction.findings import Extraction
from app.extraction.pipeline import VERSION, Extractor
from app.extraction.reading import build_document
from app.extraction.sentences import split_sentences
from app.lexicon import Lexicon

ROOT = Path(__file__).parents[2]
ARTICLES = sorted([*(ROOT / "tests/gold/articles").glob("*.txt"), *(ROOT / "seeds/articles").glob("*.md")])


@pytest.fixture(scope="session", params=ARTICLES, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> str:
    return request.param.read_bytes().decode("utf-8-sig")


@pytest.fixture(scope="session")
def extraction(article: str, extractor: Extractor) -> Extraction:
    return extractor.extract(article)


def all_spans(extraction: Extraction) -> Iterator[tuple[Span, ...]]:
    """The spans of every finding, one tuple a finding."""
    for person in extraction.people:
        yield person.mentions
        yield from (position.spans for position in person.positions)
    yield from (institution.mentions for institution in extraction.institutions)
    yield from ((metric.span,) for metric in extraction.metrics)
    for proposal in extraction.proposals:
        yield proposal.spans
        yield from (speaker.spans for speaker in proposal.speakers)


def test_the_repository_keeps_articles_to_hold_this_against() -> None:
    assert len(ARTICLES) >= 40


def test_every_finding_stands_in_the_text_where_it_says(article: str, extraction: Extraction) -> None:
    for spans in all_spans(extraction):
        assert spans
        assert all(0 <= start < end <= len(article) for start, end in spans), spans
        assert evidence(article, spans).strip()


def test_the_spans_of_a_proposal_stand_in_order_and_overlap_none(extraction: Extraction) -> None:
    for proposal in extraction.proposals:
        assert all(a.end <= b.start for a, b in pairwise(proposal.spans))


def test_no_two_proposals_share_a_place(extraction: Extraction) -> None:
    spans = sorted(span for proposal in extraction.proposals for span in proposal.spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_no_two_metrics_share_a_place(extraction: Extraction) -> None:
    spans = [metric.span for metric in extraction.metrics]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_persons_mentions_are_its_name(article: str, extraction: Extraction) -> None:
    for person in extraction.people:
        assert {"".join(evidence(article, (span,)).split()) for span in person.mentions} == {person.name}


def test_a_title_stands_where_its_position_is_stated(article: str, extraction: Extraction) -> None:
    for person in extraction.people:
        for position in person.positions:
            assert position.title in evidence(article, position.spans)


def test_every_metric_lies_in_the_proposal_it_names(extraction: Extraction) -> None:
    for metric in extraction.metrics:
        if metric.proposal is not None:
            spans = extraction.proposals[metric.proposal].spans
            assert any(start <= metric.span.start < end for start, end in spans)


def test_codes_are_known_and_confidences_are_shares(extraction: Extraction, lexicon: Lexicon) -> None:
    themes = {theme.code for theme in lexicon.themes}
    for finding in (*extraction.proposals, *extraction.metrics):
        assert themes.issuperset(finding.themes)
        assert lexicon.gazetteer.by_code.keys() >= set(finding.regions)
    assert all(0 < proposal.confidence <= 1 for proposal in extraction.proposals)


def test_nobody_is_found_twice(extraction: Extraction) -> None:
    for names in (
        [person.name for person in extraction.people],
        [institution.name for institution in extraction.institutions],
    ):
        assert len(set(names)) == len(names)


def test_the_same_text_gives_the_same_findings(
    article: str, extraction: Extraction, extractor: Extractor
) -> None:
    again = extractor.extract(article)
    assert again == extraction
    assert again.version == VERSION


def test_a_sentence_of_one_piece_stands_literally_in_the_source(article: str, cleaner: Cleaner) -> None:
    document = build_document(article, cleaner.lines(article))
    for sentence in split_sentences(document):
        if len(document.spans(sentence.start, sentence.end)) == 1:
            surface = document.surface(sentence.start, sentence.end)
            assert surface.strip()
            assert surface in article


def test_sentences_cover_the_reading_text_but_datelines_without_overlap(
    article: str, cleaner: Cleaner
) -> None:
    document = build_document(article, cleaner.lines(article))
    sentences = split_sentences(document)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    ends = [0, *(sentence.end for sentence in sentences)]
    starts = [*(sentence.start for sentence in sentences), len(document.text)]
    between = [document.text[end:start].strip() for end, start in zip(ends, starts, strict=True)]
    assert all(
        not words or words.startswith(("本报", "【本报", "据")) or "讯" in words or "电" in words
        for words in between
    )


SILENT = {"empty": "", "line ends": "\n\n", "byte order mark": "\ufeff", "dots": "……", "digits": "123"}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_a_text_that_says_nothing_has_no_findings(extractor: Extractor, text: str) -> None:
    extraction = extractor.extract(text)
    assert (extraction.people, extraction.institutions, extraction.proposals) == ((), (), ())


def test_windows_line_ends_change_no_finding(extractor: Extractor) -> None:
    text = "闽赣修路\n\n福建省交通运输厅厅长游光远建议,合修大桥。\n\n江西省交通运输厅厅长涂小满说,将开工。\n"
    plain, windows = (extractor.extract(t) for t in (text, text.replace("\n", "\r\n")))
    assert [p.name for p in windows.people] == [p.name for p in plain.people] == ["游光远", "涂小满"]
    assert [p.kind for p in windows.proposals] == [p.kind for p in plain.proposals]
    assert len(plain.proposals) == 2


@pytest.mark.parametrize(
    "text",
    [
        "绥化市市长石明哲说,。;:,,,。。;;",
        "绥化市市长石明哲建议,加快修路。\n。\n?!",
        "“。”石明哲说。",
        "。",
        "《",
        "",
        " \n",
    ],
    ids=[
        "marks after a verb of speech",
        "marks as paragraphs",
        "an empty quotation",
        "a stop",
        "a mark",
        "nothing",
        "blanks",
    ],
)
def test_marks_without_words_break_nothing(extractor: Extractor, text: str) -> None:
    found = extractor.extract(text).proposals
    assert all(any(c.isalnum() for start, end in one.spans for c in text[start:end]) for one in found)
