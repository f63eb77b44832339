"""Commentary and a person's own judgement, beside the computed status and never in its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from mubiao.i18n import Language
from mubiao.model import Assessment, Plan, Remark
from mubiao.period import Period
from mubiao.views.counts import StatusMark, mark
from mubiao.views.overview import judged_so
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Note:
    """One remark as people see it; `mark` is the status of a judgement, None for commentary."""

    row: int
    mark: StatusMark | None
    text: str
    period: str
    by: str
    written: str
    until: str


@dataclass(frozen=True, slots=True)
class TargetRemarks:
    """What is said of one target as of a day, the newest first: judgements in force, commentary,
    expired judgements; `computed` is the status by the rule, which none of them changes.
    """

    computed: StatusMark
    judgements: tuple[Note, ...]
    commentary: tuple[Note, ...]
    expired: tuple[Note, ...]


def remarks_of(
    phrasebook: Phrasebook, assessment: Assessment, standing: Iterable[Remark]
) -> TargetRemarks:
    """The remarks of a target; `standing` are those that stood on the assessment's day."""
    newest = sorted(standing, key=lambda remark: remark.row, reverse=True)
    commentary = [remark for remark in newest if remark.status is None]
    commentary.sort(key=lambda remark: remark.period.last, reverse=True)
    in_force = [remark for remark in newest if remark.in_force(assessment.as_of)]
    expired = [remark for remark in newest if remark not in (*commentary, *in_force)]
    notes = (
        tuple(_note(phrasebook, remark) for remark in group)
        for group in (in_force, commentary, expired)
    )
    return TargetRemarks(mark(assessment.status, phrasebook.language), *notes)


def period_spoken_of(plan: Plan, assessment: Assessment) -> Period:
    """The period that a judgement is about: that of the counting figure, or the plan year."""
    if assessment.observation is not None:
        return assessment.observation.period
    return plan.span.span(1, 12)


def _note(phrasebook: Phrasebook, remark: Remark) -> Note:
    language = phrasebook.language
    return Note(
        row=remark.row,
        mark=None if remark.status is None else mark(remark.status, language),
        text=remark.text,
        period=phrasebook.period(remark.period),
        by=remark.written_by,
        written=language.day(remark.day),
        until="" if remark.until is None else language.day(remark.until),
    )


def remark_kind(remark: Remark, language: Language) -> str:
    """What kind of remark it is: commentary, a judgement with its status, or one taken back."""
    if not remark.text:
        return language.t("taken back")
    if remark.status is None:
        return language.t("commentary")
    return judged_so(remark.status, language)


def until(remark: Remark, language: Language) -> str:
    """A judgement's last day; empty for commentary."""
    if remark.until is None:
        return ""
    return language.t("until {day}", day=remark.until.isoformat())
