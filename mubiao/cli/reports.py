"""`export`: the report as of a day, or as a meeting saw it, as a file of each kind."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from mubiao.cli import contents
from mubiao.cli.answers import Misuse, misuse, tell
from mubiao.cli.choices import Spoken, day_of, named_file
from mubiao.exports.formats import FORMATS, FormatId, ReportContent
from mubiao.i18n import CODES, Language
from mubiao.model import Code, Meeting, Plan
from mubiao.problems import Problem, message
from mubiao.store import Store
from mubiao.views.meetings import briefings
from mubiao.views.seen import PLAN_CHANGED, look, plan_at, plan_changed

_TEMPLATE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a call wants: a kind of file in which languages, as of which day or meeting.

    Without a day and a meeting, today; the contract's CSV then holds all that stands.
    """

    form: FormatId
    codes: Sequence[Code]
    as_of: date | None = None
    meeting: str | None = None
    since: date | None = None
    template: bytes | None = None


def codes_of(lang: Spoken | None, language: Language) -> tuple[Code, ...]:
    """The languages of a report: those that the call names, or else that of its messages."""
    if lang == "both":
        return CODES
    return (language.code if lang is None else lang,)


def refuse_terminal(form: FormatId, output: Path | None) -> None:
    """Raises Misuse for a binary file that a terminal would have to show."""
    if FORMATS[form].terminal and output is None and sys.stdout.isatty():
        raise misuse(FORMATS[form].terminal)


def report_options(  # noqa: PLR0913 - a parameter is an option
    form: FormatId,
    codes: Sequence[Code],
    *,
    as_of: str | None,
    meeting: str | None,
    since: str | None,
    template: Path | None,
) -> ReportOptions:
    """What the options say. Raises Misuse where they do not go together."""
    if as_of is not None and meeting is not None:
        raise misuse(message("--as-of and --meeting both name the day; give one of them"))
    if template is not None and form != "pptx":
        raise misuse(message("--template is for --format pptx alone"))
    return ReportOptions(
        form,
        codes,
        None if as_of is None else day_of(as_of),
        meeting,
        None if since is None else day_of(since, "--since"),
        None if template is None else _template(named_file(template)),
    )


def refuse_beside_what(options: ReportOptions) -> None:
    """Raises Misuse for what a table of the record cannot be: it has no day and no other kinds."""
    if options.form not in ("csv", "xlsx"):
        raise misuse(message("--what is a table of the record; expected --format csv or xlsx"))
    if (options.as_of, options.meeting, options.since) != (None, None, None):
        raise misuse(
            message("--what is the record as it is now; leave --as-of, --meeting and --since out")
        )


def report(
    store: Store, plan: Plan, options: ReportOptions, today: date, language: Language
) -> bytes:
    """The file; what to know about its judgements goes to standard error. Raises Refused."""
    meeting = (
        None if options.meeting is None else meeting_named(store, plan, options.meeting, language)
    )
    day = meeting.as_of if meeting is not None else options.as_of or today
    plan = plan_at(store, plan, meeting)
    form = FORMATS[options.form]
    if meeting is not None and options.form != "csv" and plan_changed(plan, meeting):
        tell(language.t(PLAN_CHANGED))
    if form.spoken:
        refuse_late(options.since, day)
    seen = look(store, plan, day, meeting)
    if options.form == "csv" and meeting is None and options.as_of is None:
        seen = replace(seen, standing=tuple(store.as_of(plan.id, date.max)))
    make = partial(briefings, store, plan, options.codes, day, meeting, options.since)
    return form.make(ReportContent(plan, seen, make, options.template))


def refuse_late(since: date | None, day: date) -> None:
    """Raises Misuse where changes are asked for since a day that is not before the report's."""
    if since is not None and since >= day:
        msgid = message("--since is {since}; expected a day before {day}, which the report is of")
        raise misuse(msgid, since=since, day=day)


def meeting_named(store: Store, plan: Plan, name: str, language: Language) -> Meeting:
    """The meeting that the call names; Misuse if there is none."""
    meetings = store.meetings(plan.id)
    for meeting in meetings:
        if meeting.name.casefold() == name.strip().casefold():
            return meeting
    if not meetings:
        raise misuse(message("no meeting is recorded yet; name a day with --as-of"))
    msgid = message("there is no meeting “{name}”; there are: {names}")
    raise misuse(msgid, name=name, names=language.listed(m.name for m in meetings))


def _template(path: Path) -> bytes:
    """A template's content; Misuse for one that is too large."""
    content = contents.read(path, _TEMPLATE_BYTES)
    if len(content) > _TEMPLATE_BYTES:
        raise Misuse([Problem(message("the template is larger than 100 MB"), file=str(path))])
    return content
