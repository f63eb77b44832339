"""The files that a report can be taken along as: one table for the page and the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mubiao.exports.data.documents import assess_document, to_json
from mubiao.exports.data.listing import actuals_csv
from mubiao.model import Plan
from mubiao.problems import message
from mubiao.views.briefing import Briefing
from mubiao.views.seen import Seen

FormatId = Literal["pptx", "docx", "html", "xlsx", "csv", "json"]
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What a file is made from: what was seen, and its briefings, one a language.

    The briefings are made only for a format that needs them. `template` is a file whose looks the
    made one takes, `appendix` whether the slides end with every target.
    """

    plan: Plan
    seen: Seen
    briefings: Callable[[], Sequence[Briefing]]
    template: bytes | None = None
    appendix: bool = True


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `label` is a gettext id; `terminal` too, and says why a terminal cannot
    show the file ("" where it can). A file that is not `spoken` holds ids and plain values, which
    read the same in any language. `templates` are the suffixes of files of one's own that it may
    take its looks from; `try_template` raises Refused for one that cannot be used.
    """

    label: str
    media_type: str
    make: Callable[[ReportContent], bytes]
    spoken: bool = True
    terminal: str = ""
    templates: tuple[str, ...] = ()
    try_template: Callable[[bytes], None] = lambda _: None


# Each of these libraries takes a while to load, so only where one of its files is made. Always the
# package: two threads that import a package and a part of it at once end in a deadlock.
def _pptx(report: ReportContent) -> bytes:
    from mubiao.exports.deck import deck  # noqa: PLC0415 - see above

    return deck(report.briefings(), report.template, appendix=report.appendix)


def _presentation(template: bytes) -> None:
    from mubiao.exports.deck import open_template  # noqa: PLC0415 - see above

    open_template(template)


def _docx(report: ReportContent) -> bytes:
    from mubiao.exports.circular import word  # noqa: PLC0415 - see above

    return word(report.plan, report.seen, report.briefings(), report.template)


def _notice(template: bytes) -> None:
    from mubiao.exports.circular import try_template  # noqa: PLC0415 - see above

    try_template(template)


def own_notice() -> bytes:
    """Our own template of the Word file, to restyle and to bring back."""
    from mubiao.exports.circular import own_template  # noqa: PLC0415 - see above

    return own_template()


def _html(report: ReportContent) -> bytes:
    from mubiao.exports.webpage import handout  # noqa: PLC0415 - see above

    return handout(report.briefings())


def _xlsx(report: ReportContent) -> bytes:
    from mubiao.exports.workbook.report import workbook  # noqa: PLC0415 - see above

    return workbook(report.plan, report.seen, report.briefings())


FORMATS: Mapping[FormatId, Format] = {
    "pptx": Format(
        message("PowerPoint: slides to edit"),
        f"{_OFFICE}.presentationml.presentation",
        _pptx,
        terminal=message("a presentation is no text for a terminal; name a file by --output"),
        templates=("pptx", "potx"),
        try_template=_presentation,
    ),
    "docx": Format(
        message("Word: the monthly notice"),
        f"{_OFFICE}.wordprocessingml.document",
        _docx,
        terminal=message("a Word file is no text for a terminal; name a file by --output"),
        templates=("docx", "dotx"),
        try_template=_notice,
    ),
    "html": Format(message("HTML: one file that opens without a network"), "text/html", _html),
    "xlsx": Format(
        message("Excel: summary, targets, actuals, changes"),
        f"{_OFFICE}.spreadsheetml.sheet",
        _xlsx,
        terminal=message("a workbook is no text for a terminal; name a file by --output"),
    ),
    "csv": Format(
        message("CSV: the actuals"),
        "text/csv",
        lambda report: actuals_csv(report.seen.standing),
        spoken=False,
    ),
    "json": Format(
        message("JSON: the judgements"),
        "application/json",
        lambda report: to_json(assess_document(report.plan, report.seen.assessments)),
        spoken=False,
    ),
}
