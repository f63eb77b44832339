"""The parts of the page of one target."""

from dataclasses import replace

import streamlit as st

from mubiao.figures import paths
from mubiao.html import part
from mubiao.model import Indicator, Reference, Target
from mubiao.report.text import passage, report_of
from mubiao.ui.shell import address, chart, fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.ui.target import whatif
from mubiao.views.detail import Detail, detail, numbers, supporting
from mubiao.views.key_figures import silence
from mubiao.views.overview import own_judgements, with_judgement
from mubiao.wording.phrasebook import inline


def pick(screen: Screen) -> Indicator:
    """Draw the choice of a target or, after these, a reference series; the address's or first."""
    plan, language = screen.plan, screen.language
    one = plan.indicators.get(screen.address.target) or chosen(screen)

    def named(indicator: Indicator) -> str:
        kind = language.t("reference series") if isinstance(indicator, Reference) else ""
        return inline(language.pick(indicator.name), kind)

    names = {id_: named(indicator) for id_, indicator in plan.indicators.items()}
    # Another target ends the correction of a row of this one.
    bound = address.bound("target", one.id, ends=["correct"])
    fields.choice(language.t("Choose a target"), names, **bound)
    return one


def chosen(screen: Screen) -> Target:
    """The target that the address names, or the first; it is said if there is none of that name."""
    plan, language, name = screen.plan, screen.language, screen.address.target
    if name and name not in plan.by_id:
        text = language.t("There is no target {id} in this plan.", id=name)
        st.warning(markup.plain(text), icon=None)
    return plan.by_id.get(name, plan.targets[0])


def opening(screen: Screen, target: Target) -> Detail:
    """Draw where one is, message, status and key figures; returns what the rest shows."""
    other = [o for o in screen.seen.standing if o.target == target.counterpart]
    history = screen.history(target.id)
    assessment = screen.assessment(target.id)
    parts = [one for one in screen.assessments if one.target.part_of == target.id]
    view = screen.memo(
        "detail",
        lambda: detail(screen.phrasebook, assessment, history, other, parts),
        *(target.id, screen.as_of, screen.language.code),
    )
    own = own_judgements(screen.remarks(target.id), screen.as_of).get(target.id)
    section = screen.language.pick(screen.plan.section_names[target.section])
    row = with_judgement(view.row, own, screen.language)
    if assessment.observation is not None:  # its figure says how settled it is
        nature = screen.phrasebook.nature(assessment.observation)
        row = replace(row, remarks=tuple(remark for remark in row.remarks if remark != nature))
    units, ways = _units(screen, target), _ways(screen, target)
    html = markup.target_opening(section, row, view.figures, ways, screen.links, units)
    st.html(html + (markup.pairs(view.progress) if view.progress else ""))
    return view


def _units(screen: Screen, target: Target) -> list[tuple[str, str]]:
    """The unit that answers for the target, with a way to all its targets, and those that help."""
    units, language = [], screen.language
    if target.owner:
        href = screen.href("overview", owner=target.owner, target="") + "#targets"
        units.append((screen.phrasebook.owner(target.owner), href))
    if helping := supporting(screen.phrasebook, target):
        units.append((language.labelled(language.t("Supporting units"), helping), ""))
    return units


def _ways(screen: Screen, target: Target) -> list[tuple[str, str]]:
    """The place of the target in the plan, those beside it, and its entry form."""
    t, ids = screen.language.t, [one.id for one in screen.plan.targets]
    at = ids.index(target.id)
    ways = [(f"{at + 1} / {len(ids)}", "")]
    if at:
        ways.append((t("‹ Previous"), screen.links[ids[at - 1]]))
    if at + 1 < len(ids):
        ways.append((t("Next ›"), screen.links[ids[at + 1]]))
    form = screen.href("record", target=target.id, view="one")
    return [*ways, (t("Enter or correct an actual"), form)]


def path(screen: Screen, view: Detail, tried: whatif.Tried | None) -> None:
    """The chart, with a figure that is tried; there is none without any figure."""
    course = whatif.path(screen, view.path, tried)
    if not course.has_marks:
        text = screen.language.t("Nothing has been recorded for this target yet.")
        owed = silence(screen.phrasebook, screen.assessment(view.row.id))
        st.html(markup.empty(text) + (markup.quiet(owed) if owed else ""))
        return
    chart.draw(paths.path(course, screen.theme), "path", view.row.sentence)


def trying(screen: Screen, target: Target) -> whatif.Tried | None:
    """The fields to try a figure without recording it, and what it would change."""
    with st.expander(screen.language.t("What if? Try a figure without recording it")):
        tried = whatif.fields(screen, target)
        if tried is not None:
            st.html(part("trial", tried.trial, tried.problems, screen.language.t))
    return tried


def folds(screen: Screen, target: Target, view: Detail) -> None:
    """Rule, promise, actuals and the chart's numbers, folded under their first lines."""
    t = screen.language.t
    later = sum(actual.state == "not_yet" for actual in view.actuals)
    known = [actual for actual in view.actuals if actual.state != "not_yet"]
    names = {
        "rule": t("By what rule"),
        "promise": t("The promise"),
        "actuals": t("Actuals and corrections"),
        "counted": t("Figures and what became of them: {n}", n=len(known)),
        "nothing": t("Nothing has been recorded for this target yet."),
        "later": t("Known only after {day}: {n}", day=screen.language.day(screen.as_of), n=later)
        if later
        else "",
        "numbers": t("The numbers of this chart"),
        "table": t("As a table"),
        "words": t("What these words mean"),
        "formula": t("Formula"),
    }
    report = report_of(screen.settings.reports, screen.plan)
    quoted = passage(report, target.source) if report else None
    columns = (t("Day"), t("What it is"), t("Figure"))
    rows = numbers(screen.phrasebook, target, view.path)
    st.html(markup.target_folds(view, names, quoted, columns, rows))
