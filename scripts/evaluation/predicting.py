"""The extraction as a source of predictions."""

from typing import Any

from app.extraction.findings import Extraction
from app.extraction.pipeline import Extractor
from app.lexicon import Lexicon
from scripts.evaluation.annotation import Annotation
from scripts.evaluation.evaluations import Predict
from scripts.extract import as_record


def extraction_with(extractor: Extractor, lexicon: Lexicon) -> Predict:
    def predict(article: str, text: str) -> Annotation:
        extraction = extractor.extract(text)
        record = as_record(article, text, extraction, lexicon)
        return Annotation.model_validate(_with_rules(record, extraction))

    return predict


def _with_rules(record: dict[str, Any], extraction: Extraction) -> dict[str, Any]:
    """The record with the rule that found each person, institution and metric, too."""
    for entries, findings in (
        (record["people"], extraction.people),
        (record["institutions"], extraction.institutions),
        (record["metrics"], extraction.metrics),
    ):
        for entry, finding in zip(entries, findings, strict=True):
            entry["rule"] = finding.rule
    return record
