"""The files of a site: its pages in each language, made from its briefing, its search index,
assets, open data.

A page is rendered when its content is asked for, so that a site of ten thousand targets is never
whole in memory. Nothing in a page says when it was made.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from unicodedata import normalize

import orjson

from mubiao import html
from mubiao.exports import webpage
from mubiao.exports.data import package
from mubiao.exports.site import SiteContent, SiteFile
from mubiao.figures import Spec
from mubiao.figures.paths import as_of_marks
from mubiao.figures.years import years as years_figure
from mubiao.i18n import Language, language
from mubiao.model import Target
from mubiao.theme import LIGHT
from mubiao.views.briefing import Briefing, Chapter, Subject, briefing, with_own
from mubiao.views.charts.years import years_chart
from mubiao.views.citations import citations, report_title
from mubiao.views.detail import actual_rows, facts
from mubiao.views.overview import TargetRow
from mubiao.views.years import Cell, Ways, Years, cells, in_words
from mubiao.wording.explanation import explain
from mubiao.wording.glossary import of_overview, of_target
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import never, tables
from mubiao.wording.sentences import sentence

ATTENTION_AT_MOST = 100


class Edition:
    """One language of a site; its briefing is made once, when a page first needs it."""

    def __init__(self, content: SiteContent, language: Language) -> None:
        self.content = content
        self.language = language
        self.phrasebook = Phrasebook(content.plan, language)
        # For pages that do not say their day, and so shall not change with it.
        self.lasting = replace(self.phrasebook, dated=False)
        self.judged = {one.target.id: one for one in content.seen.assessments}

    @cached_property
    def briefing(self) -> Briefing:
        """All that the pages show of the targets, with what changed since the earlier look."""
        content = self.content
        return briefing(
            *(self.phrasebook, content.seen, content.earlier),
            history=content.history,
            beside=content.beside,
        )

    def files(self) -> Iterator[SiteFile]:
        """Every page and the index of the search; paths begin with the language's folder."""
        for path, make in self._pages():
            yield SiteFile(f"{self.language.code}/{path}", partial(make, path))
        yield SiteFile(f"{self.language.code}/search.js", self._search)

    def _pages(self) -> Iterator[tuple[str, Callable[[str], bytes]]]:
        yield "index.html", self._overview
        yield "changes.html", self._changes
        if self.briefing.years is not None:
            yield "years.html", partial(self._years, self.briefing.years)
        yield "method.html", self._method
        for chapter in self.briefing.chapters:
            yield f"sections/{chapter.id}.html", partial(self._section, chapter)
            for subject in chapter.subjects:
                yield f"targets/{subject.row.id}.html", partial(self._target, chapter, subject)

    def _overview(self, path: str) -> bytes:
        whole = self.briefing
        return self._page(
            "overview.html",
            *(path, whole.title, whole.overview.summary, whole.stamp),
            b=whole,
            terms=of_overview(self.phrasebook),
            attention=[one.row for one in whole.attention[:ATTENTION_AT_MOST]],
            more=len(whole.attention) - ATTENTION_AT_MOST,
            links=self._links(self.judged),
        )

    def _section(self, chapter: Chapter, path: str) -> bytes:
        rows = [self._row(subject) for subject in chapter.subjects]
        return self._page(
            *("section.html", path, f"{chapter.id} {chapter.name}", chapter.summary),
            chapter=chapter,
            rows=rows,
            links=self._links((row.id for row in rows), "../"),
        )

    def _target(self, chapter: Chapter, subject: Subject, path: str) -> bytes:
        judged, row = self.judged[subject.row.id], self._row(subject)
        history = self.content.history.get(row.id, ())
        actuals = actual_rows(self.phrasebook, history, judged.as_of, judged.observation)
        years, years_spec = self._series(judged.target)
        return self._page(
            *("target.html", path, row.name, row.sentence),
            chapter=chapter,
            subject=subject,
            row=row,
            spec=webpage.spec(subject.path, with_day=False),
            steps=explain(self.lasting, judged),
            terms=of_target(self.lasting, judged),
            facts=facts(self.phrasebook, judged.target),
            years=years,
            years_spec=years_spec,
            years_text=in_words(years, self.language),
            # What became known later is no part of what is published as of the day.
            actuals=[actual for actual in actuals if actual.state != "not_yet"],
        )

    def _series(self, target: Target) -> tuple[list[Cell], Spec | None]:
        if target.series is None or not self.content.beside:
            return [], None
        given = with_own(self.phrasebook, self.content.seen, self.content.beside)
        row = cells(given, target.series, self.language)
        drawn = years_chart(given, row, target.series, self.language)
        words = self.language.t("target"), self.language.t("actual")
        spec = years_figure(drawn, words) if drawn else None
        return list(filter(None, row)), spec

    def _years(self, view: Years, path: str) -> bytes:
        plan, chapters = self.content.plan, self.briefing.chapters
        sections = {chapter.id: f"sections/{chapter.id}.html" for chapter in chapters}
        own = Ways("index.html", {}, sections, self._links(self.judged))
        ways = dict.fromkeys((one.id for one in view.plans), Ways()) | {plan.id: own}
        title = self.language.t("Years")
        return self._page("years.html", path, title, view.title, view=view, ways=ways)

    def _row(self, subject: Subject) -> TargetRow:
        """A target's row for pages that do not say their day, and so shall not change with it."""
        lasting = sentence(self.lasting, self.judged[subject.row.id])
        return replace(subject.row, sentence=lasting)

    def _changes(self, path: str) -> bytes:
        whole = self.briefing
        summary = whole.changes.summary if whole.changes else ""
        return self._page(
            *("changes.html", path, whole.changes_title, summary, self._day),
            b=whole,
            links=self._links(self.judged),
        )

    def _method(self, path: str) -> bytes:
        delivered = report_title(self.phrasebook)
        return self._page(
            *("method.html", path, self.language.t("Sources and method"), delivered),
            delivered=delivered,
            tables=tables(self.phrasebook),
            kinds=self.briefing.kinds,
            terms=self.briefing.meanings,
            never=never(self.language),
            cited=citations(self.phrasebook, "targets/{}.html".format),
            files=package.described(self.language),
            licence=self.content.licence,
        )

    def _search(self) -> bytes:
        """A script that names the index, as a page opened from a file may not fetch one."""
        index = [
            [
                *(row.id, row.name, row.mark.text),
                # The page's script folds what is looked for in the same way.
                *(f"{chapter.id} {chapter.name}", normalize("NFKC", row.search).lower()),
            ]
            for chapter in self.briefing.chapters
            for row in (subject.row for subject in chapter.subjects)
        ]
        return b"window.mubiaoTargets = " + orjson.dumps(index) + b";\n"

    def day(self) -> dict[str, object]:
        """The as-of day as the pages' script needs it: for their foot, and for their charts."""
        as_of = self.content.seen.as_of
        name = self.language.t("as of {day}", day=self.language.short_day(as_of))
        return {"foot": self._day, "marks": as_of_marks(as_of, name, LIGHT)}

    @property
    def _day(self) -> str:
        return self.language.t("As of {day}", day=self.language.day(self.content.seen.as_of))

    def _page(
        self,
        template: str,
        path: str,
        title: str,
        description: str,
        foot: str = "",
        **values: object,
    ) -> bytes:
        """The page at a path inside the language's folder; its links are relative.

        Without `foot` no day is written: one in every page would change them all each day. A
        script takes it from the one file that has it, day.js.
        """
        plan, codes = self.content.plan, self.content.codes
        home = "../" * path.count("/")
        return html.page(
            template,
            language=self.language,
            t=self.language.t,
            path=path,
            title=title,
            description=description,
            foot=foot,
            has_years=bool(self.content.beside),
            brand=f"{self.language.pick(plan.place)} {plan.span.name}",
            home=home,
            root=f"../{home}",
            base=self.content.base_url,
            versions=[(one, f"{one.code}/{path}") for one in map(language, codes)],
            **values,
        ).encode()

    def _links(self, ids: Iterable[str], root: str = "") -> dict[str, str]:
        return {id_: f"{root}targets/{id_}.html" for id_ in ids}


def files(content: SiteContent) -> list[SiteFile]:
    """All files of the site, in the order in which they are to be written."""
    return list(_files(content))


def _files(content: SiteContent) -> Iterator[SiteFile]:
    yield from _assets()
    editions = [
        Edition(content, language(code, content.plan.zone, content.plan.span.first.month))
        for code in content.codes
    ]
    yield SiteFile("assets/day.js", partial(_day, content, editions))
    yield SiteFile("index.html", partial(_home, content, editions))
    paths = ["index.html"]
    for edition in editions:
        for file in edition.files():
            if file.path.endswith(".html"):
                paths.append(file.path)
            yield file
    yield from package.files(content)
    if content.base_url:
        yield SiteFile("sitemap.xml", partial(_sitemap, content.base_url, paths))


def _assets() -> Iterator[SiteFile]:
    files = ("site.js", "choose.js", webpage.PLOTLY, "plotly-LICENSE")
    made = {name: webpage.text(name) for name in files}
    made |= {"style.css": webpage.style(), "charts.js": webpage.charts_script()}
    for name, content in made.items():
        yield SiteFile(f"assets/{name}", content.encode)


def _day(content: SiteContent, editions: list[Edition]) -> bytes:
    """The as-of day by itself, so that a new day with the same figures leaves the pages alone.

    A script, as a page opened from a file may not fetch one.
    """
    days = {e.language.tag: e.day() for e in editions}
    value = orjson.dumps({"day": content.seen.as_of, "in": days})
    return b"window.mubiaoDay = " + value + b";\n"


def _home(content: SiteContent, editions: list[Edition]) -> bytes:
    titles = [(edition.language, edition.briefing.title) for edition in editions]
    return html.page("home.html", editions=titles, base=content.base_url).encode()


def _sitemap(base_url: str, paths: list[str]) -> bytes:
    return html.page("sitemap.xml", addresses=[base_url + path for path in paths]).encode()
