"""Periods as lists offer them: by their name and their contract form."""

from mubiao.i18n import Language
from mubiao.period import Period


def period_label(language: Language, text: str) -> str:
    """A period's name and contract form, January–July 2020 (2020-01..2020-07); else the text."""
    try:
        return f"{language.period(Period.parse(text))} ({text})"
    except ValueError:
        return text
