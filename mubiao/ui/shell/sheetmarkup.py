"""HTML of the view of files: parts that fold, the upload field's own words. Texts are escaped."""

import json
from html import escape


def summary(text: str) -> str:
    """What a file would do, in one line of larger type."""
    return f'<p class="mb-summary mb-file-summary">{escape(text)}</p>'


def folded(title: str, note: str, body: str, *, opened: bool) -> str:
    """A part under a heading that folds; `body` is HTML already."""
    state = ' open=""' if opened else ""
    return (
        f'<details class="mb-folded"{state}><summary>{escape(title)} '
        f"<small>{escape(note)}</small></summary>{body}</details>"
    )


def uploader_words(choose: str, drop: str) -> str:
    """Words in place of Streamlit's own in the upload field, which speaks English only.

    Invisible to nobody: the button's accessible name keeps the field's label beside it.
    """
    return (
        "<style>"
        f".st-key-files-upload section {{ --choose: {_css(choose)}; --drop: {_css(drop)}; }}"
        "</style>"
    )


def _css(text: str) -> str:
    """A text as a CSS string; what could end the element is written by its code."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
