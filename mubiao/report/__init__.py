"""The report's text, and where each of its figures went in a plan."""

from mubiao.report.text import (
    Figure,
    Paragraph,
    Report,
    figures,
    parse_report,
    passage,
    places,
    read_report,
)

__all__ = [
    "Figure",
    "Paragraph",
    "Report",
    "figures",
    "parse_report",
    "passage",
    "places",
    "read_report",
]
