"""References as CSL-JSON, which Zotero, pandoc and every CSL processor read.

After csl-data.json of the Citation Style Language 1.0.2 (citation-style-language/schema): an array of items,
dates as `date-parts`. `document` is its type for what is neither of the others.
"""

import json
from datetime import date
from typing import Any

from app.citations.work import Medium, Work

TYPES = {Medium.NEWSPAPER: "article-newspaper", Medium.WEB_PAGE: "webpage", Medium.OTHER: "document"}
SOURCE_FIELDS = {
    Medium.NEWSPAPER: "container-title",
    Medium.WEB_PAGE: "container-title",
    Medium.OTHER: "publisher",
}


def format_csl(work: Work, accessed: date | None) -> str:
    """An array of one item as JSON; what is not known has no field."""
    fields = {
        "id": work.key,
        "type": TYPES[work.medium],
        "title": work.title,
        # Literal: where a name parts into family and given, the article does not say.
        "author": [{"literal": name} for name in work.authors],
        SOURCE_FIELDS[work.medium]: work.source,
        "issued": _date(work.published_on),
        "URL": work.url,
        "accessed": _date(accessed),
        "language": "zh",
        "note": work.note,
    }
    known = {name: value for name, value in fields.items() if value}
    return json.dumps([known], ensure_ascii=False)


def _date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
