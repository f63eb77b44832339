"""The whole record to take away: every row, remark and meeting ever recorded, as files."""

from functools import partial

import streamlit as st

from mubiao.exports.data.listing import as_csv
from mubiao.exports.data.whole_record import everything, history_of, meetings, remarks
from mubiao.exports.formats import FORMATS
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen


def take(screen: Screen) -> None:
    """The files of the whole record; each is made when somebody asks for it, not on each run."""
    t, plan = screen.language.t, screen.plan.id
    files = (
        (t("All rows, XLSX (with commentary and meetings)"), f"{plan}-history.xlsx", _workbook),
        (t("All rows, CSV"), f"{plan}-history.csv", _rows),
        (t("Commentary, CSV"), f"{plan}-remarks.csv", _remarks),
        (t("Meetings, CSV"), f"{plan}-meetings.csv", _meetings),
    )
    with st.popover(t("Download the whole record"), type="tertiary", key="history-take"):
        text = t(
            "Every row ever recorded, whatever the filters show: who, when, and what it replaced. "
            "Commentary includes own judgements."
        )
        st.html(markup.quiet(text))
        for label, name, make in files:
            st.download_button(
                markup.plain(label),
                partial(make, screen),
                file_name=name,
                mime=FORMATS["csv" if name.endswith(".csv") else "xlsx"].media_type,
                on_click="ignore",
                width="stretch",
            )


def _workbook(screen: Screen) -> bytes:
    # The library takes a while to load: only where a file is made.
    from mubiao.exports.workbook.years import as_xlsx  # noqa: PLC0415

    language = screen.language
    return as_xlsx(everything(screen.store, screen.plan.id, language), language)


def _rows(screen: Screen) -> bytes:
    return as_csv(history_of(screen.store, screen.plan.id))


def _remarks(screen: Screen) -> bytes:
    return as_csv(remarks(screen.store.remarks(screen.plan.id)))


def _meetings(screen: Screen) -> bytes:
    return as_csv(meetings(screen.store.all_meetings(screen.plan.id)))
