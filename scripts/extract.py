"""Extract articles to JSON lines: `python scripts/extract.py SOURCE… > findings.jsonl`.

One object per article: title, published_on, source, bylines, people, institutions, proposals (with
`spans`, lists of [start, end) offsets into the text) and metrics. Nothing is stored.
"""

import json
import sys
from pathlib import Path, PurePath

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.errors import JianyanError, SourceError
from app.extraction.document import evidence
from app.extraction.findings import Extraction
from app.extraction.pipeline import Extractor
from app.importers.formats import read
from app.importers.pieces import Piece
from app.importers.sources import find
from app.lexicon import Lexicon, load_lexicon
from app.settings import Settings


def as_record(name: str, text: str, extraction: Extraction, lexicon: Lexicon) -> dict[str, object]:
    """The extraction of one article as plain JSON values, places by their canonical names."""
    places = lexicon.gazetteer.by_code
    return {
        "article": name,
        "title": extraction.title,
        "published_on": extraction.published_on,
        "source": extraction.source,
        "bylines": list(extraction.bylines),
        "people": [
            {
                "name": person.name,
                "positions": [{"institution": p.institution, "title": p.title} for p in person.positions],
            }
            for person in extraction.people
        ],
        "institutions": [{"name": one.name, "aliases": list(one.aliases)} for one in extraction.institutions],
        "proposals": [
            {
                "spans": [list(span) for span in proposal.spans],
                "text": evidence(text, proposal.spans),
                "speakers": [speaker.name for speaker in proposal.speakers],
                "kind": proposal.kind,
                "themes": list(proposal.themes),
                "regions": [places[code].name for code in proposal.regions],
                "rule": proposal.rule,
                "form": proposal.form,
                "confidence": proposal.confidence,
            }
            for proposal in extraction.proposals
        ],
        "metrics": [
            {
                "start": metric.span.start,
                "end": metric.span.end,
                "text": text[metric.span.start : metric.span.end],
                "value": metric.value,
                "value_max": metric.value_max,
                "unit": metric.unit,
                "qualifier": metric.qualifier,
                "about": metric.about,
            }
            for metric in extraction.metrics
        ],
    }


def main(paths: list[str]) -> int:
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        lexicon = load_lexicon()
        extractor = Extractor(lexicon, Settings().data_dir)
    except JianyanError as error:
        print(error, file=sys.stderr)
        return 2
    failed = 0
    for found in find(paths):
        try:
            raw = read(found) if isinstance(found, Piece) else found
        except SourceError as error:
            raw = error
        if isinstance(raw, SourceError):
            print(raw, file=sys.stderr)
            failed += 1
            continue
        record = as_record(PurePath(raw.name).name, raw.text, extractor.extract(raw.text), lexicon)
        print(json.dumps(record, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:  # the reader has what it wants: extract.py … | head
        sys.stderr.close()
