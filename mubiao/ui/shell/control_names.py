"""What Streamlit's own controls call themselves, in English alone, in every language.

The names are those of its front end, a place in braces for each text that it puts in; a script in
each page (`control_names.js`) writes them anew.
"""

from pathlib import Path

import orjson
from starlette.routing import Route

from mubiao.i18n import CODES, language
from mubiao.model import Code
from mubiao.problems import message
from mubiao.ui.shell import document

SCRIPT = Path(__file__).with_suffix(".js")
NAMES = (
    # Fields
    message("Press Enter to apply"),
    message("Press Ctrl+Enter to apply"),
    message("Press ⌘+Enter to apply"),
    message("Help for {label}"),
    # Choices
    message("Choose an option"),
    message("Choose options"),
    message("Open"),
    message("Dismiss"),
    message("Clear value"),
    message("No results"),
    message("Add: {text}"),
    message("{n} option available."),
    message("{n} options available."),
    # Days
    message("year, {label}"),
    message("month, {label}"),
    message("day, {label}"),
    message("yyyy"),
    message("mm"),
    message("dd"),
    message("Empty"),
    message("Choose date"),
    message("Choose date, {month}"),
    message("Selected Date: {day}"),
    message("Previous month"),
    message("Next month"),
    message("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    # Files
    message("Upload"),
    message("file upload"),
    message("{n}MB per file"),
    message("Drag and drop files here"),
    message("{kind} files are not allowed."),
    message("File must be {size} or smaller."),
    message("Remove {name}"),
    # Tables
    message("Sort ascending"),
    message("Sort descending"),
    message("Format"),
    message("Autosize"),
    message("Pin column"),
    message("Unpin column"),
    message("Hide column"),
    message("Copy column name"),
    message("Statistics"),
    message("Fullscreen"),
    message("Fullscreen: {label}"),
    message("Close fullscreen"),
    message("Close fullscreen: {label}"),
    message("Download as CSV: {label}"),
    message("Search: {label}"),
    message("Show/hide columns: {label}"),
    message("Type to search"),
    message("Previous Result"),
    message("Next Result"),
    message("Close Search"),
    # Boxes
    message("Close"),
)


def by_language() -> dict[Code, list[str]]:
    """The names in each language, in the order of `NAMES`; what English says is Streamlit's."""
    return {code: [language(code).t(name) for name in NAMES] for code in CODES}


def routes(base: str) -> list[Route]:
    """The script that writes the names anew, with the names in it."""
    names = f"NAMES = {orjson.dumps(by_language()).decode()}"
    script = SCRIPT.read_text(encoding="utf-8").replace("NAMES = {}", names, 1)
    return [Route(f"{base}/names.js", document.answer(script, "text/javascript", document.ALWAYS))]
