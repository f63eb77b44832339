"""Meeting: the figures as files to take along, made when somebody asks for one."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from mubiao.exports.formats import FORMATS, FormatId, ReportContent, own_notice
from mubiao.i18n import CODES
from mubiao.i18n import language as language_of
from mubiao.model import Code
from mubiao.problems import Problem, Refused
from mubiao.ui.meeting.briefing import briefings_of
from mubiao.ui.shell import fields, markup
from mubiao.ui.shell.page import Screen, located

_UNSAFE = re.compile(r"[^\w]+")


def files(screen: Screen) -> None:
    """The choice of a file, and the button that makes it."""
    language = screen.language
    st.html(markup.heading(language.t("Take along")))
    with st.container(key="take-along", horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            language.t("Kind of file"),
            list(FORMATS),
            format_func=lambda name: language.t(FORMATS[name].label),
            key=f"take-kind-{language.code}",
            width=400,
        )
        codes = _codes(screen, kind)
        place = st.empty()
    template = _template(screen, kind) if FORMATS[kind].templates else None
    appendix = kind == "pptx" and st.checkbox(
        language.t("Appendix: every target"), value=True, key=f"take-appendix-{language.code}"
    )
    name = screen.meeting.name if screen.meeting else ""

    def made() -> bytes:
        slides = partial(briefings_of, screen, codes)
        content = ReportContent(screen.plan, screen.seen, slides, template, appendix)
        return FORMATS[kind].make(content)

    # After the template, which may be refused, but beside the choices.
    place.download_button(
        language.t("Make the file"),
        made,
        file_name=file_name(screen.plan.id, screen.as_of, name, kind, codes),
        mime=FORMATS[kind].media_type,
        on_click="ignore",
        key="take-file",
    )
    text = language.t(
        "Day, figures and status are those of the slides. HTML and Excel list every target, "
        "PowerPoint in its appendix, Word in its annex."
    )
    st.html(markup.quiet(text))


def _codes(screen: Screen, kind: FormatId) -> Sequence[Code]:
    language = screen.language
    if not FORMATS[kind].spoken:
        only = language.t("same in every language")
        label = language.t("Language of the file")
        st.selectbox(label, [only], key=f"take-any-{language.code}", disabled=True, width=200)
        return ()
    names: dict[str, str] = {code: language_of(code).name for code in CODES}
    names |= {"both": language.t("both languages")}
    label, index = language.t("Language of the file"), list(names).index(language.code)
    key = f"take-lang-{language.code}"
    chosen = fields.choice(label, names, index=index, key=key, width=200)
    return CODES if chosen == "both" else [code for code in CODES if code == chosen]


def file_name(plan: str, day: date, meeting: str, kind: str, codes: Sequence[Code]) -> str:
    """Plan, day, meeting ("" for none) and language (empty where it reads the same in any), in
    signs that every system takes in a name.
    """
    safe = _UNSAFE.sub("-", meeting).strip("-")[:40].rstrip("-")
    parts = [plan, day.isoformat(), safe, *codes]
    return f"{'-'.join(part for part in parts if part)}.{kind}"


def _template(screen: Screen, kind: FormatId) -> bytes | None:
    """A template of one's own; what is wrong with one is shown, and it is not used."""
    language, suffixes = screen.language, FORMATS[kind].templates
    names = language.listed(f".{suffix}" for suffix in suffixes)
    file = st.file_uploader(
        markup.plain(language.t("Your own template, if you have one ({suffixes})", suffixes=names)),
        type=list(suffixes),
        key=f"take-template-{kind}",
    )
    if kind == "docx":
        st.download_button(
            language.t("Our template, to restyle in Word"),
            own_notice,
            file_name="mubiao.docx",
            mime=FORMATS[kind].media_type,
            on_click="ignore",
            key="take-own-template",
        )
    if file is None:
        return None
    content = file.getvalue()
    # Opened once, not at every rerun.
    problems = screen.memo(
        "template", lambda: _unusable(kind, content), kind, file.file_id, large=True
    )
    if problems:
        st.html(markup.problems(located(problem, language) for problem in problems))
    return None if problems else content


def _unusable(kind: FormatId, template: bytes) -> tuple[Problem, ...]:
    try:
        FORMATS[kind].try_template(template)
    except Refused as refusal:
        return refusal.problems
    return ()
