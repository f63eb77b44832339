"""The folder with the reports' texts that a deployment may have."""

from functools import lru_cache
from pathlib import Path

from mubiao.plan.textfile import file_stamp
from mubiao.report.text import Report, read_report


def report_of(folder: Path | None, plan_id: str) -> Report | None:
    """The text of a plan's report, None where the deployment does not have it.

    Raises Unavailable for a file that is not a report.
    """
    if folder is None:
        return None
    path = folder / f"{plan_id}.txt"
    return _report(path, *file_stamp(path)) if path.exists() else None


@lru_cache(maxsize=16)
def _report(path: Path, changed_ns: int, size: int) -> Report:
    del changed_ns, size  # part of the key, so that a changed file is read again
    return read_report(path)
