"""What stands around every page of a site: its title, its links, all relative to where it lies."""

from typing import NamedTuple

from mubiao.exports import webpage
from mubiao.exports.site.content import SiteContent
from mubiao.i18n import Language

# (key, file) of the pages that every page links to.
_MENU = (("overview", "index.html"), ("changed", "changes.html"), ("method", "method.html"))


class PageFrame(NamedTuple):
    """One page as the base template needs it.

    `foot` is "" where the day is left to the script. `root` leads to the site's folder, `home` to
    the language's, both relative; `menu` and `languages` are (key or language, href, text),
    `alternates` (language, href) of the same page in each language.
    """

    key: str
    lang: str
    title: str
    description: str
    brand: str
    foot: str
    root: str
    home: str
    canonical: str
    menu: list[tuple[str, str, str]]
    languages: list[tuple[str, str, str]]
    alternates: list[tuple[str, str]]


def frame(  # noqa: PLR0913, PLR0917 - what differs from page to page
    content: SiteContent,
    language: Language,
    path: str,
    title: str,
    description: str,
    foot: str = "",
) -> PageFrame:
    """The frame of the page at a path inside the language's folder.

    Without `foot` no day is written: one in every page would change them all each day. A script
    takes it from the one file that has it, day.js.
    """
    home = "../" * path.count("/")
    root = f"../{home}"
    words = webpage.words(language)
    brand = f"{language.pick(content.plan.place)} {content.plan.year}"
    pages = [(code, webpage.LANG[code], f"{code}/{path}") for code in content.codes]
    start = content.base_url or root
    # With one language there is none to choose.
    alternates = [(lang, f"{start}{page}") for _, lang, page in pages] if len(pages) > 1 else []
    return PageFrame(
        key=next((key for key, file in _MENU if file == path), ""),
        lang=webpage.LANG[language.code],
        title=f"{title} · {brand}",
        description=description,
        brand=brand,
        foot=foot,
        root=root,
        home=home,
        canonical=content.base_url and f"{content.base_url}{language.code}/{path}",
        menu=[(key, f"{home}{file}", words[key]) for key, file in _MENU],
        languages=[
            (lang, f"{root}{page}", webpage.NAMES[code])
            for code, lang, page in pages
            if code != language.code
        ],
        alternates=alternates,
    )
