"""Small inputs that people's tables really contain (`tests/data/cases`), on a new record."""

import json
from pathlib import Path
from typing import Any

from tests.commands import run

CASES = Path(__file__).parent / "data" / "cases"


def dry_run(file: Path | str, *options: str) -> dict[str, Any]:
    """The document of a dry run of one of the inputs, or of another file."""
    result = run("import", CASES / file, "--dry-run", "--json", *options)
    assert result.exit_code in (0, 1), result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def outcomes(file: Path | str, *options: str) -> list[str]:
    """What becomes of each row of it."""
    return [row["outcome"] for row in dry_run(file, *options)["rows"]]
