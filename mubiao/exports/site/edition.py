"""The pages of a site in one language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from unicodedata import normalize

import orjson

from mubiao.exports import webpage
from mubiao.exports.site.content import Content, File
from mubiao.exports.site.frame import frame
from mubiao.exports.site.method import described
from mubiao.figures.paths import as_of_marks
from mubiao.html import rendering
from mubiao.i18n import Language
from mubiao.model import Assessment, Remark, Status, by_target
from mubiao.theme import LIGHT
from mubiao.views.briefing import since
from mubiao.views.changes import changes
from mubiao.views.charts.bullets import Bullet, bullet
from mubiao.views.citations import citations, report_title
from mubiao.views.detail import detail
from mubiao.views.numbers import numbers
from mubiao.views.overview import Overview, SectionRows, TargetRow, count, overview, section_summary
from mubiao.views.remarks import own_judgements, remarks_of
from mubiao.views.seen import notes, stamp
from mubiao.wording import rules
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

ATTENTION_AT_MOST = 100


class Edition:
    """One language of a site; what several pages share is made once, when first needed."""

    def __init__(self, content: Content, language: Language) -> None:
        self.content = content
        self.language = language
        self.phrasebook = Phrasebook(content.plan, language)
        # For pages that do not say their day, and so shall not change with it.
        self.lasting = replace(self.phrasebook, dated=False)
        self.words = webpage.words(language)

    @cached_property
    def shown(self) -> Overview:
        """The overview, with what persons judge beside it."""
        seen = self.content.seen
        return overview(self.phrasebook, seen.assessments, seen.as_of, self._own)

    def files(self) -> Iterator[File]:
        """Every page and the index of the search; paths begin with the language's folder."""
        for path, make in self._pages():
            yield File(f"{self.language.code}/{path}", partial(make, path))
        yield File(f"{self.language.code}/search.js", self._search)

    def _pages(self) -> Iterator[tuple[str, Callable[[str], bytes]]]:
        yield "index.html", self._overview
        yield "changes.html", self._changes
        yield "method.html", self._method
        for section in self.shown.sections:
            found = self._judged[section.id]
            yield f"sections/{section.id}.html", partial(self._section, section, found)
            for row, assessment in zip(section.rows, found, strict=True):
                yield f"targets/{row.id}.html", partial(self._target, section, row, assessment)

    def _overview(self, path: str) -> bytes:
        shown, seen = self.shown, self.content.seen
        attention = shown.attention[:ATTENTION_AT_MOST]
        more = len(shown.attention) - len(attention)
        return self._page(
            "overview.html",
            frame(
                *(self.content, self.language, path, shown.title, shown.summary),
                stamp(seen, self.language),
            ),
            shown=shown,
            name=seen.name,
            notes=notes(seen, self.language, self.content.earlier),
            headline=self._bullets(shown.headline),
            attention=attention,
            more=more and self.language.t("… and {n} more", n=more),
            links=_Links("targets/"),
            sections=[
                (section, count((row.mark.status for row in section.rows), self.language))
                for section in shown.sections
            ],
        )

    def _section(self, section: SectionRows, judged: Sequence[Assessment], path: str) -> bytes:
        counts = count((a.status for a in judged), self.language)
        lead = section_summary(counts, self.language)
        rows = tuple(
            replace(row, sentence=sentence(self.lasting, assessment))
            for row, assessment in zip(section.rows, judged, strict=True)
        )
        return self._page(
            "section.html",
            frame(self.content, self.language, path, f"{section.id} {section.name}", lead),
            section=replace(section, rows=rows),
            lead=lead,
            counts=counts,
            links=_Links("../targets/"),
        )

    def _target(self, section: SectionRows, row: TargetRow, judged: Assessment, path: str) -> bytes:
        target = judged.target
        history = self.content.history.get(target.id, ())
        shown = detail(self.lasting, judged, history)
        row = replace(row, sentence=shown.row.sentence)
        said = self._remarks.get(target.id, ())
        spec = webpage.spec(shown.path, with_day=False)
        return self._page(
            "target.html",
            frame(self.content, self.language, path, row.name, row.sentence),
            section=section,
            row=row,
            shown=shown,
            spec=spec,
            numbers=numbers(self.phrasebook, target, shown.path),
            said=remarks_of(self.phrasebook, judged, said),
            steps=[(step.name, step.text) for step in shown.steps],
            # What became known later is no part of what is published as of the day.
            actuals=[actual for actual in shown.actuals if actual.state != "not_yet"],
        )

    def _changes(self, path: str) -> bytes:
        seen, earlier = self.content.seen, self.content.earlier
        shown = changes(self.phrasebook, earlier.assessments, seen.assessments)
        title = since(earlier, self.language)
        return self._page(
            "changes.html",
            frame(self.content, self.language, path, title, shown.summary, self._day),
            title=title,
            shown=shown,
            links=_Links("targets/"),
        )

    def _method(self, path: str) -> bytes:
        language, delivered = self.language, report_title(self.phrasebook)
        return self._page(
            "method.html",
            frame(self.content, language, path, self.words["method"], delivered),
            delivered=delivered,
            tables=rules.tables(self.phrasebook),
            never=rules.never(language),
            cited=citations(self.phrasebook, "targets/{}.html".format),
            files=described(language),
            licence=self.content.licence,
        )

    def _search(self) -> bytes:
        """A script that names the index, as a page opened from a file may not fetch one."""
        index = [
            [row.id, row.name, row.mark.text, f"{section.id} {section.name}", _folded(row.search)]
            for section in self.shown.sections
            for row in section.rows
        ]
        return b"window.mubiaoTargets = " + orjson.dumps(index) + b";\n"

    def day(self) -> dict[str, object]:
        """The as-of day as the pages' script needs it: for their foot, and for their charts."""
        as_of = self.content.seen.as_of
        name = self.language.t("as of {day}", day=self.language.short_day(as_of))
        marks = as_of_marks(as_of, name, LIGHT)
        return {"foot": self._day, "marks": marks}

    @property
    def _day(self) -> str:
        return self.language.t("As of {day}", day=self.language.day(self.content.seen.as_of))

    def _page(self, template: str, page: object, **values: object) -> bytes:
        return rendering.page(template, w=self.words, page=page, **values).encode()

    def _bullets(self, section: SectionRows) -> list[tuple[TargetRow, Bullet]]:
        """The bullets of a section; a milestone has none."""
        return [
            (row, bullet(self.phrasebook, assessment))
            for row, assessment in zip(section.rows, self._judged[section.id], strict=True)
            if not assessment.target.is_milestone
        ]

    @cached_property
    def _own(self) -> dict[str, Status]:
        return own_judgements(self.content.seen.remarks, self.content.seen.as_of)

    @cached_property
    def _remarks(self) -> dict[str, list[Remark]]:
        return by_target(self.content.seen.remarks)

    @cached_property
    def _judged(self) -> dict[str, list[Assessment]]:
        """The judgements by section, in the plan's order, as the overview lists its rows."""
        found: dict[str, list[Assessment]] = {}
        for assessment in self.content.seen.assessments:
            found.setdefault(assessment.target.section, []).append(assessment)
        return found


class _Links(dict[str, str]):
    """The address of each target's page, made when asked for."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, target: str) -> str:
        return f"{self.folder}{target}.html"


def _folded(words: str) -> str:
    """Words as the page's script folds what is looked for: full-width signs are as others."""
    return normalize("NFKC", words).lower()
