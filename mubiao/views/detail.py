"""What the page of one target shows: facts, steps, actuals, and the history of corrections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.i18n import Language
from mubiao.model import (
    Assessment,
    Baseline,
    Entry,
    Observation,
    Plan,
    Source,
    Target,
    Withdrawal,
)
from mubiao.observation import standing
from mubiao.problems import message
from mubiao.views.charts import Path, path
from mubiao.views.overview import Row, row
from mubiao.wording import words
from mubiao.wording.explanation import Step, explain
from mubiao.wording.phrasebook import Phrasebook, author_name, reason


@dataclass(frozen=True, slots=True)
class ActualRow:
    """One recorded row of a target as people see it.

    `state` is one of counting, shown, replaced, withdrawn, not_yet, withdrawal; `open` says
    whether it can still be corrected or withdrawn.
    """

    row: int
    period: str
    value: str
    nature: str
    known_on: str
    source: str
    note: str
    recorded: str
    state: str
    state_word: str
    open: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One target as of a day."""

    row: Row
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    path: Path
    names: dict[str, str]
    actuals: tuple[ActualRow, ...]


_STATES = {
    "counting": message("counts"),
    "shown": message("shown only"),
    "replaced": message("replaced by no. {row}"),
    "withdrawn": message("withdrawn by no. {row}"),
    "not_yet": message("not known yet on that day"),
    "withdrawal": message("withdraws no. {row}"),
}


def detail(
    plan: Plan,
    assessment: Assessment,
    history: Sequence[Entry],
    language: Language,
    *,
    with_day: bool = True,
) -> Detail:
    """Everything about one target; `history` is every row ever recorded for it.

    Whether sentence and steps name the as-of day is asked for as in `sentence`.
    """
    known = standing(history, assessment.as_of)
    return Detail(
        row=row(plan, assessment, language, with_day=with_day),
        facts=facts(plan, assessment.target, language),
        steps=explain(Phrasebook(plan, language), assessment, with_day=with_day),
        path=path(plan, assessment, known, language),
        names=series_names(assessment, language),
        actuals=tuple(_actuals(plan, assessment, history, language)),
    )


def series_names(assessment: Assessment, language: Language) -> dict[str, str]:
    """The legend's words by series."""
    judged = (
        message("stage") if assessment.target.is_milestone else message("actual that is judged")
    )
    forms = {
        "judged": judged,
        "drawn": message("other actuals, shown only"),
        "target": message("target"),
        "pace": message("scheduled pace"),
        "needed": message("what is left to do"),
        "baseline": message("baseline"),
        "met": message("satisfied or on course"),
        "near": message("within the warning band"),
        "trial": message("tried, not recorded"),
    }
    day = language.t("as of {day}", day=language.short_day(assessment.as_of))
    return {series: language.t(form) for series, form in forms.items()} | {"as_of": day}


def facts(plan: Plan, target: Target, language: Language) -> tuple[tuple[str, str], ...]:
    """What the plan says of a target, as (label, text) in reading order; nothing empty."""
    pairs = [
        (message("Where it stands"), place(plan, target.source, language)),
        (message("Printed"), f"“{target.source.printed}”"),
        (message("How we read it"), language.pick(target.reading) if target.reading else ""),
        (message("An actual is"), language.t(words.MEASURE[target.measure])),
        (message("Judged"), language.t(words.JUDGED[target.judged])),
        (message("Due"), language.day(plan.due(target))),
        (message("Published"), language.t(words.CADENCE[target.cadence])),
        (message("Baseline"), baseline(plan, target, target.baseline, language)),
        (message("Responsible"), language.pick(target.owner) if target.owner else ""),
    ]
    return tuple((language.t(label), text) for label, text in pairs if text)


def place(plan: Plan, source: Source, language: Language) -> str:
    """Where in the report: section with its name, and paragraph."""
    known = plan.section_names.get(source.section)
    name = f" {language.pick(known)}" if known else ""
    return language.t(
        "section {section}{name}, paragraph {paragraph}",
        section=source.section,
        name=name,
        paragraph=source.paragraph,
    )


def baseline(plan: Plan, target: Target, earlier: Baseline | None, language: Language) -> str:
    """The earlier value with its year and place; empty where there is none."""
    if earlier is None:
        return ""
    return language.t(
        "{value} in {year} ({place}, “{printed}”)",
        value=language.quantity(earlier.value, Phrasebook(plan, language).unit(target)),
        year=earlier.year,
        place=place(plan, earlier.source, language),
        printed=earlier.source.printed,
    )


def _actuals(
    plan: Plan, assessment: Assessment, history: Sequence[Entry], language: Language
) -> Iterable[ActualRow]:
    """Every recorded row, the latest first."""
    as_of = assessment.as_of
    replacers = {entry.replaces: entry for entry in history if entry.replaces is not None}
    counting = assessment.observation.row if assessment.observation else None
    for entry in sorted(history, key=lambda e: e.row, reverse=True):
        by = _replacer(entry, replacers, as_of)
        state = _state(entry, by, counting, as_of)
        named = entry.replaces if isinstance(entry, Withdrawal) else by.row if by else 0
        observed = isinstance(entry, Observation)
        yield ActualRow(
            row=entry.row,
            period=language.period(entry.period) if isinstance(entry, Observation) else "",
            value=(
                Phrasebook(plan, language).actual(entry) if isinstance(entry, Observation) else ""
            ),
            nature=(
                language.t(words.NATURE[entry.nature]) if isinstance(entry, Observation) else ""
            ),
            known_on=entry.known_on.isoformat(),
            source=entry.source if isinstance(entry, Observation) else "",
            note=(entry.note if isinstance(entry, Observation) else reason(entry, language)),
            recorded=_recorded(entry, language),
            state=state,
            state_word=language.t(_STATES[state], row=named),
            open=observed and by is None,
        )


def _replacer(entry: Entry, replacers: Mapping[int, Entry], as_of: date) -> Entry | None:
    """What stands in a row's place as of a day: a later link of the chain may be known earlier."""
    by = first = replacers.get(entry.row)
    while by is not None and by.known_on > as_of:
        by = replacers.get(by.row)
    return by or first


def _state(entry: Entry, by: Entry | None, counting: int | None, as_of: date) -> str:
    if isinstance(entry, Withdrawal):
        return "withdrawal"
    if by is not None and by.known_on <= as_of:
        return "withdrawn" if isinstance(by, Withdrawal) else "replaced"
    if entry.known_on > as_of:
        return "not_yet"
    return "counting" if entry.row == counting else "shown"


def _recorded(entry: Entry, language: Language) -> str:
    by, at = entry.recorded_by, entry.recorded_at
    person = author_name(by, language)
    moment = f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
    return " · ".join(filter(None, (language.t("no. {row}", row=entry.row), person, moment)))
