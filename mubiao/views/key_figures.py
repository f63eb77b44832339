"""The few figures of a target at a glance: its latest value, the target, what lies between them,
what changed since the figure before, or which report is owed.
"""

from decimal import Decimal
from typing import NamedTuple

from mubiao.criterion import criterion_of
from mubiao.duty import calendar
from mubiao.model import Assessment, Comparator, Measure, Nature, Observation
from mubiao.plain_text import capitalised
from mubiao.problems import message
from mubiao.wording.amendments import asked_before
from mubiao.wording.outlooks import stretch_of, telling_outlook, year_end
from mubiao.wording.phrasebook import Phrasebook, demanding, inline

_TURNS = {None: "{size}", True: message("{size}, better"), False: message("{size}, worse")}


class KeyFigure(NamedTuple):
    """A figure under its label, with a quiet note after it."""

    label: str
    value: str
    note: str = ""


class Distance(NamedTuple):
    """The size under its label, "Short of it by" and "8.7 percentage points", and all in one."""

    label: str
    size: str
    text: str


def distance(
    phrasebook: Phrasebook, assessment: Assessment, observation: Observation | None
) -> Distance | None:
    """How far a value is from satisfying, or may still give way; None without a comparison."""
    target, criterion = assessment.target, criterion_of(assessment)
    # The other target's figure is known for the period that counts alone.
    other = target.counterpart is not None and observation != assessment.observation
    value = None if observation is None or other else observation.value
    if criterion is None or not isinstance(value, Decimal):
        return None
    limits = (criterion.threshold, criterion.far)
    gap = min(abs(value - limit) for limit in limits if limit is not None)
    satisfied, two_sided = criterion.satisfied_by(value), criterion.far is not None
    outside = two_sided and target.measure is not Measure.COUNT
    msgid = message("Outside it by") if outside else message("Short of it by")
    if target.measure is Measure.COUNT and not criterion.upwards:
        msgid = message("Over it by")
    if satisfied:
        only_up = target.higher_is_better and not two_sided
        msgid = message("Beyond it by") if only_up else message("Room left")
    label, size = phrasebook.t(msgid), phrasebook.difference(gap, target)
    form = message("{label} {size}")
    if not gap:
        form = message("Exactly at the limit, which does not satisfy the target")
        if satisfied:
            form = message("Exactly what is asked for")
    return Distance(label, size, phrasebook.t(form, label=label, size=size))


def key_figures(phrasebook: Phrasebook, assessment: Assessment) -> tuple[KeyFigure, ...]:
    """The figures that there are, in reading order; a milestone has its stage and due day."""
    gap = distance(phrasebook, assessment, assessment.observation)
    candidates = (
        _latest(phrasebook, assessment),
        target_figure(phrasebook, assessment),
        KeyFigure(gap.label, gap.size) if gap else None,
        _rest(phrasebook, assessment),
        outlook_figure(phrasebook, assessment),
    )
    return tuple(filter(None, candidates))


def slide_figures(phrasebook: Phrasebook, assessment: Assessment) -> tuple[KeyFigure, ...]:
    """The key figures for a slide: how far the latest is from the target stands below it, and
    what is asked beside the title. That alone is a figure where nothing is reported.
    """
    if (latest := _latest(phrasebook, assessment)) is None:
        return (target_figure(phrasebook, assessment),)
    if gap := distance(phrasebook, assessment, assessment.observation):
        latest = latest._replace(note=inline(latest.note, gap.text))
    others = (_rest(phrasebook, assessment), outlook_figure(phrasebook, assessment))
    return (latest, *filter(None, others))


def step(assessment: Assessment) -> tuple[Decimal, Decimal, bool | None] | None:
    """The figure before the latest one, what changed since, and whether that is the better way,
    None where neither is; None where there is no number before.
    """
    target = assessment.target
    pair = [o.value for o in (assessment.previous, assessment.observation) if o is not None]
    match [value for value in pair if isinstance(value, Decimal)]:
        case [before, now]:
            better = None if target.is_two_sided else (now > before) is target.higher_is_better
            return before, now - before, better
    return None


def change(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """What the latest figure changed, and whether that is better; "" without one before."""
    if (made := step(assessment)) is None:
        return ""
    _, size, better = made
    if not size:
        return phrasebook.t("unchanged")
    text = f"{'▲' if size > 0 else '▼'} {phrasebook.language.number(abs(size))}"
    return phrasebook.t(_TURNS[better], size=text)


def since_last(phrasebook: Phrasebook, assessment: Assessment) -> tuple[str, str]:
    """The step since the figure before, and whether it is better: "▲ +3.4", "better, was −6.6"; of
    a final figure its distance to the target, and without one which report is owed.
    """
    if assessment.observation is None:
        return "", silence(phrasebook, assessment)
    if assessment.final:
        end = distance(phrasebook, assessment, assessment.observation)
        return "", end.text if end else ""
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


def _latest(phrasebook: Phrasebook, assessment: Assessment) -> KeyFigure | None:
    latest = assessment.observation
    if latest is None:
        return None
    final = latest.nature is Nature.FINAL or assessment.target.is_milestone
    nature = "" if final else phrasebook.nature(latest)
    label = inline(phrasebook.period(latest.period), nature)
    return KeyFigure(label, phrasebook.actual(latest), change(phrasebook, assessment))


def target_figure(phrasebook: Phrasebook, assessment: Assessment) -> KeyFigure:
    """What is asked, and the limit where it is not the goal itself."""
    target, criterion, note = assessment.target, criterion_of(assessment), ""
    if criterion is not None and criterion.far is not None:
        if target.comparator is not Comparator.BETWEEN:
            note = phrasebook.span(criterion.threshold, criterion.far, target)
    elif criterion is not None and criterion.threshold != criterion.goal:
        form = message("at least {value}") if criterion.upwards else message("at most {value}")
        note = phrasebook.t(form, value=phrasebook.quantity(criterion.threshold, target))
    note = inline(note, asked_before(phrasebook, assessment))
    label = phrasebook.t("target")
    return KeyFigure(capitalised(label), phrasebook.asks(target), note)


def _rest(phrasebook: Phrasebook, assessment: Assessment) -> KeyFigure | None:
    required, latest, target = demanding(assessment), assessment.observation, assessment.target
    if required is None or latest is None:
        return None
    form = message("{rest} must average")
    plain = {Comparator.ABOUT, Comparator.EXACTLY, Comparator.IN_STEP_WITH}
    if target.says_change and target.comparator in plain:
        form = message("{rest} must bring")
    label = phrasebook.t(form, rest=phrasebook.language.rest_of_year(latest.period.last))
    return KeyFigure(capitalised(label), phrasebook.quantity(required, target, 1))


def outlook_figure(phrasebook: Phrasebook, assessment: Assessment) -> KeyFigure | None:
    """Where the year ends if it goes on like the latest stretch."""
    ahead, latest = telling_outlook(phrasebook.plan, assessment), assessment.observation
    if ahead is None or latest is None:
        return None
    label = phrasebook.t("Year's end, as it goes")
    if stretch := stretch_of(phrasebook, ahead, latest):
        label = phrasebook.t("Year's end, like {stretch}", stretch=stretch)
    value = year_end(phrasebook, ahead.value, assessment.target)
    return KeyFigure(label, phrasebook.t("roughly {value}", value=value))
