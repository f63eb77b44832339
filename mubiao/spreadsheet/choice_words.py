"""The words of choices in a spreadsheet: written in one language, read in both, or as ids."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from mubiao.i18n import CODES, Language, language
from mubiao.model import Nature, Observation, Qualifier, Stage
from mubiao.period import Period
from mubiao.plain_text import folded
from mubiao.wording import words as wording
from mubiao.wording.phrasebook import qualified

_CHOICES: Mapping[str, Mapping[StrEnum, str]] = {
    "qualifier": dict(wording.QUALIFIER.items()),
    "nature": dict(wording.NATURE.items()),
    "value": dict(wording.STAGE.items()),
}


def choices(column: str, language: Language) -> tuple[str, ...]:
    """What a drop-down of qualifier, nature or (for a milestone) value offers."""
    return tuple(language.t(text) for text in _CHOICES[column].values())


def word(choice: Qualifier | Nature | Stage, language: Language) -> str:
    """A choice in a language."""
    column = {Qualifier: "qualifier", Nature: "nature", Stage: "value"}[type(choice)]
    return language.t(_CHOICES[column][choice])


def id_of(column: str, text: str) -> str:
    """The id of a choice written in either language; the text itself where it is none."""
    return _IDS[column].get(folded(text), text)


def value_alone(seen: Observation, language: Language) -> str:
    """A value beside a column with its unit: "at least 28万", or a stage's name."""
    if isinstance(seen.value, Stage):
        return word(seen.value, language)
    return qualified(language.number(seen.value), seen.qualifier, language)


def latest(seen: Iterable[Observation], period: Period | None) -> Observation | None:
    """Of a target's observations the one of a period, or else the one whose period ends last; of
    several, what became known last.
    """
    return max(
        seen,
        key=lambda one: (one.period == period, one.period.last, one.known_on, one.row),
        default=None,
    )


_IDS: Mapping[str, Mapping[str, str]] = {
    column: {
        folded(word): choice.value
        for choice, text in names.items()
        for word in (choice.value, *(language(code).t(text) for code in CODES))
    }
    for column, names in _CHOICES.items()
}
