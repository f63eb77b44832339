"""What to take away from Record as files: the workbook to fill in, and what stands."""

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from mubiao.duty import expected_periods
from mubiao.exports.data.listing import actuals, actuals_csv
from mubiao.model import Observation
from mubiao.period import Period
from mubiao.ui.shell import fields, markup
from mubiao.ui.shell.fields import download
from mubiao.ui.shell.page import Screen
from mubiao.views.month import Due, month_before, months_of
from mubiao.views.owed import is_of


def offer(screen: Screen) -> None:
    """The workbook to fill in, of the chosen unit or of all, and everything that stands."""
    language, plan = screen.language, screen.plan
    st.html(markup.heading(language.t("Download")))
    every = {p.text: p for target in plan.targets for p in expected_periods(plan, target)}
    periods = dict(sorted(every.items(), key=lambda item: (item[1].last, item[1].first)))
    blank, first = language.t("to-fill-in"), _first_choice(screen, periods)
    with st.container(key="files-take", horizontal=True, vertical_alignment="bottom"):
        fields.unit(screen, "files-owner")
        names = {"": language.t("any period")}
        names |= {text: language.period(period) for text, period in periods.items()}
        chosen = st.selectbox(
            language.t("Period that the workbook asks for"),
            list(names),
            index=list(names).index(first),
            format_func=names.__getitem__,
            key=f"files-period-{screen.address.month}",
            width=280,
        )
        download(
            language.t("Workbook to fill in"),
            f"{'-'.join(filter(None, (plan.id, screen.address.owner, chosen or blank)))}.xlsx",
            lambda: _of_period(screen, periods.get(chosen)),
        )
        download(language.t("All actuals, XLSX"), f"{plan.id}.xlsx", lambda: _xlsx(screen))
        download(
            language.t("All actuals, CSV"), f"{plan.id}.csv", lambda: actuals_csv(_standing(screen))
        )
    text = language.t("An export can be imported again: where nothing was edited, nothing changes.")
    st.html(markup.empty(text))


def _first_choice(screen: Screen, periods: Mapping[str, Period]) -> str:
    """The period to begin with: of those that end with the month that was chosen under This
    month, or else with the one before the as-of day, that for which most targets are due.
    """
    months = {month.text: month for month in months_of(screen.plan)}
    month = months.get(screen.address.month) or month_before(screen.plan, screen.as_of)
    ending = [text for text, period in periods.items() if period.last == month.last]
    expected = [expected_periods(screen.plan, target) for target in screen.plan.targets]
    return max(ending, key=lambda text: sum(periods[text] in of for of in expected), default="")


def of_rows(screen: Screen, rows: Iterable[Due], name: str) -> None:
    """A workbook to fill in that asks for exactly these rows of a month."""
    periods = {due.target.id: due.period for due in rows}
    parts = filter(None, (screen.plan.id, screen.address.owner, name))
    label = screen.language.t("These rows as a workbook")
    download(label, f"{'-'.join(parts)}.xlsx", lambda: _workbook(screen, periods))


def _standing(screen: Screen) -> Iterable[Observation]:
    return screen.store.as_of(screen.plan.id, date.max)


def _of_period(screen: Screen, period: Period | None) -> bytes:
    from mubiao.exports.workbook.to_fill_in import periods_of  # noqa: PLC0415 - slow to load

    asked_for, owner = periods_of(screen.plan, period), screen.address.owner
    own = {t.id for t in screen.plan.targets if is_of(t, owner)}
    return _workbook(screen, {target: asked_for[target] for target in asked_for if target in own})


# The library is slow to load, so only where one of them is made.
def _workbook(screen: Screen, periods: Mapping[str, Period | None]) -> bytes:
    from mubiao.exports.workbook.to_fill_in import workbook  # noqa: PLC0415

    # Whoever looks from a past day fills in what was due then: no later figure tells the answer.
    return workbook(screen.phrasebook, screen.standing(screen.as_of), periods)


def _xlsx(screen: Screen) -> bytes:
    from mubiao.exports.workbook.tables import as_xlsx  # noqa: PLC0415

    return as_xlsx([actuals(screen.phrasebook, _standing(screen))], screen.language)
