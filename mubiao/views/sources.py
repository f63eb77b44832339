"""Where what a slide or a page shows comes from: the report's paragraphs, and who published."""

from collections.abc import Iterable

from mubiao.i18n import Language
from mubiao.views.briefing import Subject


def sources(subjects: Iterable[Subject], language: Language) -> tuple[str, ...]:
    """The places in the report, then the publishers of the figures, each once; none without one."""
    places: dict[str, set[int]] = {}
    published: dict[str, None] = {}
    for subject in subjects:
        places.setdefault(subject.row.section, set()).add(subject.paragraph)
        published |= {subject.source: None} if subject.source else {}
    cited = language.clauses(_place(*place, language) for place in sorted(places.items()))
    publishers = language.clauses(published)
    report = cited and language.t("Report: {places}", places=cited)
    figures = publishers and language.t("Figures: {sources}", sources=publishers)
    return tuple(filter(None, (report, figures)))


def _place(section: str, paragraphs: Iterable[int], language: Language) -> str:
    """One section with its paragraphs: "section 2.7, paragraphs 3, 5"."""
    numbers = [str(number) for number in sorted(paragraphs)]
    return language.ngettext(
        "section {section}, paragraph {paragraphs}",
        "section {section}, paragraphs {paragraphs}",
        len(numbers),
        section=section,
        paragraphs=language.listed(numbers),
    )
