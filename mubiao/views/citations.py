"""Where each figure of the report went: to a target, or to the reason why it promises nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mubiao.i18n import Language
from mubiao.model import NoPromise, Plan, Source, Target
from mubiao.plan.printed import read_otherwise
from mubiao.problems import message
from mubiao.report.completeness import cited, claims_of
from mubiao.report.text import LONGEST, Figure, Report, figures
from mubiao.views.owed import owner_of
from mubiao.wording.phrasebook import Phrasebook

NOWHERE = "—"
"""Stands for the section of the figures that nothing accounts for."""

_BEFORE, _AFTER = 10, 6
_BREAK = re.compile("[，。；！？：]")
_CUT_BEFORE, _CUT_AFTER = re.compile(r"^[\d.]+"), re.compile(r"[\d.]+$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A phrase of the report and where it went; `link` is "" where nothing is promised."""

    place: str
    printed: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A section of the report with the phrases that the plan cites from it."""

    id: str
    name: str
    citations: tuple[Citation, ...]


def citations(
    phrasebook: Phrasebook,
    href: Callable[[str], str],
    owner: str = "",
    report: Report | None = None,
) -> tuple[CitedSection, ...]:
    """Every phrase that the plan cites, by section, or those of a unit's targets alone; `href`
    gives the address of a target's page.

    With the report's text: each of its covered figures and where it went, those that went nowhere
    first, and the phrases without a figure.
    """
    language = phrasebook.language
    pick = language.pick
    by_section: dict[str, list[Citation]] = {}
    for source, entry in _entries(phrasebook.plan, report):
        if owner and not (isinstance(entry, Target) and owner_of(entry) == owner):
            continue
        section = source.section if entry else NOWHERE
        place = _paragraph(language, source.paragraph)
        if entry is None:
            place = place_of(language, source.section, source.paragraph)
        link = href(entry.id) if isinstance(entry, Target) else ""
        citation = Citation(place, source.printed, _destination(phrasebook, entry), link)
        by_section.setdefault(section, []).append(citation)
    names = {section: pick(name) for section, name in phrasebook.plan.section_names.items()}
    names[NOWHERE] = phrasebook.t("Figures that nothing accounts for")
    return tuple(
        CitedSection(section, names.get(section, ""), tuple(entries))
        for section, entries in by_section.items()
    )


def coverage(phrasebook: Phrasebook, report: Report) -> str:
    """How many of the report's figures stand in the parts that the plan covers."""
    plan, language = phrasebook.plan, phrasebook.language
    covered, claims = figures(report, plan.covers), claims_of(plan, report)
    msgid = message(
        "Covered by the plan: {sections}. Of the report’s {all} figures {n} stand there; "
        "not accounted for: {left}."
    )
    values = {"n": len(covered), "all": len(figures(report))}
    left = sum(figure not in claims for figure in covered)
    return language.t(msgid, sections=language.listed(plan.covers), left=left, **values)


def _entries(plan: Plan, report: Report | None) -> list[tuple[Source, Target | NoPromise | None]]:
    """The phrases that the plan cites, or the report's figures, and what accounts for each."""
    if report is None:
        return list(cited(plan))
    claims = claims_of(plan, report)
    entries: list[tuple[Source, Target | NoPromise | None]] = []
    named: set[int] = set()
    for figure in figures(report, plan.covers):
        claimed = [getattr(plan, kind)[position] for kind, position in claims.get(figure, ())]
        entries += [(_around(figure, report), entry) for entry in claimed or (None,)]
        named |= set(map(id, claimed))
    entries += [(source, entry) for source, entry in cited(plan) if id(entry) not in named]
    order = {place: position for position, place in enumerate(report)}
    last = len(order)
    return sorted(
        entries, key=lambda e: (e[1] is not None, order.get((e[0].section, e[0].paragraph), last))
    )


def _around(figure: Figure, report: Report) -> Source:
    """A figure with its unit and the words around it in its clause, no other figure cut in two."""
    text = report[figure.section, figure.paragraph].text
    before = _BREAK.split(text[max(0, figure.start - _BEFORE) : figure.start])[-1]
    after = _BREAK.split(text[figure.tail : figure.tail + _AFTER])[0]
    figured = text[figure.start : figure.tail]
    printed = f"{_CUT_BEFORE.sub('', before)}{figured}{_CUT_AFTER.sub('', after)}"
    return Source(section=figure.section, paragraph=figure.paragraph, printed=printed[:LONGEST])


def place_of(language: Language, section: str, paragraph: int) -> str:
    """A paragraph of the report, by its section and number."""
    return language.t("{section} {place}", section=section, place=_paragraph(language, paragraph))


def _paragraph(language: Language, paragraph: int) -> str:
    return language.t("¶ {paragraph}", paragraph=paragraph) if paragraph else language.t("heading")


def _destination(phrasebook: Phrasebook, entry: Target | NoPromise | None) -> str:
    """Where a figure went; what is read otherwise than it is worded says so."""
    pick, t = phrasebook.language.pick, phrasebook.t
    if entry is None:
        return t("in no target and without a reason")
    if isinstance(entry, NoPromise):
        return t("no promise: {reason}", reason=pick(entry.reason))
    name = phrasebook.name(entry.id)
    if entry.reading is not None and read_otherwise(entry):
        msgid = message("{name} (read otherwise than worded: {reading})")
        return t(msgid, name=name, reading=pick(entry.reading))
    return name


def report_title(phrasebook: Phrasebook) -> str:
    """The report's title and the day on which it was delivered."""
    plan, language = phrasebook.plan, phrasebook.language
    title, day = language.pick(plan.title), language.day(plan.delivered)
    return language.t("{title}, delivered {day}", title=title, day=day)
