"""Print the schema; after a change of contract: `python scripts/openapi.py > tests/openapi.json`."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.main import create_app
from app.settings import Settings


def main() -> None:
    """Write the schema as JSON to stdout; no database is opened."""
    print(json.dumps(create_app(Settings()).openapi(), ensure_ascii=False, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
