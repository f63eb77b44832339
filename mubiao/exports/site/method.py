"""What the page of sources and method shows: where each figure went, and the open data."""

from dataclasses import dataclass

from mubiao.exports.data import package
from mubiao.i18n import Language
from mubiao.model import Plan
from mubiao.report.accounting import Cited, cited


@dataclass(frozen=True, slots=True)
class Citation:
    """A phrase of the report and where it went; `link` is "" where nothing is promised."""

    place: str
    printed: str
    text: str
    link: str


def citations(plan: Plan, language: Language) -> list[tuple[str, str, list[Citation]]]:
    """Every phrase that the plan cites, by section: its number, its name, its phrases."""
    by_section: dict[str, list[Citation]] = {}
    for entry in cited(plan):
        by_section.setdefault(entry.section, []).append(_citation(plan, entry, language))
    names = plan.section_names
    return [
        (section, language.pick(names[section]) if section in names else "", found)
        for section, found in by_section.items()
    ]


def _citation(plan: Plan, entry: Cited, language: Language) -> Citation:
    place = language.t("¶ {paragraph}", paragraph=entry.paragraph)
    if entry.target is not None:
        name = language.pick(plan.by_id[entry.target].name)
        return Citation(place, entry.printed, name, f"targets/{entry.target}.html")
    reason = language.pick(entry.reason) if entry.reason else ""
    told = language.t("no promise: {reason}", reason=reason)
    return Citation(place, entry.printed, told, "")


def described(language: Language) -> tuple[tuple[str, str], ...]:
    """The files of the open data, each with what is in it."""
    t = language.t
    return (
        (package.OBSERVATIONS, t("every figure that stands on the day, with its source")),
        (package.TARGETS, t("what is promised, and where the report says it")),
        (package.ASSESSMENTS, t("how each target stands, with its sentence in both languages")),
        (package.PACKAGE, t("description of the three as a Frictionless data package")),
    )
