"""`export`: the report as of a day, or as a meeting saw it, as a file of each kind."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mubiao import clock
from mubiao.cli.answers import Misuse, Spoken, line, misuse, tell
from mubiao.cli.choices import day_of, named_file, read_file
from mubiao.exports.formats import FORMATS, FormatId, ReportContent
from mubiao.i18n import CODES, Language
from mubiao.model import Code, Meeting, Plan
from mubiao.plain_text import folded
from mubiao.plan.loader import plan_files
from mubiao.problems import Problem, Refused, message
from mubiao.settings import Settings
from mubiao.store import Store, seed
from mubiao.views.briefing import Briefing, briefings
from mubiao.views.seen import (
    PLAN_CHANGED,
    TAKEN_BACK,
    act_text,
    assess_record,
    look,
    plan_at,
    plan_changed,
)
from mubiao.views.years import PlanYear, plans_beside

_TEMPLATE_BYTES = 100_000_000


class Scope(NamedTuple):
    """The day or the meeting that a report is of (neither: today), and since when it compares."""

    as_of: date | None
    meeting: str | None
    since: date | None


class ReportOptions(NamedTuple):
    """A kind of file in which languages, of which day; `template` gives it its looks, with an
    `appendix` every target has a place in the slides.

    Without a day and a meeting the contract's CSV holds all that stands.
    """

    form: FormatId
    codes: Sequence[Code]
    scope: Scope
    template: bytes | None
    appendix: bool = True


def codes_of(lang: Spoken | None, language: Language) -> tuple[Code, ...]:
    """The languages of a report: those that the call names, or else that of its messages."""
    if lang == "both":
        return CODES
    return (language.code if lang is None else lang,)


def refuse_terminal(form: FormatId, output: Path | None) -> None:
    """Raises Misuse for a binary file that a terminal would have to show."""
    if FORMATS[form].terminal and output is None and sys.stdout.isatty():
        raise misuse(FORMATS[form].terminal)


def scope_of(as_of: str | None, meeting: str | None, since: str | None) -> Scope:
    """What the options say. Raises Misuse where they do not go together."""
    if as_of is not None and meeting is not None:
        raise misuse(message("--as-of and --meeting both name the day; give one of them"))
    return Scope(day_of(as_of), meeting, day_of(since, "--since"))


def template_of(path: Path | None, form: FormatId) -> bytes | None:
    """A template's content; Misuse for one that is too large, or for another kind of file."""
    if path is None:
        return None
    if not FORMATS[form].templates:
        raise misuse(message("--template is for --format pptx and docx alone"))
    content = read_file(named_file(path), _TEMPLATE_BYTES)
    if len(content) > _TEMPLATE_BYTES:
        raise Misuse([Problem(message("the template is larger than 100 MB"), file=str(path))])
    return content


def refuse_without_appendix(form: FormatId, *, appendix: bool) -> None:
    """Raises Misuse for a kind of file that has no appendix to leave out."""
    if not appendix and form != "pptx":
        raise misuse(message("--no-appendix is for --format pptx alone"))


def refuse_beside_what(form: FormatId, scope: Scope) -> None:
    """Raises Misuse for what a table of the record cannot be: it has no day and no other kinds."""
    if form not in ("csv", "xlsx"):
        raise misuse(message("--what is a table of the record; expected --format csv or xlsx"))
    if scope != (None, None, None):
        raise misuse(
            message("--what is the record as it is now; leave --as-of, --meeting and --since out")
        )


def seen_from(
    store: Store, plan: Plan, scope: Scope, today: date, language: Language
) -> tuple[Plan, date, Meeting | None]:
    """The plan as a meeting had it, the day, and the meeting. Raises Misuse for an unknown one."""
    if scope.meeting is None:
        return plan, scope.as_of or today, None
    meeting = _meeting_named(store, plan, scope.meeting, language)
    return plan_at(store, plan, meeting), meeting.as_of, meeting


def report(
    store: Store, plan: Plan, options: ReportOptions, settings: Settings, language: Language
) -> bytes:
    """The file; what to know about its judgements goes to standard error. Raises Refused."""
    form, codes, scope, template, appendix = options
    today = clock.today(settings, plan.zone)
    plan, day, meeting = seen_from(store, plan, scope, today, language)
    if meeting is not None and form != "csv" and plan_changed(plan, meeting):
        tell(language.t(PLAN_CHANGED))
    if FORMATS[form].spoken:
        refuse_late(scope.since, day)
    seen = look(store, plan, day, meeting)
    if form == "csv" and meeting is None and scope.as_of is None:
        seen = replace(seen, standing=tuple(store.as_of(plan.id, date.max)))

    def make() -> Sequence[Briefing]:
        # A meeting's room may not have seen the other plans' figures of now.
        beside = [] if meeting else years_beside(store, plan, day, settings, language)
        return briefings(store, plan, codes, day, meeting, scope.since, beside)

    return FORMATS[form].make(ReportContent(plan, seen, make, template, appendix))


def years_beside(
    store: Store, plan: Plan, day: date, settings: Settings, language: Language
) -> list[PlanYear]:
    """The place's plans for other years, judged on the day; none, which is said, if one fails."""
    others: list[PlanYear] = []
    try:
        for file, one in plans_beside(plan, plan_files(settings.plans), day):
            seed(store, file, clock.now())
            others.append(PlanYear(one, assess_record(store, one, day)))
    except Refused as refusal:
        for problem in refusal.problems:
            tell(line(problem, language))
        return []
    return others


def refuse_late(since: date | None, day: date) -> None:
    """Raises Misuse where changes are asked for since a day that is not before the report's."""
    if since is not None and since >= day:
        msgid = message("--since is {since}; expected a day before {day}, which the report is of")
        raise misuse(msgid, since=since, day=day)


def _meeting_named(store: Store, plan: Plan, name: str, language: Language) -> Meeting:
    """The meeting that the call names; Misuse if there is none."""
    meetings = store.meetings(plan.id)
    for meeting in meetings:
        if folded(meeting.name) == folded(name):
            return meeting
    for meeting in store.all_meetings(plan.id):
        if folded(meeting.name) == folded(name):
            last = act_text(meeting.acts[-1], language)
            raise misuse(TAKEN_BACK, name=meeting.name, act=last)
    if not meetings:
        raise misuse(message("no meeting is recorded yet; name a day with --as-of"))
    msgid = message("there is no meeting “{name}”; there are: {names}")
    raise misuse(msgid, name=name, names=language.listed(m.name for m in meetings))
