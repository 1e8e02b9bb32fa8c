"""The findings of articles as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.store.bands import add_bands, rank_of
from app.store.casts import Named, Place, add_speakers
from app.store.drafts import Draft, DraftMetric, DraftProposal
from app.store.removal import Former, key_of_metric, key_of_proposal
from app.store.rows import Rows
from app.tables import Metric, MetricRegion, MetricTheme, Proposal, ProposalRegion, ProposalTheme


@dataclass(frozen=True, slots=True)
class Written:
    """The ids of the proposals and metrics of an article."""

    proposals: Sequence[int]
    metrics: Sequence[int]


def write_findings(rows: Rows, article_id: int, draft: Draft, named: Named, former: Former) -> Written:
    """Add the findings of an article that has none yet to the rows of its batch."""
    named.write(rows, article_id)
    writer = _Writer(rows, article_id, draft, named.speakers(), former)
    proposals = [writer.write_proposal(*each) for each in enumerate(draft.proposals)]
    metrics = [writer.write_metric(*each, proposals) for each in enumerate(draft.metrics)]
    return Written(proposals, metrics)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one article's proposals, of which it knows the speakers, and metrics."""

    rows: Rows
    article_id: int
    draft: Draft
    speakers: Mapping[int, Mapping[int, Sequence[Place]]]
    former: Former

    def write_proposal(self, ordinal: int, draft: DraftProposal) -> int:
        """The id of the row."""
        found, day = draft.found, self.draft.description.published_on
        speakers = self.speakers.get(ordinal, {})
        known = self.former.proposals.pop(key_of_proposal(found.spans, speakers), None)
        id = known or self.rows.number(Proposal)
        self.rows.add(
            Proposal,
            id=id,
            article_id=self.article_id,
            ordinal=ordinal,
            kind=found.kind,
            text=draft.text.text,
            spans=found.spans,
            rule=found.rule,
            form=found.form,
            confidence=found.confidence,
            spillover=found.spillover,
            published_on=day,
            digest=draft.digest,
            search_text=draft.text.search_text,
            duplicate_of=None,
            reported_with=None,
        )
        add_speakers(self.rows, id, speakers)
        add_bands(self.rows, id, rank_of(self.draft.sha256, ordinal, draft.digest), draft.bands, speakers)
        for code in dict.fromkeys(found.themes):
            self.rows.add(ProposalTheme, proposal_id=id, theme_code=code, published_on=day)
        for code in dict.fromkeys(found.regions):
            self.rows.add(ProposalRegion, proposal_id=id, region_code=code)
        return id

    def write_metric(self, ordinal: int, draft: DraftMetric, proposals: Sequence[int]) -> int:
        """The id of the row."""
        found = draft.found
        known = self.former.metrics.pop(key_of_metric(found.span, found.value, found.unit), None)
        id = known or self.rows.number(Metric)
        self.rows.add(
            Metric,
            id=id,
            article_id=self.article_id,
            ordinal=ordinal,
            span_start=found.span.start,
            span_end=found.span.end,
            text=draft.text.text,
            value=found.value,
            value_max=found.value_max,
            unit=found.unit,
            qualifier=found.qualifier,
            about=found.about,
            rule=found.rule,
            proposal_id=None if found.proposal is None else proposals[found.proposal],
            spillover=found.spillover,
            search_text=draft.text.search_text,
        )
        for code in dict.fromkeys(found.themes):
            self.rows.add(MetricTheme, metric_id=id, theme_code=code)
        for code in dict.fromkeys(found.regions):
            self.rows.add(MetricRegion, metric_id=id, region_code=code)
        return id
