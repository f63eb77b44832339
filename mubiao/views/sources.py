"""Where what a slide or a page shows comes from: the report's paragraphs, and who published."""

from collections.abc import Iterable

from mubiao.i18n import Language
from mubiao.problems import message
from mubiao.views.briefing import Subject


def sources(subjects: Iterable[Subject], language: Language) -> tuple[str, ...]:
    """The places in the report, then the publishers of the figures; each named once, nothing left
    out, none without one.
    """
    places: dict[str, set[int]] = {}
    published: dict[str, None] = {}
    for subject in subjects:
        places.setdefault(subject.row.section, set()).add(subject.paragraph)
        if subject.source:
            published[subject.source] = None
    texts = []
    if places:
        cited = (
            _place(section, paragraphs, language) for section, paragraphs in sorted(places.items())
        )
        texts.append(language.t("Report: {places}", places=language.clauses(cited)))
    if published:
        texts.append(language.t("Figures: {sources}", sources=language.clauses(published)))
    return tuple(texts)


def _place(section: str, paragraphs: Iterable[int], language: Language) -> str:
    """One section with its paragraphs: "section 2.7, paragraphs 3, 5"."""
    numbers = [str(number) for number in sorted(paragraphs)]
    form = message("section {section}, paragraphs {paragraphs}")
    if len(numbers) == 1:
        form = message("section {section}, paragraph {paragraphs}")
    return language.t(form, section=section, paragraphs=language.listed(numbers))
