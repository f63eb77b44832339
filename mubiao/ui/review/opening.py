"""The head of the page: a report or a draft to begin with; how far it is, and the file it makes."""

from pathlib import Path

import streamlit as st

from mubiao import atomic
from mubiao.access import Action, Scope
from mubiao.html import part
from mubiao.i18n import in_both
from mubiao.plan.edits import HEAD
from mubiao.plan.loader import PlanFile, named_plan, open_reviews, plan_files
from mubiao.plan.textfile import MAX_BYTES, read_content, read_text, text_of
from mubiao.problems import message, refused
from mubiao.report.drafting import required_draft
from mubiao.report.planfile import PLAN_ID, plan_text
from mubiao.report.reportfile import report_text
from mubiao.report.review import Reviewed, reviewed
from mubiao.ui.review import keeping
from mubiao.ui.review.keeping import Held
from mubiao.ui.review.task import PLACE, Task, undo
from mubiao.ui.shell import act, address, fields, markup, person
from mubiao.ui.shell.page import Screen
from mubiao.views.review import progress_of

_PASTED = Path("report.txt")


def begin(screen: Screen) -> None:
    """The ways to begin: a file, a text, a draft among the plans, or what was left behind."""
    t = screen.language.t
    note = t("From a report’s text to a plan: rules draft it, a person decides each target.")
    st.html(markup.title(t("Review of a plan"), note))
    act.tell(screen, PLACE)
    _go_on(screen)
    with st.container(key="review-begin"):
        label = t("The report’s text (txt, docx), and its draft (yaml) where there is one")
        kinds = ["txt", "docx", "yaml", "yml"]
        most = MAX_BYTES // 2**20
        st.file_uploader(
            label, kinds, accept_multiple_files=True, key=_key("files"), max_upload_size=most
        )
        st.text_area(t("Or the text, pasted"), key=_key("pasted"), height=160)
        st.text_input(t("Year that it plans, where the text does not say it"), key=_key("year"))
        label = t("Id of the plan, such as shanghai-2026, where it is not the file’s name")
        st.text_input(label, key=_key("id"), max_chars=80)
        label = t("Draft and review")
        fields.button(label, "review-draft", _begin, screen, kind="primary")


def progress(one: Task) -> None:
    """How much is decided, as the proof counts it, and what to do with the plan."""
    screen, held, review, t = one.screen, one.held, one.review, one.screen.language.t
    with st.container(key="review-head", horizontal=True, vertical_alignment="center"):
        st.html(part("review_progress", progress_of(review, screen.language)))
        fields.button(
            *(t("Undo"), "review-undo", undo, one),
            kind="tertiary",
            shortcut="U",
            disabled=not review.steps,
        )
        fields.button(
            *(t("The plan itself"), "review-plan", address.write, "item", HEAD),
            kind="tertiary",
            shortcut="T",
        )
        st.download_button(
            t("The plan (YAML)"),
            review.file_text,
            file_name=f"{review.plan.id}.yaml",
            mime="application/yaml",
            on_click="ignore",
            key="review-file",
        )
        if screen.settings.plans_writable:
            fields.button(t("Put among the plans"), "review-write", _write, screen, held)
        if review.saved:
            there = {"plan": review.plan.id, "as_of": "", "view": ""}
            address.link("overview", t("Open the plan"), **address.OF_A_PLAN | there)
        fields.button(t("Leave"), "review-leave", _leave, kind="tertiary")
    act.tell(screen, PLACE)


def _key(name: str) -> str:
    return f"review-{name}-{fields.turn('review')}"


def _go_on(screen: Screen) -> None:
    """What was left behind, and the drafts among the plans whose report is at hand."""
    t, pick = screen.language.t, screen.language.pick
    if address.draft("review"):
        text = t("The review that the link names is another browser’s, or is not kept any more.")
        st.html(markup.quiet(text))
    if left := keeping.left_behind(screen):
        name, review = left
        label = t("Go on with {title}", title=pick(review.plan.title))
        fields.button(label, "review-go-on", address.write, "review", name)
    for file in plan_files(screen.settings.plans):
        count = len(list(open_reviews(file.plan))) if file.plan else 0
        report = (screen.settings.reports or Path()) / f"{file.plan.id if file.plan else ''}.txt"
        if count and file.plan and report.is_file():
            label = t("{title}: open {n}", title=pick(file.plan.title), n=count)
            key = f"review-plan-{file.plan.id}"
            fields.button(label, key, _begin_with, screen, file, report)


def _leave() -> None:
    address.write("review", "")
    address.write("item", "")


def _begin_with(screen: Screen, file: PlanFile, report: Path) -> None:
    with act.attempt(PLACE):
        text = report_text(read_content(report), report)
        keeping.begin(screen, reviewed(text, read_text(file.path), file.path.name))


def _begin(screen: Screen) -> None:
    """Open what was given; a report alone is drafted first."""
    with act.attempt(PLACE):
        keeping.begin(screen, _given())
        fields.next_turn("review")


def _given() -> Reviewed:
    """What was uploaded or pasted. Raises Refused."""
    files = {Path(f.name): f.getvalue() for f in st.session_state.get(_key("files")) or ()}
    plans = [path for path in files if path.suffix in (".yaml", ".yml")]
    reports = [path for path in files if path not in plans]
    pasted = fields.held(_key("pasted"))
    if len(plans) > 1 or len(reports) + bool(pasted) != 1:
        msgid = message("give one report’s text, as a file or pasted, and at most one draft")
        raise refused(msgid)
    path = reports[0] if reports else _PASTED
    content = files[path] if reports else pasted.encode()
    text = report_text(content, path)
    if plans:
        return reviewed(text, text_of(files[plans[0]], plans[0]), plans[0].name)
    draft = required_draft(text, _year(), path.name)
    name = _plan_id() or (path.stem if reports else "")
    return reviewed(text, plan_text(draft, name, in_both), path.name)


def _year() -> int | None:
    text = fields.held(_key("year"))
    if text and not (text.isascii() and text.isdecimal() and len(text) == 4):
        msgid = message("{text} is no year; expected one such as 2026")
        raise refused(msgid, text=text[:40])
    return int(text) if text else None


def _plan_id() -> str:
    """The id that was typed. Raises Refused for what can be none."""
    text = fields.held(_key("id"))
    if text and not PLAN_ID.fullmatch(text):
        msgid = message(
            "{text} is no id; expected small letters, digits and hyphens, such as shanghai-2026"
        )
        raise refused(msgid, text=text[:40])
    return text


def _write(screen: Screen, held: Held) -> None:
    """Put the plan into the folder of plans, in place of nothing or of what was opened."""
    language, review, store = screen.language, held.review, screen.store
    with act.attempt(PLACE):
        with store.permitted(person.act(), Action.WRITE_PLANS, Scope(review.plan.id)):
            path, text = _put(screen.settings.plans, review)
        keeping.keep(screen, held, review.as_saved(text))
        notice = language.t("{file} is among the plans.", file=path.name)
        if left := len(list(review.open_targets())):
            notice = f"{notice} {language.t('open: {n}', n=left)}"
        act.done(notice, PLACE)


def _put(folder: Path, review: Reviewed) -> tuple[Path, str]:
    """The file that is written, and its text. Raises Refused."""
    text, path = review.file_text(), folder / f"{review.plan.id}.yaml"
    taken = named_plan(plan_files(folder), review.plan.id)
    if taken is not None and taken.path != path:
        # It would come before that one by its name, and take the place of what that one says.
        msgid = message("{id} is the id of the plan in {file}; give this plan another one")
        raise refused(msgid, id=review.plan.id, file=taken.path.name)
    if path.exists() and read_text(path) not in (review.plan_text, review.saved, text):
        msgid = message(
            "{file} has changed since it was opened here, or is another plan; take the file "
            "and compare the two"
        )
        raise refused(msgid, file=path.name)
    try:
        atomic.write(path, text.encode())
    except OSError as error:
        msgid = message("{file} cannot be written: {reason}")
        raise refused(msgid, file=path.name, reason=error.strerror or str(error)) from error
    return path, text
