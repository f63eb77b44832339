"""The line that says what of a link was ignored; it stays until the address changes."""

from collections.abc import Callable, Sequence

import streamlit as st

from mubiao.i18n import Language
from mubiao.model import Plan
from mubiao.plan.loader import PlanFile
from mubiao.problems import excerpt, message
from mubiao.ui.shell import address
from mubiao.ui.shell.address import Address
from mubiao.views.owed import OFFICE

_LINE, _PLAN = "ignored-line", "ignored-plan"
_NAMES = {
    "plan": message("Plan"),
    "lang": message("Language"),
    "as_of": message("As of"),
    "target": message("Target"),
    "status": message("Status"),
    "section": message("Section"),
    "open": message("Open chapters"),
    "owner": message("Unit"),
    "month": message("Month"),
    "tab": message("List"),
    "view": message("View"),
    "meeting": message("Meeting"),
    "from": message("From day"),
    "to": message("To day"),
    "since": message("Changes since"),
    "slide": message("Slide"),
}


def line(
    files: Sequence[PlanFile], plan: Plan | None, choices: Address, page: str, language: Language
) -> str:
    """Put the address right; the line that says what was ignored, "" for nothing. `choices` is
    what the address says.
    """
    plans = {file.path.stem for file in files} | {file.plan.id for file in files if file.plan}
    known: dict[str, Callable[[str], bool]] = {"plan": plans.__contains__}
    if plan is not None and choices.meeting is None:
        # What a meeting saw may be of an earlier form of the plan.
        known |= {
            "target": lambda target: target in plan.indicators,
            "section": lambda section: section in plan.section_names,
            "open": lambda ids: {*ids.split(",")} <= {*plan.section_names, address.ALL},
            "owner": lambda owner: owner in {OFFICE, *plan.owners_by_id},
            "month": lambda month: month in _months(plan),
            "add": lambda targets: all(t in plan.by_id for t in targets.split(",")),
            "slide": lambda slide: _may_be_slide(plan, slide),
        }
    ignored = address.put_right(known)
    plan_id = plan.id if plan else ""
    is_chosen_here = st.session_state.get(_PLAN, plan_id) != plan_id
    st.session_state[_PLAN] = plan_id
    # Another plan chosen on a page has other targets and months: no link was wrong.
    if ignored and not is_chosen_here:
        parts = [
            language.labelled(language.t(_NAMES.get(name, name)), excerpt(text))
            for name, text in ignored.items()
        ]
        text = language.t(
            "Ignored in the link, as it cannot be understood: {choices}.",
            choices=language.listed(parts),
        )
        st.session_state[_LINE] = (text, None)
    text, of = st.session_state.get(_LINE, ("", None))
    if of is not None and of != _here(page):
        del st.session_state[_LINE]
        return ""
    return str(text)


def keep(page: str) -> None:
    """At the end of a run: the line belongs to the address as it is now."""
    if _LINE in st.session_state:
        st.session_state[_LINE] = (st.session_state[_LINE][0], _here(page))


def _here(page: str) -> tuple[str, dict[str, str]]:
    return page, st.query_params.to_dict()


def _months(plan: Plan) -> set[str]:
    from mubiao.views.month import months_of  # noqa: PLC0415 - few links name a month

    return {month.text for month in months_of(plan)}


def _may_be_slide(plan: Plan, slide: str) -> bool:
    from mubiao.views.slides import may_be_slide  # noqa: PLC0415 - few links name a slide

    return may_be_slide(plan, slide)
