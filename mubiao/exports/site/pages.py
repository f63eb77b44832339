"""The files of a site: every page in each language, its search index, assets, open data.

A page is rendered when its content is asked for, so that a site of ten thousand targets is never
whole in memory. Nothing in a page says when it was made.
"""

from collections.abc import Iterator
from functools import partial

import orjson

from mubiao import html
from mubiao.exports import webpage
from mubiao.exports.data import package
from mubiao.exports.site.content import SiteContent, SiteFile
from mubiao.exports.site.edition import Edition
from mubiao.i18n import language


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
    """The page that asks for a language."""
    titles = [(edition.language, edition.briefing.title) for edition in editions]
    return html.page("home.html", editions=titles, base=content.base_url).encode()


def _sitemap(base_url: str, paths: list[str]) -> bytes:
    return html.page("sitemap.xml", addresses=[base_url + path for path in paths]).encode()
