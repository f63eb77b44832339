"""Who owes reports: the units, or the parts of the report, and what to send to the chosen one."""

from typing import NamedTuple
from urllib.parse import urljoin

import streamlit as st

from mubiao.access import Action
from mubiao.duty import debts
from mubiao.html import part
from mubiao.plan.owners import COLUMNS
from mubiao.problems import message
from mubiao.ui.shell import fields, markup, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import OFFICE, By, Debtor, Owed, Tally, by_of, owed, owed_targets
from mubiao.wording.phrasebook import inline
from mubiao.wording.reminders import reminder

_BY = {
    "owner": message("By unit"),
    "section": message("By chapter"),
    "target": message("By target"),
}
_DOTS = {
    "filed": message("filed"),
    "behind": message("reported before, the newest report overdue"),
    "silent": message("never reported, overdue"),
    "coming": message("not overdue yet"),
}
_NAMED = 10  # targets in one line
# What a unit's person need not take along.
_OURS = dict.fromkeys(("target", "view", "month", "every", "theme", "appendix"), "")


class Row(NamedTuple):
    """A unit or a part of the report: `here` chooses it on the page, `text` is what to send, and
    `filing` the page that files it.
    """

    name: str
    tally: Tally
    here: str
    text: str
    filing: str


def opening(screen: Screen) -> None:
    """How many owe, who most, and the ways to order the page."""
    st.html(screen.html(f"owes {screen.address.by}", lambda: _head(screen)))


def listed(screen: Screen) -> None:
    """Who owes what, most first, and the text for the one chosen; or every target that owes."""
    base, choices = (st.context.url or "").partition("?")[0], screen.address
    name = f"owes {choices.by} {choices.owner} {choices.section} {base}"
    if body := screen.html(name, lambda: _body(screen, base)):  # "" where nobody owes anything
        st.html(body)


def awaited(screen: Screen) -> None:
    """Whose owed reports wait for approval, told to those alone who may see submissions."""
    if not rights.may_somewhere(screen, Action.SEE_SUBMISSIONS):
        return
    owing = [(debt.target.id, debt.period) for debt in debts(screen.plan, screen.assessments)]
    targets = dict.fromkeys(
        target for target, period in owing if (target, period) in screen.awaited
    )
    if not targets:
        return
    t, phrasebook = screen.language.t, screen.phrasebook
    names = screen.language.listed(map(phrasebook.name, [*targets][:_NAMED]))
    if rest := len(targets) - len([*targets][:_NAMED]):
        names = t("{text} and {n} more", text=names, n=rest)
    st.html(markup.quiet(t("Submitted, waiting for approval: {names}", names=names)))


def take(screen: Screen) -> None:
    """The list as a workbook."""
    language = screen.language
    name = f"{screen.plan.id}-{screen.as_of.isoformat()}-owed-{language.code}.xlsx"
    label = language.t("The list as a workbook (Excel)")
    with st.container(key="owes-take"):
        fields.download(label, name, lambda: _workbook(screen), key="owes-file", kind="tertiary")


def _workbook(screen: Screen) -> bytes:
    # XlsxWriter takes a while to load.
    from mubiao.exports.workbook.tables import owed_workbook  # noqa: PLC0415 - see above

    language = screen.language
    stamp = language.t("As of {day}", day=language.day(screen.as_of))
    return owed_workbook(screen.phrasebook, screen.assessments, stamp)


def _ways(screen: Screen) -> tuple[dict[str, str], str]:
    """The ways to order the page, and the one that holds: by unit wherever there are any."""
    has_units = bool(screen.plan.owners)
    ways = {
        id_: screen.language.t(text) for id_, text in _BY.items() if has_units or id_ != "owner"
    }
    return ways, screen.address.by if screen.address.by in ways else next(iter(ways))


def _view(screen: Screen) -> tuple[Owed, By]:
    _, by = _ways(screen)
    grouped: By = "section" if by == "section" else by_of(screen.plan)
    view = screen.memo(
        "owed",
        lambda: owed(screen.phrasebook, screen.assessments, grouped),
        *(grouped, screen.as_of, screen.language.code),
    )
    return view, grouped


def _head(screen: Screen) -> str:
    (ways, by), (view, _) = _ways(screen), _view(screen)
    links = [(text, screen.href("owes", by=id_), id_ == by) for id_, text in ways.items()]
    language, later = screen.language, view.whole.later
    then = language.clauses(("", ""))
    text = language.t("{n} not due yet, not counted", n=later) if later else ""
    meta = inline(language.t("As of {day}", day=language.day(screen.as_of)), text)
    return part("owes_head", view.title, view.rest, then, meta, links)


def _body(screen: Screen, base: str) -> str:
    (_, by), (view, grouped) = _ways(screen), _view(screen)
    note = ""
    if not screen.plan.owners:
        text = screen.language.t(
            "The plan assigns its targets to no unit, so all of it is its office's. To assign "
            "them, put a file {file} with the columns {columns} beside the folder of plans.",
            file=f"owners/{screen.file.path.stem}.csv",
            columns=",".join(COLUMNS),
        )
        note = markup.quiet(text)
    if not view.debtors:
        return note
    return note + (_targets(screen) if by == "target" else _halves(screen, view, grouped, base))


def _halves(screen: Screen, view: Owed, by: By, base: str) -> str:
    language, t = screen.language, screen.language.t
    chosen = screen.address.owner if by == "owner" else screen.address.section
    rows = {one.id: _row(screen, one, by, base) for one in view.debtors}
    heads = (t("Unit") if by == "owner" else t("Chapter"), t("Expected"), t("Filed"), t("Owed"))
    return part(
        "owes_halves",
        list(rows.values()),
        rows.get(chosen) or rows[view.debtors[0].id],
        view.whole,
        (*heads, t("Overdue")),
        [(id_, t(text)) for id_, text in _DOTS.items() if getattr(view.whole, id_)],
        (language.listed(one.name for one in view.settled), len(view.settled)),
        t,
    )


def _row(screen: Screen, one: Debtor, by: By, base: str) -> Row:
    plan, lang = screen.file.path.stem, screen.language.code
    day = {} if screen.as_of == screen.today else {"as_of": screen.as_of.isoformat()}
    choices = {"plan": plan, "lang": lang, **day, by: one.id}
    link = urljoin(base, markup.href("record", choices))
    filing = screen.href("record", **_OURS, **choices)
    unit = one.id if by == "owner" and one.id != OFFICE else None
    text = reminder(screen.phrasebook, unit, one.debts, screen.as_of, link).text
    here = screen.href("owes", by=by, **{by: one.id}) + "#owes-text"
    return Row(one.name, one.tally, here, text, filing)


def _targets(screen: Screen) -> str:
    t, day = screen.language.t, screen.language.day
    rows = [
        (row.id, (row.name, row.unit, row.periods, day(row.due), str(row.overdue_days or "–")))
        for row in owed_targets(screen.phrasebook, screen.assessments)
    ]
    unit = t("Unit") if screen.plan.owners else t("Chapter")
    heads = (t("Target"), unit, t("Reports owed"), t("Due by"), t("Days overdue"))
    return part("owes_targets", rows, heads, screen.links)
