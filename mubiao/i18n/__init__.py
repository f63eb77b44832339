"""Both languages: messages, numbers, days and periods."""

from mubiao.i18n.language import (
    CODES,
    LOCALES,
    Language,
    language,
)

__all__ = [
    "CODES",
    "LOCALES",
    "Language",
    "language",
]
