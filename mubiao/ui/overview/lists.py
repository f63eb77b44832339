"""The lists of the overview: what needs attention, what changed, chapters, filtered targets."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import streamlit as st

from mubiao.html import part
from mubiao.plain_text import folded
from mubiao.problems import message
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.attention import AttentionRow, attention, awaiting_final, late
from mubiao.views.changes import changes, groups, looked_before
from mubiao.views.counts import count
from mubiao.views.overview import SectionRows, TargetRow, apart, is_closed, units
from mubiao.views.owed import by_of, is_of, owed, owner_name
from mubiao.wording.glossary import of_overview

ROWS_AT_MOST = 300
_LATELY, _AT_FIRST = 5, 10


def side(screen: Screen) -> None:
    """What needs attention and what changed; of a closed year also the late and the unsettled."""
    st.html(screen.html("side", lambda: _side(screen)))


def _side(screen: Screen) -> str:
    t, book, judged = screen.language.t, screen.phrasebook, screen.assessments
    worst, closed = attention(book, judged), is_closed(screen.plan, screen.as_of)
    parts = [_listed(screen, "attention", t("Needs attention"), worst, plainly=closed)]
    if not worst:
        quiet = t("Nothing is missed, off track or at risk on this day.")
        parts.append(markup.empty(quiet))
    parts.append(_overdue(screen))
    if closed:
        lists = {
            "late": (t("Kept, but late"), late(book, judged)),
            "awaiting": (t("Awaiting the final report"), awaiting_final(book, judged)),
        }
        parts += [
            _listed(screen, id_, title, rows, plainly=True)
            for id_, (title, rows) in lists.items()
            if rows
        ]
    return "".join([*parts, _lately(screen, 0 if closed else _LATELY)])


def _listed(
    screen: Screen, id_: str, title: str, rows: Sequence[AttentionRow], *, plainly: bool
) -> str:
    cut = rows[:ROWS_AT_MOST]
    more = screen.language.t("{n} more", n=len(cut) - _AT_FIRST)
    return part("overview_side", id_, title, cut, screen.links, _AT_FIRST, more, plainly)


def _overdue(screen: Screen) -> str:
    """Who owes most of the overdue reports: units, or chapters where there are none."""
    t, by = screen.language.t, by_of(screen.plan)
    view = owed(screen.phrasebook, screen.assessments, by)
    late = [one for one in view.debtors if one.tally.overdue]
    if not late:
        return ""
    late.sort(key=lambda one: -one.tally.overdue)
    form = message("{n}, {silent} never reported")
    number = t(form, n=view.whole.overdue, silent=view.whole.silent)
    heads = (t("Overdue reports"), number, t("All"))
    rows = [
        (one.name, screen.href("owes", by=by, **{by: one.id}), str(one.tally.overdue))
        for one in late[:_LATELY]
    ]
    return part("overview_overdue", heads, rows, screen.href("owes"))


def _lately(screen: Screen, first: int) -> str:
    """What changed since the end of the month before, or a later meeting; the `first` rows."""
    language = screen.language
    own = screen.meeting  # whose room knew of the meetings before it alone
    known = (one for one in screen.meetings if own is None or one.id < own.id)
    day = looked_before(known, screen.as_of)
    earlier = screen.seen_on(day).assessments
    turned = groups(changes(screen.phrasebook, earlier, screen.assessments), language)
    rows = [row for _, group in turned for row in group]
    heads = (
        language.t("What changed"),
        language.t("since {day}", day=language.day(day)),
        language.t("all {n}", n=len(rows)),
    )
    href = screen.href("history", since=day.isoformat(), target="")
    return part("overview_recent", turned, rows[:first], screen.links, heads, href)


def targets(screen: Screen) -> None:
    """The chapters, folded, or the targets that fit the choices of the address; and the words."""
    choices = screen.address
    known = {section.id for section in screen.overview.sections}
    if choices.statuses or choices.search or choices.owner or choices.section in known:
        st.html(_filtered(screen))
    else:
        opened = known & set(choices.opened) if choices.opened != (address.ALL,) else known
        name = " ".join(["chapters", *sorted(opened)])
        st.html(screen.html(name, lambda: _chapters(screen, opened) + _units(screen)))


def _chapters(screen: Screen, opened: AbstractSet[str]) -> str:
    t, by_id = screen.language.t, screen.plan.by_id
    above = {row.id for row in screen.overview.headline.rows if not by_id[row.id].is_milestone}
    folds = apart(screen.overview.sections, above)
    note = t("{n}, targets: {total}", n=len(folds), total=sum(len(c.rows) for c in folds))
    heads = (t("Chapters"), note, t("length: number of targets; pale: not reported"))

    def way(then: Iterable[str]) -> str:
        return screen.href("", open=",".join(sorted(then)))

    every = (t("Open all"), way((address.ALL,)), False)
    if {fold.id for fold in folds} <= opened:
        every = (t("Close all"), way(()), True)
    rows = [(one, way(opened ^ {one.id}), one.id in opened) for one in folds]
    return part("overview_chapters", heads, every, rows, screen.links, t("not reported"))


def words(screen: Screen) -> None:
    """What the page's words mean, folded."""
    book, language = screen.phrasebook, screen.language
    st.html(
        screen.html("words", lambda: markup.glossary(of_overview(book), language), lasting=True)
    )


def _units(screen: Screen) -> str:
    """The units, each with its counts; nothing where the plan names none."""
    t = screen.language.t
    lines = [
        (one, screen.href("overview", owner=one.id) + "#targets")
        for one in units(screen.phrasebook, screen.overview.sections)
    ]
    if not lines:
        return ""
    many = screen.language.ngettext("{n} unit", "{n} units", len(lines))
    heads = (t("By unit"), many)
    return part("overview_units", heads, lines, t("not reported"))


def _filtered(screen: Screen) -> str:
    """Every target that fits, by section, with the choices as links."""
    language, listed, left = screen.language, [], ROWS_AT_MOST
    sections = [(section, _fitting(section, screen)) for section in screen.overview.sections]
    total = sum(len(rows) for _, rows in sections)
    for section, rows in sections:
        if cut := rows[:left]:
            listed.append(SectionRows(section.id, section.name, cut))
            left -= len(cut)
    empty = "" if total else language.t("No target fits these filters.")
    if total > ROWS_AT_MOST:
        empty = language.t(
            "The first {shown} of {total} are shown; the filters find the others.",
            shown=ROWS_AT_MOST,
            total=total,
        )
    title, ways = language.t("Targets"), _choices(screen)
    return part("overview_filtered", title, str(total), ways, listed, screen.links, empty)


def _choices(screen: Screen) -> list[tuple[str, str, str, bool]]:
    """The ways to fewer and to more targets: text, link, class, and whether it holds."""
    choices, language = screen.address, screen.language

    def way(**change: str) -> str:
        query = {
            "status": ",".join(choices.statuses),
            "section": choices.section,
            "owner": choices.owner,
            "q": choices.search,
        }
        return screen.href("overview", **(query | change)) + "#targets"

    ways = [(language.t("All targets"), way(status="", section="", owner="", q=""), "", False)]
    own = [a for a in screen.assessments if is_of(a.target, choices.owner)]
    for one in count(own, language):
        status, is_chosen = one.mark.status, one.mark.status in choices.statuses
        left = [other for other in choices.statuses if other != status]
        href = way(status=",".join(left if is_chosen else [*left, status]))
        ways.append((f"{one.mark.text} {one.number}", href, f"mb-{status.value}", is_chosen))
    name = next((s.name for s in screen.overview.sections if s.id == choices.section), "")
    unit = owner_name(screen.phrasebook, choices.owner) if choices.owner else ""
    taken = (("section", name), ("owner", unit), ("q", choices.search))
    return ways + [(f"{text} ×", way(**{key: ""}), "", True) for key, text in taken if text]


def _fitting(section: SectionRows, screen: Screen) -> tuple[TargetRow, ...]:
    choices, terms = screen.address, folded(screen.address.search).split()
    by_id = screen.plan.by_id
    known = {one.id for one in screen.overview.sections}
    elsewhere = choices.section in known - {section.id}
    return tuple(
        row
        for row in section.rows
        if not elsewhere
        and is_of(by_id[row.id], choices.owner)
        and (not choices.statuses or row.mark.status in choices.statuses)
        and all(term in folded(row.search) for term in terms)
    )
