"""The headline targets in rows: what changed since the figure before, or which report is owed."""

from dataclasses import dataclass

from mubiao.criterion import criterion_of
from mubiao.duty import calendar
from mubiao.model import Assessment
from mubiao.problems import message
from mubiao.views.distance import distance
from mubiao.views.key_figures import step
from mubiao.views.overview import TargetRow
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A row with figures, or a thin one: its `note` then says which report is owed.

    `change` is the step since the figure before with its direction, and `note` whether that is
    better; of a final figure `note` is its distance to the target.
    """

    row: TargetRow
    change: str
    note: str

    @property
    def is_thin(self) -> bool:
        """Whether nothing is reported."""
        return not self.row.value


def headline_row(phrasebook: Phrasebook, row: TargetRow, assessment: Assessment) -> HeadlineRow:
    """The row of a numeric target."""
    if assessment.observation is None:
        return HeadlineRow(row, "", silence(phrasebook, assessment))
    if assessment.final:
        end = distance(phrasebook, assessment, assessment.observation)
        return HeadlineRow(row, "", end.text if end else "")
    return HeadlineRow(row, *_change(phrasebook, assessment))


def silence(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """Which report of a target is owed, or is the next one due; "" where none is expected."""
    expected = calendar(phrasebook.plan, assessment)
    if late := [debt for debt in expected if debt.overdue_days]:
        form = message("{period}: due, not reported")
        return phrasebook.t(form, period=phrasebook.period(late[-1].period))
    if not expected:
        return ""
    period, day = phrasebook.period(expected[0].period), phrasebook.language.day(expected[0].due)
    return phrasebook.t("{period}: due by {day}", period=period, day=day)


def _change(phrasebook: Phrasebook, assessment: Assessment) -> tuple[str, str]:
    """The step since the figure before, and whether it is better: "▲ +3.4", "better, was −6.6"."""
    language, made = phrasebook.language, step(assessment)
    if made is None or criterion_of(assessment) is None:
        return "", ""
    before, size, better = made
    if not size:
        return "", phrasebook.t("unchanged")
    form = message("better, was {value}") if better else message("weaker, was {value}")
    if better is None:
        form = message("was {value}")
    arrow = "▲ +" if size > 0 else "▼ "
    return arrow + language.number(size), phrasebook.t(form, value=language.number(before))
