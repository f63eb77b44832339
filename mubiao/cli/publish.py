"""`publish`: a plan as a static site, which any web server, or none, can show."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from mubiao import clock
from mubiao.cli import options
from mubiao.cli.answers import Spoken, answer, answering, misuse
from mubiao.cli.choices import record_of, settings_of_call
from mubiao.exports.site import SiteContent
from mubiao.model import Meeting, Plan, by_target
from mubiao.problems import message
from mubiao.store import Store
from mubiao.views.changes import month_end_before
from mubiao.views.seen import look, look_back, meeting_before

_DONE = message("{folder}: files written: {written}, unchanged: {unchanged}, removed: {removed}")


def publish(  # noqa: PLR0913, PLR0917 - a parameter is an option
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An empty folder, or one published before.")
    ],
    plan: options.Plan = None,
    database: options.Database = None,
    as_of: options.AsOf = None,
    meeting: options.Meeting = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="YYYY-MM-DD",
            help="Tell what changed since; else since the month's end before, or for a meeting "
            "since the one before.",
        ),
    ] = None,
    lang: Annotated[Spoken, typer.Option("--lang", help="Languages of the site.")] = "both",
    base_url: Annotated[
        str,
        typer.Option("--base-url", metavar="URL", help="Where the site will stand: for sitemaps."),
    ] = "",
    licence: Annotated[
        str,
        typer.Option("--licence", metavar="TEXT", help="Licence of the open data: a name or URL."),
    ] = "",
) -> None:
    """Write a plan as a static site; a folder holds one plan. Only what has changed is written."""
    with answering(lang) as language:
        # Templates take a moment to load, which other commands need not wait for.
        from mubiao.cli import reports  # noqa: PLC0415
        from mubiao.exports.site import folder as writing  # noqa: PLC0415
        from mubiao.exports.site import pages  # noqa: PLC0415

        scope, base = reports.scope_of(as_of, meeting, since), site_address(base_url)
        settings = settings_of_call(database)
        with record_of(plan, settings, language, scope.as_of) as (sound, store, _):
            today = clock.today(settings, sound.zone)
            plan_seen, day, held = reports.seen_from(store, sound, scope, today, language)
            reports.refuse_late(scope.since, day)
            content = _content(store, plan_seen, day, held, scope.since)
            if held is None:
                beside = reports.years_beside(store, plan_seen, day, settings, language)
                content = replace(content, beside=beside)
        codes = reports.codes_of(lang, language)
        content = replace(content, codes=codes, base_url=base, licence=licence)
        done = writing.publish(folder, pages.files(content))
        answer(language.t(_DONE, folder=folder, **asdict(done)) + "\n")


def _content(
    store: Store, plan: Plan, day: date, meeting: Meeting | None, since: date | None
) -> SiteContent:
    """What is published: a day, or what a meeting saw on its own."""
    # No meeting is named in public that the call does not name.
    former = None if meeting is None else meeting_before(store, plan, day, meeting)
    later = look(store, plan, day, meeting)
    before = look_back(store, plan, since or former or month_end_before(day), meeting)
    history = [
        entry for entry in store.history(plan.id) if meeting is None or entry.row <= meeting.rows
    ]
    return SiteContent(plan, later, before, by_target(history))


def site_address(url: str) -> str:
    """The site's address with a slash at its end; Misuse for what is none."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:  # brackets that hold no address
        sound = False
    if not sound or any(sign in "?#" or sign.isspace() for sign in url):
        msgid = message(
            "--base-url is {url}; expected an address that begins with https: or http: and has "
            "no ?, # or space"
        )
        raise misuse(msgid, url=url)
    return f"{url.rstrip('/')}/"
