"""The report with its marks, and the panel beside it: the passage, the fields of a target, and the
buttons that decide.
"""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from mubiao.html import part
from mubiao.model import Comparator, Measure
from mubiao.plan.edits import HEAD
from mubiao.problems import message
from mubiao.report.decisions import next_figure
from mubiao.report.nothings import reasons
from mubiao.ui.review import task
from mubiao.ui.review.task import Task
from mubiao.ui.shell import fields, markup
from mubiao.views.review import KINDS, passage_of, rest_of, sections_of
from mubiao.wording import words

LABELS: Mapping[str, str] = {
    "id": message("Id"),
    "name_zh": message("Name in Chinese"),
    "name_en": message("Name in English"),
    "value": message("Value"),
    "upper": message("Upper end"),
    "unit": message("Unit of measure"),
    "comparator": message("Comparator"),
    "measure": message("What an actual is"),
    "section": message("Section"),
    "due": message("Due day"),
    "printed": message("Printed phrase"),
    "baseline_value": message("Baseline: value"),
    "baseline_year": message("Baseline: year"),
    "baseline_printed": message("Baseline: printed phrase"),
    "more": message("Further keys (YAML)"),
}
_ROWS = (
    *(("name_zh",), ("name_en",), ("value", "upper", "unit"), ("comparator", "measure")),
    *(("section", "due", "id"), ("printed",)),
)
_KEYS = message(
    "E: to the fields. Enter keeps what was typed and leaves the field. The letters on the buttons "
    "press them."
)
_Button = tuple[str, str, Callable[[Task], None], bool]


def show(one: Task) -> None:
    """The passage, the buttons, the fields of a target, and one for what has no figure."""
    t = one.screen.language.t
    above = st.empty()  # filled last: what is seen is what the buttons decide
    if one.item:
        _ways(one)
    if one.is_target or one.item == HEAD:
        _fields(one)
    if one.item and one.item != HEAD:
        st.selectbox(
            t("Nothing, because"),
            [task.STATED, *reasons()],
            format_func=t,
            accept_new_options=True,
            key=task.REASON,
        )
    label = t("A promise without a figure: its phrase, as the report prints it (Enter adds it)")
    st.text_input(label, key=one.key(task.UNFIGURED), on_change=task.complete, args=(one,))
    above.html(_above(one) + part("review_item", one.item))


def report(one: Task) -> None:
    """The report's text, each figure marked by what became of it: the parts that the plan covers,
    an element each, so that one decision changes one of them.
    """
    screen, review, t = one.screen, one.review, one.screen.language.t
    st.html(part("review_legend", [(kind, t(text)) for kind, text in KINDS.items()]))
    for section in sections_of(review, screen.language):
        st.html(part("review_section", section))
    if rest := rest_of(review):
        st.html(part("review_rest", t("The rest of the report"), rest))


def _above(one: Task) -> str:
    """The passage, or what there is to do without one."""
    t = one.screen.language.t
    if one.item == HEAD:
        note = t("title, place, sections, units, owners, calendars, reference series")
        return markup.title(t("The plan itself"), note)
    if passage := passage_of(one.review, one.item, one.screen.language):
        return part("review_passage", passage)
    text = t("Every figure is decided. Take the plan along, or put it among the plans.")
    return markup.summary(text)


def _ways(one: Task) -> None:
    t = one.screen.language.t
    with st.container(key="review-ways", horizontal=True, gap="small"):
        for at, (msgid, letter, decide, is_possible) in enumerate(_buttons(one)):
            fields.button(
                *(t(msgid), f"review-{letter}", decide, one),
                kind="secondary" if at else "primary",
                disabled=not is_possible,
                shortcut=letter,
            )
    st.html(markup.quiet(t(_KEYS)))


def _buttons(one: Task) -> list[_Button]:
    """What each button says, its letter, what it does, and whether that is possible now."""
    further = [(message("Next doubtful"), "D", task.go_on, True)]
    if one.item == HEAD:
        return [(message("Accept"), "A", task.accept, True), *further]
    if not one.is_target:
        return [
            (message("A promise"), "P", task.promise, True),
            (message("Nothing"), "N", task.nothing, one.is_open),
            *further,
        ]
    has_next = next_figure(one.review, one.item) is not None
    has_parts = bool(one.review.plan.by_id[one.item].conditions)
    split = message("Split") if has_parts else message("For two targets")
    return [
        (message("Accept"), "A", task.accept, True),
        (message("Nothing"), "N", task.nothing, True),
        (message("Merge with the next"), "M", task.merge, has_next),
        (split, "S", task.split, True),
        *further,
    ]


def _fields(one: Task) -> None:
    """The target's fields, each with what is wrong with what it holds."""
    t, texts, options = one.screen.language.t, one.texts(), _options(one)
    problems = one.problems(texts)

    def field(name: str) -> None:
        msgid = message("The plan itself") if one.item == HEAD else LABELS[name]
        label, key, args = markup.plain(t(msgid)), one.key(name), (one,)
        st.session_state.setdefault(key, texts[name])
        if offered := options.get(name):
            fields.choice(t(msgid), offered, key=key, on_change=partial(task.keep_typed, one))
        elif name == "more":
            height = 480 if one.item == HEAD else 160
            st.text_area(label, height=height, key=key, on_change=task.keep_typed, args=args)
        else:
            st.text_input(label, key=key, on_change=task.keep_typed, args=args)
        own = (problem for problem in problems if problem.field == name or one.item == HEAD)
        fields.say(one.screen, own)

    def row(*names: str) -> None:
        for name, column in zip(names, st.columns(len(names)), strict=True):
            with column:
                field(name)

    if one.item == HEAD:
        field("more")
        return
    for names in _ROWS:
        row(*names)
    with st.expander(t("Baseline and further keys")):
        row("baseline_value", "baseline_year", "baseline_printed")
        field("more")


def _options(one: Task) -> Mapping[str, Mapping[str, str]]:
    language = one.screen.language
    names = one.review.plan.section_names.items()
    return {
        "comparator": {each.value: language.t(words.COMPARATOR[each]) for each in Comparator},
        "measure": {each.value: language.t(words.MEASURE[each]) for each in Measure},
        "section": {id_: markup.plain(f"{id_} {language.pick(name)}") for id_, name in names},
    }
