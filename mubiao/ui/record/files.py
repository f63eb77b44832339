"""Record, by files: the workbook to fill in, exports, and importing with a dry run before it."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from mubiao.access import Action
from mubiao.html import part
from mubiao.memo import Memo
from mubiao.model import Observation, SaveKind
from mubiao.plain_text import SOURCE_LIMIT, clean_text
from mubiao.problems import Problems, Refused, message
from mubiao.proposal.effects import Change, judged_anew
from mubiao.proposal.row_texts import summary
from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet.importing import Import, held_against
from mubiao.spreadsheet.refusals import MAX_BYTES, is_workbook
from mubiao.spreadsheet.sheets import ENCODINGS, encoding_name
from mubiao.spreadsheet.table import Table, read_table
from mubiao.ui.record import file_downloads, file_proposal, saving
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen, located

_tables = Memo(8)
_SEEN = "files-seen"


def view(screen: Screen) -> None:
    """The whole view: what to take away, then what to bring back."""
    file_downloads.offer(screen)
    language = screen.language
    st.html(markup.heading(language.t("Import a file")))
    label = language.t("An XLSX or CSV file")
    key, most = f"files-{fields.turn('files')}", MAX_BYTES // 2**20
    file = st.file_uploader(label, key=key, max_upload_size=most)  # which says it
    if file is None:
        quiet = language.t(
            "What the file would change is shown first; nothing is saved before that."
        )
        st.html(markup.empty(quiet))
        saving.show(screen, "files")
        return
    content = file.getvalue()
    encoding = "" if is_workbook(content) else _encoding(screen, file.file_id)
    try:
        # Read once, not on each run.
        named = (file.name, sha256(content).digest(), encoding)
        table = _tables.get(named, lambda: read_table(file.name, content, encoding))
    except Refused as refusal:
        st.html(markup.problems(located(problem, language) for problem in refusal.problems))
        return
    _try(screen, table, f"{file.file_id}{encoding}")


def _encoding(screen: Screen, file: str) -> str:
    """The encoding of a text file that a person chooses; "" to have it recognised."""
    t = screen.language.t
    names = {"": t("as recognised")} | {one: encoding_name(one) for one in ENCODINGS}
    label = t("Encoding, where the texts below look garbled")
    return fields.choice(label, names, key=f"files-encoding-{file}") or ""


def _try(screen: Screen, table: Table, file: str) -> None:
    language, today, actor = screen.language, screen.today, person.actor()
    # What was recorded when the file was first shown: what somebody saved since is a conflict.
    of, bases = st.session_state.get(_SEEN, ("", None))
    seen = bases if of == file else None
    undecided = screen.memo(
        "import",
        lambda: held_against(screen.store, screen.plan, table, today, seen, as_of=screen.as_of),
        *(file, today, screen.as_of),
        large=True,
    )
    if seen is None:
        st.session_state[_SEEN] = (file, undecided.comparison.bases)
    choices = file_proposal.choices(undecided, file)

    def decided() -> tuple[Import, Sequence[Change]]:
        made = undecided.decided(choices, actor)
        return made, judged_anew(screen.store, screen.plan, made.figures, screen.as_of)

    proposal, changes = screen.memo(
        "import decided",
        decided,
        *(file, tuple(sorted(choices.items())), today, screen.as_of, actor),
        large=True,
    )
    proposal = proposal.confirmed(lambda mark: file_proposal.is_confirmed(mark, file))
    st.html(markup.heading(language.t("What this file would do"), table.name))
    st.html(markup.summary(summary(proposal, screen.phrasebook)))
    if notes := proposal.reading_notes(language):
        st.html(markup.bullets(notes))
    file_proposal.wrong(screen, proposal)
    file_proposal.leave_out_closed(screen, proposal, file)
    file_proposal.decide(screen, proposal, file)
    file_proposal.confirm(screen, proposal, file)
    file_proposal.effect(screen, proposal, changes)
    file_proposal.rows(screen, proposal)
    _finish(screen, proposal, f"{file}-{fields.turn('files')}")


def _finish(screen: Screen, proposal: Import, token: str) -> None:
    """What stands in the way of saving, and the one button: all or nothing.

    The token is that of the uploaded file, so that pressing twice saves once.
    """
    language, count = screen.language, len(proposal.ready)
    if not proposal.submissions and not proposal.refused and not proposal.clashes:
        text = language.t("The record has all of this already: nothing to save.")
        if proposal.kept or proposal.of(Outcome.OUTDATED):
            text = language.t("Everything stays as it is recorded: nothing to save.")
        st.html(markup.empty(text))
        return
    mend = message("Mend what is wrong in the file, then choose it again.")
    source = _source(screen, proposal, token)
    unsourced = "" if source else message("Say the source of the rows that name none.")
    blocked = _beyond(screen, proposal) or saving.obstacle(proposal, mend=mend, unsourced=unsourced)
    with st.container(key="files-bar", horizontal=True, vertical_alignment="center"):
        st.html(part("bar", saving.counts(screen, proposal, same=False), language.t(blocked)))
        msgid = message("Save all ({n})")
        if saving.waits(screen, proposal.submissions):
            msgid = message("Submit all ({n})")
        label = language.t(msgid, n=count)
        pressed = fields.button(label, "files-save", kind="primary", disabled=bool(blocked))
        # Pressed just before the last decision came in, it may be blocked by that.
        if pressed and not blocked:
            _save(screen, proposal, token, source)


def _beyond(screen: Screen, proposal: Import) -> str:
    """What to do about rows of targets that the reader may not record, which are named; "" where
    there are none.
    """
    figures = {row.target for row in proposal.rows if row.saves}
    beyond = sorted(figures - rights.permitted(screen, Action.RECORD, figures))
    if not beyond:
        return ""
    names = screen.language.listed(map(screen.phrasebook.name, beyond))
    text = screen.language.t("These targets lie outside your role: {names}.", names=names)
    st.html(markup.problems([text]))
    return message("Leave out what lies outside your role.")


def _source(screen: Screen, proposal: Import, token: str) -> str:
    """The source of the rows that name none, asked for where there are such."""
    if not any(row.lacks_source for row in proposal.rows):
        return ""
    return st.text_input(
        markup.plain(screen.language.t("Source of the rows that name none")),
        key=f"files-source-{token}",
        max_chars=SOURCE_LIMIT,
        placeholder=screen.language.t("Who published it, and where"),
    ).strip()


def _save(screen: Screen, proposal: Import, token: str, source: str) -> None:
    """What is saved is what was seen: a later state of the record is a conflict."""
    with act.attempt():
        act.ask_if_garbled(source=source)
        problems = Problems()
        source = clean_text(source, "source", SOURCE_LIMIT, problems)
        if problems:
            raise Refused(problems)
        sourced = [
            replace(one, entry=replace(one.entry, source=one.entry.source or source))
            if isinstance(one.entry, Observation)
            else one
            for one in proposal.submissions
        ]
        made = saving.save(screen, sourced, token, SaveKind.IMPORT)
        fields.next_turn("files")  # the next file comes into a field of its own
        entries = screen.store.entries(screen.plan.id, made.save.rows if made.save else ())
        changed = sum(entry.replaces is not None for entry in entries.values())
        msgid = message("Saved from the file: {new} new, {changed} corrected.")
        saving.keep(screen, "files", made, msgid, new=len(entries) - changed, changed=changed)
    st.rerun()
