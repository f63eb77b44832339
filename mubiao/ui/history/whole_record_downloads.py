"""The whole record to take away: every row and every remark ever made, as files."""

from functools import partial

import streamlit as st

from mubiao.ui.shell import past_markup
from mubiao.ui.shell.page import Screen

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take(screen: Screen) -> None:
    """The files of the whole record; each is made when somebody asks for it, not on each run."""
    words, plan = screen.language, screen.plan.id
    files = (
        (words.t("All rows, XLSX (with commentary)"), f"{plan}-history.xlsx", _XLSX, _workbook),
        (words.t("All rows, CSV"), f"{plan}-history.csv", "text/csv", _rows),
        (words.t("Commentary, CSV"), f"{plan}-remarks.csv", "text/csv", _remarks),
    )
    with st.popover(words.t("Download the whole record"), type="tertiary", key="history-take"):
        told = words.t(
            "Every row ever recorded, whatever the filters show: who, when, and what it replaced. "
            "Commentary includes own judgements."
        )
        st.html(past_markup.quiet(told))
        for label, name, mime, make in files:
            st.download_button(
                label,
                partial(make, screen),
                file_name=name,
                mime=mime,
                on_click="ignore",
                width="stretch",
            )


# The library of spreadsheets takes a while to load: only where a file is made.
def _workbook(screen: Screen) -> bytes:
    from mubiao.exports.workbook.whole_record import export_history_xlsx  # noqa: PLC0415

    store, plan = screen.store, screen.plan.id
    # The saves after the rows: what is saved in between must not leave a row without its save.
    entries, saves = store.history(plan), store.saves(plan)
    return export_history_xlsx(entries, saves, store.remarks(plan), screen.language)


def _rows(screen: Screen) -> bytes:
    from mubiao.exports.workbook.whole_record import export_history  # noqa: PLC0415

    entries = screen.store.history(screen.plan.id)
    return export_history(entries, screen.store.saves(screen.plan.id))


def _remarks(screen: Screen) -> bytes:
    from mubiao.exports.workbook.whole_record import export_remarks  # noqa: PLC0415

    return export_remarks(screen.store.remarks(screen.plan.id))
