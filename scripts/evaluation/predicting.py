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
    rules = {
        "people": [person.rule for person in extraction.people],
        "institutions": [institution.rule for institution in extraction.institutions],
        "metrics": [metric.rule for metric in extraction.metrics],
    }
    with_rules = {
        field: [entry | {"rule": rule} for entry, rule in zip(record[field], names, strict=True)]
        for field, names in rules.items()
    }
    return record | with_rules
