"""What if: a figure tried without recording it, on a slide and on the page of a target.

What is typed lives in the fields alone: another slide, another page or a reload forgets it, and
neither the address nor a draft, an export or the record ever holds it.
"""

from dataclasses import dataclass, replace

import streamlit as st

from mubiao.counting import latest
from mubiao.duty import expected_periods
from mubiao.model import Observation, Stage, Target
from mubiao.observation.draft import Draft, read_draft
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.proposal.effects import effects
from mubiao.ui.shell import markup
from mubiao.ui.shell.fields import button, choice, next_turn, turn
from mubiao.ui.shell.page import Screen
from mubiao.views.charts.paths import Path, with_trial
from mubiao.views.trials import Trial, next_period, trial, trial_day
from mubiao.wording import words as wording


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the fields: a trial, or what is wrong with what was typed."""

    entry: Observation | None = None
    trial: Trial | None = None
    problems: tuple[str, ...] = ()


def fields(screen: Screen, target: Target) -> Tried | None:
    """Draw the fields; None while nothing is typed."""
    language, scope = screen.language, f"{target.id}-{turn('whatif')}"
    with st.container(key="whatif", horizontal=True, vertical_alignment="bottom"):
        if target.is_milestone:
            period = screen.as_of.isoformat()
            value = _stage(screen, scope)
        else:
            period = _period(screen, target, scope)
            value = _value(screen, target, scope)
        empty = not value.strip()
        button(language.t("Reset"), "whatif-reset", next_turn, "whatif", disabled=empty)
    return None if empty else _tried(screen, target, period, value)


def path(screen: Screen, path_without: Path, tried: Tried | None) -> Path:
    """The chart's path, with the tried figure in it where there is one."""
    if tried is None or tried.entry is None:
        return path_without
    return with_trial(screen.phrasebook, path_without, tried.entry)


def _period(screen: Screen, target: Target, scope: str) -> str:
    language, plan = screen.language, screen.plan
    names = {one.text: language.period(one, plan.span) for one in expected_periods(plan, target)}
    following = next_period(plan, screen.assessment(target.id))
    index = list(names).index(following.text) if following else None
    # The language is in the key: the browser holds a choice as the words that it read.
    key = f"whatif-period-{language.code}-{scope}"
    return choice(language.t("What if, in this period"), names, index=index, key=key) or ""


def _value(screen: Screen, target: Target, scope: str) -> str:
    language = screen.language
    unit = screen.phrasebook.unit(target)
    label = language.t("the value were")
    if unit is not None:
        label = language.t("the value were ({unit})", unit=language.pick(unit))
    hint = language.t("such as 3.8, 280,000, −3.2")
    text = st.text_input(
        markup.plain(label), key=f"whatif-value-{scope}", placeholder=hint, max_chars=60
    )
    return text or ""


def _stage(screen: Screen, scope: str) -> str:
    t, key = screen.language.t, f"whatif-stage-{screen.language.code}-{scope}"
    names = {stage.value: t(wording.STAGE[stage]) for stage in Stage}
    label, hint = t("What if the stage were"), t("Choose one")
    return choice(label, names, index=None, hint=hint, key=key) or ""


def _tried(screen: Screen, target: Target, period: str, value: str) -> Tried:
    """Judge what was typed, beside what stands; nothing is written."""
    plan, standing = screen.plan, screen.seen.standing
    try:
        day = trial_day(screen.as_of, Period.parse(period))
        draft = Draft(target.id, period=period, value=value, known_on=day.isoformat())
        entry = read_draft(draft, plan, day, needs_source=False)
    except Refused as refusal:
        problems = tuple(screen.phrasebook.labelled(problem) for problem in refusal.problems)
        return Tried(problems=problems)
    same = (o for o in standing if o.target == target.id and o.period == entry.period)
    twin = latest(same)
    # In place of the figure of the same period: all others stand beside it.
    entry = replace(entry, replaces=twin.row if twin else None)
    changes = effects(plan, standing, [entry], day)
    return Tried(entry, trial(screen.phrasebook, entry, screen.as_of, changes))
