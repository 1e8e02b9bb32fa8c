"""Short articles in which ⟦…⟧ stands around the one sentence that a pair is about."""

import re

from app.extraction.document import evidence
from app.extraction.findings import Extraction, Proposal
from app.extraction.pipeline import Extractor


def proposal_at_mark(extractor: Extractor, marked: str) -> Proposal | None:
    """The proposal that begins inside the marks of the article, None where there is none."""
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    found = [one for one in extractor.extract(text).proposals if start <= one.spans[0].start < end]
    assert len(found) <= 1, [evidence(text, one.spans) for one in found]
    return found[0] if found else None


def speakers_at_mark(extractor: Extractor, marked: str) -> list[str] | None:
    """The names of its speakers."""
    proposal = proposal_at_mark(extractor, marked)
    return None if proposal is None else [speaker.name for speaker in proposal.speakers]


def proposals_at_marks(extractor: Extractor, marked: str) -> tuple[Proposal, ...]:
    """The proposals of the article, which must be those inside its marks, all of them and no others."""
    text = marked.replace("⟦", "").replace("⟧", "")
    extraction = extractor.extract(text)
    assert words_of(text, extraction) == re.findall("⟦(.*?)⟧", marked)
    return extraction.proposals


def words_of(text: str, extraction: Extraction) -> list[str]:
    """The evidence of every proposal."""
    return [evidence(text, proposal.spans) for proposal in extraction.proposals]
