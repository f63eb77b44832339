"""Where each figure of the report went: to a target, or to the reason why it promises nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from mubiao.model import Target
from mubiao.report.accounting import cited
from mubiao.views.owed import owner_of
from mubiao.wording.phrasebook import Phrasebook


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
    phrasebook: Phrasebook, href: Callable[[str], str], owner: str = ""
) -> tuple[CitedSection, ...]:
    """Every phrase that the plan cites, by section, or those of a unit's targets alone; `href`
    gives the address of a target's page.
    """
    pick, t = phrasebook.language.pick, phrasebook.t
    by_section: dict[str, list[Citation]] = {}
    for source, entry in cited(phrasebook.plan):
        if owner and not (isinstance(entry, Target) and owner_of(entry) == owner):
            continue
        if isinstance(entry, Target):
            text, link = phrasebook.name(entry.id), href(entry.id)
        else:
            text, link = t("no promise: {reason}", reason=pick(entry.reason)), ""
        place = t("¶ {paragraph}", paragraph=source.paragraph)
        citation = Citation(place, source.printed, text, link)
        by_section.setdefault(source.section, []).append(citation)
    names = {section: pick(name) for section, name in phrasebook.plan.section_names.items()}
    return tuple(
        CitedSection(section, names.get(section, ""), tuple(entries))
        for section, entries in by_section.items()
    )


def report_title(phrasebook: Phrasebook) -> str:
    """The report's title and the day on which it was delivered."""
    plan, language = phrasebook.plan, phrasebook.language
    title, day = language.pick(plan.title), language.day(plan.delivered)
    return language.t("{title}, delivered {day}", title=title, day=day)
